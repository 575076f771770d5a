"""The photographs on a page."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.families.access import Level, RestrictionKind, access_of
from people.families.models import Child
from people.families.told import Told, names_nobody_closed, reaches_nobody_closed
from people.setting.roles import Right, has_right
from portal.journal.models.kept import WITH_THE_JOURNAL
from portal.journal.models.observation import (
    Observation,
    Origin,
    names_and_shows_nobody_else,
    on_family_page,
    on_staff_page,
    only_looked_after,
    without_photographs,
)
from records.pictures import sentence
from records.retention import Retention


class PhotographQuerySet(models.QuerySet["Photograph"]):
    def visible_to(self, user, on=None):
        """Photographs on pages this person may read, as far as the families of those who can be seen in them allow it."""
        if not user.is_authenticated:
            return self.none()
        # Each side is asked of those only who have it: this is asked for every picture of a page.
        readable = Q(pk__in=[])
        if access_of(user, on).family(Level.PARTICIPATE):
            readable |= on_family_page(user, on, shows_something=True) & self._for_family(user, on)
        if has_right(user, Right.SEE_CHILDREN, on):
            readable |= on_staff_page(user, on) & self._for_staff(user, on)
        return self.filter(readable)._without_closed(user, on)

    def on_readable_pages(self, user, on=None):
        """The same of pages that `Observation.objects.visible_to` gave this person: they are not asked for again."""
        if not has_right(user, Right.SEE_CHILDREN, on):
            return self.filter(self._for_family(user, on))._without_closed(user, on)
        if not access_of(user, on).family(Level.PARTICIPATE):
            return self.filter(self._for_staff(user, on))._without_closed(user, on)
        return self.visible_to(user, on)

    def _for_family(self, user, on):
        own = access_of(user, on).family(Level.PARTICIPATE)
        return names_and_shows_nobody_else(Photograph, user, own, on) & _allowed(on)

    def _for_staff(self, user, on):
        seen_in = Photograph.children.through.objects.filter(photograph=OuterRef("pk"))
        staff = only_looked_after(user, seen_in, on)
        staff &= reaches_nobody_closed(user, seen_in, on) & names_nobody_closed(user, Photograph, on)
        return staff & (_allowed(on) | Q(observation__shared_at__isnull=True))

    def _without_closed(self, user, on):
        """Without those around a child of whom this person may see no photographs."""
        found, access = self, access_of(user, on)
        closed = access.children_closed_by(RestrictionKind.NO_PHOTOGRAPHS)
        if not closed:
            return found
        for way in (Observation.children, Observation.named, Observation.named_for_orders):
            found = found.exclude(
                Exists(way.through.objects.filter(observation=OuterRef("observation"), child__in=closed))
            )
        for way in (Photograph.children, Photograph.named, Photograph.named_for_orders):
            found = found.exclude(Exists(way.through.objects.filter(photograph=OuterRef("pk"), child__in=closed)))
        return found

    def allowed(self, on=None):
        """Those that the families of everybody seen in them allow in journals today, and what a family added itself."""
        return self.filter(_allowed(on))

    def kept_back(self, on: date | None = None) -> Self:
        """The others of what was shared: hidden from everybody, kept, and there again once it is allowed."""
        return self.filter(~_allowed(on), observation__shared_at__isnull=False)


def _allowed(on):
    seen_in = Photograph.children.through.objects.filter(photograph=OuterRef("pk"))
    return Q(~Exists(without_photographs(seen_in, on))) | Q(observation__origin=Origin.HOME)


class Photograph(models.Model):
    """A photograph in an observation, clean of metadata, in four sizes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="photographs")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(_("What can be seen"), max_length=200, blank=True)
    children = models.ManyToManyField(Child, related_name="+", blank=True)  # those who can be seen in it
    named = models.ManyToManyField(Child, related_name="+", blank=True)  # those whom the words name
    named_for_orders = models.ManyToManyField(Child, related_name="+", blank=True)  # looked for since, for an order
    small = models.ForeignKey("records.StoredFile", models.PROTECT, related_name="+")
    large = models.ForeignKey("records.StoredFile", models.PROTECT, related_name="+")
    sheet = models.ForeignKey("records.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    print = models.ForeignKey("records.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects = PhotographQuerySet.as_manager()
    retention = WITH_THE_JOURNAL
    told = Told("observation__children", ("words",))

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["observation", "position"], name="photograph_position_once")]

    def __str__(self):
        return f"photograph {self.pk}"


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, user, on=None):
        """What this person has sent to a page that they may read; nobody else's."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(on_family_page(user, on) | on_staff_page(user, on), observation__author=user)

    def waiting(self):
        """Those that are still to be cleaned, in the order in which they came."""
        return self.filter(problem="").order_by("sent_at", "number")

    def refused(self):
        """Those that could not be taken."""
        return self.exclude(problem="").order_by("sent_at", "number")


class Upload(models.Model):
    """A photograph as it was sent, while there was no free place to clean it. The scheduler does, in its turn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="uploads")
    number = models.PositiveSmallIntegerField()  # of those that were sent together
    name = models.CharField(max_length=100)
    sent_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=20, blank=True)  # why it cannot be taken, in one word (records/pictures.py)
    told_at = models.DateTimeField(null=True, blank=True)  # its sender has read why

    objects = UploadQuerySet.as_manager()
    retention = Retention(_("Photographs that wait to be cleaned"), _("cleaned; two weeks where one cannot be taken"))

    class Meta:
        ordering = ["sent_at", "number"]

    def __str__(self):
        return f"upload {self.pk}"

    @property
    def sentence(self):
        """Why it could not be taken, and what would be right."""
        return sentence(self.problem, self.name)
