"""What the scheduler calls for accounts."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from people.accounts import actions_clearing_up, actions_drafts, actions_held, actions_mend, actions_password
from people.families import actions_term
from records.work import daily, soon


@soon
def answer_password_requests():
    """Write to those who have forgotten their password, where the address is somebody's confirmed one."""
    return actions_password.answer_password_requests()


@daily
def clear_up():
    """Old mail, invitations and lists go; Wagtail's groups follow the roles that began or ended today."""
    actions_clearing_up.clear_up(timezone.now() - timedelta(days=90))
    actions_term.forget_old_lists()
    actions_held.forget_old_held()
    actions_drafts.forget_old_drafts()
    actions_mend.forget_old_checks()
    call_command("clearsessions")
