"""What a page said each time it was published, and who has said that they read it."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from records.retention import WORDS, Retention
from versions.audiences import Asked, Audience, asked_as, audiences_of

if TYPE_CHECKING:
    from people.accounts.models import Person


class KeptPageForm(WagtailAdminPageForm):
    """What was said about the last change is not said again about the next one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.has_unpublished_changes:
            self.initial |= {"what_changed": "", "change_is_material": False}


class KeptPage(Page):
    """A page of which every published version stays readable, and which people may be asked to read.

    A page of this kind says `kept_words()`, a list of (kind, anchor, text); `kept_title`; and its `audience`.
    """

    acknowledged_by = models.CharField(
        _("Who is asked to say that they have read it"), max_length=10, choices=Asked, default=Asked.NOBODY
    )
    change_is_material = models.BooleanField(
        _("This change matters to readers"),
        default=False,
        help_text=_("Then those who are asked to read it are asked once more. Leave it for spelling and small words."),
    )
    what_changed = models.CharField(
        _("What changed, in a sentence"),
        max_length=300,
        blank=True,
        help_text=_("Readers see it beside the new version, for example: Collection now needs a password."),
    )

    base_form_class = KeptPageForm
    change_panels = [
        MultiFieldPanel(
            [FieldPanel("change_is_material"), FieldPanel("what_changed"), FieldPanel("acknowledged_by")],
            heading=_("This change, and its readers"),
        )
    ]

    class Meta:
        abstract = True

    @property
    def kept_title(self):
        return self.title

    def clean(self):
        super().clean()
        if self.audience == Audience.STAFF and self.acknowledged_by in (Asked.FAMILIES, Asked.BOTH):
            raise ValidationError({"acknowledged_by": _("Families cannot be asked to read what is only for staff.")})


class PageVersionQuerySet(models.QuerySet["PageVersion"]):
    def current(self) -> Self:
        """The newest version of each page."""
        later = PageVersion.objects.filter(page=OuterRef("page"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))

    def visible_to(self, user: "Person") -> Self:
        """Versions of published pages for whose readers this person counts: then, and by the newest version."""
        belongs = audiences_of(user)
        newest = PageVersion.objects.filter(page=OuterRef("page")).order_by("-number")
        readable = self.filter(page__live=True, audience__in=belongs)
        return readable.alias(now_for=Subquery(newest.values("audience")[:1])).filter(now_for__in=belongs)

    def asking(self) -> Self:
        """The newest versions of published pages that somebody is asked to read."""
        return self.current().filter(page__live=True).exclude(asked=Asked.NOBODY)

    def waiting_for(self, user: "Person") -> Self:
        """What this person is asked to read and has not yet said to have read, since it last changed in what matters."""
        said = Acknowledgement.objects.filter(
            person=user, version__page=OuterRef("page"), version__number__gte=OuterRef("read_from")
        )
        return self.asking().visible_to(user).filter(~Exists(said), asked__in=asked_as(user)).order_by("pk")


class PageVersion(models.Model):
    """One page as it was published: its words, kept as they were read. Rows are never changed."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="kept_versions")
    number = models.PositiveIntegerField(_("Version"))
    title = models.CharField(max_length=300)
    words = models.JSONField(help_text="A list of [kind, anchor, text].")
    digest = models.CharField(max_length=64)
    audience = models.CharField(max_length=10, choices=Audience)
    asked = models.CharField(max_length=10, choices=Asked)
    is_material = models.BooleanField()
    read_from = models.PositiveIntegerField(help_text="Whoever has read this number has read what matters.")
    what_changed = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = PageVersionQuerySet.as_manager()
    retention = WORDS

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_version_of_a_number"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="version_audience_is_known"),
            models.CheckConstraint(condition=Q(asked__in=Asked.values), name="version_asked_is_known"),
            models.CheckConstraint(
                condition=Q(read_from__gte=1) & Q(read_from__lte=F("number")), name="version_read_from_is_earlier"
            ),
        ]

    def __str__(self):
        return _("%(title)s, version %(number)d") % {"title": self.title, "number": self.number}

    def get_absolute_url(self):
        return reverse("versions:one", args=[self.pk])


class Channel(models.TextChoices):
    """How somebody was told."""

    PORTAL = "portal", _("here in the portal")
    PAPER = "paper", _("on paper")
    ALOUD = "aloud", _("read aloud")
    INTERPRETER = "interpreter", _("through an interpreter")


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    def visible_to(self, user):
        """One's own."""
        return self.filter(person=user)


class Acknowledgement(models.Model):
    """That a person has read a version, or was told it, and who wrote that down. Rows are never changed."""

    version = models.ForeignKey(PageVersion, models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="acknowledgements")
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.PORTAL)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    objects = AcknowledgementQuerySet.as_manager()
    retention = Retention(_("Shows that somebody was told, in which version"), _("3 years after the family leaves"))

    class Meta:
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="one_acknowledgement_of_a_version"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="acknowledgement_channel_is_known"),
        ]

    def __str__(self):
        return f"acknowledgement {self.pk}"


class Reminder(models.Model):
    """That somebody was reminded of a version they are asked to read."""

    version = models.ForeignKey(PageVersion, models.PROTECT, related_name="reminders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    retention = Retention(_("Nobody is reminded twice a day"), _("as long as the version is the newest"))

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self):
        return f"reminder {self.pk}"
