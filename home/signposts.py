"""Signposting: who else can help a family, by topic, area and language. Nobody's look at it is remembered."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.accounts.name_fields import NameField
from people.setting.roles import works_here
from records.finding import words_in
from records.retention import PLUMBING, WORDS

PHONE = RegexValidator(r"^[0-9+() ]{3,30}$", _("A phone number has digits and spaces, such as 0300 123 4567."))


class Topic(models.Model):
    """What somebody may need help with."""

    name = NameField(_("Name"), max_length=80, unique=True)
    slug = models.SlugField(_("In the address"), max_length=60, unique=True)
    words = models.TextField(_("A kind sentence for the top of its page"), blank=True)
    sensitive = models.BooleanField(
        _("Somebody may need to leave this page quickly"),
        default=False,
        help_text=_("Then its page has a button that puts a weather page in its place."),
    )
    place = models.PositiveSmallIntegerField(_("Order"), default=100)

    retention = WORDS

    class Meta:
        ordering = ["place", "name"]
        verbose_name = _("topic of help")
        verbose_name_plural = _("topics of help")

    def __str__(self):
        return self.name


class AgencyQuerySet(models.QuerySet["Agency"]):
    def visible_to(self, user):
        """Agencies this person may be shown: those for families to everybody, those for staff to whoever works here."""
        shown = self.filter(in_use=True)
        return shown if user.is_authenticated and works_here(user) else shown.filter(audience=Agency.FAMILIES)

    def finding(self, terms):
        """Those whose words have a beginning of each of these."""
        found = self
        for term in terms:
            found = found.filter(searchable__contains=f" {term}")
        return found

    def in_trouble(self):
        """Those whose link did not answer when it was last tried."""
        return self.filter(in_use=True).exclude(link__trouble="").filter(link__isnull=False)


class Agency(models.Model):
    """One organisation that helps: what it does in our words, and how to reach it."""

    FAMILIES, STAFF = "families", "staff"

    name = NameField(_("Name"), max_length=150)
    words = models.TextField(_("What it does"), help_text=_("Two or three plain sentences."))
    topics = models.ManyToManyField(Topic, verbose_name=_("Topics"), related_name="agencies")
    area = models.CharField(
        _("Area"), max_length=80, blank=True, help_text=_("A town or county; leave it empty for the whole country.")
    )
    languages = models.CharField(
        _("Languages"), max_length=200, default="English", help_text=_("With commas: English, Polski, اردو")
    )
    audience = models.CharField(
        _("Who is shown it"),
        max_length=10,
        choices=[(FAMILIES, _("Everybody")), (STAFF, _("Only those who work here"))],
        default=FAMILIES,
    )
    phone = models.CharField(_("Phone"), max_length=30, blank=True, validators=[PHONE])
    hours = models.CharField(_("When somebody answers"), max_length=150, blank=True)
    url = models.URLField(_("Website"), max_length=300, blank=True)
    checked_on = models.DateField(
        _("Last checked on"), help_text=_("When one of us last made sure that this is right.")
    )
    in_use = models.BooleanField(_("Shown"), default=True)
    searchable = models.TextField(editable=False, blank=True)

    objects = AgencyQuerySet.as_manager()
    retention = WORDS

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("agency that helps")
        verbose_name_plural = _("agencies that help")
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=["families", "staff"]), name="agency_audience_is_known"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.searchable = " " + " ".join(words_in(f"{self.name} {self.words} {self.area} {self.languages}"))
        super().save(*args, **kwargs)

    @property
    def language_list(self):
        return [word.strip() for word in self.languages.split(",") if word.strip()]


class LinkCheck(models.Model):
    """What an agency's website answered when the scheduler last tried it; no trouble is an empty text."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="link")
    url = models.URLField(max_length=300)
    trouble = models.CharField(max_length=200, blank=True)
    tried_at = models.DateTimeField()

    retention = PLUMBING

    def __str__(self):
        return self.url
