import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from records.append_only import append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('complaints', '0001_initial'),
        ('families', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='complaint',
            name='child',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='families.child'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='complainant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handlerchange',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handler_changes', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='handlerchange',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='personconcerned',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people_concerned', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='personconcerned',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='step',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='step',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='complaints.complaint'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.UniqueConstraint(fields=('complainant', 'idempotency_key'), name='complaint_once'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='complaint_has_words'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('received_on'))), name='complaint_due_after_receipt'),
        ),
        migrations.AddConstraint(
            model_name='personconcerned',
            constraint=models.UniqueConstraint(fields=('complaint', 'person'), name='concerned_once'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('complaint', 'idempotency_key'), name='step_once'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'outcome')), fields=('complaint',), name='one_outcome'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'acknowledged'), models.Q(('words', ''), _negated=True), _connector='OR'), name='step_has_words'),
        ),
        # Whatever stands here is added and never changed: the database itself refuses.
        append_only("complaints_complaint"),
        append_only("complaints_step"),
        append_only("complaints_personconcerned"),
        append_only("complaints_handlerchange"),
    ]
