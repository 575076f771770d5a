"""What the clock does for this room."""

from procedures import actions_review
from records.work import daily


@daily
def begin_reviews():
    """Begin the reviews that are due within six weeks, and say so when one has run over its day."""
    actions_review.open_due()
    actions_review.tell_of_overdue()
