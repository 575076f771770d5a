"""Actions of the directory that are not the editors' own: what a link answered."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from home.links import trouble_with
from home.models import Agency, LinkCheck

EVERY = timedelta(days=7)


def check_links(at_most: int = 20) -> int:
    """Try the links that were not tried for a week, or that were changed since; how many were tried."""
    late = Q(link__isnull=True) | Q(link__tried_at__lt=timezone.now() - EVERY) | ~Q(link__url=F("url"))
    due = Agency.objects.filter(late, in_use=True).exclude(url="").order_by("link__tried_at", "pk")[:at_most]
    for agency in list(due):
        note_link(agency, trouble_with(agency.url))  # the network is slow: no transaction waits for it
    return len(due)


@transaction.atomic
def note_link(agency: Agency, trouble: str) -> None:
    """Write down what a link answered now."""
    answered = {"url": agency.url, "trouble": trouble[:200], "tried_at": timezone.now()}
    LinkCheck.objects.update_or_create(agency=agency, defaults=answered)
