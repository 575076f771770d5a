"""What the tests of notices tell their stories with."""

from home.audiences import Audience
from home.models import NoticePage, NoticesPage
from people.families import actions_care
from people.setting import actions_rooms


def notice(title, audience=Audience.FAMILIES, *, rooms=(), **fields):
    """A published notice; nobody is told of it unless the test says so."""
    words = fields.pop("words", f"<p>Words of {title}.</p>")
    page = NoticePage(title=title, audience=audience, words=words, live=False, **{"telling": "quiet", **fields})
    page.rooms = list(rooms)
    NoticesPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return NoticePage.objects.get(pk=page.pk)


def second_room(cast):
    """Oaks: Leon and Noor go there, and Jo, Alfie's mother, works there. The others and Sara are in Acorns."""
    room = actions_rooms.add_room("Oaks", by=cast.manager)
    for child in (cast.leon, cast.noor):
        actions_care.change_child(child, by=cast.manager, room=room)
    actions_rooms.place_in_room(cast.staff_parent, room, by=cast.manager)
    actions_rooms.place_in_room(cast.key_person, cast.maja.room, by=cast.manager)
    return room
