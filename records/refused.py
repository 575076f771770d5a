"""The one way an action says no."""


class Refused(Exception):
    """An action was asked for that is not allowed now; its text is a kind reason that a person may read."""
