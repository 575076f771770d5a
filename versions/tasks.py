"""What the scheduler calls for this app."""

from records.work import daily
from versions import actions


@daily
def keep_missing_versions():
    """Pages that were published before versions were kept get their first one."""
    return actions.keep_missing()
