from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.retention import Retention


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def on_its_way(self) -> Self:
        """What has not left yet and still will."""
        return self.filter(sent_at__isnull=True, put_aside_at__isnull=True, tries__lt=OutgoingMail.MOST_TRIES)

    def undelivered(self, now: datetime | None = None) -> Self:
        """What could not leave, because no try is left or it has been due for hours, and what came back."""
        now = now or timezone.now()
        late = now - OutgoingMail.LATE_AFTER
        due = Q(written_at__lt=late) & (Q(try_after__isnull=True) | Q(try_after__lt=late) | Q(tries__gt=0))
        stuck = Q(sent_at__isnull=True) & (Q(tries__gte=OutgoingMail.MOST_TRIES) | due)
        return self.filter(stuck | Q(came_back_at__isnull=False), put_aside_at__isnull=True)


class OutgoingMail(models.Model):
    """An e-mail to one person, written in the same transaction as what it tells of, sent by the scheduler."""

    MOST_TRIES = 10
    LATE_AFTER = timedelta(hours=6)

    class Kind(models.TextChoices):
        PLAIN = "plain", _("Leaves at once")
        NEWS = "news", _("Says that there is something new; waits until quiet hours are over")
        IMPORTANT = "important", _("Security, invitations, and what needs an answer: a lane of its own")
        URGENT = "urgent", _("Leaves before all others")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail")
    # Who caused it, where one person could cause many: the brake is for each of them before it is for all.
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PLAIN)
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField(null=True, blank=True)
    came_back_at = models.DateTimeField(null=True, blank=True)  # it left, and was refused for good
    put_aside_at = models.DateTimeField(null=True, blank=True)  # somebody was told in another way

    objects = OutgoingMailQuerySet.as_manager()
    retention = Retention(_("Shows that a message was sent; its words go when it is sent"), _("90 days"))

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return f"mail {self.pk}"


class PendingDigestItem(models.Model):
    """That something new came for a person who likes to hear of it once a day or once a week; it only counts."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="untold")
    came_at = models.DateTimeField(default=timezone.now)

    retention = Retention(
        _("Counts what is new until the next e-mail says how many"), _("until that e-mail, at most a week")
    )

    class Meta:
        verbose_name_plural = "untold"
        ordering = ["came_at", "pk"]

    def __str__(self):
        return f"untold {self.pk}"
