"""The room's tablet: how it is known, who may use it, and what it opens."""

import hashlib
import re
from itertools import pairwise
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

from people import features
from people.accounts.models import Person, Tablet
from people.setting.role_holders import people_with
from people.setting.roles import Right, has_right

NOT_HERE = _("This page does not open on the room's tablet. Sign in on a computer or on your own phone to see it.")
LEFT_OFF = "left_off"  # in the session of the tablet, while nobody is in
LIVES_FOR = 365 * 24 * 60 * 60  # seconds


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def tablet_of(request):
    """The enrolled tablet that this browser is, or None. A revoked one is none."""
    token = request.COOKIES.get(settings.TABLET_COOKIE_NAME, "")
    if not token:
        return None
    return Tablet.objects.filter(token_hash=hash_of(token), revoked_at__isnull=True).select_related("room").first()


def opens(view_name: str) -> bool:
    """Return whether the page of this name opens on the room's tablet: the features list theirs."""
    return view_name in features.views("tablet_views")


def opens_here(address):
    """Whether the page at this address of ours opens on the room's tablet."""
    try:
        return opens(resolve(urlsplit(address).path).view_name)
    except Resolver404:
        return False


def leave_off(request, person, page):
    """Remember in this browser, until somebody taps, which page she had open whose time was up."""
    if opens_here(page):
        request.session[LEFT_OFF] = {"person": str(person.pk), "page": page}


def where_to_go_on(request, person):
    """The page that this person had open when her time was up; for whoever else taps first, the children."""
    left_off = request.session.pop(LEFT_OFF, {})
    return left_off["page"] if left_off.get("person") == str(person.pk) else reverse("people:tablet")


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
