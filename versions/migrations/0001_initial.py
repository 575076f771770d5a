import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from records.append_only import append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PageVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='Version')),
                ('title', models.CharField(max_length=300)),
                ('words', models.JSONField(help_text='A list of [kind, anchor, text].')),
                ('digest', models.CharField(max_length=64)),
                ('audience', models.CharField(choices=[('everyone', 'Everyone: it is public'), ('families', 'Our families, and those who work here'), ('staff', 'Only those who work here')], max_length=10)),
                ('asked', models.CharField(choices=[('nobody', 'Nobody'), ('families', 'Our families'), ('staff', 'Those who work here'), ('both', 'Our families, and those who work here')], max_length=10)),
                ('is_material', models.BooleanField()),
                ('read_from', models.PositiveIntegerField(help_text='Whoever has read this number has read what matters.')),
                ('what_changed', models.CharField(blank=True, max_length=300)),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_versions', to='wagtailcore.page')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('portal', 'here in the portal'), ('paper', 'on paper'), ('aloud', 'read aloud'), ('interpreter', 'through an interpreter')], default='portal', max_length=12)),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='versions.pageversion')),
            ],
            options={
                'ordering': ['-entered_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='versions.pageversion')),
            ],
            options={
                'ordering': ['-sent_at'],
            },
        ),
        migrations.AddConstraint(
            model_name='pageversion',
            constraint=models.UniqueConstraint(fields=('page', 'number'), name='one_version_of_a_number'),
        ),
        migrations.AddConstraint(
            model_name='pageversion',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['everyone', 'families', 'staff'])), name='version_audience_is_known'),
        ),
        migrations.AddConstraint(
            model_name='pageversion',
            constraint=models.CheckConstraint(condition=models.Q(('asked__in', ['nobody', 'families', 'staff', 'both'])), name='version_asked_is_known'),
        ),
        migrations.AddConstraint(
            model_name='pageversion',
            constraint=models.CheckConstraint(condition=models.Q(('read_from__gte', 1), ('read_from__lte', models.F('number'))), name='version_read_from_is_earlier'),
        ),
        migrations.AddConstraint(
            model_name='acknowledgement',
            constraint=models.UniqueConstraint(fields=('version', 'person'), name='one_acknowledgement_of_a_version'),
        ),
        migrations.AddConstraint(
            model_name='acknowledgement',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['portal', 'paper', 'aloud', 'interpreter'])), name='acknowledgement_channel_is_known'),
        ),
        # Whatever stands here is added and never changed: the database itself refuses.
        append_only("versions_pageversion"),
        append_only("versions_acknowledgement"),
    ]
