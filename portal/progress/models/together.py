"""Which adults are asked for a part of their own, and what they wrote. Nobody sees whom else we asked."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.families.access import of_nobody_hidden
from people.families.child_records import ChildRecordQuerySet
from people.families.models import Child
from people.families.told import Told
from portal.progress.models.check import Check
from portal.progress.models.kept import WITH_THE_CHECK

if TYPE_CHECKING:
    from people.families.access import Access


def read_as_staff(access: "Access") -> QuerySet:
    """Ids of the checks this person reads as staff, as a subquery."""
    return Check.objects.as_staff_of(access.person, access.on).order_by().values("pk")


def read_as_family(access: "Access") -> QuerySet:
    """Ids of the checks that were shared with this person's family, as a subquery."""
    return Check.objects.shared_with_family(access.person, access.on).order_by().values("pk")


class PartInvitationQuerySet(ChildRecordQuerySet["Invitation"]):
    """Invitations: a person's own, as long as they take part; all of them to staff who read the check."""

    def for_family(self, access):
        return Q(adult=access.person, check_of__child__in=access.family(self.family_level))

    def for_staff(self, access):
        return Q(check_of__in=read_as_staff(access)) & of_nobody_hidden(access.person, "adult", access.on)

    def as_invited(self, user, on=None):
        """A person's own invitations only."""
        return self.visible_to(user, on).filter(adult=user)

    def waiting_for(self, user, on=None):
        """Own parts that can still be written and were not sent yet; none about a child who has left."""
        own = self.as_invited(user, on).exclude(check_of__child__ends_on__lt=on or timezone.localdate())
        return own.filter(check_of__shared_at__isnull=True, part__sent_at__isnull=True)


class Invitation(models.Model):
    """That one adult was asked for their part. One who lives apart is asked like one who lives with the child."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    check_of = models.ForeignKey(Check, models.PROTECT, related_name="invitations")
    adult = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="check_invitations")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    ask = models.OneToOneField("documents.SignatureRequest", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PartInvitationQuerySet.as_manager()
    retention = WITH_THE_CHECK

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["check_of", "adult"], name="invited_once")]

    def __str__(self):
        return f"invitation {self.pk}"

    def get_absolute_url(self):
        """Where the invited adult writes."""
        return reverse("progress:part", args=[self.pk])


class PartQuerySet(ChildRecordQuerySet["Part"]):
    """Parts: one's own; in a shared check those of adults shown to each other; what was sent to staff who read the check."""

    def _own(self, access: "Access") -> Q:
        return Q(adult=access.person, check_of__child__in=access.family(self.family_level))

    def for_family(self, access: "Access") -> Q:
        shown = Q(adult__in=access.shown_to, sent_at__isnull=False, check_of__in=read_as_family(access))
        return self._own(access) | shown

    def for_staff(self, access: "Access") -> Q:
        sent = Q(check_of__in=read_as_staff(access), sent_at__isnull=False)
        return sent & of_nobody_hidden(access.person, "adult", access.on)

    def open_to(self, access: "Access") -> Q:
        """What one wrote oneself stays one's own, whomever it names."""
        closed = super().open_to(access)
        return self._own(access) | closed if closed else closed


class Part(models.Model):
    """What one adult says about the child. Everything is optional, and nobody else can change a word."""

    check_of = models.ForeignKey(Check, models.PROTECT, related_name="parts")
    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="part")
    adult = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="check_parts")
    enjoys = models.TextField(_("What does your child enjoy at the moment?"), blank=True)
    proud_of = models.TextField(_("What are you proud of?"), blank=True)
    words = models.TextField(_("How does your child tell you things?"), blank=True)
    daily = models.TextField(_("Sleep, eating and health"), blank=True)
    worries = models.TextField(_("Does anything worry you?"), blank=True)
    hopes = models.TextField(_("What do you hope for next?"), blank=True)
    named_for_orders = models.ManyToManyField(Child, related_name="+", blank=True)  # whom the words name, for an order
    health_visitor_on = models.DateField(_("Date of the health visitor's review at two"), null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    WORDS = ("enjoys", "proud_of", "words", "daily", "worries", "hopes")

    objects = PartQuerySet.as_manager()
    retention = WITH_THE_CHECK
    told = Told("check_of__child", WORDS)

    class Meta:
        ordering = ["invitation__asked_at", "pk"]

    def __str__(self):
        return f"part {self.pk}"
