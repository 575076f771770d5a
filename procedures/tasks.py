"""What worker and clock do for this room: imports, and reviews. The queue is the files that wait: a kill loses nothing."""

from procedures import actions_import, actions_review
from records.work import daily, soon

SECONDS_A_ROUND = 5


@soon
def go_on_importing():
    """Read the next files, and keep the next ones that were chosen."""
    return actions_import.read_waiting(SECONDS_A_ROUND) + actions_import.keep_waiting(SECONDS_A_ROUND)


@daily
def forget_imports():
    """What an editor left lying for a month is deleted."""
    actions_import.forget_imports()


@daily
def begin_reviews():
    """Begin the reviews that are due within six weeks, and say so when one has run over its day."""
    actions_review.open_due()
    actions_review.tell_of_overdue()
