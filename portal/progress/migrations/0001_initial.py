import django.db.models.deletion
import django.utils.timezone
import documents.models
import uuid
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
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('at_two', 'Progress check at two'), ('term', 'Summary of the term')], max_length=10)),
                ('title', models.CharField(blank=True, max_length=60, verbose_name='Which term?')),
                ('why_author', models.CharField(blank=True, max_length=200, verbose_name='Why not the key person?')),
                ('other_setting', models.CharField(blank=True, max_length=150, verbose_name='Another setting')),
                ('completed_by', models.CharField(choices=[('we', 'We do'), ('they', 'The other setting does, or has done'), ('paper', 'It was done here before, on paper')], default='we', max_length=10, verbose_name='Who completes it?')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agreed_on', models.DateField(blank=True, null=True, verbose_name='Agreed with the parents on')),
                ('planned_for', models.DateField(blank=True, null=True, verbose_name='When we talk about it')),
                ('parts_opened_at', models.DateTimeField(blank=True, null=True)),
                ('languages', models.CharField(blank=True, max_length=200, verbose_name='Languages at home')),
                ('parts_by', models.DateField(blank=True, null=True, verbose_name="Parents' parts, please, by")),
                ('child_says', models.TextField(blank=True)),
                ('characteristics', models.JSONField(blank=True, default=list)),
                ('learns', models.TextField(blank=True)),
                ('others_say', models.TextField(blank=True)),
                ('summary', models.TextField(blank=True)),
                ('next_steps', models.TextField(blank=True)),
                ('home_ideas', models.TextField(blank=True)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('drafted_at', models.DateTimeField(blank=True, null=True)),
                ('concern', models.BooleanField(default=False)),
                ('looked_at', models.DateTimeField(blank=True, null=True)),
                ('shared_at', models.DateTimeField(blank=True, null=True)),
                ('discussed_at', models.DateTimeField(blank=True, null=True)),
                ('final_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks_written', to=settings.AUTH_USER_MODEL)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='families.child')),
                ('looked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checks_looked_at', to=settings.AUTH_USER_MODEL)),
                ('named', models.ManyToManyField(blank=True, related_name='+', to='families.child')),
                ('named_for_orders', models.ManyToManyField(blank=True, related_name='+', to='families.child')),
            ],
            options={
                'ordering': ['-begun_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AreaNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.CharField(choices=[('communication', 'Communication and language'), ('personal', 'Personal, social and emotional development'), ('physical', 'Physical development'), ('literacy', 'Literacy'), ('mathematics', 'Mathematics'), ('world', 'Understanding the world'), ('arts', 'Expressive arts and design')], max_length=20)),
                ('can', models.TextField(blank=True)),
                ('well', models.TextField(blank=True)),
                ('support', models.TextField(blank=True)),
                ('concern', models.BooleanField(blank=True, null=True)),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='progress.check')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(default=documents.models.new_reference, max_length=8, unique=True)),
                ('whose', models.CharField(choices=[('staff', "the child's record here: everything"), ('adult', 'one adult: with their own part and those of adults shown to them'), ('others', "professionals, with consent: what the setting wrote and no parent's part")], max_length=10)),
                ('facts', models.JSONField()),
                ('pieces', models.JSONField()),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('adult', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='progress.check')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile')),
                ('holds', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'copies',
                'ordering': ['-asked_at'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('adult', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_invitations', to=settings.AUTH_USER_MODEL)),
                ('ask', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.signaturerequest')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='progress.check')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enjoys', models.TextField(blank=True, verbose_name='What does your child enjoy at the moment?')),
                ('proud_of', models.TextField(blank=True, verbose_name='What are you proud of?')),
                ('words', models.TextField(blank=True, verbose_name='How does your child tell you things?')),
                ('daily', models.TextField(blank=True, verbose_name='Sleep, eating and health')),
                ('worries', models.TextField(blank=True, verbose_name='Does anything worry you?')),
                ('hopes', models.TextField(blank=True, verbose_name='What do you hope for next?')),
                ('health_visitor_on', models.DateField(blank=True, null=True, verbose_name="Date of the health visitor's review at two")),
                ('edition', models.PositiveIntegerField(default=1)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('adult', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_parts', to=settings.AUTH_USER_MODEL)),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='progress.check')),
                ('invitation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='part', to='progress.invitation')),
                ('named_for_orders', models.ManyToManyField(blank=True, related_name='+', to='families.child')),
            ],
            options={
                'ordering': ['invitation__asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('who', models.CharField(blank=True, max_length=150, verbose_name='Who')),
                ('what', models.CharField(blank=True, max_length=500, verbose_name='What')),
                ('by_when', models.CharField(blank=True, max_length=100, verbose_name='By when')),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan', to='progress.check')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('idempotency_key', models.UUIDField(default=uuid.uuid4)),
                ('words', models.TextField(verbose_name='Your words')),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='progress.check')),
                ('named_for_orders', models.ManyToManyField(blank=True, related_name='+', to='families.child')),
            ],
            options={
                'ordering': ['said_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Seen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('check_seen', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen', to='progress.check')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks_seen', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('idempotency_key', models.UUIDField(default=uuid.uuid4)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('check_health_visitor', "giving my child's progress check to our health visitor"), ('check_other_setting', "giving my child's progress check to another setting my child goes to"), ('check_school', "giving my child's progress check to my child's school")], max_length=30)),
                ('to_whom', models.CharField(max_length=200, verbose_name='To whom, by name')),
                ('how', models.CharField(max_length=200, verbose_name='How')),
                ('open_to_all', models.BooleanField(null=True)),
                ('shared_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='progress.check')),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='progress.copy')),
                ('private_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-shared_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='Discussed on')),
                ('words', models.TextField(blank=True)),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('adult', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='talks', to='progress.check')),
                ('named_for_orders', models.ManyToManyField(blank=True, related_name='+', to='families.child')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['held_on', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(fields=['child', '-begun_at'], name='check_of_child'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'at_two')), fields=('child',), name='one_check_at_two'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['at_two', 'term'])), name='check_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(('shared_at__isnull', True), ('drafted_at__isnull', False), _connector='OR'), name='check_written_before_shared'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(('shared_at__isnull', True), ('concern', False), ('looked_at__isnull', False), _connector='OR'), name='check_looked_at_before_shared'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(('final_at__isnull', True), models.Q(('discussed_at__isnull', False), ('shared_at__isnull', False)), _connector='OR'), name='check_discussed_before_final'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('completed_by', 'they'), _negated=True), models.Q(('other_setting', ''), _negated=True), _connector='OR'), name='check_other_setting_is_named'),
        ),
        migrations.AddConstraint(
            model_name='areanote',
            constraint=models.UniqueConstraint(fields=('check_of', 'area'), name='area_once'),
        ),
        migrations.AddConstraint(
            model_name='areanote',
            constraint=models.CheckConstraint(condition=models.Q(('area__in', ['communication', 'personal', 'physical', 'literacy', 'mathematics', 'world', 'arts'])), name='area_is_known'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('adult__isnull', False), ('whose', 'adult')), models.Q(models.Q(('whose', 'adult'), _negated=True), ('adult__isnull', True)), _connector='OR'), name='copy_of_an_adult_names_them'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('check_of', 'adult'), name='invited_once'),
        ),
        migrations.AddConstraint(
            model_name='planrow',
            constraint=models.UniqueConstraint(fields=('check_of', 'position'), name='plan_position_once'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.UniqueConstraint(fields=('author', 'idempotency_key'), name='remark_once'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='remark_has_words'),
        ),
        migrations.AddConstraint(
            model_name='seen',
            constraint=models.UniqueConstraint(fields=('check_seen', 'person'), name='seen_once'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.UniqueConstraint(fields=('shared_by', 'idempotency_key'), name='share_once'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.CheckConstraint(condition=models.Q(('to_whom', ''), _negated=True), name='share_says_to_whom'),
        ),
        migrations.AddConstraint(
            model_name='talk',
            constraint=models.CheckConstraint(condition=models.Q(('adult__isnull', False), models.Q(('words', ''), _negated=True), _connector='OR'), name='talk_with_somebody_or_why_not'),
        ),
        # Whatever stands here is added and never changed: the database itself refuses.
        append_only("progress_remark"),
        append_only("progress_talk"),
        append_only("progress_share"),
    ]
