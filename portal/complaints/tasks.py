"""What the scheduler calls for complaints."""

from django.utils import timezone

from people.mail.notifications import notify
from people.setting.role_holders import people_with
from people.setting.roles import Right
from portal.complaints import actions, rules
from portal.complaints.models import Complaint
from records.work import daily, hourly

REMIND_ON = {7, 14, 21, 25}  # days after receipt: domain.md CO2


@daily
def remind(on=None):
    """Remind those who handle an open complaint on days 7, 14, 21 and 25, and each day once it is due."""
    on = on or timezone.localdate()
    rights = (Right.HANDLE_COMPLAINTS, Right.HANDLE_COMPLAINTS_ABOUT_LEADERS, Right.STAND_IN_FOR_THE_CHAIR)
    handlers = {person for right in rights for person in people_with(right, on)}
    reminded = 0
    for complaint in Complaint.objects.still_open():
        if complaint.day(on) in REMIND_ON or complaint.days_left(on) <= 0:
            for person in handlers:
                if rules.may_handle(person, complaint):
                    notify(person)
                    reminded += 1
    return reminded


@hourly
def watch_handlers():
    """See whether anybody came to look into an open complaint, or was taken off it, by a role or a relationship."""
    return sum(actions.note_handlers(complaint) for complaint in Complaint.objects.still_open())
