"""Who of the families has not arrived yet, and what became of their invitations."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.accounts.models import Invitation, Person
from people.families import rules
from people.families.access import CLOSES_THE_PORTAL, Level, of_nobody_hidden
from people.families.models import Child, Relationship, Restriction
from people.setting.models import RoleHeld


@dataclass(frozen=True)
class Waiting:
    """Somebody who has not arrived: to whom they belong, and how their invitation stands."""

    person: Person
    of: str
    last: Invitation | None
    has_open_one: bool

    @property
    def ran_out(self):
        return bool(self.last) and not self.has_open_one

    @property
    def words(self):
        """When and how they were invited, and whether it still works."""
        if not self.last:
            return _("Not invited yet")
        facts = {"made": _day(self.last.made_at), "until": _day(self.last.ends_at)}
        by_letter, by_mail = self._states()
        return (by_letter if self.last.by_letter else by_mail) % facts

    def _states(self):
        """The words of a letter and of an e-mail, as it stands with them now."""
        if self.has_open_one:
            return _("Letter of %(made)s, works until %(until)s"), _("E-mail of %(made)s, works until %(until)s")
        if self.last.ends_at <= timezone.now():
            return _("Letter of %(made)s, ran out"), _("E-mail of %(made)s, ran out")
        return _("Letter of %(made)s, does not work any more"), _("E-mail of %(made)s, does not work any more")


def _day(moment):
    return date_format(timezone.localtime(moment), "j F")


def not_arrived(by: Person, on: date | None = None) -> QuerySet[Person]:
    """Adults for whom the portal opens something and who have no password yet, as far as `by` may invite them.

    The rule is that of rules.why_not_invite, asked of all at once.
    """
    on = on or timezone.localdate()
    own = Relationship.objects.filter(adult=by).values("child")
    works_or_will = RoleHeld.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), person=OuterRef("pk"), ended_at=None
    )
    waiting = Person.objects.filter(Exists(_ties(by, on).filter(adult=OuterRef("pk"))), is_active=True)
    waiting = waiting.filter(Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)).exclude(pk=by.pk)
    waiting = waiting.exclude(pk__in=Relationship.objects.filter(child__in=own).values("adult"))
    waiting = waiting.filter(of_nobody_hidden(by, "pk", on))
    return waiting if rules.may_keep_staff(by) else waiting.exclude(Exists(works_or_will))


UNUSED_AFTER = timedelta(days=7)


def unused(people, now=None):
    """Those of these people who were invited, have not arrived, and have no invitation of this week that still works."""
    now = now or timezone.now()
    invited, fresh = Invitation.objects.filter(person=OuterRef("pk")), Invitation.objects.usable(now)
    late = people.filter(Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX))
    return late.filter(Exists(invited)).exclude(
        Exists(fresh.filter(person=OuterRef("pk"), made_at__gt=now - UNUSED_AFTER))
    )


def unused_after_a_week(by):
    """(families' adults, people who work here) who did not use their invitation within a week, for those who invite."""
    families = unused(not_arrived(by)) if rules.may_keep_families(by) else Person.objects.none()
    staff = Person.objects.filter(roles__in=RoleHeld.objects.running_or_to_come(timezone.localdate()))
    return families, unused(staff).distinct() if rules.may_keep_staff(by) else Person.objects.none()


def _ties(by, on):
    closed = Restriction.objects.running(on).filter(
        kind__in=CLOSES_THE_PORTAL, child=OuterRef("child"), adult=OuterRef("adult")
    )
    ties = Relationship.objects.running(on).filter(level__gt=Level.NONE, child__in=Child.objects.as_staff_of(by))
    return ties.exclude(Exists(closed)).select_related("child")


def who_waits(by, on=None):
    """[Waiting] in the order of the names: those who have not arrived, with their children and their last invitation."""
    on = on or timezone.localdate()
    people = not_arrived(by, on).prefetch_related(
        Prefetch("relationships", _ties(by, on), to_attr="open_ties"),
        Prefetch("invitations", Invitation.objects.order_by("-made_at", "-pk"), to_attr="all_invitations"),
        Prefetch("invitations", Invitation.objects.usable(), to_attr="usable_invitations"),
    )
    return [
        Waiting(
            person,
            ", ".join(f"{tie.child.known_as} ({tie})" for tie in person.open_ties),
            next(iter(person.all_invitations), None),
            bool(person.usable_invitations),
        )
        for person in people
    ]
