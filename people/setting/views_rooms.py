"""Rooms, the staff in them, and when children come."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.accounts.asking_first import ask_first, asks_and_does
from people.families.models import Child, KeyPerson
from people.families.views_family import child_kept, only_keepers
from people.setting import actions_rooms, forms_rooms
from people.setting.models import Room, Session, StaffInRoom
from people.setting.role_holders import people_with
from people.setting.roles import Right


def _children(request):
    """Children this person keeps, with their key people of today."""
    placed = KeyPerson.objects.running(timezone.localdate()).select_related("person")
    return Child.objects.as_staff_of(request.user).prefetch_related(
        Prefetch("key_people", placed, to_attr="placed_today")
    )


def _staff_of_today():
    today = timezone.localdate()
    return StaffInRoom.objects.exclude(ends_on__lt=today).select_related("person").order_by("starts_on", "pk")


def rooms(request):
    """All rooms with their staff and children."""
    only_keepers(request)
    form = forms_rooms.RoomName(request.POST or None)
    if request.method == "POST" and form.is_valid():
        room = actions_rooms.add_room(form.cleaned_data["name"], by=request.user)
        messages.success(request, _("The room is there. Now say who works in it."))
        return redirect("people:room", room_id=room.pk)
    found = list(
        Room.objects.prefetch_related(
            Prefetch("children", _children(request), to_attr="children_here"),
            Prefetch("staff", _staff_of_today(), to_attr="staff_here"),
        )
    )
    nowhere = []
    if len(found) > 1:
        placed = StaffInRoom.objects.running(timezone.localdate()).values("person")
        everywhere = people_with(Right.SEE_EVERY_ROOM).values("pk")
        nowhere = people_with(Right.SEE_CHILDREN).exclude(pk__in=placed).exclude(pk__in=everywhere)
    without = _children(request).filter(room__isnull=True)
    return render(request, "people/rooms.html", {"rooms": found, "form": form, "nowhere": nowhere, "without": without})


def _room(request, room_id):
    only_keepers(request)
    return get_object_or_404(Room, pk=room_id)


def room(request, room_id):
    """One room: its children, who works in it from when to when, and its name."""
    return _one(request, _room(request, room_id))


def _one(request, room, naming=None):
    form = forms_rooms.PlaceInRoom(request.POST if request.method == "POST" and naming is None else None)
    if form.is_bound and form.is_valid():
        facts = dict(form.cleaned_data)
        actions_rooms.place_in_room(facts.pop("person"), room, by=request.user, **facts)
        messages.success(request, _("Kept."))
        return redirect("people:room", room_id=room.pk)
    shown = {
        "room": room,
        "form": form,
        "naming": naming or forms_rooms.RoomName(initial={"name": room.name}),
        "staff": _staff_of_today().filter(room=room),
        "children": _children(request).filter(room=room),
        "today": timezone.localdate(),
    }
    return render(request, "people/room.html", shown)


@require_POST
def rename_room(request, room_id):
    """Another name for a room."""
    room = _room(request, room_id)
    naming = forms_rooms.RoomName(request.POST, instance=Room(pk=room.pk))
    if not naming.is_valid():
        return _one(request, room, naming=naming)
    actions_rooms.rename_room(room, naming.cleaned_data["name"], by=request.user)
    return redirect("people:room", room_id=room.pk)


@asks_and_does
def leave_room(request, placed_id):
    """Somebody does not work in a room any more."""
    only_keepers(request)
    placed = get_object_or_404(StaffInRoom.objects.select_related("person", "room"), pk=placed_id)
    if request.method != "POST":
        named = {"name": placed.person.full_name, "room": placed.room.name}
        says = [
            _(
                "With the next page that %(name)s opens, the children of “%(room)s” are closed, unless another role or a "
                "key child opens them."
            )
            % named,
            _("What %(name)s wrote stays where it is. You can say at any time that %(name)s works there again.")
            % named,
        ]
        title = _("%(name)s does not work in “%(room)s” any more?") % named
        back = reverse("people:room", args=[placed.room_id])
        return ask_first(request, title, says, _("Yes, from now on"), back)
    actions_rooms.leave_room(placed, by=request.user)
    messages.success(request, _("They do not work in this room any more, from now on."))
    return redirect("people:room", room_id=placed.room_id)


def sessions(request, child_id):
    """When a child comes in an ordinary week."""
    child, today = child_kept(request, child_id), timezone.localdate()
    form = forms_rooms.WeeklySession(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions_rooms.add_session(child, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("people:sessions", child_id=child.pk)
    kept = Session.objects.filter(child=child).exclude(ends_on__lt=today)
    return render(request, "people/sessions.html", {"form": form, "child": child, "sessions": kept, "today": today})


@asks_and_does
def end_session(request, session_id):
    """A child does not come at this time any more."""
    only_keepers(request)
    mine = Child.objects.as_staff_of(request.user)
    session = get_object_or_404(Session.objects.filter(child__in=mine).select_related("child"), pk=session_id)
    if request.method != "POST":
        named = {"name": session.child.known_as, "day": session.get_weekday_display()}
        says = [_("From today on %(name)s is not expected then. To bring it back, add the day again.") % named]
        title = _("%(name)s does not come on %(day)s at this time any more?") % named
        back = reverse("people:sessions", args=[session.child_id])
        return ask_first(request, title, says, _("Yes, end it"), back)
    actions_rooms.end_session(session, by=request.user)
    messages.success(request, _("That session has ended."))
    return redirect("people:sessions", child_id=session.child_id)
