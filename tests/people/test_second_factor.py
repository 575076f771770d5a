"""Whose second factor a session was given with, and what is read of a person in one question."""

import pytest
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp_webauthn.models import WebAuthnCredential

from people.accounts.actions_factors import new_recovery_codes
from people.accounts.models import Authenticator, Person, RecoveryCodes
from people.families.access import Access
from people.families.models import Relationship, Restriction
from people.setting.models import RoleHeld, Room, StaffInRoom
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


def by_django(person):
    """What stands about somebody in each table, as Django gives it."""
    days, ended = ("starts_on", "ends_on"), "ended_at"
    return [
        *(
            ("relationship", *row)
            for row in Relationship.objects.filter(adult=person).values_list("child", "level", *days, ended)
        ),
        *(
            ("restriction", *row)
            for row in Restriction.objects.filter(adult=person).values_list("child", "kind", *days, ended)
        ),
        *(("role", *row) for row in RoleHeld.objects.filter(person=person).values_list("role", *days, ended)),
        *(("key child", *row) for row in person.key_children.values_list("child", *days)),
        *(("room", *row) for row in person.rooms.values_list("room", *days)),
        *(("second factor", row.persistent_id) for row in Authenticator.objects.filter(user=person, confirmed=True)),
        *(
            ("second factor", row.persistent_id)
            for row in WebAuthnCredential.objects.filter(user=person, confirmed=True)
        ),
        ("number of rooms", Room.objects.count()),
    ]


def in_one_question(person):
    """The same as the one question tells it; an ended row is told from one that runs."""
    shape = {
        "relationship": lambda child, number, word, *days: (child, number, *days),
        "restriction": lambda child, number, word, *days: (child, word, *days),
        "role": lambda child, number, word, *days: (word, *days),
        "key child": lambda child, number, word, *days: (child, *days[:2]),
        "room": lambda child, number, word, *days: (number, *days[:2]),
        "second factor": lambda child, number, word, *days: (f"{word}/{number}",),
        "number of rooms": lambda child, number, word, *days: (number,),
    }
    return [(what, *shape[what](*rest)) for what, *rest in Access(person, timezone.localdate())._rows]


def whether_ended(rows):
    """With yes or no in place of the moment, which is all that is asked of it."""
    return sorted(
        (str((*row[:-1], row[-1] is not None)) if row[0] in ("relationship", "restriction", "role") else str(row))
        for row in rows
    )


def test_what_is_read_in_one_question_is_what_the_tables_hold(cast):
    StaffInRoom.objects.create(person=cast.key_person, room=cast.maja.room)
    now = timezone.now()
    for model, person in ((Relationship, cast.grandmother), (Restriction, cast.barred_father)):
        model.objects.filter(adult=person).update(ended_at=now)
    RoleHeld.objects.filter(person=cast.trustee).update(ended_at=now)
    for person, confirmed in ((cast.mother, True), (cast.father, False)):
        told = {"public_key": b"", "credential_id": person.email.encode(), "confirmed": confirmed}
        WebAuthnCredential.objects.create(user=person, name="Phone", **told)
    found = {
        person: (whether_ended(in_one_question(person)), whether_ended(by_django(person)))
        for person in Person.objects.all()
    }
    assert all(one == other for one, other in found.values()), found
    assert any("True" in row for one, _other in found.values() for row in one), "an ended one is among them"


def test_with_a_second_room_not_everybody_looks_after_everybody(cast):
    today = timezone.localdate()
    assert Access(cast.key_person, today).one_room
    Room.objects.create(name="Oaks")
    assert not Access(cast.key_person, today).one_room
