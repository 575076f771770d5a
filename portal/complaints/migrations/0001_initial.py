import django.utils.timezone
import portal.complaints.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('idempotency_key', models.UUIDField(default=uuid.uuid4)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(default=portal.complaints.models.new_reference, max_length=9, unique=True)),
                ('child_at_risk', models.BooleanField()),
                ('about_leaders', models.CharField(choices=[('no', 'No'), ('yes', 'Yes'), ('rather_not', 'I would rather not say')], max_length=10)),
                ('route', models.CharField(choices=[('leaders', 'The manager and the deputy'), ('chair', 'The chair of the committee'), ('trustees', 'Another member of the committee')], max_length=10)),
                ('category', models.CharField(choices=[('care', 'How my child is cared for'), ('learning', "My child's learning"), ('staff', 'How somebody behaved'), ('communication', 'How we are told things'), ('safety', 'Health and safety'), ('food', 'Food'), ('fees', 'Fees or funded hours'), ('privacy', 'Privacy and records'), ('fairness', 'Being treated unfairly'), ('other', 'Something else')], max_length=20)),
                ('words', models.TextField()),
                ('wish', models.TextField(blank=True)),
                ('received_on', models.DateField()),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_on', models.DateField()),
            ],
            options={
                'ordering': ['-received_at'],
            },
        ),
        migrations.CreateModel(
            name='HandlerChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handles', models.BooleanField()),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['seen_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PersonConcerned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'verbose_name_plural': 'people concerned',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('idempotency_key', models.UUIDField(default=uuid.uuid4)),
                ('kind', models.CharField(choices=[('acknowledged', 'Acknowledged'), ('note', 'Note between those who handle it'), ('reply', 'Message to the complainant'), ('outcome', 'Outcome told')], max_length=20)),
                ('words', models.TextField(blank=True)),
                ('taken_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['taken_at', 'pk'],
            },
        ),
    ]
