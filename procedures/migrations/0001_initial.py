import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import documents.wording
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0002_initial'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProcedureIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', models.TextField(blank=True, verbose_name='Introduction')),
            ],
            options={
                'verbose_name': 'list of procedures',
                'verbose_name_plural': 'lists of procedures',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='Due on')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('no_change', 'No change'), ('new_version', 'New version')], max_length=12)),
            ],
            options={
                'ordering': ['-opened_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('staff', 'Staff'), ('committee', 'Committee')], max_length=10)),
                ('name', models.CharField(max_length=200)),
                ('role', models.CharField(max_length=200)),
                ('agrees', models.BooleanField()),
                ('comment', models.TextField(blank=True)),
                ('signed_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['-signed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ToldItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150, verbose_name='What')),
                ('words', models.TextField(blank=True, verbose_name='What that means, in plain words')),
                ('source', models.CharField(blank=True, help_text='The law or framework, and how binding it is. Nobody but editors and managers sees it.', max_length=200, verbose_name='Where it is asked for')),
                ('place', models.PositiveSmallIntegerField(default=100, verbose_name='Order')),
                ('in_use', models.BooleanField(default=True, verbose_name='Shown')),
            ],
            options={
                'verbose_name': 'thing we must tell families',
                'verbose_name_plural': 'things we must tell families',
                'ordering': ['place', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(db_index=True, max_length=40)),
                ('weight', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ProcedurePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('acknowledged_by', models.CharField(choices=[('nobody', 'Nobody'), ('families', 'Our families'), ('staff', 'Those who work here'), ('both', 'Our families, and those who work here')], default='nobody', max_length=10, verbose_name='Who is asked to say that they have read it')),
                ('change_is_material', models.BooleanField(default=False, help_text='Then those who are asked to read it are asked once more. Leave it for spelling and small words.', verbose_name='This change matters to readers')),
                ('what_changed', models.CharField(blank=True, help_text='Readers see it beside the new version, for example: Collection now needs a password.', max_length=300, verbose_name='What changed, in a sentence')),
                ('code', models.CharField(help_text='As your setting writes it: 10.01 or 10.1 (they are the same to the program), 09.01b for a form.', max_length=10, validators=[django.core.validators.RegexValidator('^\\d{1,2}\\.\\d{1,2}[a-z]?$', 'A code looks like 10.01, 10.1 or 09.01b.')], verbose_name='Code')),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=20)),
                ('section', models.CharField(blank=True, help_text='The name of its section, for example: Working with families', max_length=200, verbose_name='Section')),
                ('in_short', models.TextField(blank=True, help_text='What this means for a family, in two or three plain sentences. It stands at the top of the page.', verbose_name='In short')),
                ('body', documents.wording.SlimStreamField([], blank=True, verbose_name='Words')),
                ('other_words', models.TextField(blank=True, help_text='Words that people search for and that do not stand in the text, such as: nappy, potty, wet clothes. Nobody sees them.', verbose_name='Other words')),
                ('audience', models.CharField(choices=[('everyone', 'Everyone: it is public'), ('families', 'Our families, and those who work here'), ('staff', 'Only those who work here')], default='everyone', max_length=10, verbose_name='Who may read it')),
                ('looked_after_by', models.CharField(blank=True, help_text='A role, such as: the manager', max_length=100, verbose_name='Who looks after it')),
                ('adopted_on', models.DateField(blank=True, null=True, verbose_name='Adopted on')),
                ('reviewed_on', models.DateField(blank=True, null=True, verbose_name='Last reviewed on')),
                ('next_review_on', models.DateField(blank=True, null=True, verbose_name='Next review on')),
                ('review_months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='Reviewed every (months)')),
                ('review_month', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'January'), (2, 'February'), (3, 'March'), (4, 'April'), (5, 'May'), (6, 'June'), (7, 'July'), (8, 'August'), (9, 'September'), (10, 'October'), (11, 'November'), (12, 'December')], null=True, verbose_name='In which month')),
                ('reviewed_by', models.CharField(blank=True, help_text='For example: staff and committee', max_length=100, verbose_name='Reviewed by')),
                ('signed_by_staff', models.BooleanField(default=True, verbose_name='A member of staff signs each review')),
                ('signed_by_committee', models.BooleanField(default=True, verbose_name='A member of the committee signs each review')),
            ],
            options={
                'verbose_name': 'procedure',
                'verbose_name_plural': 'procedures',
                'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['everyone', 'families', 'staff'])), name='procedure_audience_is_known')],
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Print',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folder_for', models.CharField(blank=True, choices=[('everyone', 'Everyone: it is public'), ('families', 'Our families, and those who work here'), ('staff', 'Only those who work here')], max_length=10)),
                ('digest', models.CharField(max_length=64)),
                ('made_digest', models.CharField(blank=True, max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('began_at', models.DateTimeField(null=True)),
                ('done', models.PositiveIntegerField(default=0)),
                ('large', models.BooleanField(default=False)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('procedure', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='print', to='procedures.procedurepage')),
            ],
        ),
        migrations.CreateModel(
            name='BatchFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=300)),
                ('content', models.BinaryField(blank=True, default=bytes)),
                ('state', models.CharField(choices=[('to_read', 'Waits to be read'), ('read', 'Read'), ('unreadable', 'Cannot be read'), ('to_keep', 'Waits to be kept'), ('kept', 'Kept as a draft'), ('left', 'Left out')], default='to_read', max_length=10)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('understood', models.JSONField(blank=True, null=True)),
                ('code', models.CharField(blank=True, max_length=10)),
                ('title', models.CharField(blank=True, max_length=255)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('busy_until', models.DateTimeField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='procedures.batch')),
                ('page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='procedures.procedurepage')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, verbose_name='Code')),
                ('sort_key', models.CharField(db_index=True, max_length=20)),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='Title as mentioned')),
                ('form', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='documents.form')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='references', to='procedures.procedurepage')),
                ('target', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='referred_to_by', to='procedures.procedurepage')),
            ],
            options={
                'ordering': ['procedure__sort_key', 'sort_key', 'pk'],
            },
        ),
    ]
