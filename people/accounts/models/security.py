"""News about how somebody signs in, and requests of those who have forgotten their password."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.retention import ACCESS, Retention


class SecurityEvent(models.Model):
    """That something about a person's way in was changed or used. It stands on their Today until they have seen it."""

    class Kind(models.TextChoices):
        PASSWORD = "password", _("Your password was changed")
        NEW_PASSWORD_BY_INVITATION = "invitation", _("A fresh invitation was used to choose a new password for you")
        LETTER = "letter", _("A letter was printed that lets whoever has it sign in as you")
        LETTER_ASKED = "letter_asked", _("A letter that lets you in again was asked for")
        ADDRESS = "address", _("Your e-mail address was changed")
        AUTHENTICATOR = "authenticator", _("An authenticator app was added")
        RECOVERY_CODES = "recovery_codes", _("New recovery codes were made; the earlier ones stopped working")
        PASSKEY = "passkey", _("A passkey was added")
        FACTOR_REMOVED = "factor_removed", _("An authenticator app or a passkey was removed")
        DEVICE = "device", _("Somebody signed in as you on a device that is new to us")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="security_events")
    kind = models.CharField(max_length=20, choices=Kind)
    device = models.CharField(max_length=120, blank=True)
    happened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    retention = ACCESS

    class Meta:
        ordering = ["-happened_at", "-pk"]

    def __str__(self):
        return f"security event {self.pk}"


class PasswordRequest(models.Model):
    """That somebody typed an address at "Forgotten your password?". The scheduler answers, so the page is the same for all."""

    typed = models.CharField(max_length=254)
    asked_at = models.DateTimeField(default=timezone.now)

    retention = Retention(_("Waits for the scheduler, which writes to the address if it is known"), _("a few seconds"))

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"password request {self.pk}"
