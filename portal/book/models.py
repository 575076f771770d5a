"""A book of a child's journal, made for the one person who asked for it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.families.access import Level, access_of
from people.families.models import Child
from records.retention import Retention

DAYS = 30
TRIES = 3
EVERYTHING = "everything"


class BookQuerySet(models.QuerySet["Book"]):
    def visible_to(self, user, on=None):
        """One's own books, while one takes part in that child's journal. Nobody ever opens another person's book."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(asked_by=user, child__in=access_of(user, on).family(Level.PARTICIPATE))

    def waiting(self):
        """Those that are still to be made, the oldest wish first."""
        return self.filter(made_at__isnull=True, failures__lt=TRIES).order_by("asked_at", "pk")


class Book(models.Model):
    """A year of a child's journal, or all of it, as this person may read it: two PDFs and an archive.

    It is no record but a copy of records, so its files lie apart from them (actions.folder_of) and go after a month.
    `holds` names what is in it, and `fingerprint` says how it read: before it is opened, both are asked again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    period = models.CharField(max_length=10)  # the year in which its school year began, or "everything"
    asked_at = models.DateTimeField(default=timezone.now)
    attempt = models.UUIDField(default=uuid.uuid4)  # the folder of its files; each making has a new one
    done = models.PositiveSmallIntegerField(default=0)  # of 100
    made_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    holds = models.JSONField(default=dict, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)

    objects = BookQuerySet.as_manager()
    retention = Retention(
        _("A book that somebody of the family had made of the journal"), _("30 days; it can be made again")
    )

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "child", "period"], name="one_book_of_a_period"),
            models.CheckConstraint(condition=~Q(period=""), name="book_has_a_period"),
        ]

    def __str__(self):
        return f"book {self.pk}"

    @property
    def has_failed(self):
        """Whether it was tried often enough; then only asking again begins it anew."""
        return self.made_at is None and self.failures >= TRIES

    @property
    def is_under_way(self):
        return self.made_at is None and self.failures < TRIES
