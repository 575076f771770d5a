"""The one way an action says no."""


class Refused(Exception):
    """An action was asked for that is not allowed now; its text is a kind reason that a person may read."""


class ChangedElsewhere(Exception):
    """Another window has saved something else since; `row` is what stands there now."""

    def __init__(self, row):
        super().__init__()
        self.row = row
