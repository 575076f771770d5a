"""A record that was opened out of turn."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.families.retention import WITH_THE_CHILD


class EmergencyAccess(models.Model):
    """That somebody who works here opened a child's record out of turn, with a reason, for an hour. Listed first of all."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="broken_glass")
    child = models.ForeignKey("families.Child", models.PROTECT, related_name="broken_glass")
    reason = models.CharField(_("Why you need to see it now"), max_length=300)
    broken_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()

    retention = WITH_THE_CHILD

    class Meta:
        verbose_name_plural = "broken glass"
        ordering = ["-broken_at"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="broken_glass_has_a_reason")]

    def __str__(self):
        return f"broken glass {self.pk}"
