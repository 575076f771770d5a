"""Who may complain about what to whom, and who answers. Each rule answers; none writes."""

from django.utils.translation import gettext as _

from people.models import Child, Level, Relationship
from people.roles import Right, people_with
from portal.complaints.models import AboutLeaders, Complaint, Route, leaders_judges


def way_of(complainant, about_leaders):
    """(the Route a complaint would take, the people at its end): the first in line whom it does not concern.

    (None, nobody) where nobody is left. The line is: manager and deputy (unless it is about one of them), chair, trustees.
    """
    children = Relationship.objects.filter(adult=complainant).values("child")
    related = Relationship.objects.filter(child__in=children).values("adult")
    leaders = people_with(Right.HANDLE_COMPLAINTS)
    line = [
        (Route.CHAIR, leaders_judges()),
        (Route.TRUSTEES, people_with(Right.STAND_IN_FOR_THE_CHAIR).exclude(pk__in=leaders.values("pk"))),
    ]
    if about_leaders == AboutLeaders.NO:
        line.insert(0, (Route.LEADERS, leaders))
    for route, people in line:
        left = people.exclude(pk=complainant.pk).exclude(pk__in=related)
        if left.exists():
            return route, left
    return None, leaders.none()


def children_to_name(person):
    """Children a complaint by this person may be about: those of the own family."""
    return Child.objects.as_family_of(person, at_least=Level.INFORMATION)


def may_handle(person, complaint):
    """Whether this person answers this complaint."""
    return Complaint.objects.handled_by(person).filter(pk=complaint.pk).exists()


def why_not_answer(person, complaint):
    """Why this person cannot add to the complaint, in words, or nothing."""
    if not may_handle(person, complaint):
        return _("Only the people who handle this complaint can answer it.")
    if not Complaint.objects.still_open().filter(pk=complaint.pk).exists():
        return _("The outcome was told already. A new concern is a new complaint.")
    return ""
