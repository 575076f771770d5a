import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from records.append_only import append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('families', '0001_initial'),
        ('records', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='consent',
            name='child',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='families.child'),
        ),
        migrations.AddField(
            model_name='consentseen',
            name='consent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen_by', to='documents.consent'),
        ),
        migrations.AddField(
            model_name='consentseen',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents_seen', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='formversion',
            name='form',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='documents.form'),
        ),
        migrations.AddField(
            model_name='consent',
            name='signature',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='documents.signature'),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='adult',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='child',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='families.child'),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='named_for_orders',
            field=models.ManyToManyField(blank=True, related_name='+', to='families.child'),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='documents.formversion'),
        ),
        migrations.AddField(
            model_name='signature',
            name='ask',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='documents.signaturerequest'),
        ),
        migrations.AddField(
            model_name='draft',
            name='ask',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='documents.signaturerequest'),
        ),
        migrations.AddField(
            model_name='signeddocument',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='records.storedfile'),
        ),
        migrations.AddField(
            model_name='signeddocument',
            name='signature',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='paper', to='documents.signature'),
        ),
        migrations.AddConstraint(
            model_name='consentseen',
            constraint=models.UniqueConstraint(fields=('consent', 'person'), name='consent_seen_once'),
        ),
        migrations.AddConstraint(
            model_name='formversion',
            constraint=models.UniqueConstraint(fields=('form', 'number'), name='version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='formversion',
            constraint=models.UniqueConstraint(fields=('form', 'sha256'), name='version_wording_once'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['child', 'purpose', 'adult', '-id'], name='consent_last_word'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['own_journal', 'others_journals', 'outings', 'urgent_treatment', 'check_health_visitor', 'check_other_setting', 'check_school'])), name='consent_purpose_is_known'),
        ),
        migrations.AddIndex(
            model_name='signaturerequest',
            index=models.Index(fields=['adult', '-asked_at'], name='ask_adult'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('typed_name', ''), _negated=True), name='signature_has_a_name'),
        ),
        # Whatever stands here is added and never changed: the database itself refuses.
        append_only("documents_formversion"),
        append_only("documents_signature"),
        append_only("documents_consent"),
    ]
