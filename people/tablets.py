"""The room's tablet: how it is known, who may use it, and what it opens."""

import hashlib
import re
from itertools import pairwise

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from people.models import Person, Tablet
from people.roles import Right, has_right, people_with

OPEN_HERE = {
    "people:tablet",
    "people:tablet_pin",
    "people:emergency_card",
    "people:sign_out",
    "people:still_here",
    "journal:write",
    "journal:change",
    "journal:check",
    "journal:pages",
    "journal:page",
    "journal:photograph",
    "journal:withdraw",
    "progress:due",
    "progress:child",
    "progress:begin",
    "progress:one",
    "progress:time",
    "progress:write",
    "progress:save",
    "progress:talked",
    "progress:step",
    "notices:write",
    "notices:change",
    "notices:look",
}
NOT_HERE = _("This page does not open on the room's tablet. Sign in on a computer or on your own phone to see it.")
LIVES_FOR = 365 * 24 * 60 * 60  # seconds


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def tablet_of(request):
    """The enrolled tablet that this browser is, or None. A revoked one is none."""
    token = request.COOKIES.get(settings.TABLET_COOKIE_NAME, "")
    if not token:
        return None
    return Tablet.objects.filter(token_hash=hash_of(token), revoked_at__isnull=True).select_related("room").first()


def may_use(person):
    """Whether this person writes about children here today, on the tablet as elsewhere."""
    return has_right(person, Right.WRITE_OBSERVATIONS)


def people_at(tablet):
    """Who may tap their name on this tablet: staff with a PIN, where it stands in a room those of the room and the leads."""
    found = people_with(Right.WRITE_OBSERVATIONS).filter(pin__isnull=False)
    if tablet.room_id and tablet.room.staff.exists():
        everywhere = people_with(Right.SEE_EVERY_ROOM).values("pk")
        in_the_room = Person.objects.filter(rooms__in=tablet.room.staff.all()).values("pk")
        found = found.filter(pk__in=in_the_room) | found.filter(pk__in=everywhere)
    return found.order_by("full_name", "pk")


def why_not_digits(digits):
    """Why these six digits are no PIN, in words, or nothing."""
    if not re.fullmatch(r"[0-9]{6}", digits):
        return _("A PIN is six digits, like 402917.")
    steps = {(int(later) - int(earlier)) % 10 for earlier, later in pairwise(digits)}
    if len(steps) == 1 or len(set(digits)) < 3:
        return _("These digits are easy to guess. Choose six that do not follow a pattern.")
    return ""
