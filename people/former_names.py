"""By which name somebody knows a child.

After an adoption nobody whose part ended with it may learn the new name from an old paper or an old complaint of theirs.
"""

from datetime import datetime, time

from django.utils import timezone

from people.models import NameBefore, Relationship, Restriction
from people.standing import standing_of


def call_as_known(person, children, on=None):
    """Give each of these children, in memory, the name this person knew: for whoever stands outside since. Never saved."""
    outside = {child.pk for child in children} & standing_of(person, on).stands_outside
    if not outside:
        return
    left = _left_at(person, outside)
    known = {}
    for name in NameBefore.objects.filter(child__in=outside).order_by("changed_at", "pk"):
        if name.child_id in left and name.changed_at >= left[name.child_id]:
            known.setdefault(name.child_id, name)
    for child in children:
        if name := known.get(child.pk):
            child.full_name, child.known_as = name.full_name, name.known_as


def _left_at(person, children):
    """When this person's part in each of these children's lives ended: {child id: moment}."""
    left = {}
    for tie in Relationship.objects.filter(adult=person, child__in=children):
        ended_at = tie.ended_at or (tie.ends_on and timezone.make_aware(datetime.combine(tie.ends_on, time.max)))
        if ended_at:
            left[tie.child_id] = max(ended_at, left.get(tie.child_id, ended_at))
    for bar in Restriction.objects.filter(adult=person, child__in=children, ended_at__isnull=True):
        left[bar.child_id] = min(bar.entered_at, left.get(bar.child_id, bar.entered_at))
    return left
