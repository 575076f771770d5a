import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('families', '0002_initial'),
        ('setting', '0001_initial'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        ('wagtailimages', '0027_image_description'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='Name')),
                ('words', models.TextField(help_text='Two or three plain sentences.', verbose_name='What it does')),
                ('area', models.CharField(blank=True, help_text='A town or county; leave it empty for the whole country.', max_length=80, verbose_name='Area')),
                ('languages', models.CharField(default='English', help_text='With commas: English, Polski, اردو', max_length=200, verbose_name='Languages')),
                ('audience', models.CharField(choices=[('families', 'Everybody'), ('staff', 'Only those who work here')], default='families', max_length=10, verbose_name='Who is shown it')),
                ('phone', models.CharField(blank=True, max_length=30, validators=[django.core.validators.RegexValidator('^[0-9+() ]{3,30}$', 'A phone number has digits and spaces, such as 0300 123 4567.')], verbose_name='Phone')),
                ('hours', models.CharField(blank=True, max_length=150, verbose_name='When somebody answers')),
                ('url', models.URLField(blank=True, max_length=300, verbose_name='Website')),
                ('checked_on', models.DateField(help_text='When one of us last made sure that this is right.', verbose_name='Last checked on')),
                ('in_use', models.BooleanField(default=True, verbose_name='Shown')),
                ('searchable', models.TextField(blank=True, editable=False)),
            ],
            options={
                'verbose_name': 'agency that helps',
                'verbose_name_plural': 'agencies that help',
                'ordering': ['name', 'pk'],
            },
        ),
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
                ('acknowledged_by', models.CharField(choices=[('nobody', 'Nobody'), ('families', 'Our families'), ('staff', 'Those who work here'), ('both', 'Our families, and those who work here')], default='nobody', max_length=10, verbose_name='Who is asked to say that they have read it')),
                ('change_is_material', models.BooleanField(default=False, help_text='Then those who are asked to read it are asked once more. Leave it for spelling and small words.', verbose_name='This change matters to readers')),
                ('what_changed', models.CharField(blank=True, help_text='Readers see it beside the new version, for example: Collection now needs a password.', max_length=300, verbose_name='What changed, in a sentence')),
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
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='Name')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='In the address')),
                ('words', models.TextField(blank=True, verbose_name='A kind sentence for the top of its page')),
                ('sensitive', models.BooleanField(default=False, help_text='Then its page has a button that puts a weather page in its place.', verbose_name='Somebody may need to leave this page quickly')),
                ('place', models.PositiveSmallIntegerField(default=100, verbose_name='Order')),
            ],
            options={
                'verbose_name': 'topic of help',
                'verbose_name_plural': 'topics of help',
                'ordering': ['place', 'name'],
            },
        ),
        migrations.CreateModel(
            name='VisitPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('lead', models.TextField(blank=True, help_text='A sentence that makes people want to come.', verbose_name='In short')),
                ('arriving', models.TextField(blank=True, help_text='Where is the door, the bell, the gate? What does it look like?', verbose_name='Arriving')),
                ('greeting', models.TextField(blank=True, help_text='Who comes to the door, and what happens then?', verbose_name='Who greets you')),
                ('dropping_off', models.TextField(blank=True, help_text='From when to when, and where do families wait?', verbose_name='Bringing and collecting')),
                ('seating', models.TextField(blank=True, help_text='Are there chairs for adults, also for a bad back?', verbose_name='Where you can sit')),
                ('refreshments', models.TextField(blank=True, help_text='Is there tea, water, something for a younger child?', verbose_name='Something to drink')),
                ('feeding', models.TextField(blank=True, help_text='Where can one breast-feed or warm a bottle, quietly or in company?', verbose_name='Feeding a baby')),
                ('buggies', models.TextField(blank=True, help_text='Where can they stay, and is it dry?', verbose_name='Buggies and scooters')),
                ('parking', models.TextField(blank=True, help_text='Where may a car stand, and which bus stops near?', verbose_name='Parking and buses')),
                ('access', models.TextField(blank=True, help_text='Steps, widths, the accessible toilet, a hearing loop, somewhere quiet.', verbose_name='Getting in and around')),
            ],
            options={
                'verbose_name': 'page for visitors',
                'verbose_name_plural': 'pages for visitors',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='LinkCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=300)),
                ('trouble', models.CharField(blank=True, max_length=200)),
                ('tried_at', models.DateTimeField()),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='link', to='home.agency')),
            ],
        ),
        migrations.CreateModel(
            name='NoticePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('audience', models.CharField(choices=[('public', 'Everyone: the notice is public'), ('families', 'All our families, and those who work here'), ('room', 'The families of one room or several, and those who work there'), ('session', 'The families who come on one day of the week, and those who work there'), ('staff', 'Those who look after the children'), ('committee', 'The committee')], default='families', help_text='Everything but a public notice opens only after signing in.', max_length=10, verbose_name='Who may read it')),
                ('weekday', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], null=True, verbose_name='Day of the week')),
                ('pinned', models.BooleanField(default=False, verbose_name='Keep it on top of the list')),
                ('telling', models.CharField(choices=[('quiet', 'It just stands there'), ('new', 'Those it is for hear by e-mail that there is something new'), ('urgent', 'Urgent: e-mail to all of them at once, also at night')], default='new', max_length=10, verbose_name='How they hear of it')),
                ('phrase', models.CharField(blank=True, choices=[('closed_today', 'We are closed today'), ('closed_tomorrow', 'We are closed tomorrow'), ('opens_late', 'We open late today'), ('closes_early', 'We close early today'), ('open_again', 'We are open again'), ('changed_entrance', 'Please use the other entrance today')], help_text='For an urgent notice to everyone or to all families: these words alone may stand in the e-mail itself.', max_length=20, verbose_name='In short')),
                ('posted_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='Date of the notice')),
                ('words', wagtail.fields.RichTextField(verbose_name='Words')),
                ('picture_description', models.CharField(blank=True, help_text='Needed with a picture: it is read aloud to people who cannot see it.', max_length=200, verbose_name='What the picture shows')),
                ('picture_shows', models.CharField(blank=True, choices=[('no_child', 'No child'), ('a_child', 'A child or several')], max_length=10, verbose_name='Who can be seen in it?')),
                ('consent_confirmed', models.BooleanField(default=False, verbose_name='The family of every child in it agreed to photographs on the website; I have looked it up.')),
                ('named_for_orders', models.ManyToManyField(blank=True, editable=False, related_name='+', to='families.child')),
                ('picture', models.ForeignKey(blank=True, help_text='Anyone with the link to a picture can open it, even when the notice is for families only. Choose none that shows a child unless the family agreed to the website.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='Picture')),
                ('rooms', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='setting.room', verbose_name='Rooms')),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NoticeRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('portal', 'Read in the portal'), ('paper', 'Given on paper'), ('aloud', 'Told aloud or on the phone'), ('interpreter', 'Told through an interpreter')], default='portal', max_length=12, verbose_name='How')),
                ('read_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads', to='home.noticepage')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['read_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticeStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('handed_in', 'Handed in'), ('told', 'Those it is for were told by e-mail'), ('urgent', 'All it is for were told by e-mail at once'), ('reminded', 'Those who had not read it were reminded')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('number', models.PositiveIntegerField(default=0)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='home.noticepage')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='agency',
            name='topics',
            field=models.ManyToManyField(related_name='agencies', to='home.topic', verbose_name='Topics'),
        ),
        migrations.AddIndex(
            model_name='noticepage',
            index=models.Index(fields=['-pinned', '-posted_on', '-page_ptr'], name='notices_newest_first'),
        ),
        migrations.AddConstraint(
            model_name='noticepage',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'families', 'room', 'session', 'staff', 'committee'])), name='notice_audience_is_known'),
        ),
        migrations.AddConstraint(
            model_name='noticeread',
            constraint=models.UniqueConstraint(fields=('notice', 'person'), name='notice_read_once'),
        ),
        migrations.AddConstraint(
            model_name='noticeread',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'portal'), ('entered_by__isnull', True)), models.Q(models.Q(('channel', 'portal'), _negated=True), ('entered_by__isnull', False)), _connector='OR'), name='told_says_who_entered_it'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['families', 'staff'])), name='agency_audience_is_known'),
        ),
    ]
