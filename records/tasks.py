"""What the scheduler calls for this app."""

from records import checkpoint, limits, submissions
from records.work import daily, hourly


@hourly
def keep_checkpoint() -> None:
    """Write down, signed, how far the audit chain has come."""
    checkpoint.keep()


@daily
def forget_old_uses() -> None:
    """Uses of yesterday's limits and presses of old forms go."""
    limits.forget_old_uses()
    submissions.forget_old_submissions()
