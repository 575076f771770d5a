"""Rooms, the staff in them, and the sessions children come to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.accounts.name_fields import NameField
from people.dated import Dated, DatedQuerySet
from people.families.retention import WITH_THE_CHILD
from records.retention import Retention


class StaffInRoom(Dated):
    """That a member of staff works in a room, from a day to a day. It counts where the setting has more than one room."""

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="rooms")
    room = models.ForeignKey("setting.Room", models.PROTECT, related_name="staff")

    objects = DatedQuerySet.as_manager()
    retention = Retention(_("Who was responsible when"), _("6 years after the role ends"))

    class Meta:
        verbose_name_plural = "staff in rooms"
        ordering = ["room", "person"]

    def __str__(self):
        return f"staff in room {self.pk}"


class Weekday(models.IntegerChoices):
    """As Python counts them: Monday is 0."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Session(Dated):
    """When a child comes in an ordinary week, from a day to a day."""

    child = models.ForeignKey("families.Child", models.PROTECT, related_name="sessions")
    weekday = models.PositiveSmallIntegerField(_("Day"), choices=Weekday)
    starts_at = models.TimeField(_("From"))
    ends_at = models.TimeField(_("Until"))
    entered_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")

    objects = DatedQuerySet.as_manager()
    retention = WITH_THE_CHILD

    class Meta:
        ordering = ["weekday", "starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__in=Weekday.values), name="session_day_is_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_start"),
        ]

    def __str__(self):
        return f"session {self.pk}"


class Room(models.Model):
    """A group of children with its staff; a small setting has one."""

    name = NameField(_("Name of the room"), max_length=80, unique=True)

    retention = Retention(_("Which group a child belongs to"), _("as long as the setting wants"))

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
