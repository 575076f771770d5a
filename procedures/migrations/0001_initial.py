import django.core.validators
import django.db.models.deletion
import documents.wording
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
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
            name='ProcedurePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('code', models.CharField(help_text='As your setting writes it: 10.01 or 10.1 (they are the same to the program), 09.01b for a form.', max_length=10, validators=[django.core.validators.RegexValidator('^\\d{1,2}\\.\\d{1,2}[a-z]?$', 'A code looks like 10.01, 10.1 or 09.01b.')], verbose_name='Code')),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=20)),
                ('section', models.CharField(blank=True, help_text='The name of its section, for example: Working with families', max_length=200, verbose_name='Section')),
                ('body', documents.wording.SlimStreamField([], blank=True, verbose_name='Words')),
                ('audience', models.CharField(choices=[('everyone', 'Everyone: the procedure is public'), ('families', 'Our families, and those who work here'), ('staff', 'Only those who work here')], default='everyone', max_length=10, verbose_name='Who may read it')),
                ('looked_after_by', models.CharField(blank=True, help_text='A role, such as: the manager', max_length=100, verbose_name='Who looks after it')),
                ('adopted_on', models.DateField(blank=True, null=True, verbose_name='Adopted on')),
                ('reviewed_on', models.DateField(blank=True, null=True, verbose_name='Last reviewed on')),
                ('next_review_on', models.DateField(blank=True, null=True, verbose_name='Next review on')),
                ('review_months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='Reviewed every (months)')),
                ('review_month', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'January'), (2, 'February'), (3, 'March'), (4, 'April'), (5, 'May'), (6, 'June'), (7, 'July'), (8, 'August'), (9, 'September'), (10, 'October'), (11, 'November'), (12, 'December')], null=True, verbose_name='In which month')),
                ('reviewed_by', models.CharField(blank=True, help_text='For example: staff and committee', max_length=100, verbose_name='Reviewed by')),
            ],
            options={
                'verbose_name': 'procedure',
                'verbose_name_plural': 'procedures',
                'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['everyone', 'families', 'staff'])), name='procedure_audience_is_known')],
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, verbose_name='Code')),
                ('sort_key', models.CharField(db_index=True, max_length=20)),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='Title as mentioned')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='references', to='procedures.procedurepage')),
                ('target', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='referred_to_by', to='procedures.procedurepage')),
            ],
            options={
                'ordering': ['procedure__sort_key', 'sort_key', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('procedure', 'sort_key'), name='one_reference_per_code')],
            },
        ),
    ]
