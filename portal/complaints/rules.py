"""Who may complain about what to whom, and who answers. Each rule answers; none writes."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.models import Person
from people.accounts.names import to_the_eye
from people.families.access import Level
from people.families.models import Child, KeyPerson, Relationship
from people.setting.models import RoleHeld
from people.setting.role_holders import people_with
from people.setting.roles import OFFICES, Right, roles_with
from portal.complaints.models import AboutLeaders, Complaint, Route, counts, leaders_judges

WRITING = timedelta(days=1)  # how long somebody may take to write, with nobody whom they chose slipping away


def way_of(
    complainant: Person, about_leaders: str, concerned: Iterable[Person] = ()
) -> tuple[Route | None, QuerySet[Person]]:
    """(the Route a complaint would take, the people at its end): the first in line whom it does not concern.

    (None, nobody) where nobody is left. The line is: manager and deputy, chair, trustees. What is about one of the leaders
    passes them all; what is about the committee goes to the others of it first (domain.md CO8).
    """
    ties = Relationship.objects.filter(counts(timezone.now()))
    related = ties.filter(child__in=ties.filter(adult=complainant).values("child")).values("adult")
    leaders = people_with(Right.HANDLE_COMPLAINTS)
    committee = [
        (Route.CHAIR, leaders_judges()),
        (Route.TRUSTEES, people_with(Right.STAND_IN_FOR_THE_CHAIR).exclude(pk__in=leaders.values("pk"))),
    ]
    if about_leaders_of(about_leaders, concerned) != AboutLeaders.NO:
        line = committee
    elif _on_committee(concerned):
        line = [*committee, (Route.LEADERS, leaders)]
    else:
        line = [(Route.LEADERS, leaders), *committee]
    for route, people in line:
        left = people.exclude(pk=complainant.pk).exclude(pk__in=related).exclude(pk__in=[one.pk for one in concerned])
        if left.exists():
            return route, left
    return None, leaders.none()


def about_leaders_of(about_leaders: str, concerned: Iterable[Person]) -> AboutLeaders:
    """Whether it is about somebody in charge: as it was said, or because one of these people leads, or did of late."""
    leads = _held_of_late(concerned, Right.HANDLE_COMPLAINTS)
    return AboutLeaders.YES if about_leaders == AboutLeaders.NO and leads else AboutLeaders(about_leaders)


def _on_committee(people: Iterable[Person]) -> bool:
    return _held_of_late(people, Right.HANDLE_COMPLAINTS_ABOUT_LEADERS, Right.STAND_IN_FOR_THE_CHAIR)


def _held_of_late(people: Iterable[Person], *rights: Right) -> bool:
    """Whether one of these people has a role with one of these rights, or had while a complaint may have been written."""
    held = RoleHeld.objects.filter(person__in=[one.pk for one in people], role__in=roles_with(*rights))
    return held.filter(_not_over(WRITING)).exists()


def _not_over(of_late: timedelta) -> Q:
    """The condition of a role running, or having run so long ago."""
    now, today = timezone.now(), timezone.localdate()
    last_day = Q(ends_on__isnull=True) | Q(ends_on__gte=today - of_late)
    return last_day & (Q(ended_at__isnull=True) | Q(ended_at__gt=now - of_late)) & Q(starts_on__lte=today)


def people_to_choose(complainant: Person, of_late: timedelta = timedelta()) -> list[tuple[Person, str]]:
    """[(person, what they are here)]: people in office, and the key people of the complainant's own children.

    `of_late` adds those who were so long ago: they may leave while a complaint about them is being written.
    """
    held = RoleHeld.objects.filter(_not_over(of_late), role__in=OFFICES, person__is_active=True)
    offices = {}
    for one in held.exclude(person=complainant).select_related("person"):
        offices.setdefault(one.person, []).append(one)
    found = [
        (person, ", ".join(one.get_role_display() for one in sorted(ones, key=lambda one: OFFICES.index(one.role))))
        for person, ones in sorted(offices.items(), key=lambda item: min(OFFICES.index(one.role) for one in item[1]))
    ]
    own = children_to_name(complainant).values("pk")
    today = timezone.localdate()
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=today - of_late)
    key_people = KeyPerson.objects.filter(not_over, child__in=own, starts_on__lte=today).exclude(person=complainant)
    others = {placed.person for placed in key_people.select_related("person")} - set(offices)
    return found + [(person, _("Key person")) for person in sorted(others, key=lambda one: one.full_name)]


def colleagues_called(name: str) -> list[Person]:
    """People who work or worked here and whom this name, as it was typed, may mean: all of its words fit, or else one does.

    Whoever has left may come back in an office.
    """
    words = set(to_the_eye(name).split())
    holders = RoleHeld.objects.values("person")
    named = [(set(to_the_eye(one.full_name).split()), one) for one in Person.objects.filter(pk__in=holders)]
    whole = [one for theirs, one in named if words and words <= theirs]
    return whole or [one for theirs, one in named if words & theirs]


def children_to_name(person: Person) -> QuerySet[Child]:
    """Children a complaint by this person may be about: those of the own family."""
    return Child.objects.as_family_of(person, at_least=Level.INFORMATION)


def may_handle(person: Person, complaint: Complaint) -> bool:
    """Whether this person answers this complaint."""
    return Complaint.objects.handled_by(person).filter(pk=complaint.pk).exists()


def why_not_answer(person: Person, complaint: Complaint) -> str:
    """Why this person cannot add to the complaint, in words, or nothing."""
    if not may_handle(person, complaint):
        return _("Only the people who handle this complaint can answer it.")
    if not Complaint.objects.still_open().filter(pk=complaint.pk).exists():
        return _("The outcome was told already. A new concern is a new complaint.")
    return ""
