"""What the setting writes area by area, and who does what by when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.families.eyfs import PRIME, Area
from portal.progress.models.check import Check
from portal.progress.models.kept import WITH_THE_CHECK


class AreaNote(models.Model):
    """One area of learning in one check; the three prime ones are needed in a check at two, the others are optional."""

    check_of = models.ForeignKey(Check, models.CASCADE, related_name="areas")
    area = models.CharField(max_length=20, choices=Area)
    can = models.TextField(blank=True)
    well = models.TextField(blank=True)
    support = models.TextField(blank=True)
    concern = models.BooleanField(null=True, blank=True)

    retention = WITH_THE_CHECK

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "area"], name="area_once"),
            models.CheckConstraint(condition=Q(area__in=Area.values), name="area_is_known"),
        ]

    def __str__(self):
        return f"area {self.pk}"

    @property
    def is_prime(self):
        return self.area in PRIME


class PlanRow(models.Model):
    """A line of the action plan: who does what by when."""

    check_of = models.ForeignKey(Check, models.CASCADE, related_name="plan")
    position = models.PositiveSmallIntegerField()
    who = models.CharField(_("Who"), max_length=150, blank=True)
    what = models.CharField(_("What"), max_length=500, blank=True)
    by_when = models.CharField(_("By when"), max_length=100, blank=True)

    retention = WITH_THE_CHECK

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["check_of", "position"], name="plan_position_once")]

    def __str__(self):
        return f"plan row {self.pk}"
