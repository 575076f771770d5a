"""An import under way: files that wait to be read, then to be looked at, then to be kept as drafts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.models.page import ProcedurePage
from records.retention import Retention

WHILE_LOOKED_AT = Retention(_("Documents that an editor imports and looks at before keeping them"), _("30 days"))


class Batch(models.Model):
    """The files that an editor brought at one time."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    retention = WHILE_LOOKED_AT

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.made_at:%d %B %Y}"


class BatchFileQuerySet(models.QuerySet["BatchFile"]):
    def waiting(self, state, now):
        """Those in a state that nobody is working on at this moment."""
        return self.filter(models.Q(busy_until=None) | models.Q(busy_until__lt=now), state=state)


class BatchFile(models.Model):
    """One document of an import, and how far it has come."""

    class State(models.TextChoices):
        TO_READ = "to_read", _("Waits to be read")
        READ = "read", _("Read")
        UNREADABLE = "unreadable", _("Cannot be read")
        TO_KEEP = "to_keep", _("Waits to be kept")
        KEPT = "kept", _("Kept as a draft")
        LEFT = "left", _("Left out")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="files")
    name = models.CharField(max_length=300, blank=True)
    content = models.BinaryField(blank=True, default=bytes)
    state = models.CharField(max_length=10, choices=State, default=State.TO_READ)
    why = models.CharField(max_length=500, blank=True)
    understood = models.JSONField(null=True, blank=True)
    code = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=255, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    page = models.ForeignKey(ProcedurePage, models.SET_NULL, null=True, related_name="+")
    busy_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = BatchFileQuerySet.as_manager()
    retention = WHILE_LOOKED_AT

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["to_read", "read", "unreadable", "to_keep", "kept", "left"]),
                name="batch_file_state_is_known",
            ),
        ]

    def __str__(self):
        return self.name
