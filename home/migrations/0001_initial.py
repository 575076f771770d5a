import django.db.models.deletion
import django.utils.timezone
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('welcome', wagtail.fields.RichTextField(blank=True, verbose_name='Welcome words')),
            ],
            options={
                'verbose_name': 'home page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='InformationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('lead', models.TextField(blank=True, help_text='One or two plain sentences, shown large at the top.', verbose_name='In short')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='Words')),
            ],
            options={
                'verbose_name': 'page of information',
                'verbose_name_plural': 'pages of information',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NoticesPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
            ],
            options={
                'verbose_name': 'list of notices',
                'verbose_name_plural': 'lists of notices',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NoticePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('audience', models.CharField(choices=[('public', 'Everyone: the notice is public'), ('families', 'All our families, and those who work here')], default='families', help_text='A notice for our families opens only after signing in.', max_length=10, verbose_name='Who may read it')),
                ('posted_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='Date of the notice')),
                ('words', wagtail.fields.RichTextField(verbose_name='Words')),
                ('picture_description', models.CharField(blank=True, help_text='Needed with a picture: it is read aloud to people who cannot see it.', max_length=200, verbose_name='What the picture shows')),
                ('picture', models.ForeignKey(blank=True, help_text='Anyone with the link to a picture can open it, even when the notice is for families only. Choose none that shows a child unless the family agreed to the website.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='Picture')),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
                'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'families'])), name='notice_audience_is_known')],
            },
            bases=('wagtailcore.page',),
        ),
    ]
