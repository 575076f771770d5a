"""Who has read a notice, and what happened to it outside Wagtail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.retention import Retention

WITH_THE_NOTICE = Retention(_("Shows whom a notice has reached"), _("as long as the notice"))


class Channel(models.TextChoices):
    """How somebody came to know; the same words as for a procedure's version."""

    PORTAL = "portal", _("Read in the portal")
    PAPER = "paper", _("Given on paper")
    ALOUD = "aloud", _("Told aloud or on the phone")
    INTERPRETER = "interpreter", _("Told through an interpreter")


class NoticeRead(models.Model):
    """That a notice has reached a person: opened by them, or told, and then by whom it was entered."""

    notice = models.ForeignKey("home.NoticePage", models.CASCADE, related_name="reads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    channel = models.CharField(_("How"), max_length=12, choices=Channel, default=Channel.PORTAL)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(default=timezone.now)

    retention = WITH_THE_NOTICE

    class Meta:
        ordering = ["read_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "person"], name="notice_read_once"),
            models.CheckConstraint(
                condition=Q(channel=Channel.PORTAL, entered_by__isnull=True)
                | (~Q(channel=Channel.PORTAL) & Q(entered_by__isnull=False)),
                name="told_says_who_entered_it",
            ),
        ]

    def __str__(self):
        return f"notice read {self.pk}"


class NoticeStep(models.Model):
    """One thing that happened to a notice: handed in, told of, reminded of."""

    class What(models.TextChoices):
        HANDED_IN = "handed_in", _("Handed in")
        TOLD = "told", _("Those it is for were told by e-mail")
        URGENT = "urgent", _("All it is for were told by e-mail at once")
        REMINDED = "reminded", _("Those who had not read it were reminded")

    notice = models.ForeignKey("home.NoticePage", models.CASCADE, related_name="steps")
    what = models.CharField(max_length=10, choices=What)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    number = models.PositiveIntegerField(default=0)  # of e-mails

    retention = WITH_THE_NOTICE

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"notice step {self.pk}"
