"""Rooms and sessions: who works where, whom they see because of it, and when children come."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from documents.demo import sign_form
from people.families import actions_care, actions_family
from people.families.models import Child
from people.setting import actions_roles, actions_rooms
from people.setting.models import Room, Session, StaffInRoom
from portal.demo.drawings import drawn
from portal.journal import actions as journal
from portal.journal.models import Observation, Photograph
from records.pictures import clean
from records.refused import ActionRefused
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def named(children):
    return {child.known_as for child in children}


@pytest.fixture
def oaks(cast):
    """A second room: Leon and Noor go there, and Jo works there. Sara stays with the others in Acorns."""
    room = actions_rooms.add_room("Oaks", by=cast.manager)
    for child in (cast.leon, cast.noor):
        actions_care.change_child(child, by=cast.manager, room=room)
    actions_rooms.place_in_room(cast.staff_parent, room, by=cast.manager)
    actions_rooms.place_in_room(cast.key_person, cast.maja.room, by=cast.manager)
    return room


def test_with_one_room_everybody_sees_everybody(cast):
    assert named(Child.objects.as_staff_of(cast.staff_parent)) == {"Maja", "Leon", "Tobi", "Noor"}


def test_with_two_rooms_staff_see_their_rooms_and_their_own_key_children(cast, oaks):
    assert named(Child.objects.as_staff_of(cast.staff_parent)) == {"Leon", "Noor"}
    assert named(Child.objects.as_staff_of(cast.key_person)) == {"Maja", "Tobi", "Alfie"}
    actions_family.place_key_person(cast.noor, cast.key_person, by=cast.manager, back_up=True)
    assert named(Child.objects.as_staff_of(cast.key_person)) == {"Maja", "Tobi", "Alfie", "Noor"}
    for lead in (cast.manager, cast.deputy, cast.safeguarding_lead, cast.senco):
        assert len(Child.objects.as_staff_of(lead)) == 5


def test_a_room_counts_from_its_first_to_its_last_day(cast, oaks):
    today = timezone.localdate()
    days = {"starts_on": today + timedelta(days=2), "ends_on": today + timedelta(days=3)}
    actions_rooms.place_in_room(cast.key_person, oaks, by=cast.manager, **days)
    seen = {n: "Leon" in named(Child.objects.as_staff_of(cast.key_person, today + timedelta(days=n))) for n in range(5)}
    assert seen == {0: False, 1: False, 2: True, 3: True, 4: False}


def test_leaving_a_room_closes_it_on_the_very_next_request(cast, oaks):
    client = signed_in(cast.staff_parent)
    assert client.get(f"/children/{cast.leon.pk}/").status_code == 200
    actions_rooms.leave_room(StaffInRoom.objects.get(person=cast.staff_parent), by=cast.manager)
    assert client.get(f"/children/{cast.leon.pk}/").status_code == 404


def _page(cast, child, **shared):
    written = {"words": "In the other room.", "areas": [], "idempotency_key": uuid.uuid4()}
    page = journal.write(by=cast.manager, children=[child], pictures=[clean(drawn("tower", 1, (80, 60)))], **written)
    if shared:
        journal.share(page, by=cast.manager)
    return page


def test_card_journal_photographs_and_drafts_of_another_room_are_not_there(cast, oaks):
    from documents.samples import add_sample_forms

    add_sample_forms()
    sign_form(cast, "P1", cast.noor, cast.foster_carer)
    page, draft = _page(cast, cast.noor, shared=True), _page(cast, cast.noor)
    photograph = page.photographs.get()
    addresses = [
        f"/children/{cast.noor.pk}/",
        f"/journal/{cast.noor.pk}/",
        f"/journal/{cast.noor.pk}/{page.pk}/",
        f"/journal/photographs/{photograph.pk}/large/",
    ]
    in_the_room, elsewhere = signed_in(cast.staff_parent), signed_in(cast.key_person)
    assert [in_the_room.get(address).status_code for address in addresses] == [200] * 4
    assert [elsewhere.get(address).status_code for address in addresses] == [404] * 4
    assert not Observation.objects.visible_to(cast.key_person).filter(children=cast.noor)
    assert not Photograph.objects.visible_to(cast.key_person).filter(observation__children=cast.noor)
    drafts = f"/journal/drafts/{draft.pk}/check/"
    assert [signed_in(person).get(drafts).status_code for person in (cast.key_person, cast.staff_parent)] == [404, 404]
    assert [signed_in(person).get(drafts).status_code for person in (cast.senco, cast.deputy)] == [200, 200]
    assert elsewhere.post(f"/journal/pages/{draft.pk}/withdraw/").status_code == 404


def test_nobody_writes_about_a_child_of_another_room(cast, oaks):
    with pytest.raises(ActionRefused):
        journal.write(
            by=cast.key_person, children=[cast.noor], words="x", areas=[], pictures=[], idempotency_key=uuid.uuid4()
        )
    page = signed_in(cast.key_person).get("/journal/write/").content.decode()
    assert "Maja" in page
    assert "Noor" not in page


def test_a_page_about_children_of_two_rooms_is_read_only_by_who_sees_both(cast, oaks):
    written = {"words": "Both rooms.", "areas": [], "pictures": [], "idempotency_key": uuid.uuid4()}
    page = journal.write(by=cast.manager, children=[cast.maja, cast.noor], **written)
    journal.share(page, by=cast.manager)
    assert page in Observation.objects.visible_to(cast.senco)
    for person in (cast.key_person, cast.staff_parent):
        assert page not in Observation.objects.visible_to(person)


def test_the_manager_keeps_rooms_on_their_page(cast):
    client, room = signed_in(cast.manager), Room.objects.get()
    assert "Type the name of the room" in client.post("/rooms/", {"name": ""}).content.decode()
    answer = client.post("/rooms/", {"name": "Oaks"})
    oaks = Room.objects.get(name="Oaks")
    assert answer["Location"] == f"/rooms/{oaks.pk}/"
    assert "There is a room of this name already" in client.post("/rooms/", {"name": "Oaks"}).content.decode()
    client.post(f"/rooms/{oaks.pk}/", {"person": cast.key_person.pk, "starts_on": "", "ends_on": ""})
    page = client.get(f"/rooms/{oaks.pk}/").content.decode()
    assert "Sara Lind" in page
    client.post(f"/rooms/{oaks.pk}/name/", {"name": "Beeches"})
    rooms = client.get("/rooms/").content.decode()
    assert "Beeches" in rooms
    assert "In no room today" in rooms
    assert "Jo Marsh" in rooms, "she works in no room, so she sees only her key children"
    taken = client.post(f"/rooms/{oaks.pk}/name/", {"name": room.name}).content.decode()
    assert "There is a room of this name already" in taken
    placed = StaffInRoom.objects.get()
    client.post(f"/rooms/staff/{placed.pk}/end/")
    assert not StaffInRoom.objects.exists()


def test_the_last_day_in_a_room_is_not_before_the_first(cast):
    room, today = Room.objects.get(), timezone.localdate()
    form = {"person": cast.key_person.pk, "starts_on": "", "ends_on": (today - timedelta(days=1)).isoformat()}
    page = signed_in(cast.manager).post(f"/rooms/{room.pk}/", form).content.decode()
    assert "The last day lies before the first" in page


def test_a_childs_room_and_days_change_on_the_familys_page(cast, oaks):
    client, today = signed_in(cast.manager), timezone.localdate()
    form = {
        "born_on": cast.maja.born_on.isoformat(),
        "room": oaks.pk,
        "starts_on": cast.maja.starts_on.isoformat(),
        "ends_on": (today + timedelta(days=30)).isoformat(),
        "care_notes": "No nuts.",
    }
    address = f"/families/{cast.maja.pk}/change/"
    early = client.post(address, form | {"ends_on": (cast.maja.starts_on - timedelta(days=1)).isoformat()})
    assert "The last day lies before the first" in early.content.decode()
    assert client.post(address, form).status_code == 302
    cast.maja.refresh_from_db()
    assert (cast.maja.room, cast.maja.ends_on) == (oaks, today + timedelta(days=30))
    assert cast.maja in Child.objects.here(today + timedelta(days=30))
    assert cast.maja not in Child.objects.here(today + timedelta(days=31))


def test_sessions_are_entered_and_ended(cast):
    client, address = signed_in(cast.manager), f"/families/{cast.maja.pk}/sessions/"
    wrong = client.post(address, {"weekday": "0", "starts_at": "15:00", "ends_at": "09:00", "starts_on": ""})
    assert "ends before it begins" in wrong.content.decode()
    client.post(address, {"weekday": "0", "starts_at": "09:00", "ends_at": "15:00", "starts_on": ""})
    assert "Monday, 09:00–15:00" in client.get(f"/families/{cast.maja.pk}/").content.decode()
    session, today = Session.objects.get(), timezone.localdate()
    Session.objects.update(starts_on=today - timedelta(days=60))
    client.post(f"/families/sessions/{session.pk}/end/")
    session.refresh_from_db()
    assert session.ends_on == today - timedelta(days=1)
    assert "Monday, 09:00" not in client.get(f"/families/{cast.maja.pk}/").content.decode()


def test_only_the_leads_keep_rooms_and_sessions(cast, oaks):
    session = actions_rooms.add_session(cast.alfie, by=cast.manager, weekday=1, starts_at="09:00", ends_at="12:00")
    for person in (cast.mother, cast.key_person, cast.safeguarding_lead, cast.senco):
        client = signed_in(person)
        for address in ("/rooms/", f"/rooms/{oaks.pk}/", f"/families/{cast.maja.pk}/sessions/"):
            assert client.get(address).status_code == 403
        with pytest.raises(ActionRefused):
            actions_rooms.add_room("Elms", by=person)
    actions_roles.give_role(cast.staff_parent, "manager", by=None)
    assert signed_in(cast.staff_parent).post(f"/families/sessions/{session.pk}/end/").status_code == 404


def test_the_rooms_page_costs_the_same_for_one_more_room(cast, oaks):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = signed_in(cast.manager), []
    for number in range(2):
        client.get("/rooms/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/rooms/")
        counts.append(len(queries))
        for name in "ABCDEFGHIJKL":
            room = actions_rooms.add_room(f"Room {name} {number}", by=cast.manager)
            actions_rooms.place_in_room(cast.key_person, room, by=cast.manager)
            actions_care.change_child(cast.tobi, by=cast.manager, room=room)
    assert counts[0] == counts[1]
