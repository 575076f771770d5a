"""When a progress check at two is due: every date rule, as pure functions of days (domain.md P1, P7, trap 13).

The law: from the second birthday on, and before the third. Good practice: at 26 to 30 months, after at least one term
here. Where the two do not fit together, the law's limit wins.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from records.months import months_complete

BEST_FROM, BEST_UNTIL = 26, 30  # months of age (EYA 09.14)
ONE_TERM = timedelta(weeks=12)  # an English term has 12 to 14 weeks; the shorter count lets no child wait longer
TIME_TO_WRITE = timedelta(weeks=4)  # from the first day on which it makes sense, for parents' parts and for writing
SEEN_COMING = timedelta(weeks=8)  # so long before, it stands on the list
LEFT_BEHIND = timedelta(days=365)  # so long after the limit, a missing check still stands on the list


class Timing(StrEnum):
    """Where a child stands on a day."""

    NOT_YET = auto()
    COMING = auto()
    DUE = auto()
    LATE = auto()


@dataclass(frozen=True)
class Window:
    """The days that matter for one child's check."""

    opens_on: date  # the second birthday
    begin_on: date  # the first day on which the check makes sense
    due_on: date  # by then it should be with the parents
    last_on: date  # the day before the third birthday: the law's limit

    def timing(self, on):
        """Where the child stands on this day, as long as there is no check."""
        if on > self.due_on:
            return Timing.LATE
        if on >= self.begin_on:
            return Timing.DUE
        return Timing.COMING if on >= self.begin_on - SEEN_COMING else Timing.NOT_YET

    def is_over(self, on):
        """Whether the law's limit has passed."""
        return on > self.last_on


def age_in_months(born_on, on):
    """Complete months of age on a day; 0 before birth."""
    months = (on.year - born_on.year) * 12 + on.month - born_on.month
    while months > 0 and months_complete(born_on, months) > on:
        months -= 1
    return max(months, 0)


def window(born_on, starts_on, ends_on=None):
    """The Window for a child born and here from these days; None where no check falls into the time here."""
    opens_on, third_birthday = months_complete(born_on, 24), months_complete(born_on, 36)
    last_on = third_birthday - timedelta(days=1)
    if starts_on > last_on or (ends_on and ends_on < opens_on):
        return None
    begin_on = max(months_complete(born_on, BEST_FROM), starts_on + ONE_TERM)
    if begin_on > last_on:  # too late for a whole term: it begins with the child
        begin_on = max(opens_on, starts_on)
        return Window(opens_on, begin_on, last_on, last_on)
    due_on = min(max(months_complete(born_on, BEST_UNTIL), begin_on + TIME_TO_WRITE), last_on)
    return Window(opens_on, begin_on, due_on, last_on)


def window_of(child):
    """The Window of a child as it is in our books."""
    return window(child.born_on, child.starts_on, child.ends_on)
