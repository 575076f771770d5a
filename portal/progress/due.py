"""Which checks are coming, due and late: for the list, and for each person's page of today."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.families.access import access_of
from people.families.models import Child
from people.setting.roles import Right, has_right
from portal.progress.models import Check, Kind, WhoCompletes, cared_for_by
from portal.progress.when import LEFT_BEHIND, Timing, Window, age_in_months, window_of
from records.months import months_complete


@dataclass(frozen=True)
class Due:
    """One child without a final check at two: where they stand, and what was begun."""

    child: Child
    window: Window
    timing: Timing
    check: Check | None
    months: int
    over: bool
    may_begin: bool  # whether the reader of the list begins it: the key person, or who decides who writes


def children_to_think_of(user, on):
    """Children here of the age in question whose check this person writes or watches, and who have no final one."""
    oldest = on - LEFT_BEHIND - timedelta(days=3 * 366)
    done = Check.objects.filter(child=OuterRef("pk"), kind=Kind.AT_TWO)
    done = done.filter(Q(final_at__isnull=False) | ~Q(completed_by=WhoCompletes.WE))
    found = cared_for_by(user, on).here(on).filter(born_on__gt=oldest, born_on__lte=months_complete(on, -22))
    return found.exclude(Exists(done)).order_by("born_on", "known_as", "pk")


def due_for(user, on: date | None = None):
    """[Due] for this person, the most urgent first; two queries, however many children there are."""
    on = on or timezone.localdate()
    children = list(children_to_think_of(user, on))
    begun = {}
    if children:
        checks = Check.objects.as_staff_of(user, on).filter(
            kind=Kind.AT_TWO, child__in=[child.pk for child in children]
        )
        begun = {check.child_id: check for check in checks}
    found, own = [], access_of(user, on).key_children
    keeps = has_right(user, Right.KEEP_CHECKS, on)
    for child in children:
        window = window_of(child)
        if window is None or on > window.last_on + LEFT_BEHIND:
            continue
        if (timing := window.timing(on)) != Timing.NOT_YET:
            months = age_in_months(child.born_on, on)
            may_begin = keeps or child.pk in own
            found.append(Due(child, window, timing, begun.get(child.pk), months, window.is_over(on), may_begin))
    return sorted(found, key=lambda due: due.window.due_on)
