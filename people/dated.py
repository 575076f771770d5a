"""Rows that are in force from a day to a day."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.utils import timezone

from people.families.access import running_on

Row = TypeVar("Row", bound=models.Model)


class DatedQuerySet(models.QuerySet[Row]):
    def running(self, on: date) -> Self:
        """Return the rows in force on a day. A row that was ended at a moment is not, even where its last day is later."""
        found = self.filter(running_on(on))
        return found.filter(ended_at__isnull=True) if hasattr(self.model, "ended_at") else found


class Dated(models.Model):
    """In force from its first to its last day, both included; without a last day until it is ended.

    Where one end must count at once, a model adds `ended_at`, the moment of it.
    """

    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
