"""Whose second factor a session was given with, and what is read of a person in one question."""

import pytest
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY

from people.actions import new_recovery_codes
from people.models import Authenticator, Person, RecoveryCodes, Relationship, Restriction, RoleHeld, Room, StaffInRoom
from people.standing import Standing
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def opens(client):
    return client.get("/families/").status_code == 200


def given_with(client, device):
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


def test_her_own_authenticator_opens(cast):
    assert opens(signed_in(cast.manager))
    assert not opens(signed_in(cast.manager, second_factor=False))


def test_another_persons_authenticator_opens_nothing(cast):
    of_the_deputy = Authenticator.objects.get(user=cast.deputy)
    assert not opens(given_with(signed_in(cast.manager, second_factor=False), of_the_deputy))


def test_one_that_is_not_confirmed_opens_nothing(cast):
    client = signed_in(cast.manager)
    Authenticator.objects.filter(user=cast.manager).update(confirmed=False)
    assert not opens(client)


def test_one_that_was_taken_away_opens_nothing(cast):
    client = signed_in(cast.manager)
    Authenticator.objects.filter(user=cast.manager).delete()
    assert not opens(client)


def test_a_recovery_code_counts_as_long_as_it_is_hers(cast):
    new_recovery_codes(cast.manager)
    codes = RecoveryCodes.objects.get(user=cast.manager)
    assert opens(given_with(signed_in(cast.manager, second_factor=False), codes))
    assert not opens(given_with(signed_in(cast.deputy, second_factor=False), codes))


def test_what_is_read_in_one_question_is_what_the_tables_hold(cast):
    """The question is written in SQL; here Django asks the same, table by table, for everybody."""
    StaffInRoom.objects.create(person=cast.key_person, room=cast.maja.room)
    today = timezone.localdate()
    for person in Person.objects.all():
        days = "starts_on", "ends_on"
        rows = [
            *(("tie", *row) for row in Relationship.objects.filter(adult=person).values_list("child", "level", *days)),
            *(("bar", *row) for row in Restriction.objects.filter(adult=person).values_list("child", "kind", *days)),
            *(("role", *row) for row in RoleHeld.objects.filter(person=person).values_list("role", *days)),
            *(("key", *row) for row in person.key_children.values_list("child", *days)),
            *(("room", *row) for row in person.rooms.values_list("room", *days)),
        ]
        standing = Standing(person, today)
        said = {
            "tie": lambda child, number, word: (child, number),
            "bar": lambda child, number, word: (child, word),
            "role": lambda child, number, word: (word,),
            "key": lambda child, number, word: (child,),
            "room": lambda child, number, word: (number,),
        }
        read = [(row[0], *said[row[0]](*row[1:4]), *row[4:6]) for row in standing._rows if row[0] in said]
        assert sorted(read, key=str) == sorted(rows, key=str)
        assert standing.second_factors == {
            device.persistent_id for device in Authenticator.objects.filter(user=person, confirmed=True)
        }


def test_with_a_second_room_not_everybody_looks_after_everybody(cast):
    today = timezone.localdate()
    assert Standing(cast.key_person, today).one_room
    Room.objects.create(name="Oaks")
    assert not Standing(cast.key_person, today).one_room
