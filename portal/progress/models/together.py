"""Which adults are asked for a part of their own, and what they wrote. Nobody sees whom else we asked."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.access import access_of, of_nobody_hidden
from people.models import Child, Level
from people.told import Told, names_nobody_closed
from portal.progress.models.check import Check, as_family
from portal.progress.models.kept import WITH_THE_CHECK


def read_as_staff(user, on=None):
    """Ids of the checks this person reads as staff, as a subquery."""
    return Check.objects.as_staff_of(user, on).order_by().values("pk")


def read_as_family(user, on=None):
    """Ids of the checks that were shared with this person's family, as a subquery."""
    return Check.objects.filter(as_family(user, on)).order_by().values("pk")


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user, on=None):
        """A person's own, as long as they take part in the child's life here; all of them to staff who read the check."""
        if not user.is_authenticated:
            return self.none()
        own = Q(adult=user)
        own &= Q(check_of__child__in=access_of(user, on).family(Level.PARTICIPATE))
        staff = Q(check_of__in=read_as_staff(user, on)) & of_nobody_hidden(user, "adult", on)
        return self.filter(own | staff)

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
    ask = models.OneToOneField("documents.Ask", models.PROTECT, null=True, blank=True, related_name="+")

    objects = InvitationQuerySet.as_manager()
    keeping = WITH_THE_CHECK

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["check_of", "adult"], name="invited_once")]

    def __str__(self):
        return f"invitation {self.pk}"

    def get_absolute_url(self):
        """Where the invited adult writes."""
        return reverse("progress:part", args=[self.pk])


class PartQuerySet(models.QuerySet):
    def visible_to(self, user, on=None):
        """One's own; in a shared check those of adults shown to each other; what was sent to staff who read the check."""
        if not user.is_authenticated:
            return self.none()
        own = Q(adult=user)
        own &= Q(check_of__child__in=access_of(user, on).family(Level.PARTICIPATE))
        shown = Q(adult__in=access_of(user, on).shown_to, sent_at__isnull=False)
        shown &= Q(check_of__in=read_as_family(user, on))
        staff = Q(check_of__in=read_as_staff(user, on), sent_at__isnull=False)
        staff &= of_nobody_hidden(user, "adult", on)
        return self.filter(own | ((shown | staff) & names_nobody_closed(user, Part, on)))


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
    keeping = WITH_THE_CHECK
    told = Told("check_of__child", WORDS)

    class Meta:
        ordering = ["invitation__asked_at", "pk"]

    def __str__(self):
        return f"part {self.pk}"
