"""What the worker does for this room: imports. The queue is the files that wait, so a killed worker loses nothing."""

from procedures import actions_import
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
