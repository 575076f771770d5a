"""The sealed copies of a final check, one for each reader, and to whom it was given with which consent."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.consent import Purpose
from documents.models import new_reference
from people.accounts.name_fields import NameField
from people.families.access import EVERYTHING, Level, RestrictionKind, access_of, of_nobody_hidden
from people.families.child_records import ChildRecordQuerySet
from people.families.models import Relationship
from portal.progress.models.check import Check
from portal.progress.models.kept import WITH_THE_CHECK
from portal.progress.models.said import Remark, Talk
from portal.progress.models.together import Part, read_as_family, read_as_staff
from records.submitted import Submitted, once_for

if TYPE_CHECKING:
    from people.accounts.models import Person
    from people.families.access import Access

RECIPIENTS = (Purpose.CHECK_HEALTH_VISITOR, Purpose.CHECK_OTHER_SETTING, Purpose.CHECK_SCHOOL)

KINDS = {  # what a reader learns who may not know to whom it went
    Purpose.CHECK_HEALTH_VISITOR: _("A health visitor"),
    Purpose.CHECK_OTHER_SETTING: _("Another setting"),
    Purpose.CHECK_SCHOOL: _("A school"),
}


class For(models.TextChoices):
    """For whom a copy is."""

    STAFF = "staff", _("the child's record here: everything")
    ADULT = "adult", _("one adult: with their own part and those of adults shown to them")
    OTHERS = "others", _("professionals, with consent: what the setting wrote and no parent's part")


def of_nobody_hidden_in(user: "Person", on: date | None = None) -> Q:
    """The condition of the copy for the child's record: it holds the words of everybody, so of nobody hidden."""
    hidden, there = access_of(user, on).hidden_adults, EVERYTHING
    if not hidden:
        return there
    for rows in (Part.objects.filter(adult__in=hidden), Talk.objects.filter(adult__in=hidden)):
        there &= ~Q(Exists(rows.filter(check_of=OuterRef("check_of"))))
    return there & ~Q(Exists(Remark.objects.filter(author__in=hidden, check_of=OuterRef("check_of"))))


class CopyQuerySet(ChildRecordQuerySet["Copy"]):
    """Copies: one's own, unless it holds words of somebody who is no longer shown; the others to staff who read the check.

    Whoever may not know days and times finds only a copy that tells none.
    """

    def for_family(self, access: "Access") -> Q:
        inside = Copy.holds.through.objects.filter(copy=OuterRef("pk"))
        hidden = inside.exclude(person__in=access.shown_to)
        own = Q(~Exists(hidden), whose=For.ADULT, adult=access.person, check_of__in=read_as_family(access))
        no_days = access.children_closed_by(RestrictionKind.NO_TIMETABLE)
        return own & (~Q(check_of__child__in=no_days) | Q(facts__hide_dates=True))

    def for_staff(self, access: "Access") -> Q:
        staff = ~Q(whose=For.ADULT) & Q(check_of__in=read_as_staff(access))
        return staff & (~Q(whose=For.STAFF) | of_nobody_hidden_in(access.person, access.on))

    def without_file(self) -> Self:
        """Those whose PDF the scheduler still has to make, the oldest first."""
        return self.filter(file__isnull=True).order_by("asked_at", "pk")


class Copy(models.Model):
    """A final check as one reader has it: its words are fixed at once, the sealed PDF follows from the scheduler."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=8, unique=True, default=new_reference)
    check_of = models.ForeignKey(Check, models.PROTECT, related_name="copies")
    whose = models.CharField(max_length=10, choices=For)
    adult = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    holds = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")  # whose words are in it
    facts = models.JSONField()
    pieces = models.JSONField()
    asked_at = models.DateTimeField(default=timezone.now)
    file = models.ForeignKey("records.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)

    objects = CopyQuerySet.as_manager()
    retention = WITH_THE_CHECK

    class Meta:
        ordering = ["-asked_at"]
        verbose_name_plural = "copies"
        constraints = [
            models.CheckConstraint(
                condition=Q(whose="adult", adult__isnull=False) | Q(~Q(whose="adult"), adult__isnull=True),
                name="copy_of_an_adult_names_them",
            )
        ]

    def __str__(self):
        return f"copy {self.reference}"

    @property
    def file_name(self):
        """What the file is called when somebody takes it home: never a child's name."""
        return f"check-{self.reference}.pdf"


class ShareQuerySet(ChildRecordQuerySet["Share"]):
    """The log of what left: to whoever decides for the child, and to staff who read the check."""

    family_level = Level.FULL

    def for_family(self, access: "Access") -> Q:
        return Q(check_of__child__in=access.family(self.family_level))

    def for_staff(self, access: "Access") -> Q:
        return Q(check_of__in=read_as_staff(access))

    def saying_to_whom(self, user: "Person", on: date | None = None) -> Self:
        """Each with `tells`: whether this person may read to whom it went, and how.

        That tells of one adult's life, such as where they have moved. So it is private to that adult's household, and
        where nobody said whose it is, to nobody while adults who decide for the child are hidden from this one.
        """
        access = access_of(user, on)
        shown = access.shown_to
        deciding = Relationship.objects.running(on or timezone.localdate()).filter(level__gte=Level.FULL)
        hidden = deciding.filter(child=OuterRef("check_of__child")).exclude(adult__in=shown)
        tells = Q(open_to_all=True) | Q(private_to__in=shown)
        tells |= Q(check_of__in=read_as_staff(access)) & of_nobody_hidden(user, "private_to", on)
        tells |= Q(open_to_all__isnull=True, private_to__isnull=True) & ~Q(Exists(hidden))
        return self.annotate(tells=Case(When(tells, then=True), default=False, output_field=models.BooleanField()))


class Share(Submitted):
    """That a final check was given to somebody outside, with which consent. Added only (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    check_of = models.ForeignKey(Check, models.PROTECT, related_name="shares")
    purpose = models.CharField(max_length=30, choices=[(one.value, one.label) for one in RECIPIENTS])
    to_whom = NameField(_("To whom, by name"), max_length=200)
    how = models.CharField(_("How"), max_length=200)
    private_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    open_to_all = models.BooleanField(null=True)  # every adult who decides for the child may read to whom and how
    copy = models.ForeignKey(Copy, models.PROTECT, related_name="shares")
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)

    objects = ShareQuerySet.as_manager()
    retention = WITH_THE_CHECK

    class Meta:
        ordering = ["-shared_at", "-pk"]
        constraints = [
            once_for("shared_by"),
            models.CheckConstraint(condition=~Q(to_whom=""), name="share_says_to_whom"),
        ]

    def __str__(self):
        return f"share {self.pk}"

    @property
    def kind(self):
        """What kind of recipient it was, which everybody who decides may know."""
        return KINDS.get(self.purpose, "")
