"""A progress check at two, or a term's summary: what the setting writes, and how far it has come."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.appearances import strangers
from people.families.access import access_of
from people.families.child_records import ChildRecordQuerySet, looked_after
from people.families.models import Child
from people.families.told import Told
from people.setting.roles import Right, has_right
from portal.progress.models.kept import WITH_THE_CHECK

if TYPE_CHECKING:
    from people.accounts.models import Person
    from people.families.access import Access


class Kind(models.TextChoices):
    AT_TWO = "at_two", _("Progress check at two")
    TERM = "term", _("Summary of the term")


class WhoCompletes(models.TextChoices):
    """Where a child goes to two settings, or has moved: the one with the most time completes the check (P6)."""

    WE = "we", _("We do")
    THEY = "they", _("The other setting does, or has done")
    PAPER = "paper", _("It was done here before, on paper")


class State(models.TextChoices):
    """How far a check has come (domain.md, section E)."""

    ELSEWHERE = "elsewhere", _("Completed by the other setting")
    ON_PAPER = "on_paper", _("Done on paper")
    SCHEDULED = "scheduled", _("Begun")
    TIME_AGREED = "time_agreed", _("Time agreed with parents")
    PARTS_OPEN = "parts_open", _("Parents are adding their parts")
    CONCERN = "concern", _("Waits for the SENCo or the manager")
    DRAFTED = "drafted", _("Written")
    SHARED = "shared", _("With the parents")
    DISCUSSED = "discussed", _("Discussed")
    FINAL = "final", _("Final")


def cared_for_by(user: "Person", on: date | None = None) -> QuerySet[Child]:
    """Children whose checks this member of staff reads: own key children, or all for whoever reads every check."""
    children = Child.objects.as_staff_of(user, on)
    if has_right(user, Right.SEE_CHECKS, on):
        return children
    return children.filter(pk__in=access_of(user, on).key_children)


class CheckQuerySet(ChildRecordQuerySet["Check"]):
    """Checks: shared ones of an own child; own key children's and, by role, all for staff."""

    def for_family(self, access: "Access") -> Q:
        """Shared, of an own child, naming no child whose family keeps it from this reader: as in the journal."""
        own = access.family(self.family_level)
        named = Check.named.through.objects.filter(check=OuterRef("pk"))
        return Q(~Exists(strangers(named, own, access.on)), shared_at__isnull=False, child__in=own)

    def for_staff(self, access: "Access") -> Q:
        """Never of a child of one's own family; whoever was asked with a reason writes on, key person or not."""
        asked_to_write = Q(author=access.person, child__in=looked_after(access)) & ~Q(why_author="")
        return Q(child__in=cared_for_by(access.person, access.on).order_by().values("pk")) | asked_to_write

    def shared_with_family(self, user: "Person", on: date | None = None) -> Self:
        """Those that this person may read as family."""
        access = access_of(user, on)
        return self.filter(self.for_family(access), self.open_to(access))

    def waiting_for(self, user: "Person", on: date | None = None) -> Self:
        """To read for a family that has not yet; to write, share or finish for its author; to look at for SENCo and manager."""
        if not user.is_authenticated:
            return self.none()
        access = access_of(user, on)
        as_family, as_staff = self.for_family(access), self.for_staff(access)
        unread = Q(final_at__isnull=True) & as_family
        unread &= ~Q(pk__in=user.checks_seen.filter(seen_at__gte=F("check_seen__shared_at")).values("check_seen"))
        own = as_staff & Q(author=user, final_at__isnull=True, completed_by=WhoCompletes.WE)
        own &= ~Q(concern=True, looked_at__isnull=True, drafted_at__isnull=False)
        waiting = unread | own
        if has_right(user, Right.LOOK_AT_CONCERNS, on):
            waiting |= as_staff & self._unlooked() & ~Q(author=user)
        return self.filter(waiting, self.open_to(access))

    def _unlooked(self) -> Q:
        return Q(concern=True, drafted_at__isnull=False, looked_at__isnull=True, shared_at__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-begun_at", "-pk")


class Check(models.Model):
    """What the setting writes for parents about one child, in the child's own voice as far as it can."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(_("Which term?"), max_length=60, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="checks_written")
    why_author = models.CharField(_("Why not the key person?"), max_length=200, blank=True)
    other_setting = models.CharField(_("Another setting"), max_length=150, blank=True)
    completed_by = models.CharField(
        _("Who completes it?"), max_length=10, choices=WhoCompletes, default=WhoCompletes.WE
    )
    begun_at = models.DateTimeField(default=timezone.now)
    agreed_on = models.DateField(_("Agreed with the parents on"), null=True, blank=True)
    planned_for = models.DateField(_("When we talk about it"), null=True, blank=True)
    parts_opened_at = models.DateTimeField(null=True, blank=True)
    languages = models.CharField(_("Languages at home"), max_length=200, blank=True)
    parts_by = models.DateField(_("Parents' parts, please, by"), null=True, blank=True)
    child_says = models.TextField(blank=True)
    characteristics = models.JSONField(default=list, blank=True)
    learns = models.TextField(blank=True)
    others_say = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    home_ideas = models.TextField(blank=True)
    named = models.ManyToManyField(Child, related_name="+", blank=True)  # other children whom the words name
    named_for_orders = models.ManyToManyField(Child, related_name="+", blank=True)  # looked for since, for an order
    edition = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)
    drafted_at = models.DateTimeField(null=True, blank=True)
    concern = models.BooleanField(default=False)  # in any area, as of the draft
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="checks_looked_at"
    )
    shared_at = models.DateTimeField(null=True, blank=True)
    discussed_at = models.DateTimeField(null=True, blank=True)
    final_at = models.DateTimeField(null=True, blank=True)

    objects = CheckQuerySet.as_manager()
    retention = WITH_THE_CHECK
    told = Told(
        "child",
        (
            "title",
            "languages",
            "other_setting",
            "child_says",
            "learns",
            "others_say",
            "summary",
            "next_steps",
            "home_ideas",
        ),
        {"areas": ("can", "well", "support"), "plan": ("who", "what", "by_when")},
    )

    class Meta:
        ordering = ["-begun_at", "-pk"]
        indexes = [models.Index(fields=["child", "-begun_at"], name="check_of_child")]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(kind="at_two"), name="one_check_at_two"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="check_kind_is_known"),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True) | Q(drafted_at__isnull=False), name="check_written_before_shared"
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True) | Q(concern=False) | Q(looked_at__isnull=False),
                name="check_looked_at_before_shared",
            ),
            models.CheckConstraint(
                condition=Q(final_at__isnull=True) | Q(shared_at__isnull=False, discussed_at__isnull=False),
                name="check_discussed_before_final",
            ),
            models.CheckConstraint(
                condition=~Q(completed_by="they") | ~Q(other_setting=""), name="check_other_setting_is_named"
            ),
        ]

    def __str__(self):
        return f"check {self.pk}"

    def get_absolute_url(self):
        """Where it is read."""
        return reverse("progress:one", args=[self.pk])

    @property
    def name(self):
        """What it is called: "Progress check at two", or "Summary: Autumn 2026"."""
        return f"{self.get_kind_display()}: {self.title}" if self.title else self.get_kind_display()

    @property
    def is_ours(self):
        """Whether it is written here, in the portal."""
        return self.completed_by == WhoCompletes.WE

    @property
    def state(self):
        """How far it has come."""
        steps = (
            (self.completed_by == WhoCompletes.THEY, State.ELSEWHERE),
            (self.completed_by == WhoCompletes.PAPER, State.ON_PAPER),
            (self.final_at, State.FINAL),
            (self.shared_at and self.discussed_at, State.DISCUSSED),
            (self.shared_at, State.SHARED),
            (self.drafted_at and self.concern and not self.looked_at, State.CONCERN),
            (self.drafted_at, State.DRAFTED),
            (self.parts_opened_at, State.PARTS_OPEN),
            (self.agreed_on, State.TIME_AGREED),
        )
        return next((state for reached, state in steps if reached), State.SCHEDULED)
