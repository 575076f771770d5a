import django.db.models.deletion
import django.utils.timezone
import documents.models
import documents.wording
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField(default=dict)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text="As on the setting's list, such as 09.01c.", max_length=20, unique=True, verbose_name='Code')),
                ('title', models.CharField(max_length=150, verbose_name='Title')),
                ('wording', documents.wording.SlimStreamField([], verbose_name='Wording')),
                ('in_use', models.BooleanField(default=True, help_text='Untick to stop asking families for it. Signed papers stay.', verbose_name='In use')),
            ],
            options={
                'verbose_name': 'form',
                'verbose_name_plural': 'forms',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('code', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=150)),
                ('wording', models.JSONField()),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['form', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(default=documents.models.new_reference, max_length=8, unique=True)),
                ('answers', models.JSONField()),
                ('facts', models.JSONField()),
                ('text', models.TextField()),
                ('text_sha256', models.CharField(max_length=64)),
                ('answers_sha256', models.CharField(max_length=64)),
                ('typed_name', models.CharField(max_length=150)),
                ('signed_at', models.DateTimeField()),
                ('proof', models.CharField(max_length=60)),
                ('sha256', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'ordering': ['-signed_at'],
            },
        ),
        migrations.CreateModel(
            name='SignatureRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='Please sign by')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('enclosed', models.JSONField(blank=True, default=list)),
            ],
            options={
                'ordering': ['-asked_at'],
            },
        ),
        migrations.CreateModel(
            name='SignedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('own_journal', "photographs of my child in my child's own journal"), ('others_journals', "my child appearing in photographs in other children's journals"), ('outings', 'local walks and outings with the group'), ('urgent_treatment', 'an ambulance and hospital for my child when I cannot be reached'), ('check_health_visitor', "giving my child's progress check to our health visitor"), ('check_other_setting', "giving my child's progress check to another setting my child goes to"), ('check_school', "giving my child's progress check to my child's school")], max_length=30)),
                ('allows', models.BooleanField()),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('adult', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['child', 'purpose', '-pk'],
            },
        ),
    ]
