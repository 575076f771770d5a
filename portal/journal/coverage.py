"""Which areas of learning a child's pages speak of: how many pages each, never how well. As a quiet drawing and a table."""

from collections import Counter
from dataclasses import dataclass

from people.families.eyfs import PRIME, Area
from portal.journal.models import Observation

ROW, WIDTH, BAR = 52, 360, 310  # of the drawing, in its own units: made to be read on a phone


@dataclass(frozen=True)
class Bar:
    """One area: its name, whether it is prime, the number of pages, and where its bar stands in the drawing."""

    name: str
    prime: bool
    pages: int
    top: int
    width: int


def coverage(user, child, since=None):
    """A Bar for each area of learning, from the shared pages that this person may read; `since` is a moment."""
    rows = Observation.objects.visible_to(user).filter(children=child, shared_at__isnull=False)
    if since:
        rows = rows.filter(dated_at__gte=since)
    counts = Counter(area for areas in rows.values_list("areas", flat=True) for area in areas)
    most = max(counts.values(), default=0) or 1
    return [
        Bar(area.label, area in PRIME, counts[area.value], number * ROW, counts[area.value] * BAR // most)
        for number, area in enumerate(Area)
    ]
