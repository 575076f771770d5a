import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Child',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('full_name', models.CharField(max_length=150, verbose_name='Full legal name')),
                ('known_as', models.CharField(max_length=60, verbose_name='Known as')),
                ('born_on', models.DateField(verbose_name='Date of birth')),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='First day here')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='Last day here')),
                ('care_notes', models.TextField(blank=True, help_text='What everybody who looks after the child must know.', verbose_name='Allergies, diet and health')),
            ],
            options={
                'verbose_name_plural': 'children',
                'ordering': ['known_as', 'full_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DelegatedDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('matter', models.CharField(choices=[('outings', 'Outings of the day'), ('photographs', 'Photographs and the journal'), ('medicines', 'Everyday medicines'), ('urgent_treatment', 'Urgent medical treatment'), ('collection', 'Who may collect'), ('sharing', 'Sharing information with other services'), ('religion', 'Food, faith and hair')], max_length=20, verbose_name='What about')),
                ('decider', models.CharField(choices=[('carer', 'The foster carer'), ('authority', 'The local authority'), ('parents', 'The parents'), ('together', 'Ask the social worker each time')], max_length=20, verbose_name='Who decides')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='In the words of the agreement')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['child', 'matter', '-entered_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='EmergencyAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='Why you need to see it now')),
                ('broken_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ends_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'broken glass',
                'ordering': ['-broken_at'],
            },
        ),
        migrations.CreateModel(
            name='FamilyList',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('file_name', models.CharField(max_length=200)),
                ('rows', models.JSONField(default=list)),
                ('remarks', models.JSONField(default=list)),
                ('readings', models.JSONField(default=list)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('full_name', models.CharField(max_length=150)),
                ('known_as', models.CharField(max_length=60)),
                ('why', models.CharField(max_length=120, verbose_name='Why it changed')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['-changed_at'],
            },
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='Name of the household')),
            ],
        ),
        migrations.CreateModel(
            name='KeyPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('back_up', models.BooleanField(default=False)),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate)),
                ('ends_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'key people',
                'ordering': ['back_up', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LookedAfterStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authority', models.CharField(max_length=120, verbose_name='Local authority')),
                ('basis', models.CharField(choices=[('agreement', 'By agreement with the parents (section 20): the authority has no responsibility'), ('emergency', 'Emergency protection order'), ('interim', 'Interim care order'), ('order', 'Care order'), ('placement', 'Placement order')], max_length=20, verbose_name='On what basis')),
                ('social_worker', models.CharField(blank=True, max_length=120, verbose_name='Social worker')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name="Social worker's phone")),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name="Social worker's e-mail address")),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='From')),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name_plural': 'in care',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Relationship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('mother', 'Mother'), ('father', 'Father'), ('parent', 'Parent'), ('step_parent', 'Step-parent'), ('grandparent', 'Grandparent'), ('guardian', 'Guardian'), ('foster_carer', 'Foster carer'), ('other', 'Someone else')], max_length=20, verbose_name='Relationship')),
                ('label', models.CharField(blank=True, max_length=60, verbose_name="In the family's own word")),
                ('parental_responsibility', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known')], max_length=10, verbose_name='Parental responsibility')),
                ('evidence_seen', models.CharField(blank=True, max_length=200, verbose_name='Evidence seen')),
                ('evidence_on', models.DateField(blank=True, null=True, verbose_name='Seen on')),
                ('has_contact', models.BooleanField(default=True, verbose_name='Has contact with the child')),
                ('lives_with', models.BooleanField(default=False, verbose_name='Lives with the child')),
                ('may_collect', models.BooleanField(default=False, verbose_name='May collect the child')),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'Nothing in the portal'), (1, "Information: the child's card and notices"), (2, 'Taking part: also reads and adds to the journal'), (3, 'Everything: also forms, consents and papers')], verbose_name='What the portal opens')),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('why_ended', models.CharField(blank=True, max_length=200, verbose_name='Why it ended')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['child', '-level', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('no_portal', 'No portal'), ('no_contact_details', 'No contact details of others'), ('no_collection', 'May not collect'), ('no_timetable', 'No days and times'), ('no_photographs', 'No photographs'), ('supervised_only', 'Supervised contact only'), ('full', 'Everything is closed')], max_length=20, verbose_name='What is closed')),
                ('basis', models.CharField(max_length=200, verbose_name='On what basis')),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate)),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='Review on')),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('lift_asked_at', models.DateTimeField(blank=True, null=True)),
                ('by_mistake', models.BooleanField(default=False, verbose_name='It was entered by mistake')),
                ('why_lifted', models.CharField(blank=True, max_length=200, verbose_name='Why it can be lifted')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['child', 'pk'],
            },
        ),
    ]
