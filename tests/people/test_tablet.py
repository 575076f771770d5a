"""The room's tablet: a name, six digits, five minutes; and nothing but the room's pages."""

import datetime

import pytest
import time_machine
from django.test import Client

from people.accounts.actions_tablet import enrol_tablet, revoke_tablet, set_pin
from people.accounts.models import Pin
from people.accounts.tablets import why_not_digits
from people.families.models import Child
from people.setting.models import Room
from records.models import AuditLine
from records.refused import ActionRefused
from tests.cast import out_of_office, signed_in

PIN = "402917"


@pytest.fixture
def tablet(cast):
    tablet, token = enrol_tablet(by=cast.manager, name="Blue tablet")
    tablet.token = token
    for person in (cast.key_person, cast.staff_parent, cast.manager):
        set_pin(person, PIN)
    return tablet


def browser(tablet):
    client = Client()
    client.cookies["tablet"] = tablet.token
    return client


def tapped(tablet, person, digits=PIN):
    client = browser(tablet)
    client.post(f"/tablet/{person.pk}/", {"digits": digits})
    return client


def test_the_manager_enrols_the_tablet_in_her_hands_and_is_signed_out_of_it(cast):
    client = signed_in(cast.manager)
    answer = client.post("/setting/tablets/", {"name": "Blue tablet"})
    assert answer.headers["Location"] == "/tablet/"
    cookie = answer.cookies["tablet"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert "_auth_user_id" not in client.session
    assert "Who is it?" in client.get("/tablet/").content.decode()
    assert signed_in(cast.deputy).post("/setting/tablets/", {"name": "Red"}).status_code == 403


def test_a_name_and_six_digits_open_the_rooms_children(cast, tablet):
    client = browser(tablet)
    names = client.get("/tablet/").content.decode()
    assert cast.key_person.full_name in names
    assert cast.senco.full_name not in names, "she has no PIN"
    assert cast.mother.full_name not in names
    assert client.post(f"/tablet/{cast.key_person.pk}/", {"digits": PIN}).headers["Location"] == "/tablet/"
    page = client.get("/tablet/").content.decode()
    assert "Maja" in page
    for path in ("/journal/write/", f"/journal/{cast.maja.pk}/", f"/children/{cast.maja.pk}/emergency/"):
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize(
    "path",
    "/security/ /complaints/ /complaints/start/ /papers/ /papers/permissions/ /families/ /staff/ /setting/ /cms/ /looks/ "
    "/prove/ /security/pin/ /other-rooms/ /setting/tablets/".split(),
)
def test_the_tablet_never_opens_the_rest_not_even_to_the_manager(cast, tablet, path):
    client = tapped(tablet, cast.manager)
    assert client.get("/tablet/").status_code == 200
    assert client.get(path).status_code in (403, 404), path
    assert client.post(path, {}).status_code in (403, 404), path


def test_a_childs_card_with_its_family_stays_shut_on_the_tablet(cast, tablet):
    assert tapped(tablet, cast.key_person).get(f"/children/{cast.maja.pk}/").status_code == 403


def test_on_the_tablet_a_parent_who_works_here_is_no_parent(cast, tablet):
    client = tapped(tablet, cast.staff_parent)
    assert client.get(f"/journal/{cast.maja.pk}/").status_code == 200
    assert client.get(f"/journal/{cast.alfie.pk}/").status_code == 404
    assert client.get(f"/children/{cast.alfie.pk}/emergency/").status_code == 404
    assert "Alfie" not in client.get("/tablet/").content.decode()


def test_without_the_tablets_cookie_the_pin_is_worth_nothing(cast, tablet):
    stranger = Client()
    assert stranger.get("/tablet/").status_code == 404
    assert stranger.post(f"/tablet/{cast.key_person.pk}/", {"digits": PIN}).status_code == 404
    stranger.cookies["tablet"] = "guessed"
    assert stranger.post(f"/tablet/{cast.key_person.pk}/", {"digits": PIN}).status_code == 404


def test_a_session_carried_from_the_tablet_to_another_browser_is_worth_nothing(cast, tablet):
    here = tapped(tablet, cast.key_person)
    thief = Client()
    thief.cookies["session"] = here.cookies["session"].value
    assert thief.get(f"/journal/{cast.maja.pk}/").headers["Location"] == "/sign-in/", (
        "signed out, and not only asked for a code"
    )


def test_after_five_wrong_tries_the_right_pin_is_closed_too_until_a_new_one_is_set(cast, tablet):
    for _n in range(Pin.TRIES):
        assert (
            "not your PIN"
            in browser(tablet).post(f"/tablet/{cast.key_person.pk}/", {"digits": "111222"}).content.decode()
        )
    assert "/sign-in/" in tapped(tablet, cast.key_person).get("/journal/write/").headers["Location"]
    set_pin(cast.key_person, "730148")
    assert tapped(tablet, cast.key_person, "730148").get("/journal/write/").status_code == 200
    assert AuditLine.objects.filter(verb="people.pin_refused").count() == Pin.TRIES + 1


def test_a_right_pin_forgives_the_wrong_ones_before_it(cast, tablet):
    for _n in range(Pin.TRIES - 1):
        tapped(tablet, cast.key_person, "111222")
    assert tapped(tablet, cast.key_person).get("/journal/write/").status_code == 200
    assert Pin.objects.get(person=cast.key_person).tries == 0


def test_she_is_out_after_five_minutes_or_one_tap(cast, tablet):
    with time_machine.travel(datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC), tick=False) as clock:
        client = tapped(tablet, cast.key_person)
        clock.shift(datetime.timedelta(minutes=4))
        assert client.get("/tablet/").status_code == 200
        clock.shift(datetime.timedelta(minutes=6))
        assert client.get("/journal/write/").headers["Location"] == "/tablet/"
        assert "Who is it?" in client.get("/tablet/").content.decode()
    client = tapped(tablet, cast.key_person)
    assert client.post("/sign-out/").headers["Location"] == "/tablet/"
    assert "Who is it?" in client.get("/tablet/").content.decode()


def test_a_role_that_ends_ends_the_tablet_on_the_very_next_tap(cast, tablet):
    client = tapped(tablet, cast.key_person)
    for held in cast.key_person.roles.all():
        out_of_office(held)
    assert client.get(f"/journal/{cast.maja.pk}/").headers["Location"].startswith("/sign-in/")
    assert cast.key_person.full_name not in browser(tablet).get("/tablet/").content.decode()
    assert tapped(tablet, cast.key_person).get("/journal/write/").headers["Location"].startswith("/sign-in/")


def test_a_tablet_taken_back_opens_nothing_from_the_very_next_tap(cast, tablet):
    client = tapped(tablet, cast.key_person)
    with pytest.raises(ActionRefused):
        revoke_tablet(tablet, by=cast.deputy)
    revoke_tablet(tablet, by=cast.manager)
    assert client.get(f"/journal/{cast.maja.pk}/").headers["Location"].startswith("/sign-in/")
    assert client.get("/tablet/").status_code == 404


def test_a_tablet_with_a_room_opens_the_children_of_that_room_only(cast):
    oaks = Room.objects.create(name="Oaks")
    Child.objects.filter(pk=cast.tobi.pk).update(room=oaks)
    tablet, tablet_token = enrol_tablet(by=cast.manager, name="Oaks", room=oaks)
    tablet.token = tablet_token
    set_pin(cast.manager, PIN)
    client = tapped(tablet, cast.manager)
    assert client.get(f"/journal/{cast.tobi.pk}/").status_code == 200
    assert client.get(f"/journal/{cast.maja.pk}/").status_code == 404
    assert client.get(f"/children/{cast.maja.pk}/emergency/").status_code == 404


@pytest.mark.parametrize("digits", ["123456", "654321", "000000", "112211", "12345", "1234567", "12a456", "135791", ""])
def test_digits_that_are_no_pin(digits):
    assert why_not_digits(digits)


def test_a_pin_is_kept_as_a_hash_and_parents_have_none(cast):
    pin = set_pin(cast.key_person, PIN)
    assert PIN not in pin.hashed
    with pytest.raises(ActionRefused):
        set_pin(cast.mother, PIN)
    assert signed_in(cast.mother).get("/security/pin/").status_code == 404
