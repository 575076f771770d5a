"""What is trusted, and for how long: open sessions, the room's tablet and its PINs, a check at the door, broken glass."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.name_fields import NameField
from people.setting.roles import OFFICES, Role, roles_of
from records.retention import ACCESS, Retention

if TYPE_CHECKING:
    from people.accounts.models import Person


class Tablet(models.Model):
    """The setting's own tablet: in a room it is the second factor of the staff who work there."""

    name = NameField(_("Name of the tablet"), max_length=60)
    room = models.ForeignKey("setting.Room", models.PROTECT, null=True, blank=True, related_name="tablets")
    token_hash = models.CharField(max_length=64, unique=True)
    enrolled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    enrolled_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    retention = ACCESS

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class Pin(models.Model):
    """A member of staff's six digits for the room's tablet; worth nothing anywhere else."""

    TRIES = 5  # wrong ones in a row; then it opens nothing until its owner sets it anew

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pin")
    hashed = models.CharField(max_length=200)
    tries = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField(default=timezone.now)

    retention = ACCESS

    def __str__(self):
        return f"pin {self.pk}"

    def set_digits(self, digits):
        self.hashed = make_password(digits)
        self.tries, self.set_at = 0, timezone.now()

    def digits_are(self, digits):
        return check_password(digits, self.hashed)


class OpenSession(models.Model):
    """A signed-in browser, so that its owner can see it in a list and close it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=120, blank=True)
    stays = models.BooleanField(default=False)
    tablet = models.ForeignKey(Tablet, models.CASCADE, null=True, blank=True, related_name="open_sessions")
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    retention = ACCESS

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self):
        return f"open session {self.pk}"


class IdentityCheckQuerySet(models.QuerySet["IdentityCheck"]):
    def open(self, now: datetime | None = None) -> Self:
        """Those that are neither used nor taken back, from the last day."""
        now = now or timezone.now()
        since = now - IdentityCheck.LASTS
        fresh = Q(asked_at__gt=since) | Q(takes_effect_at__gt=since)
        return self.filter(fresh, printed_at__isnull=True, withdrawn_at__isnull=True)

    def visible_to(self, user: "Person", on: date | None = None) -> Self:
        """Open checks that this person began, while they work here."""
        if not roles_of(user, on):
            return self.none()
        return self.open().filter(asked_by=user).select_related("person", "asked_by", "agreed_by")

    def printable(self, now: datetime | None = None) -> Self:
        """Those whose letter can be printed: a second colleague agreed, or the day of stopping is over."""
        return self.filter(Q(agreed_by__isnull=False) | Q(takes_effect_at__lte=now or timezone.now()))

    def waiting_for(self, user: "Person", on: date | None = None) -> Self:
        """Open checks to which this person may agree as the second, never of the own family; or, where nobody could
        agree, which everybody in office and the person themselves can stop."""
        open_now = self.open().exclude(asked_by=user).select_related("person", "asked_by")
        held = roles_of(user, on)
        alone = open_now.filter(takes_effect_at__isnull=False)
        if not held & IdentityCheck.MAY_AGREE:
            return alone if held & set(OFFICES) else alone.filter(person=user)
        ties = apps.get_model("families", "Relationship").objects
        own_family = Q(person__in=ties.filter(child__in=ties.filter(adult=user).values("child")).values("adult"))
        asked = Q(agreed_by__isnull=True, takes_effect_at__isnull=True) & ~own_family & ~Q(person=user)
        return open_now.filter(asked | Q(takes_effect_at__isnull=False))


class IdentityCheck(models.Model):
    """A lost password or phone mended in person: who was recognised how, and a second colleague who agrees."""

    LASTS = timedelta(days=1)  # from recognising somebody to printing the letter
    KEPT = timedelta(days=3 * 365)
    MAY_AGREE = frozenset({Role.MANAGER, Role.DEPUTY, Role.CHAIR})

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="checks_at_the_door")
    identity_seen = models.CharField(_("How you know that it is them"), max_length=200)
    factor_too = models.BooleanField(_("Their authenticator is lost as well"), default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    takes_effect_at = models.DateTimeField(null=True, blank=True)  # only where nobody else could agree
    printed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = IdentityCheckQuerySet.as_manager()
    retention = Retention(_("Who let whom in again, and how they knew them"), _("3 years"))

    class Meta:
        verbose_name_plural = "checks at the door"
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(identity_seen=""), name="check_says_how"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=models.F("asked_by")), name="check_by_two"
            ),
        ]

    def __str__(self):
        return f"check at the door {self.pk}"
