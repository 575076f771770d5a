"""Actions of rooms and sessions: who works where, and when a child comes."""

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.families import rules, rules_family
from people.setting.models import Room, Session, StaffInRoom
from records import audit
from records.refused import ActionRefused, refuse

if TYPE_CHECKING:
    from people.accounts.models import Person
    from people.families.models import Child


def _ask(by: "Person") -> None:
    if not rules.may_keep_families(by):
        raise ActionRefused(_("Only the manager or the deputy keeps the rooms."))


@transaction.atomic
def add_room(name: str, *, by: "Person") -> Room:
    """A new room, still without children and staff."""
    _ask(by)
    room = Room.objects.create(name=name)
    audit.record("people.room_added", room, by=by)
    return room


@transaction.atomic
def rename_room(room: Room, name: str, *, by: "Person") -> None:
    """Another name for a room; everything else stays."""
    _ask(by)
    Room.objects.filter(pk=room.pk).update(name=name)
    audit.record("people.room_renamed", room, by=by)


@transaction.atomic
def place_in_room(
    person: "Person", room: Room, *, by: "Person", starts_on: date | None = None, ends_on: date | None = None
) -> StaffInRoom:
    """Somebody works in a room from a day to a day. Who works in two rooms has two rows."""
    _ask(by)
    starts_on = starts_on or timezone.localdate()
    if ends_on and ends_on < starts_on:
        raise ActionRefused(_("The last day lies before the first. Choose a later one."))
    placed = StaffInRoom.objects.create(person=person, room=room, starts_on=starts_on, ends_on=ends_on)
    audit.record("people.placed_in_room", placed, by=by)
    return placed


def _end(row: Session | StaffInRoom, today: date) -> None:
    """End a row of days with yesterday; one that began today, or later, never counted and goes."""
    if row.starts_on >= today:
        type(row).objects.filter(pk=row.pk).delete()
    else:
        type(row).objects.filter(pk=row.pk).update(ends_on=today - timedelta(days=1))


@transaction.atomic
def leave_room(placed: StaffInRoom, *, by: "Person") -> None:
    """Somebody does not work in a room any more, from now on."""
    _ask(by)
    audit.record("people.left_room", placed, by=by)
    _end(placed, timezone.localdate())


@transaction.atomic
def add_session(
    child: "Child",
    *,
    by: "Person",
    weekday: int,
    starts_at: time,
    ends_at: time,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Session:
    """The child comes on this weekday, from one time until another."""
    refuse(rules_family.why_not_keep(by, child))
    session = Session.objects.create(
        child=child,
        weekday=weekday,
        starts_at=starts_at,
        ends_at=ends_at,
        starts_on=starts_on or timezone.localdate(),
        ends_on=ends_on,
        entered_by=by,
    )
    audit.record("people.session_added", session, by=by, child=child)
    return session


@transaction.atomic
def end_session(session: Session, *, by: "Person") -> None:
    """The child does not come at this time any more, from now on."""
    refuse(rules_family.why_not_keep(by, session.child))
    audit.record("people.session_ended", session, by=by, child=session.child)
    _end(session, timezone.localdate())
