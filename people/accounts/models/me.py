"""What adults say of themselves, and to whom they wish to be shown."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.families.retention import WITH_THE_CHILD


class AboutMe(models.Model):
    """How an adult likes to be spoken and written to. Seen by those who look after their child, and by nobody's family."""

    class Mail(models.TextChoices):
        EACH = "each", _("A short e-mail when something is new, at most one an hour")
        DAILY = "daily", _("Once a day, in the morning: how many new things there are")
        WEEKLY = "weekly", _("Once a week, on Monday: how many new things there are")
        URGENT = "urgent", _("None; only when something needs my answer, or is urgent")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="about_me")
    languages_spoken = models.CharField(_("Languages you speak"), max_length=120, blank=True)
    languages_read = models.CharField(_("Languages you like to read"), max_length=120, blank=True)
    needs_interpreter = models.BooleanField(_("I would like an interpreter at meetings"), default=False)
    large_print = models.BooleanField(_("Large print"), default=False)
    plain_words = models.BooleanField(_("Short and in plain words"), default=False)
    by_post = models.BooleanField(_("On paper, by post or handed over"), default=False)
    access_needs = models.TextField(_("What helps you when you come"), blank=True)
    mail = models.CharField(_("E-mails"), max_length=10, choices=Mail, default=Mail.EACH)
    quiet_from = models.TimeField(_("No e-mails from"), null=True, blank=True)
    quiet_until = models.TimeField(_("No e-mails until"), null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    retention = WITH_THE_CHILD

    class Meta:
        verbose_name_plural = "about me"

    def __str__(self):
        return f"about me {self.pk}"


class Introduction(models.Model):
    """That one adult chose to be shown to another. Two such rows, one each way, and they are shown to each other.

    It hangs on the person and not on the address, which may change. What was typed is kept for whoever typed it, so that
    they can take it back; without `other` nobody signed in with those words.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="introductions")
    other = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="introductions_to_me"
    )
    typed = models.CharField(max_length=254, blank=True)
    chosen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    retention = WITH_THE_CHILD

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "typed"],
                condition=Q(ended_at__isnull=True) & ~Q(typed=""),
                name="one_open_choice_of_words",
            ),
            models.CheckConstraint(condition=~Q(person=models.F("other")), name="introduction_of_two"),
        ]

    def __str__(self):
        return f"introduction {self.pk}"


class ContactDetails(models.Model):
    """How to reach an adult: a table of its own, so that another adult's page cannot carry it along."""

    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="contact")
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    address = models.TextField(_("Address"), blank=True)

    retention = WITH_THE_CHILD

    class Meta:
        verbose_name_plural = "contact details"

    def __str__(self):
        return f"contact {self.pk}"
