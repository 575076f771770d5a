"""With whom a check was discussed, what parents said after reading it, and who has opened it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.families.access import of_nobody_hidden
from people.families.child_records import ChildRecordQuerySet
from people.families.models import Child
from people.families.told import Told
from portal.progress.models.check import Check
from portal.progress.models.kept import WITH_THE_CHECK
from portal.progress.models.together import read_as_family, read_as_staff
from records.submitted import Submitted, once_for

if TYPE_CHECKING:
    from people.families.access import Access


class TalkQuerySet(ChildRecordQuerySet["Talk"]):
    """Talks with oneself and with adults shown to each other; all of them to staff who read the check."""

    def for_family(self, access: "Access") -> Q:
        return Q(adult__in=access.shown_to, check_of__in=read_as_family(access))

    def for_staff(self, access: "Access") -> Q:
        return Q(check_of__in=read_as_staff(access)) & of_nobody_hidden(access.person, "adult", access.on)


class Talk(models.Model):
    """That a check was talked over with one adult; two who live apart are two talks. Added only (trigger).

    Without an adult it says what was offered: parents who never come must not keep a check open for ever.
    """

    check_of = models.ForeignKey(Check, models.PROTECT, related_name="talks")
    adult = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    held_on = models.DateField(_("Discussed on"))
    words = models.TextField(blank=True)
    named_for_orders = models.ManyToManyField(Child, related_name="+", blank=True)  # whom the words name, for an order
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    objects = TalkQuerySet.as_manager()
    retention = WITH_THE_CHECK
    told = Told("check_of__child", ("words",))

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(adult__isnull=False) | ~Q(words=""), name="talk_with_somebody_or_why_not"
            )
        ]

    def __str__(self):
        return f"talk {self.pk}"


class RemarkQuerySet(ChildRecordQuerySet["Remark"]):
    """One's own and those of adults shown to each other; all of them to staff who read the check."""

    def for_family(self, access: "Access") -> Q:
        return Q(author__in=access.shown_to, check_of__in=read_as_family(access))

    def for_staff(self, access: "Access") -> Q:
        return Q(check_of__in=read_as_staff(access)) & of_nobody_hidden(access.person, "author", access.on)


class Remark(Submitted):
    """What an adult of the family says after reading. Added only (trigger)."""

    check_of = models.ForeignKey(Check, models.PROTECT, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField(_("Your words"))
    named_for_orders = models.ManyToManyField(Child, related_name="+", blank=True)  # whom the words name, for an order
    said_at = models.DateTimeField(default=timezone.now)

    objects = RemarkQuerySet.as_manager()
    retention = WITH_THE_CHECK
    told = Told("check_of__child", ("words",))

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            once_for("author"),
            models.CheckConstraint(condition=~Q(words=""), name="remark_has_words"),
        ]

    def __str__(self):
        return f"remark {self.pk}"


class Seen(models.Model):
    """When an adult last opened a shared check, so that it no longer waits for them."""

    check_seen = models.ForeignKey(Check, models.CASCADE, related_name="seen")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="checks_seen")
    seen_at = models.DateTimeField(default=timezone.now)

    retention = WITH_THE_CHECK

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_seen", "person"], name="seen_once")]

    def __str__(self):
        return f"seen {self.pk}"
