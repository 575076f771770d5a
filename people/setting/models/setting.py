from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.accounts.name_fields import NameField
from people.families.eyfs import FRAMEWORKS
from records import request_cache
from records.retention import Retention


class Setting(models.Model):
    """The setting's facts: its name, its words, whom to ring. One row. Two settings are two configurations, not two codes."""

    name = NameField(_("Full name"), max_length=120, default=_("Our pre-school"))
    short_name = NameField(_("Short name"), max_length=60, default=_("Pre-school"))
    word_for_parents = models.CharField(_("Word for parents"), max_length=40, default=_("parents and carers"))
    journal_name = NameField(_("Name of the learning journal"), max_length=60, default=_("Big book of me"))
    address = models.TextField(_("Address"), blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    email = models.EmailField(_("E-mail address"), blank=True)
    ofsted_urn = models.CharField(_("Ofsted registration number (URN)"), max_length=20, blank=True)
    charity_number = models.CharField(_("Charity number"), max_length=20, blank=True)
    safeguarding_lead = NameField(_("Designated safeguarding lead"), max_length=120, blank=True)
    safeguarding_phone = models.CharField(_("Safeguarding lead's phone"), max_length=40, blank=True)
    social_care_name = NameField(_("Children's social care, its name here"), max_length=120, blank=True)
    social_care_phone = models.CharField(_("Children's social care, phone"), max_length=40, blank=True)
    # Ofsted's addresses: domain.md CO4. Editable, because they change.
    ofsted_phone = models.CharField(_("Ofsted's phone"), max_length=40, default="0300 123 4666")
    ofsted_email = models.EmailField(_("Ofsted's e-mail address"), default="enquiries@ofsted.gov.uk")
    ofsted_address = models.CharField(
        _("Ofsted's address"), max_length=200, default="Piccadilly Gate, Store Street, Manchester M1 2WD"
    )

    second_factor_for_families = models.CharField(
        _("Second factor for families"),
        max_length=10,
        choices=[("offered", _("Offered to everybody")), ("required", _("Required of everybody"))],
        default="offered",
    )

    invitations_last = models.PositiveSmallIntegerField(
        _("Days for which an invitation works"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )

    quiet_from = models.TimeField(_("No e-mails to anybody from"), null=True, blank=True)
    quiet_until = models.TimeField(_("No e-mails to anybody until"), null=True, blank=True)

    pages_are_checked = models.BooleanField(
        _("A second person looks at pages and procedures before they appear"),
        default=False,
        help_text=_(
            "Then an editor submits a page, and it is published by a manager or deputy who holds the role “Editor of pages” too."
        ),
    )

    journal_is_checked = models.BooleanField(
        _("A senior colleague looks at observations before families read them"), default=False
    )
    framework = models.CharField(
        _("Stages of development named in observations"), max_length=20, choices=FRAMEWORKS, default="", blank=True
    )

    retention = Retention(
        _("The setting's own facts, shown on its pages"), _("as long as the setting uses the program")
    )

    def __str__(self):
        return self.name

    @classmethod
    def now(cls):
        """The setting's facts; the defaults while nobody has filled them in."""
        return request_cache.cached("setting", lambda: cls.objects.order_by("pk").first() or cls())

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        request_cache.forget("setting")
