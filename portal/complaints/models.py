import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.name_fields import NameField
from people.accounts.names import to_the_eye
from people.families.models import Child, Relationship
from people.setting.models import Approval, RoleHeld
from people.setting.role_holders import people_with
from people.setting.roles import OFFICES, Right, has_right, roles_with
from records.make_secret import CAPITALS, make_secret
from records.retention import Retention
from records.submitted import Submitted, once_for

if TYPE_CHECKING:
    from people.accounts.models import Person

ANSWER_WITHIN = timedelta(days=28)  # calendar days from receipt: EYFS, domain.md CO2
UNTIL = Retention(_("Ofsted may ask for the register of complaints (EYFS)"), _("3 years after the complaint is closed"))


def new_reference():
    """Eight random letters in two groups; nothing can be read or counted from them."""
    return make_secret(4, 4, letters=CAPITALS)


class AboutLeaders(models.TextChoices):
    NO = "no", _("No")
    YES = "yes", _("Yes")
    RATHER_NOT = "rather_not", _("I would rather not say")


class Route(models.TextChoices):
    """Who looks into it, decided when it arrives: the first in line whom it does not concern."""

    LEADERS = "leaders", _("The manager and the deputy")
    CHAIR = "chair", _("The chair of the committee")
    TRUSTEES = "trustees", _("Another member of the committee")


class Category(models.TextChoices):
    CARE = "care", _("How my child is cared for")
    LEARNING = "learning", _("My child's learning")
    STAFF = "staff", _("How somebody behaved")
    COMMUNICATION = "communication", _("How we are told things")
    SAFETY = "safety", _("Health and safety")
    FOOD = "food", _("Food")
    FEES = "fees", _("Fees or funded hours")
    PRIVACY = "privacy", _("Privacy and records")
    FAIRNESS = "fairness", _("Being treated unfairly")
    OTHER = "other", _("Something else")


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, user, on=None):
        """One's own complaints for ever, and those one handles: never where one's own family is concerned."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(complainant=user) | self._handled_by(user, on))

    def _handled_by(self, user, on):
        """The condition of a complaint being this person's to answer: by route and right, and never where it concerns them.

        Who leads is not asked about complaints about leaders: those go to the chair, or to the trustees without a chair.
        """
        leads = has_right(user, Right.HANDLE_COMPLAINTS, on)
        led_then = Exists(_led_then(user))
        handled = Q(pk__in=[])
        if leads:
            handled |= Q(route=Route.LEADERS) & _may_judge(user, on, Right.HANDLE_COMPLAINTS)
        if has_right(user, Right.HEAR_OF_CHILDREN_AT_RISK, on):
            heard = Q(about_leaders=AboutLeaders.NO)
            if not leads:  # named, so that it is known not to be about this person
                heard |= Q(about_leaders=AboutLeaders.YES) & Exists(_named()) & ~led_then
            handled |= Q(child_at_risk=True) & heard & _may_judge(user, on, Right.HEAR_OF_CHILDREN_AT_RISK)
        chairs = has_right(user, Right.HANDLE_COMPLAINTS_ABOUT_LEADERS, on)
        if not leads and (chairs or has_right(user, Right.STAND_IN_FOR_THE_CHAIR, on)):
            chair = _may_judge(user, on, Right.HANDLE_COMPLAINTS_ABOUT_LEADERS)
            stand_in = _may_judge(user, on, Right.STAND_IN_FOR_THE_CHAIR)
            beyond = Q(route=Route.CHAIR) & (chair | (stand_in & ~_a_chair_may_judge(on)))
            handled |= (beyond | (Q(route=Route.TRUSTEES) & (chair | stand_in))) & ~led_then
        if handled == Q(pk__in=[]):
            return handled
        return handled & ~_concerns(user)

    def handled_by(self, user: "Person", on: date | None = None) -> Self:
        """Complaints this person has to answer as part of their role."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(self._handled_by(user, on))

    def waiting_for(self, user, on=None):
        """Complaints without an outcome that this person handles, the most urgent first."""
        return self.handled_by(user, on).still_open().order_by("due_on", "received_at")

    def still_open(self):
        """Those whose outcome was not told yet."""
        told = Step.objects.filter(complaint=OuterRef("pk"), kind=Step.Kind.OUTCOME)
        return self.filter(~Exists(told))


def _led_then(user):
    """Roles in which this person led on or after the day of the outer complaint: whoever may be named never sees it."""
    return RoleHeld.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("received_on")),
        Q(ended_at__isnull=True) | Q(ended_at__gte=OuterRef("received_at")),
        person=user,
        role__in=roles_with(Right.HANDLE_COMPLAINTS),
    )


def _named():
    """The people whom the outer complaint names."""
    return PersonConcerned.objects.filter(complaint=OuterRef("pk"), person__isnull=False)


def _may_judge(person, on, right):
    """The condition that this person (or an outer query's) may judge by this right: in office on the complaint's day, or
    appointed later by somebody it does not concern."""
    return Exists(_offices(on, right).filter(person=person))


def _offices(on, right):
    """Roles that give the right today, and may judge the outer complaint."""
    held = RoleHeld.objects.running(on or timezone.localdate()).filter(role__in=roles_with(right))
    on_its_day = Q(given_at__isnull=True) | Q(given_at__lte=OuterRef("received_at"))
    return held.filter(
        on_its_day
        | Q(given_by__isnull=False) & ~_appointer_concerned("given_by")
        | Q(agreed_by__isnull=False) & ~_appointer_concerned("agreed_by")
    )


def _appointer_concerned(name):
    """The condition that the outer complaint is about who appointed: named in it, or in charge then where it is not said."""
    named = PersonConcerned.objects.filter(complaint=OuterRef(OuterRef("pk")), person=OuterRef(name))
    leads = Complaint.objects.filter(pk=OuterRef(OuterRef("pk"))).exclude(about_leaders=AboutLeaders.NO)
    led = RoleHeld.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gte=OuterRef(OuterRef("received_at"))),
        person=OuterRef(name),
        role__in=roles_with(Right.HANDLE_COMPLAINTS),
    )
    return Exists(named) | (Exists(leads) & Exists(led))


def _a_chair_may_judge(on):
    """The condition that some chair may judge the outer complaint; without one the trustees do."""
    leaders = people_with(Right.HANDLE_COMPLAINTS, on).values("pk")
    chairs = _offices(on, Right.HANDLE_COMPLAINTS_ABOUT_LEADERS).filter(person__is_active=True)
    named = PersonConcerned.objects.filter(complaint=OuterRef(OuterRef("pk")), person=OuterRef("person"))
    family = _shared_child(OuterRef("person"), case=lambda name: OuterRef(OuterRef(name)))
    return Exists(chairs.exclude(person__in=leaders).exclude(Exists(named)).exclude(Exists(family)))


def counts(received_at):
    """The condition of a tie taking somebody off a case: made before it and not refused by a second person, or confirmed."""
    asked = Approval.objects.filter(relationship=OuterRef("pk"), kind=Approval.Kind.TIE_IN_OFFICE)
    refused = Exists(asked.filter(stopped_by__isnull=False))
    return Q(entered_at__lte=received_at) & ~refused | Q(confirmed_at__isnull=False)


def _shared_child(adult, case=OuterRef):
    """What makes an adult family of the complainant; `case` names a field of the outer complaint from inside this query."""
    theirs = Relationship.objects.filter(
        counts(OuterRef(case("received_at"))), child=OuterRef("child"), adult=OuterRef(case("complainant"))
    )
    return Relationship.objects.filter(counts(case("received_at")), Exists(theirs), adult=adult)


def _concerns(user):
    """The condition of a complaint concerning this person: their own, their family's, about them, or perhaps about them."""
    is_named = PersonConcerned.objects.filter(complaint=OuterRef("pk"), person=user)
    not_told_who = Q(about_leaders=AboutLeaders.RATHER_NOT) | Exists(
        PersonConcerned.objects.filter(complaint=OuterRef("pk"), person__isnull=True)
    )
    then = RoleHeld.objects.held_at(OuterRef("received_at"), OuterRef("received_on")).filter(person=user)
    # Whoever held an office then could be chosen by name; a colleague could not, and may be the one who was meant.
    may_be_meant = not_told_who & Exists(then) & ~Exists(then.filter(role__in=OFFICES))
    is_named = Exists(is_named) | Q(pk__in=_calling(user))
    return Q(complainant=user) | Exists(_shared_child(user)) | is_named | may_be_meant


def _calling(user):
    """Ids of the complaints in which a name was typed that fitted nobody then and has a word of this person's name.

    Somebody who was not in the books yet may be entered later, and come into an office.
    """
    words = set(to_the_eye(user.full_name).split())
    typed = PersonConcerned.objects.filter(person__isnull=True).exclude(name="").values_list("complaint", "name")
    return [complaint for complaint, name in typed if words & set(to_the_eye(name).split())]


def leaders_judges(on=None):
    """Who handles complaints about leaders: the chair; without one, the other trustees. Never anybody who leads."""
    leaders = people_with(Right.HANDLE_COMPLAINTS, on).values("pk")
    chairs = people_with(Right.HANDLE_COMPLAINTS_ABOUT_LEADERS, on).exclude(pk__in=leaders)
    return chairs if chairs.exists() else people_with(Right.STAND_IN_FOR_THE_CHAIR, on).exclude(pk__in=leaders)


class Complaint(Submitted):
    """What somebody is unhappy about, in their words. Added only: the database refuses changes, answers are steps."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=9, unique=True, default=new_reference)
    complainant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="complaints")
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="complaints")
    child_at_risk = models.BooleanField()
    about_leaders = models.CharField(max_length=10, choices=AboutLeaders)
    route = models.CharField(max_length=10, choices=Route)
    category = models.CharField(max_length=20, choices=Category)
    words = models.TextField()
    wish = models.TextField(blank=True)
    received_on = models.DateField()
    received_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()

    objects = ComplaintQuerySet.as_manager()
    retention = UNTIL

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            once_for("complainant"),
            models.CheckConstraint(condition=~Q(words=""), name="complaint_has_words"),
            models.CheckConstraint(condition=Q(due_on__gt=models.F("received_on")), name="complaint_due_after_receipt"),
        ]

    def __str__(self):
        return f"complaint {self.reference}"

    def days_left(self, on=None):
        """Calendar days until the outcome is due; negative when it is late."""
        return (self.due_on - (on or timezone.localdate())).days

    def day(self, on=None):
        """Which of the 28 days it is, the day of receipt being day 0."""
        return ((on or timezone.localdate()) - self.received_on).days


class StepQuerySet(models.QuerySet["Step"]):
    def visible_to(self, user, on=None):
        """What was done about complaints this person may open; notes between handlers stay among handlers."""
        complaints = Complaint.objects.visible_to(user, on).order_by().values("pk")
        handled = Complaint.objects.handled_by(user, on).order_by().values("pk")
        return self.filter(Q(complaint__in=complaints) & (~Q(kind=Step.Kind.NOTE) | Q(complaint__in=handled)))


class Step(Submitted):
    """What was done about a complaint, added once."""

    class Kind(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        NOTE = "note", _("Note between those who handle it")
        REPLY = "reply", _("Message to the complainant")
        OUTCOME = "outcome", _("Outcome told")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)

    objects = StepQuerySet.as_manager()
    retention = UNTIL

    class Meta:
        ordering = ["taken_at", "pk"]
        constraints = [
            once_for("complaint"),
            models.UniqueConstraint(fields=["complaint"], condition=Q(kind="outcome"), name="one_outcome"),
            models.CheckConstraint(condition=Q(kind="acknowledged") | ~Q(words=""), name="step_has_words"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.taken_at:%Y-%m-%d}"


class PersonConcernedQuerySet(models.QuerySet["PersonConcerned"]):
    def visible_to(self, user, on=None):
        """Whom the complaints concern that this person may open."""
        return self.filter(complaint__in=Complaint.objects.visible_to(user, on).order_by().values("pk"))


class PersonConcerned(models.Model):
    """Whom a complaint is about: they never handle it, in any later role. `name` is what was typed, `person` whom it fits."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="people_concerned")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    name = NameField(max_length=150, blank=True)

    objects = PersonConcernedQuerySet.as_manager()
    retention = UNTIL

    class Meta:
        verbose_name_plural = "people concerned"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["complaint", "person"], name="concerned_once")]

    def __str__(self):
        return self.name or (self.person.full_name if self.person else str(_("Somebody who works here")))


class HandlerChangeQuerySet(models.QuerySet["HandlerChange"]):
    def visible_to(self, user, on=None):
        """Who came to look into the complaints that this person may open, and who went."""
        return self.filter(complaint__in=Complaint.objects.visible_to(user, on).order_by().values("pk"))


class HandlerChange(models.Model):
    """That somebody began to look into a complaint, or does not any more. Added only: a change of judges leaves a trace."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="handler_changes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    handles = models.BooleanField()
    seen_at = models.DateTimeField(default=timezone.now)

    objects = HandlerChangeQuerySet.as_manager()
    retention = UNTIL

    class Meta:
        ordering = ["seen_at", "pk"]

    def __str__(self):
        return f"{self.complaint} {self.seen_at:%Y-%m-%d}"
