"""By which name somebody knows a child.

After an adoption nobody whose part ended with it may learn the new name from an old paper or an old complaint of theirs.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.utils import timezone

from people.accounts.models import Person
from people.families.access import CLOSES_THE_PORTAL, access_of
from people.families.models import Child, FormerName, Relationship, Restriction


def call_as_known(person, children, on=None):
    """Give each of these children, in memory, the name this person knew: for whoever stands outside since. Never saved."""
    known = names_known_to(person, children, on)
    for child in children:
        if child.pk in known:
            child.full_name, child.known_as = known[child.pk][-1]


def names_known_to(person: Person, children: Iterable[Child], on=None) -> dict:
    """Return {child id: [(full name, known as), …]} of those children whose present name this person may not know.

    The last of the names is the one that the child had when this person last was inside.
    """
    outside = {child.pk for child in children} & access_of(person, on).former_children
    if not outside:
        return {}
    left, before = _last_inside(person, outside), {}
    for name in FormerName.objects.filter(child__in=outside).order_by("changed_at", "pk"):
        before.setdefault(name.child_id, []).append(name)
    known = {}
    for child, names in before.items():
        told = [name for name in names if name.changed_at < left[child]]
        if len(told) < len(names):
            known[child] = [(name.full_name, name.known_as) for name in names[: len(told) + 1]]
    return known


def _last_inside(person, children):
    """When this person last was part of each of these children's lives: {child id: moment}.

    That is the end of a relationship, or the beginning of an order that shut them out and outlasted it. When the order
    is lifted later, nothing that happened meanwhile has been told. Whoever never was inside knew what was known when
    they came into the books.
    """
    ties, bars, now = {}, {}, timezone.now()
    for tie in Relationship.objects.filter(adult=person, child__in=children):
        ties.setdefault(tie.child_id, []).append((_begin(tie), _end(tie, now)))
    for bar in Restriction.objects.filter(adult=person, child__in=children, kind__in=CLOSES_THE_PORTAL):
        bars.setdefault(bar.child_id, []).append((_begin(bar), _end(bar, now)))
    last = {}
    for child in children:
        moments = [_before(begin, end, bars.get(child, ())) for begin, end in ties.get(child, ())]
        moments = [moment for moment in moments if moment]
        first = [begin for begin, _end in (*ties.get(child, ()), *bars.get(child, ()))]
        last[child] = max(moments) if moments else min(first, default=now)
    return last


def _before(begin, end, bars):
    """The last moment from `begin` to `end` that no order covers, or None."""
    moved = True
    while moved and end > begin:
        moved = False
        for shut, open_again in bars:
            if shut < end <= open_again:
                end, moved = shut, True
    return end if end > begin else None


def _begin(row):
    """When a row began to count: on its first day, and not before it was entered."""
    return max(row.entered_at, timezone.make_aware(datetime.combine(row.starts_on, time.min)))


def _end(row, now):
    """When a row ended: a moment, a last day, or not yet."""
    ends = [row.ended_at] if row.ended_at else []
    if row.ends_on:
        ends.append(timezone.make_aware(datetime.combine(row.ends_on, time.max)))
    return min(ends, default=now + timedelta(days=1))
