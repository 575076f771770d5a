import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('families', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='Name of the room')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Setting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default='Our pre-school', max_length=120, verbose_name='Full name')),
                ('short_name', models.CharField(default='Pre-school', max_length=60, verbose_name='Short name')),
                ('word_for_parents', models.CharField(default='parents and carers', max_length=40, verbose_name='Word for parents')),
                ('journal_name', models.CharField(default='Big book of me', max_length=60, verbose_name='Name of the learning journal')),
                ('address', models.TextField(blank=True, verbose_name='Address')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-mail address')),
                ('ofsted_urn', models.CharField(blank=True, max_length=20, verbose_name='Ofsted registration number (URN)')),
                ('charity_number', models.CharField(blank=True, max_length=20, verbose_name='Charity number')),
                ('safeguarding_lead', models.CharField(blank=True, max_length=120, verbose_name='Designated safeguarding lead')),
                ('safeguarding_phone', models.CharField(blank=True, max_length=40, verbose_name="Safeguarding lead's phone")),
                ('social_care_name', models.CharField(blank=True, max_length=120, verbose_name="Children's social care, its name here")),
                ('social_care_phone', models.CharField(blank=True, max_length=40, verbose_name="Children's social care, phone")),
                ('ofsted_phone', models.CharField(default='0300 123 4666', max_length=40, verbose_name="Ofsted's phone")),
                ('ofsted_email', models.EmailField(default='enquiries@ofsted.gov.uk', max_length=254, verbose_name="Ofsted's e-mail address")),
                ('ofsted_address', models.CharField(default='Piccadilly Gate, Store Street, Manchester M1 2WD', max_length=200, verbose_name="Ofsted's address")),
                ('second_factor_for_families', models.CharField(choices=[('offered', 'Offered to everybody'), ('required', 'Required of everybody')], default='offered', max_length=10, verbose_name='Second factor for families')),
                ('invitations_last', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='Days for which an invitation works')),
                ('quiet_from', models.TimeField(blank=True, null=True, verbose_name='No e-mails to anybody from')),
                ('quiet_until', models.TimeField(blank=True, null=True, verbose_name='No e-mails to anybody until')),
                ('pages_are_checked', models.BooleanField(default=False, help_text='Then an editor submits a page, and it is published by a manager or deputy who holds the role “Editor of pages” too.', verbose_name='A second person looks at pages and procedures before they appear')),
                ('journal_is_checked', models.BooleanField(default=False, verbose_name='A senior colleague looks at observations before families read them')),
                ('framework', models.CharField(blank=True, choices=[('', 'None'), ('development_matters', 'Development Matters'), ('birth_to_5', 'Birth to 5 Matters')], default='', max_length=20, verbose_name='Stages of development named in observations')),
            ],
        ),
        migrations.CreateModel(
            name='StaffInRoom',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='setting.room')),
            ],
            options={
                'verbose_name_plural': 'staff in rooms',
                'ordering': ['room', 'person'],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('give_role', 'Appoint somebody'), ('end_role', 'End an office'), ('tie_in_office', "Somebody in office belongs to a child's family"), ('tie_restricted', "Open a child's record although something is closed"), ('undo_tie', 'A relationship was entered by mistake')], max_length=20)),
                ('role', models.CharField(blank=True, choices=[('staff', 'Member of staff'), ('manager', 'Manager'), ('deputy', 'Deputy manager'), ('safeguarding_lead', 'Designated safeguarding lead (DSL)'), ('deputy_safeguarding_lead', 'Deputy safeguarding lead'), ('senco', 'SENCo'), ('committee', 'Committee member'), ('chair', 'Chair of the committee'), ('editor', 'Editor of pages'), ('administrator', 'System administrator')], max_length=30)),
                ('facts', models.JSONField(default=dict)),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='Why')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('takes_effect_at', models.DateTimeField(blank=True, null=True)),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('child', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='families.child')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to=settings.AUTH_USER_MODEL)),
                ('relationship', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='families.relationship')),
                ('stopped_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('agreed_by__isnull', True), models.Q(models.Q(('agreed_by', models.F('asked_by')), _negated=True), models.Q(('agreed_by', models.F('person')), _negated=True)), _connector='OR'), name='approval_by_another'), models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('agreed_by__isnull', False), ('takes_effect_at__isnull', False), _connector='OR'), name='approval_agreed_or_waited_for'), models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('stopped_at__isnull', True), _connector='OR'), name='approval_done_or_stopped'), models.UniqueConstraint(condition=models.Q(('child__isnull', True), ('done_at__isnull', True), ('stopped_at__isnull', True)), fields=('kind', 'person', 'role'), name='one_open_approval_of_a_role'), models.UniqueConstraint(condition=models.Q(('child__isnull', False), ('done_at__isnull', True), ('stopped_at__isnull', True)), fields=('kind', 'person', 'child'), name='one_open_approval_of_a_child')],
            },
        ),
        migrations.CreateModel(
            name='RoleHeld',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('staff', 'Member of staff'), ('manager', 'Manager'), ('deputy', 'Deputy manager'), ('safeguarding_lead', 'Designated safeguarding lead (DSL)'), ('deputy_safeguarding_lead', 'Deputy safeguarding lead'), ('senco', 'SENCo'), ('committee', 'Committee member'), ('chair', 'Chair of the committee'), ('editor', 'Editor of pages'), ('administrator', 'System administrator')], max_length=30)),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['person', 'role'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['staff', 'manager', 'deputy', 'safeguarding_lead', 'deputy_safeguarding_lead', 'senco', 'committee', 'chair', 'editor', 'administrator'])), name='role_is_one_of_ours'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='role_ends_after_start'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('ends_on__isnull', True)), fields=('person', 'role'), name='one_open_role'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('ends_on__isnull', False)), fields=('person', 'role', 'starts_on', 'ends_on'), name='one_role_with_these_days')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], verbose_name='Day')),
                ('starts_at', models.TimeField(verbose_name='From')),
                ('ends_at', models.TimeField(verbose_name='Until')),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='families.child')),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['weekday', 'starts_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('weekday__in', [0, 1, 2, 3, 4, 5, 6])), name='session_day_is_known'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_start')],
            },
        ),
    ]
