"""What forms and consents put on Today."""

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.consent import in_conflict, taken_back_for
from documents.models import SignatureRequest
from documents.purposes import SHORT
from people.families.former_names import call_as_known
from people.features import Waiting


def for_you(user):
    """Adults who do not agree, and permissions that were taken back."""
    return [*_in_conflict(user), *_taken_back(user)]


def for_family(user):
    """The forms to read and sign, by child."""
    found = {}
    for ask in SignatureRequest.objects.waiting_for(user).asked_now().select_related("version"):
        words = _("Please read and sign: %(title)s") % {"title": ask.version.title}
        found.setdefault(ask.child_id, []).append(Waiting(words, ask.get_absolute_url()))
    return found


def _in_conflict(user):
    """Adults of a child who have decided differently about a permission; it stays closed until they agree."""
    words = _("The adults who decide for %(child)s do not agree. Not allowed until they do: %(purposes)s")
    return [
        Waiting(
            words % {"child": child.known_as, "purposes": "; ".join(str(each.label) for each in purposes)},
            reverse("people:family", args=[child.pk]),
        )
        for child, purposes in in_conflict(user)
    ]


def _taken_back(user):
    """Permissions that a family takes back, until this person has seen it; never whose word it was."""
    rows = taken_back_for(user)
    call_as_known(user, [row.child for row in rows])
    words = _("Not allowed any more for %(child)s: %(purpose)s")
    return [
        Waiting(words % {"child": row.child.known_as, "purpose": SHORT[row.purpose].lower()}, reverse("papers:allowed"))
        for row in rows
    ]
