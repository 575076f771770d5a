"""For whom words can be meant: the same people as those who may read them, and nobody to whom the portal is closed."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from people.accounts.models import Person
from people.families import actions_care, actions_family, recipients
from people.families.access import RestrictionKind, access_of
from people.families.models import Relationship
from people.setting import actions_rooms
from people.setting.models import RoleHeld, Weekday
from tests.cast import out_of_office

pytestmark = pytest.mark.django_db


def names(people):
    return {person.full_name.split()[0] for person in people}


def today():
    return timezone.localdate()


@pytest.fixture
def oaks(cast):
    """A second room: Leon and Noor go there, and Jo, Alfie's mother, works there. Sara stays in Acorns."""
    room = actions_rooms.add_room("Oaks", by=cast.manager)
    for child in (cast.leon, cast.noor):
        actions_care.change_child(child, by=cast.manager, room=room)
    actions_rooms.place_in_room(cast.staff_parent, room, by=cast.manager)
    actions_rooms.place_in_room(cast.key_person, cast.maja.room, by=cast.manager)
    return room


def comes_on(child, weekday, by):
    actions_rooms.add_session(child, by=by, weekday=weekday, starts_at=time(9), ends_at=time(12))


def test_families_are_those_whose_standing_says_so(cast):
    """A barred father and a grandmother who only collects are not among them."""
    expected = {person for person in cast.people.values() if access_of(person).family()}
    assert set(recipients.families(today())) == expected
    assert names(expected) == {"Ewa", "Daniel", "Marek", "Folake", "Carol", "Jo", "Owen"}


@pytest.mark.parametrize("kind", RestrictionKind.values)
def test_a_restriction_that_closes_the_portal_takes_out_of_the_circle_at_once(cast, kind):
    actions_family.restrict(cast.maja, cast.father, by=cast.manager, kind=kind, basis="Order")
    assert (cast.father in recipients.families(today())) == (
        kind not in (RestrictionKind.NO_PORTAL, RestrictionKind.FULL)
    )
    assert cast.father in recipients.families(today() - timedelta(days=1))


def test_closed_around_one_child_is_open_through_another(cast, oaks):
    actions_family.restrict(cast.maja, cast.mother, by=cast.manager, kind=RestrictionKind.FULL, basis="Order")
    assert cast.mother in recipients.families(today())
    assert cast.mother in recipients.of_rooms([oaks], today())
    assert cast.mother not in recipients.of_rooms([cast.maja.room], today())


def test_an_ended_relationship_and_an_ended_role_are_outside(cast):
    actions_family.end_relationship(Relationship.objects.get(adult=cast.father), by=cast.manager, why="Moved away")
    out_of_office(RoleHeld.objects.get(person=cast.key_person))
    out_of_office(RoleHeld.objects.get(person=cast.trustee))
    assert cast.father not in recipients.families(today())
    assert cast.key_person not in recipients.staff(today()) | recipients.of_rooms(None, today())
    assert names(recipients.committee(today())) == {"Martin"}


def test_a_relationship_counts_from_its_first_to_its_last_day(cast):
    first, last = today() + timedelta(days=1), today() + timedelta(days=2)
    cast.father.relationships.update(starts_on=first, ends_on=last)
    met = [cast.father in recipients.families(today() + timedelta(days=n)) for n in range(4)]
    assert met == [False, True, True, False]


def test_staff_and_committee(cast):
    assert names(recipients.staff(today())) == {"Sara", "Jo", "Helen", "Tom", "Ruth", "Anya"}
    assert names(recipients.committee(today())) == {"Martin", "Leila"}


def test_a_room_is_its_children_s_adults_and_who_works_there(cast, oaks):
    assert names(recipients.of_rooms([oaks], today())) == {"Ewa", "Marek", "Carol", "Jo"}
    assert names(recipients.of_rooms([cast.maja.room], today())) == {
        "Ewa",
        "Daniel",
        "Marek",
        "Folake",
        "Jo",
        "Owen",
        "Sara",
    }
    assert names(recipients.of_rooms([], today())) == set()
    everybody = recipients.families(today()) | recipients.staff(today()).filter(rooms__isnull=False)
    assert set(recipients.of_rooms(None, today())) == set(everybody)


def test_staff_of_another_room_are_outside_but_for_their_own_child(cast, oaks):
    """Jo works in Oaks; she is of Acorns only because Alfie is there."""
    acorns = cast.maja.room
    assert cast.staff_parent not in recipients.staff_of_rooms([acorns], today())
    assert cast.staff_parent in recipients.of_rooms([acorns], today())
    actions_family.end_relationship(Relationship.objects.get(adult=cast.staff_parent), by=cast.manager, why="Left")
    assert cast.staff_parent not in recipients.of_rooms([acorns], today())


def test_where_there_is_one_room_everybody_works_in_it(cast):
    assert names(recipients.staff_of_rooms([cast.maja.room], today())) == names(recipients.staff(today()))


def test_a_session_is_the_adults_of_those_who_come_that_day(cast, oaks):
    comes_on(cast.maja, Weekday.MONDAY, cast.manager)
    comes_on(cast.noor, Weekday.MONDAY, cast.manager)
    comes_on(cast.tobi, Weekday.TUESDAY, cast.manager)
    acorns = cast.maja.room
    assert names(recipients.of_rooms([acorns], today(), Weekday.MONDAY)) == {"Ewa", "Daniel", "Marek", "Sara"}
    assert names(recipients.of_rooms(None, today(), Weekday.MONDAY)) == {
        "Ewa",
        "Daniel",
        "Marek",
        "Carol",
        "Sara",
        "Jo",
    }
    assert names(recipients.of_rooms([acorns], today(), Weekday.SUNDAY)) == {"Sara"}


def test_a_restriction_on_days_and_times_keeps_the_session_secret(cast, oaks):
    """Being told as one of Monday's families would tell that the child comes on Mondays."""
    comes_on(cast.maja, Weekday.MONDAY, cast.manager)
    actions_family.restrict(cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_TIMETABLE, basis="Order")
    assert cast.father in recipients.of_rooms([cast.maja.room], today())
    assert cast.father not in recipients.of_rooms([cast.maja.room], today(), Weekday.MONDAY)
    assert cast.father not in recipients.of_rooms(None, today(), Weekday.MONDAY)
    assert cast.mother in recipients.of_rooms(None, today(), Weekday.MONDAY)


def test_a_child_who_has_left_brings_nobody_into_the_room(cast, oaks):
    actions_care.change_child(cast.tobi, by=cast.manager, ends_on=today() - timedelta(days=1))
    assert cast.other_mother not in recipients.of_rooms([cast.maja.room], today())


def test_whoever_cannot_sign_in_is_in_the_circle_and_whoever_was_closed_is_not(cast):
    Person.objects.filter(pk=cast.mother.pk).update(email=None, password="")
    Person.objects.filter(pk=cast.father.pk).update(is_active=False)
    assert cast.mother in recipients.families(today())
    assert cast.father not in recipients.families(today())
