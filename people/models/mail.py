from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.keeping import Keeping


class OutgoingMail(models.Model):
    """An e-mail to one person, written in the same transaction as what it tells of, sent by the worker."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail")
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField(null=True, blank=True)

    keeping = Keeping(_("Shows that a message was sent; its words go when it is sent"), _("90 days"))

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return f"mail {self.pk}"
