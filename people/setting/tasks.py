"""What the scheduler calls for steps that take two people."""

from people.setting import actions_approval
from records.work import soon


@soon
def approvals_take_effect():
    """What one person asked for where there is no second, once its day is over and nobody stopped it."""
    return actions_approval.take_effect()
