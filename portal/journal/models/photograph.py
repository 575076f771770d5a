"""The photographs on a page."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from people.standing import Bar, standing_of
from portal.journal.models.kept import WITH_THE_JOURNAL
from portal.journal.models.observation import Observation


class PhotographQuerySet(models.QuerySet):
    def visible_to(self, user, on=None):
        """Photographs in observations this person may read, unless photographs of the child are closed to them."""
        readable = Observation.objects.visible_to(user, on).order_by().values("pk")
        found = self.filter(observation__in=readable)
        closed = standing_of(user, on).barred_from(Bar.NO_PHOTOGRAPHS)
        if not closed:
            return found
        inside = Observation.children.through.objects.filter(observation=OuterRef("observation"), child__in=closed)
        return found.exclude(Exists(inside))


class Photograph(models.Model):
    """A photograph in an observation, clean of metadata, in two sizes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="photographs")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(_("What can be seen"), max_length=200, blank=True)
    small = models.ForeignKey("records.StoredFile", models.PROTECT, related_name="+")
    large = models.ForeignKey("records.StoredFile", models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects = PhotographQuerySet.as_manager()
    keeping = WITH_THE_JOURNAL

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["observation", "position"], name="photograph_position_once")]

    def __str__(self):
        return f"photograph {self.pk}"
