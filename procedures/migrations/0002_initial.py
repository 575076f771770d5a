import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from records.append_only import append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('procedures', '0001_initial'),
        ('versions', '0001_initial'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='review',
            name='began_with',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='versions.pageversion'),
        ),
        migrations.AddField(
            model_name='review',
            name='procedure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='procedures.procedurepage'),
        ),
        migrations.AddField(
            model_name='signoff',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signoff',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='procedures.review'),
        ),
        migrations.AddField(
            model_name='signoff',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='versions.pageversion'),
        ),
        migrations.AddField(
            model_name='tolditem',
            name='page',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='The page that answers it'),
        ),
        migrations.AddField(
            model_name='word',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words_to_find', to='procedures.procedurepage'),
        ),
        migrations.AddConstraint(
            model_name='print',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('folder_for', ''), ('procedure__isnull', False)), models.Q(('folder_for__gt', ''), ('procedure__isnull', True)), _connector='OR'), name='print_of_a_procedure_or_of_the_folder'),
        ),
        migrations.AddConstraint(
            model_name='print',
            constraint=models.UniqueConstraint(condition=models.Q(('folder_for__gt', '')), fields=('folder_for',), name='one_print_of_a_folder'),
        ),
        migrations.AddConstraint(
            model_name='batchfile',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['to_read', 'read', 'unreadable', 'to_keep', 'kept', 'left'])), name='batch_file_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.UniqueConstraint(fields=('procedure', 'sort_key'), name='one_reference_per_code'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('procedure',), name='one_running_review_of_a_procedure'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('outcome', '')), models.Q(('closed_on__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='a_closed_review_has_an_outcome'),
        ),
        migrations.AddConstraint(
            model_name='signoff',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['staff', 'committee'])), name='sign_off_side_is_known'),
        ),
        migrations.AddConstraint(
            model_name='signoff',
            constraint=models.CheckConstraint(condition=models.Q(('agrees', True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='whoever_wants_a_change_says_which'),
        ),
        migrations.AddConstraint(
            model_name='word',
            constraint=models.UniqueConstraint(fields=('page', 'word'), name='one_row_per_word_and_procedure'),
        ),
        # Whatever stands here is added and never changed: the database itself refuses.
        append_only("procedures_signoff"),
    ]
