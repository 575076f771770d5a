"""Whom words are for. A notice's audience is asked here in every list and before it is shown, and nowhere else.

`may_read` is the question of one person: what may I read. `recipients_of` is the question of one notice: for whom is
it. They are fewer: an editor or the manager may read what is meant for somebody else.
"""

from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.models import Person
from people.families import recipients
from people.families.access import CLOSES_THE_PORTAL, RestrictionKind, access_of
from people.families.models import Child, Restriction
from people.setting.models import Room, Session
from people.setting.roles import Right, has_right, works_here


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everyone: the notice is public")
    FAMILIES = "families", _("All our families, and those who work here")
    ROOM = "room", _("The families of one room or several, and those who work there")
    SESSION = "session", _("The families who come on one day of the week, and those who work there")
    STAFF = "staff", _("Those who look after the children")
    COMMITTEE = "committee", _("The committee")


def may_read(user, rooms, on=None):
    """Return the condition of a notice being for this person on a day; a signed-out visitor is of the public.

    `rooms` are the rows that say for which rooms a notice is.
    """
    public = Q(audience=Audience.PUBLIC)
    if not user.is_authenticated:
        return public
    if has_right(user, Right.EDIT_PAGES, on):
        return Q()
    found = public
    if works_here(user, on):  # whoever wrote a notice in the portal's short form
        found |= Q(audience=Audience.FAMILIES) | Q(owner=user)
    elif access_of(user, on).family():
        found |= Q(audience=Audience.FAMILIES)
    if has_right(user, Right.SEE_CHILDREN, on):
        found |= Q(audience=Audience.STAFF)
    if has_right(user, Right.READ_COMMITTEE_PAGES, on):
        found |= Q(audience=Audience.COMMITTEE)
    return found | _of_my_rooms(user, rooms, on or timezone.localdate())


def _of_my_rooms(user, through, on):
    """Notices of the rooms and the days to which this person belongs, as family or by work."""
    if has_right(user, Right.SEE_CHILDREN, on) and (
        has_right(user, Right.SEE_EVERY_ROOM, on) or access_of(user, on).one_room
    ):
        return Q(audience__in=[Audience.ROOM, Audience.SESSION])
    at_work = access_of(user, on).rooms if has_right(user, Right.SEE_CHILDREN, on) else set()
    found = _in(through, at_work) & Q(audience__in=[Audience.ROOM, Audience.SESSION])
    if at_work:
        found |= Q(audience=Audience.SESSION) & ~_in_some_room(through)
    children = access_of(user, on).family()
    if not children:
        return found
    here = Child.objects.here(on).filter(pk__in=children)
    found |= Q(audience=Audience.ROOM) & _in(through, set(here.order_by().values_list("room", flat=True)))
    days = {}
    told = here.exclude(pk__in=access_of(user, on).children_closed_by(RestrictionKind.NO_TIMETABLE))
    coming = Session.objects.running(on).filter(child__in=told.order_by().values("pk"))
    for weekday, room in coming.order_by().values_list("weekday", "child__room"):
        days.setdefault(weekday, set()).add(room)
    for weekday, rooms in sorted(days.items()):
        found |= Q(audience=Audience.SESSION, weekday=weekday) & (~_in_some_room(through) | _in(through, rooms))
    return found


def _in(through, rooms):
    # Asked row by row: a list of all notices of these rooms would cost the more, the more there are.
    return Q(Exists(through.filter(noticepage=OuterRef("pk"), room__in=[pk for pk in rooms if pk])))


def _in_some_room(through):
    return Q(Exists(through.filter(noticepage=OuterRef("pk"))))


def recipients_of(notice, on=None):
    """The people a notice is meant for on a day; a public notice is for our families and those who work with them."""
    on = on or timezone.localdate()
    if notice.audience == Audience.STAFF:
        return _open_to(recipients.staff(on), notice, on)
    if notice.audience == Audience.COMMITTEE:
        return _open_to(recipients.committee(on), notice, on)
    return families_of(notice, on) | staff_of(notice, on)


def _open_to(people, notice, on):
    """Those of them to whom it is not closed by an order around a child whom it names: what they cannot open is not for them."""
    if notice.audience == Audience.PUBLIC:
        return people
    orders = Restriction.objects.running(on).filter(kind__in=CLOSES_THE_PORTAL)
    orders = orders.filter(child__in=notice.named_for_orders.order_by().values("pk"))
    return people.exclude(pk__in=orders.order_by().values("adult"))


def families_of(notice, on=None):
    """The adults of families among them."""
    on = on or timezone.localdate()
    if notice.audience in (Audience.STAFF, Audience.COMMITTEE):
        return Person.objects.none()
    if notice.audience in (Audience.PUBLIC, Audience.FAMILIES):
        return _open_to(recipients.families(on), notice, on)
    weekday = notice.weekday if notice.audience == Audience.SESSION else None
    return _open_to(recipients.adults_of_rooms(_rooms_of(notice), on, weekday), notice, on)


def staff_of(notice, on=None):
    """Those who work here among them, when the notice is for families too."""
    on = on or timezone.localdate()
    if notice.audience in (Audience.PUBLIC, Audience.FAMILIES):
        return _open_to(recipients.staff(on) | recipients.committee(on), notice, on)
    return _open_to(recipients.staff_of_rooms(_rooms_of(notice), on), notice, on)


def _rooms_of(notice):
    """Its rooms; a session without one is that day in every room."""
    rooms = [room.pk for room in notice.rooms.all()]
    if notice.audience == Audience.SESSION and not rooms:
        return Room.objects.all()
    return Room.objects.filter(pk__in=rooms)


def turn_away(page, request):
    """None for a reader of the page's audience; else the way to the sign-in page, or Http404 for somebody signed in."""
    if page.is_public and not page.has_run_out:
        return None
    if type(page).objects.visible_to(request.user).filter(pk=page.pk).exists():
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404
