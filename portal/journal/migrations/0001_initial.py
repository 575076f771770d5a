import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('families', '0001_initial'),
        ('records', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('idempotency_key', models.UUIDField(default=uuid.uuid4)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('origin', models.CharField(choices=[('setting', 'Seen here'), ('home', 'Seen at home')], max_length=10)),
                ('words', models.TextField(blank=True, verbose_name='What happened')),
                ('child_says', models.TextField(blank=True, verbose_name="In the child's own words")),
                ('areas', models.JSONField(blank=True, default=list, verbose_name='Areas of learning')),
                ('characteristics', models.JSONField(blank=True, default=list, verbose_name='How the child learned')),
                ('band', models.CharField(blank=True, max_length=20, verbose_name='Stage of development')),
                ('next_step', models.TextField(blank=True, verbose_name='What next')),
                ('home_idea', models.TextField(blank=True, verbose_name='An idea for home')),
                ('dated_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_to_check_at', models.DateTimeField(blank=True, null=True)),
                ('shared_at', models.DateTimeField(blank=True, null=True)),
                ('held_back_from', models.PositiveSmallIntegerField(default=0)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_why', models.CharField(blank=True, max_length=300, verbose_name='Why it was taken back')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to=settings.AUTH_USER_MODEL)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('children', models.ManyToManyField(related_name='observations', to='families.child')),
                ('named', models.ManyToManyField(blank=True, related_name='+', to='families.child')),
                ('named_for_orders', models.ManyToManyField(blank=True, related_name='+', to='families.child')),
            ],
            options={
                'ordering': ['-dated_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('idempotency_key', models.UUIDField(default=uuid.uuid4)),
                ('from_family', models.BooleanField()),
                ('about', models.CharField(choices=[('page', 'The page'), ('next', 'What next'), ('idea', 'The idea for home'), ('correction', 'Something that is not right')], default='page', max_length=10)),
                ('words', models.TextField(verbose_name='Your words')),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='journal.comment')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
                ('named', models.ManyToManyField(blank=True, related_name='+', to='families.child')),
                ('named_for_orders', models.ManyToManyField(blank=True, related_name='+', to='families.child')),
                ('observation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='journal.observation')),
            ],
            options={
                'ordering': ['said_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ChildSpecificText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(verbose_name='What happened')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
                ('observation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_words', to='journal.observation')),
            ],
        ),
        migrations.CreateModel(
            name='Photograph',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='What can be seen')),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('children', models.ManyToManyField(blank=True, related_name='+', to='families.child')),
                ('large', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile')),
                ('named', models.ManyToManyField(blank=True, related_name='+', to='families.child')),
                ('named_for_orders', models.ManyToManyField(blank=True, related_name='+', to='families.child')),
                ('observation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photographs', to='journal.observation')),
                ('print', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile')),
                ('sheet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile')),
                ('small', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='ReadMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_to', models.DateTimeField()),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='families.child')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.JSONField()),
                ('why', models.CharField(max_length=300, verbose_name='Why it was corrected')),
                ('corrected_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('corrected_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('observation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier', to='journal.observation')),
            ],
            options={
                'ordering': ['corrected_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Thanks',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thanked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
                ('observation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thanks', to='journal.observation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=100)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('problem', models.CharField(blank=True, max_length=20)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('observation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='journal.observation')),
            ],
            options={
                'ordering': ['sent_at', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='families.child')),
                ('observation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words_to_find', to='journal.observation')),
            ],
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(fields=['-dated_at', '-id'], name='observation_newest'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(fields=['author', 'shared_at'], name='observation_of_author'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(condition=models.Q(('sent_to_check_at__isnull', False), ('shared_at__isnull', True)), fields=['-dated_at', '-id'], name='observation_to_check'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.UniqueConstraint(fields=('author', 'idempotency_key'), name='observation_once'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['setting', 'home'])), name='observation_origin_is_known'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(fields=('author', 'idempotency_key'), name='comment_once'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='comment_has_words'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('about__in', ['page', 'next', 'idea', 'correction'])), name='comment_about_is_known'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('answers__isnull', True), ('from_family', False), _connector='OR'), name='comment_answers_as_staff'),
        ),
        migrations.AddConstraint(
            model_name='childspecifictext',
            constraint=models.UniqueConstraint(fields=('observation', 'child'), name='own_words_once'),
        ),
        migrations.AddConstraint(
            model_name='childspecifictext',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='own_words_are_words'),
        ),
        migrations.AddConstraint(
            model_name='photograph',
            constraint=models.UniqueConstraint(fields=('observation', 'position'), name='photograph_position_once'),
        ),
        migrations.AddConstraint(
            model_name='readmark',
            constraint=models.UniqueConstraint(fields=('person', 'child'), name='one_read_mark'),
        ),
        migrations.AddConstraint(
            model_name='thanks',
            constraint=models.UniqueConstraint(fields=('observation', 'child', 'person'), name='thanks_once'),
        ),
        migrations.AddIndex(
            model_name='word',
            index=models.Index(fields=['word', 'observation'], name='journal_word_anywhere', opclasses=['varchar_pattern_ops', 'uuid_ops']),
        ),
        migrations.AddConstraint(
            model_name='word',
            constraint=models.UniqueConstraint(fields=('child', 'word', 'observation'), name='journal_word_once'),
        ),
    ]
