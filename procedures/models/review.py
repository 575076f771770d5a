"""A procedure's yearly review: when it is due, who has signed it off in which version, and how it ended."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.setting.roles import Right, Role, has_right, roles_of
from procedures.models.page import ProcedurePage
from records.retention import Retention
from versions.models import PageVersion

if TYPE_CHECKING:
    from people.accounts.models import Person

FOR_INSPECTION = Retention(_("Shows an inspector who reviewed what, and when"), _("6 years"))


class Side(models.TextChoices):
    """The two who agree to a procedure."""

    STAFF = "staff", _("Staff")
    COMMITTEE = "committee", _("Committee")


def sides_of(person: "Person") -> list[Side]:
    """For whom this person can sign: staff, committee, or both of them one at a time."""
    sides = []
    if has_right(person, Right.SEE_CHILDREN):
        sides.append(Side.STAFF)
    if roles_of(person) & {Role.COMMITTEE, Role.CHAIR}:
        sides.append(Side.COMMITTEE)
    return sides


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: "Person") -> Self:
        """Reviews are the business of all who work here, and of editors."""
        may = has_right(user, Right.READ_STAFF_PAGES) or has_right(user, Right.EDIT_PAGES)
        return self.filter(procedure__live=True) if may else self.none()

    def running(self) -> Self:
        return self.filter(closed_on__isnull=True)

    def with_current(self) -> Self:
        """With `current`, the number of the version that holds today."""
        newest = PageVersion.objects.filter(page=OuterRef("procedure")).order_by("-number").values("number")[:1]
        return self.annotate(current=Subquery(newest))

    def lacking(self, side: Side) -> Self:
        """Running ones that nobody of this side has signed yet in today's version."""
        signed = SignOff.objects.filter(review=OuterRef("pk"), side=side, version__number=OuterRef("current"))
        return self.running().with_current().filter(~Exists(signed), **{f"procedure__signed_by_{side}": True})

    def waiting_for(self, user: "Person") -> Self:
        """Reviews that wait for a signature this person can give."""
        waiting = self.none()
        signed = SignOff.objects.filter(review=OuterRef("pk"), person=user, version__number=OuterRef("current"))
        for side in sides_of(user):
            waiting = waiting | self.visible_to(user).lacking(side).filter(~Exists(signed))
        return waiting

    def overdue(self, on=None):
        return self.running().filter(due_on__lt=on or timezone.localdate())

    def in_order(self) -> Self:
        return self.order_by("due_on", "procedure__sort_key", "pk")


class Review(models.Model):
    """One round of review of one procedure."""

    class Outcome(models.TextChoices):
        NO_CHANGE = "no_change", _("No change")
        NEW_VERSION = "new_version", _("New version")

    procedure = models.ForeignKey(ProcedurePage, models.PROTECT, related_name="reviews")
    due_on = models.DateField(_("Due on"))
    opened_at = models.DateTimeField(default=timezone.now)
    began_with = models.ForeignKey(PageVersion, models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)

    objects = ReviewQuerySet.as_manager()
    retention = FOR_INSPECTION

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(closed_on__isnull=True), name="one_running_review_of_a_procedure"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="") | Q(closed_on__isnull=False) & ~Q(outcome=""),
                name="a_closed_review_has_an_outcome",
            ),
        ]

    def __str__(self):
        return f"review {self.pk}"

    def get_absolute_url(self):
        return reverse("reviews:one", args=[self.procedure_id])

    @property
    def is_overdue(self):
        return self.closed_on is None and self.due_on < timezone.localdate()

    def needed_sides(self):
        """Who has to sign; where the page names nobody, one signature of either is enough."""
        return [side for side in Side if getattr(self.procedure, f"signed_by_{side}")]


class SignOff(models.Model):
    """That somebody looked at one version of a procedure and agrees, or says what has to change. Never changed afterwards."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="sign_offs")
    version = models.ForeignKey(PageVersion, models.PROTECT, related_name="sign_offs")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_offs")
    side = models.CharField(max_length=10, choices=Side)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200)
    agrees = models.BooleanField()
    comment = models.TextField(blank=True)
    signed_at = models.DateTimeField(default=timezone.now)

    retention = FOR_INSPECTION

    class Meta:
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="sign_off_side_is_known"),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(comment=""), name="whoever_wants_a_change_says_which"),
        ]

    def __str__(self):
        return f"sign-off {self.pk}"


def lacks_agreement(review, current):
    """The sides whose agreement to the current version is missing; one person's yes never counts for both."""
    latest = {}
    for sign_off in review.sign_offs.filter(version__number=current).order_by("signed_at", "pk"):
        latest[sign_off.person_id] = sign_off
    if any(not sign_off.agrees for sign_off in latest.values()):
        return list(Side)
    yes = {side: {each.person_id for each in latest.values() if each.side == side} for side in Side}
    needed = review.needed_sides()
    if not needed:
        return [] if latest else list(Side)
    return [side for side in needed if not yes[side]]
