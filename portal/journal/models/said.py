"""What is said about a page, and how far somebody has read."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.appearances import strangers
from people.accounts.models import Person
from people.families.access import RestrictionKind, access_of, of_nobody_hidden
from people.families.child_records import ChildRecordQuerySet, looked_after
from people.families.models import Child
from people.families.told import Told, names_nobody_closed
from portal.journal.models.kept import WITH_THE_JOURNAL
from portal.journal.models.observation import (
    Observation,
    on_family_page,
    on_staff_page,
)
from records.submitted import Submitted, once_for

if TYPE_CHECKING:
    from people.families.access import Access

ANSWERED_LATELY, UNANSWERED_FOR = timedelta(days=3), timedelta(days=14)  # how long they stand on the page "Today"


class CommentQuerySet(ChildRecordQuerySet["Comment"]):
    """Comments in one's own child's journal by staff and by adults shown to each other; all of them to staff.

    An answer by staff has the readers of what it answers, as they are when it is read; whoever is kept from a child
    whom that names reads neither.
    """

    def for_family(self, access: "Access") -> Q:
        own, shown = access.family(self.family_level), access.shown_to
        named = Comment.named.through.objects.filter(comment=OuterRef("pk"))
        to_everybody = Q(from_family=False, answers__isnull=True)
        family = to_everybody | Q(from_family=True, author__in=shown) | Q(answers__author__in=shown)
        family &= Q(from_family=True) | Q(
            ~Exists(strangers(named, own, access.on))
        )  # a family's own words stay its own
        # What staff said about the draft stays theirs.
        return family & Q(child__in=own, said_at__gte=models.F("observation__shared_at"))

    def for_staff(self, access: "Access") -> Q:
        staff = Q(from_family=False) | of_nobody_hidden(access.person, "author", access.on)
        return staff & of_nobody_hidden(access.person, "answers__author", access.on) & Q(child__in=looked_after(access))

    def open_to(self, access: "Access") -> Q:
        """On a page that this person reads; an order around a child whom it, or what it answers, names closes it."""
        user, on = access.person, access.on
        on_page = on_family_page(user, on) | on_staff_page(user, on)
        return on_page & self._unless_named(access)

    def _unless_named(self, access: "Access") -> Q:
        return super().open_to(access) & names_nobody_closed(access.person, Comment, access.on, "answers")

    def on_readable_pages(self, user: Person, on: date | None = None) -> Self:
        """The same of pages that `Observation.objects.visible_to` gave this person: they are not asked for again."""
        access = access_of(user, on)
        return self.filter(self.for_family(access) | self.for_staff(access), self._unless_named(access))

    def waiting_for(self, user: Person, now: datetime | None = None) -> Self:
        """Answers of these days to what this person wrote; and for staff what a family wrote under a page of theirs, or of a
        key child of theirs, as long as nobody of the staff has said anything after it."""
        now = now or timezone.now()
        to_me = Q(from_family=False, answers__author=user.pk, said_at__gt=now - ANSWERED_LATELY) & ~Q(author=user.pk)
        to_me &= ~Q(
            child__in=access_of(user).children_closed_by(RestrictionKind.NO_TIMETABLE)
        )  # that somebody wrote today tells a day
        later = Comment.objects.filter(observation=OuterRef("observation"), child=OuterRef("child"), from_family=False)
        key_children = access_of(user).key_children
        theirs = Q(observation__author=user.pk) | Q(child__in=key_children)
        unanswered = Q(from_family=True, said_at__gt=now - UNANSWERED_FOR) & theirs & ~Q(author=user.pk)
        unanswered &= ~Q(Exists(later.filter(said_at__gte=OuterRef("said_at"))))
        return self.visible_to(user).filter(to_me | unanswered)


class About(models.TextChoices):
    """What somebody answers to."""

    PAGE = "page", _("The page")
    NEXT = "next", _("What next")
    IDEA = "idea", _("The idea for home")
    CORRECTION = "correction", _("Something that is not right")


class Comment(Submitted):
    """Something said about a page, in one child's journal: two families with the same page never read each other's words."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="comments")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    from_family = models.BooleanField()
    about = models.CharField(max_length=10, choices=About, default=About.PAGE)
    # What the family said that staff answer with this; who may read that, and nobody else, reads the answer.
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answered_by")
    words = models.TextField(_("Your words"))
    named = models.ManyToManyField(Child, related_name="+", blank=True)  # those whom the words name
    named_for_orders = models.ManyToManyField(Child, related_name="+", blank=True)  # looked for since, for an order
    said_at = models.DateTimeField(default=timezone.now)

    objects = CommentQuerySet.as_manager()
    retention = WITH_THE_JOURNAL
    told = Told("child", ("words",))

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            once_for("author"),
            models.CheckConstraint(condition=~Q(words=""), name="comment_has_words"),
            models.CheckConstraint(condition=Q(about__in=About.values), name="comment_about_is_known"),
            models.CheckConstraint(
                condition=Q(answers__isnull=True) | Q(from_family=False), name="comment_answers_as_staff"
            ),
        ]

    def __str__(self):
        return f"comment {self.pk}"


class ThanksQuerySet(ChildRecordQuerySet["Thanks"]):
    """Thanks in one's own child's journal by adults shown to each other; all of them to staff."""

    def for_family(self, access: "Access") -> Q:
        return Q(child__in=access.family(self.family_level), person__in=access.shown_to)

    def for_staff(self, access: "Access") -> Q:
        return Q(child__in=looked_after(access)) & of_nobody_hidden(access.person, "person", access.on)

    def open_to(self, access: "Access") -> Q:
        """On a page that this person reads."""
        return on_family_page(access.person, access.on) | on_staff_page(access.person, access.on)


class Thanks(models.Model):
    """One touch that says thank you for a page."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="thanks")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    thanked_at = models.DateTimeField(default=timezone.now)

    objects = ThanksQuerySet.as_manager()
    retention = WITH_THE_JOURNAL

    class Meta:
        constraints = [models.UniqueConstraint(fields=["observation", "child", "person"], name="thanks_once")]

    def __str__(self):
        return f"thanks {self.pk}"


class ReadMark(models.Model):
    """Up to where somebody has read a child's journal, so that what is new can be shown."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    read_to = models.DateTimeField()

    retention = WITH_THE_JOURNAL

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "child"], name="one_read_mark")]

    def __str__(self):
        return f"read mark {self.pk}"
