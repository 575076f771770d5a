import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.name_fields import NameField
from people.dated import Dated, DatedQuerySet
from people.families.access import Level, RestrictionKind, access_of, of_nobody_hidden, running_on
from people.families.retention import WITH_THE_CHILD
from people.setting.models.room import Room
from people.setting.roles import Right, has_right

if TYPE_CHECKING:
    from people.accounts.models import Person


class Household(models.Model):
    """Adults who live together, and so are shown to each other."""

    name = NameField(_("Name of the household"), max_length=120)

    retention = WITH_THE_CHILD

    def __str__(self):
        return self.name


class Kind(models.TextChoices):
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    PARENT = "parent", _("Parent")
    STEP_PARENT = "step_parent", _("Step-parent")
    GRANDPARENT = "grandparent", _("Grandparent")
    GUARDIAN = "guardian", _("Guardian")
    FOSTER_CARER = "foster_carer", _("Foster carer")
    OTHER = "other", _("Someone else")


class Responsibility(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_KNOWN = "not_known", _("Not known")


class EnteredRightly(models.Manager):
    """Rows that were entered by mistake, and undone by two people, count as never having been: no query meets them."""

    def get_queryset(self):
        return super().get_queryset().filter(undone_at__isnull=True)


class Relationship(Dated):
    """What an adult is to a child, and what that opens. A change is a new row; the past stays readable."""

    child = models.ForeignKey("families.Child", models.PROTECT, related_name="relationships")
    adult = models.ForeignKey("accounts.Person", models.PROTECT, related_name="relationships")
    kind = models.CharField(_("Relationship"), max_length=20, choices=Kind)
    label = NameField(_("In the family's own word"), max_length=60, blank=True)
    parental_responsibility = models.CharField(_("Parental responsibility"), max_length=10, choices=Responsibility)
    evidence_seen = models.CharField(_("Evidence seen"), max_length=200, blank=True)
    evidence_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    evidence_on = models.DateField(_("Seen on"), null=True, blank=True)
    has_contact = models.BooleanField(_("Has contact with the child"), default=True)
    lives_with = models.BooleanField(_("Lives with the child"), default=False)
    may_collect = models.BooleanField(_("May collect the child"), default=False)
    level = models.PositiveSmallIntegerField(_("What the portal opens"), choices=Level)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    why_ended = models.CharField(_("Why it ended"), max_length=200, blank=True)
    entered_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    # When a second person had confirmed it, or had not stopped it for a day; asked only where it takes somebody off a case.
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = EnteredRightly.from_queryset(DatedQuerySet)()
    with_undone = DatedQuerySet.as_manager()
    retention = WITH_THE_CHILD

    class Meta:
        ordering = ["child", "-level", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="relationship_kind_is_known"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="relationship_level_is_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="relationship_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["child", "adult"],
                condition=Q(ended_at__isnull=True, ends_on__isnull=True, undone_at__isnull=True),
                name="one_open_relationship",
            ),
        ]

    def __str__(self):
        return self.label or self.get_kind_display()

    def is_over(self, on):
        """Whether it has ended, now or by its last day."""
        return self.ended_at is not None or (self.ends_on is not None and self.ends_on < on)


class RestrictionQuerySet(DatedQuerySet["Restriction"]):
    def visible_to(self, user: "Person", on: date | None = None) -> Self:
        """What is closed around the children this person looks after; nobody's family ever reads it here."""
        return self.filter(child__in=Child.objects.as_staff_of(user, on).order_by().values("pk")).exclude(adult=user)

    def waiting_for(self, user: "Person", on: date | None = None) -> Self:
        """What waits for this person to approve, to lift together with who asked for it, or to look at again."""
        if not any(has_right(user, right, on) for right in (Right.KEEP_FAMILIES, Right.HEAR_OF_CHILDREN_AT_RISK)):
            return self.none()
        on = on or timezone.localdate()
        approve = Q(approved_by__isnull=True) & (Q(entered_by__isnull=True) | ~Q(entered_by=user))
        lift = Q(lift_asked_by__isnull=False) & ~Q(lift_asked_by=user)
        found = self.visible_to(user, on).filter(of_nobody_hidden(user, "adult", on))
        return found.running(on).filter(approve | lift | Q(review_on__lte=on))


class Restriction(Dated):
    """What an adult may not, by court order or decision of the safeguarding lead.

    It is in force from its first day, before a second person has approved it; lifting it takes two people.
    """

    child = models.ForeignKey("families.Child", models.PROTECT, related_name="restrictions")
    adult = models.ForeignKey("accounts.Person", models.PROTECT, related_name="restrictions")
    kind = models.CharField(_("What is closed"), max_length=20, choices=RestrictionKind)
    basis = models.CharField(_("On what basis"), max_length=200)
    review_on = models.DateField(_("Review on"), null=True, blank=True)
    entered_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    lift_asked_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    lift_asked_at = models.DateTimeField(null=True, blank=True)
    by_mistake = models.BooleanField(_("It was entered by mistake"), default=False)
    why_lifted = models.CharField(_("Why it can be lifted"), max_length=200, blank=True)
    lifted_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = EnteredRightly.from_queryset(RestrictionQuerySet)()
    with_undone = RestrictionQuerySet.as_manager()
    retention = WITH_THE_CHILD

    class Meta:
        ordering = ["child", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RestrictionKind.values), name="restriction_kind_is_known"),
            models.CheckConstraint(condition=~Q(basis=""), name="restriction_has_a_basis"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("entered_by")),
                name="restriction_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True) | ~Q(lifted_by=models.F("lift_asked_by")),
                name="restriction_lifted_by_two",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class ChildQuerySet(models.QuerySet["Child"]):
    def visible_to(self, user: "Person", on: date | None = None) -> Self:
        """Children whose card this person may open on this day, as family or as staff."""
        return self.as_family_of(user, on=on) | self.as_staff_of(user, on)

    def as_family_of(self, user: "Person", at_least: Level = Level.INFORMATION, on: date | None = None) -> Self:
        """Children of this person's own family: no restriction first, then a running relationship of at least this level."""
        return self.filter(pk__in=access_of(user, on).family(at_least))

    def as_staff_of(self, user: "Person", on: date | None = None) -> Self:
        """Children this person looks after here; never one with whom they have, or had, a relationship or an order.

        Where there are several rooms: those of the own room, own key children, and an hour long those for whom the
        glass was broken. In a setting with one room: all.
        """
        if not has_right(user, Right.SEE_CHILDREN, on):
            return self.none()
        access = access_of(user, on)
        found = self.exclude(pk__in=access.related_children)
        tablet = getattr(user, "on_tablet", None)
        if tablet and tablet.room_id:
            found = found.filter(room=tablet.room_id)
        if has_right(user, Right.SEE_EVERY_ROOM, on) or access.one_room:
            return found
        own_room = Q(room__in=access.rooms) | Q(room__isnull=True)
        return found.filter(own_room | Q(pk__in=access.key_children | access.opened_with_a_reason))

    def as_in_an_emergency(self, user: "Person", on: date | None = None) -> Self:
        """Children whose emergency card this person may open without a reason: of every room, never of the own family."""
        if not has_right(user, Right.SEE_CHILDREN, on):
            return self.none()
        if getattr(user, "on_tablet", None):
            return self.as_staff_of(user, on)
        return self.exclude(pk__in=access_of(user, on).related_children)

    def as_key_person_of(self, user: "Person", on: date | None = None) -> Self:
        """This member of staff's own key children, as key person or back-up."""
        return self.as_staff_of(user, on).filter(pk__in=access_of(user, on).key_children)

    def here(self, on: date | None = None) -> Self:
        """Children who attend on this day."""
        return self.filter(running_on(on or timezone.localdate()))


class Child(models.Model):
    """A child at the setting."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    full_name = NameField(_("Full legal name"), max_length=150)
    known_as = NameField(_("Known as"), max_length=60)
    born_on = models.DateField(_("Date of birth"))
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="children")
    starts_on = models.DateField(_("First day here"), default=timezone.localdate)
    ends_on = models.DateField(_("Last day here"), null=True, blank=True)
    care_notes = models.TextField(
        _("Allergies, diet and health"), blank=True, help_text=_("What everybody who looks after the child must know.")
    )

    objects = ChildQuerySet.as_manager()
    retention = WITH_THE_CHILD

    class Meta:
        verbose_name_plural = "children"
        ordering = ["known_as", "full_name", "pk"]

    def __str__(self):
        return self.known_as


class KeyPerson(Dated):
    """Who is a child's key person, or the back-up, from a day to a day (EYFS: every child has one)."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="key_people")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="key_children")
    back_up = models.BooleanField(default=False)

    objects = DatedQuerySet.as_manager()
    retention = WITH_THE_CHILD

    class Meta:
        verbose_name_plural = "key people"
        ordering = ["back_up", "pk"]

    def __str__(self):
        return str(_("Back-up key person") if self.back_up else _("Key person"))
