"""A step that takes two people: asked for by one, in force when another agrees, or after a day where there is no other."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.setting.roles import Role
from records.retention import Retention


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def open(self, now: datetime | None = None) -> Self:
        """Those that were neither carried out nor stopped, and did not run out."""
        now = now or timezone.now()
        return self.filter(done_at__isnull=True, stopped_at__isnull=True, asked_at__gt=now - Approval.LASTS)

    def due(self, now: datetime | None = None) -> Self:
        """Open ones whose day has passed without anybody stopping them."""
        now = now or timezone.now()
        return self.open(now).filter(takes_effect_at__lte=now)


class Approval(models.Model):
    """That somebody asked for a step which one person alone must not take, who agreed to it or stopped it, and when."""

    class Kind(models.TextChoices):
        GIVE_ROLE = "give_role", _("Appoint somebody")
        END_ROLE = "end_role", _("End an office")
        TIE_IN_OFFICE = "tie_in_office", _("Somebody in office belongs to a child's family")
        TIE_RESTRICTED = "tie_restricted", _("Open a child's record although something is closed")
        UNDO_TIE = "undo_tie", _("A relationship was entered by mistake")

    ABOUT_OFFICES = (Kind.GIVE_ROLE, Kind.END_ROLE, Kind.TIE_IN_OFFICE)
    ALONE = timedelta(hours=24)  # how long everybody in office can stop what nobody else can agree to
    LASTS = timedelta(days=30)

    kind = models.CharField(max_length=20, choices=Kind)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="approvals")
    role = models.CharField(max_length=30, choices=Role, blank=True)
    child = models.ForeignKey("families.Child", models.PROTECT, null=True, blank=True, related_name="approvals")
    relationship = models.ForeignKey("families.Relationship", models.SET_NULL, null=True, blank=True, related_name="+")
    facts = models.JSONField(default=dict)  # what the step will write: days of a role, what a relationship opens
    why = models.CharField(_("Why"), max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    takes_effect_at = models.DateTimeField(null=True, blank=True)  # only where nobody else could agree
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    stopped_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ApprovalQuerySet.as_manager()
    retention = Retention(_("Who decided together about an office or a family"), _("6 years"))

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True)
                | (~Q(agreed_by=models.F("asked_by")) & ~Q(agreed_by=models.F("person"))),
                name="approval_by_another",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(agreed_by__isnull=False) | Q(takes_effect_at__isnull=False),
                name="approval_agreed_or_waited_for",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(stopped_at__isnull=True), name="approval_done_or_stopped"
            ),
            models.UniqueConstraint(
                fields=["kind", "person", "role"],
                condition=Q(done_at__isnull=True, stopped_at__isnull=True, child__isnull=True),
                name="one_open_approval_of_a_role",
            ),
            models.UniqueConstraint(
                fields=["kind", "person", "child"],
                condition=Q(done_at__isnull=True, stopped_at__isnull=True, child__isnull=False),
                name="one_open_approval_of_a_child",
            ),
        ]

    def __str__(self):
        return f"approval {self.pk}"
