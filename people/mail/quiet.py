"""Quiet hours: of the setting, and of a person. News waits until both are over; what is urgent never waits."""

from datetime import datetime, timedelta

from django.utils import timezone

from people.accounts.models import AboutMe
from people.setting.models import Setting


def ends_at(hours, moment):
    """The end of the quiet hours (from, until) in which this moment lies, or None outside of them."""
    begins, ends = hours
    local = timezone.localtime(moment)
    if begins is None or ends is None or begins == ends:
        return None
    over_night = begins > ends
    clock = local.time()
    inside = (clock >= begins or clock < ends) if over_night else begins <= clock < ends
    if not inside:
        return None
    day = local.date() + timedelta(days=1 if over_night and clock >= begins else 0)
    return timezone.make_aware(datetime.combine(day, ends))


def quiet_until(person, now=None):
    """When this person may be written to again, or None when that is now."""
    moment = now = now or timezone.now()
    setting = Setting.now()
    own = AboutMe.objects.filter(person=person).values_list("quiet_from", "quiet_until").first()
    hours = [(setting.quiet_from, setting.quiet_until), own or (None, None)]
    for quiet in [*hours, *hours]:  # the end of one may lie inside the other
        moment = ends_at(quiet, moment) or moment
    return moment if moment > now else None
