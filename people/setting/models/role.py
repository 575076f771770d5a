"""Who works here as what, and between which days."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.dated import Dated, DatedQuerySet
from people.setting.roles import Role
from records.retention import Retention

if TYPE_CHECKING:
    from django.db.models import OuterRef


class RoleHeldQuerySet(DatedQuerySet["RoleHeld"]):
    def running_or_to_come(self, on: date) -> Self:
        """The same, and those that begin later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), ended_at__isnull=True)

    def held_at(self, moment: "OuterRef", day: "OuterRef") -> Self:
        """Roles in force at a moment and its day, which may be an outer query's: given before it, and ended after it."""
        return self.filter(
            Q(given_at__isnull=True) | Q(given_at__lte=moment),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            Q(ended_at__isnull=True) | Q(ended_at__gte=moment),
            starts_on__lte=day,
        )


class RoleHeld(Dated):
    """That a person works here as something, from a day to a day. Ending it now is a moment, not a day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=30, choices=Role)
    # Empty: as the setting began, or before this was kept; then its first day tells.
    given_at = models.DateTimeField(null=True, default=timezone.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RoleHeldQuerySet.as_manager()
    retention = Retention(_("Who was responsible when"), _("6 years after the role ends"))

    class Meta:
        ordering = ["person", "role"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_one_of_ours"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")), name="role_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(ended_at__isnull=True, ends_on__isnull=True),
                name="one_open_role",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "starts_on", "ends_on"],
                condition=Q(ended_at__isnull=True, ends_on__isnull=False),
                name="one_role_with_these_days",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.starts_on}"
