"""Who may complain about what to whom, and who answers. Each rule answers; none writes."""

from django.utils.translation import gettext as _

from people.models import Child, Level, Relationship
from people.roles import Right, people_with
from portal.complaints.models import AboutLeaders, Complaint, leaders_judges


def who_would_handle(complainant, about_leaders):
    """The people who would be told of a complaint, without those whose own family is concerned."""
    found = people_with(Right.HANDLE_COMPLAINTS) if about_leaders == AboutLeaders.NO else leaders_judges()
    children = Relationship.objects.filter(adult=complainant).values("child")
    related = Relationship.objects.filter(child__in=children).values("adult")
    return found.exclude(pk=complainant.pk).exclude(pk__in=related)


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
