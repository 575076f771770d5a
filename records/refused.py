"""The one way an action says no."""

from django.db.models import Model


class ActionRefused(Exception):
    """An action was asked for that is not allowed now; its text is a kind reason that a person may read."""


def refuse(reason: str) -> None:
    """Raise ActionRefused if there is a reason; an empty reason passes."""
    if reason:
        raise ActionRefused(reason)


class ChangedElsewhere(Exception):
    """Another window has saved something else since; `row` is what stands there now."""

    def __init__(self, row: Model) -> None:
        super().__init__()
        self.row = row
