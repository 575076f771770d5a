"""What complaints put on Today."""

from django.urls import reverse
from django.utils.translation import gettext as _

from people.features import DUTY, Waiting
from portal.complaints.models import Complaint


def for_you(user):
    """What this person has to answer, the most urgent first: one line for each person who complains."""
    sent = {}
    for complaint in Complaint.objects.waiting_for(user):
        sent.setdefault(complaint.complainant_id, []).append(complaint)
    found = []
    for first, *more in sent.values():
        told = {"reference": first.reference, "day": first.day(), "n": len(more) + 1}
        if more:
            words = _("%(n)d complaints by one person: the first is at day %(day)d of 28")
            link = f"{reverse('complaints:own')}#from-{first.complainant_id}"
        else:
            words, link = _("Complaint %(reference)s: day %(day)d of 28"), reverse("complaints:one", args=[first.pk])
        found.append(Waiting(words % told, link, DUTY))
    return found
