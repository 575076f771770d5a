"""An address that somebody only typed is nobody's, and a link alone never lets anybody in."""

import re

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from people.accounts import actions_invitations, actions_security
from people.accounts.models import Person, SecurityEvent
from people.families import actions_family
from people.mail.models import OutgoingMail
from people.setting import actions_approval
from portal.demo.cast import PASSWORD
from records.refused import ActionRefused
from tests.doors.test_existence import CHANGES

pytestmark = pytest.mark.django_db
NEW = "tangerine boat weather"
WANTED = "new.ewa@example.org"


def test_an_address_that_somebody_else_typed_and_never_confirmed_blocks_nobody(cast):
    Person.objects.filter(pk=cast.stepfather.pk).update(email=WANTED, email_confirmed_at=None)
    actions_security.ask_for_new_address(cast.mother, WANTED)
    assert OutgoingMail.objects.filter(address=WANTED, person=cast.mother).exists()
    actions_security.take_new_address(cast.mother, actions_security.new_address_token(cast.mother, WANTED))
    stepfather = Person.objects.get(pk=cast.stepfather.pk)
    assert Person.objects.get(email=WANTED) == cast.mother
    assert stepfather.sign_in_as == "marek.zielinski", "who only typed it still has a way in"
    assert SecurityEvent.objects.filter(person=stepfather, kind="address").exists()


def test_a_confirmed_address_or_one_that_is_invited_is_taken_from_nobody(cast):
    invited = actions_family.add_adult(by=cast.manager, full_name="Ann Other", email=WANTED)
    for address in (cast.father.email, WANTED):
        actions_security.ask_for_new_address(cast.mother, address)
        assert not OutgoingMail.objects.filter(address=address, person=cast.mother).exists()
        with pytest.raises(ActionRefused):
            actions_security.take_new_address(cast.mother, actions_security.new_address_token(cast.mother, address))
    invited.refresh_from_db()
    assert invited.email == WANTED


def test_an_invitation_to_a_wrong_relationship_opens_nothing_once_that_is_undone(cast):
    adult = actions_family.add_adult(by=cast.manager, full_name="Ann Other", email=WANTED)
    tie = actions_family.relate(cast.tobi, adult, by=cast.manager, kind="other", parental_responsibility="no", level=1)
    _made, link, _word = actions_invitations.invite(adult, by=cast.manager)
    way = "/" + link.split("/", 3)[3]
    asked = actions_family.ask_to_undo(tie, by=cast.manager, why="Another Ann was meant")
    actions_approval.agree(asked, by=cast.deputy)
    page = Client().get(way).content.decode()
    assert "born_on" in page
    assert 'name="password"' not in page
    page = Client().post(way, {"born_on": cast.tobi.born_on.isoformat()}).content.decode()
    assert "not the date we have" in page


def told_to_somebody_new(cast, typed, monkeypatch):
    """All that whoever comes with a letter and types this address is told: at once, on each page, and when signing in."""
    adult = Person.objects.create_user(None, "Nadia New")
    actions_family.relate(cast.leon, adult, by=cast.manager, kind="other", parental_responsibility="no", level=1)
    _made, link, word = actions_invitations.invite(adult, by=cast.manager, by_letter=True)
    hashed, told, client = [], [], Client()

    def counted(password, encoded, *args, **kwargs):
        hashed.append(encoded)
        return check_password(password, encoded, *args, **kwargs)

    def page(answer):
        told.append((answer.status_code, answer.headers.get("Location", "")))
        words = CHANGES.sub("", answer.content.decode().replace(typed, "TYPED"))
        told.append(re.sub(r"(people|invitation)/[-\w]+|\d\d:\d\d", "", words))

    with monkeypatch.context() as patch:
        patch.setattr("django.contrib.auth.base_user.check_password", counted)
        page(client.post("/" + link.split("/", 3)[3], {"word": word, "password": NEW, "email": typed}))
        for address in (
            "/welcome/",
            "/today/",
            "/today/",
            "/security/",
            "/me/",
            "/security/password/",
            "/security/address/",
        ):
            page(client.get(address))
        for _n in range(4):
            page(client.post("/security/address/confirm/", follow=True))
        for password in (NEW, "not the password", PASSWORD + "x"):
            hashed.clear()
            page(Client().post("/sign-in/", {"email": typed, "password": password}))
            told.append(len(hashed))
    adult.refresh_from_db()
    assert adult.post_address == "" and adult.has_unconfirmed_address
    return told


def test_whoever_comes_with_a_letter_learns_of_no_address_whether_somebody_is_here_under_it(cast, monkeypatch):
    free = told_to_somebody_new(cast, "nobody.here@example.org", monkeypatch)
    invited = actions_family.add_adult(by=cast.manager, full_name="Ann Other", email=WANTED)
    for taken in (cast.father.email, invited.email):
        before = OutgoingMail.objects.filter(address=taken).count()
        assert told_to_somebody_new(cast, taken, monkeypatch) == free
        assert OutgoingMail.objects.filter(address=taken).count() == before
    assert Person.objects.get(email=cast.father.email) == cast.father
    assert Client().post("/sign-in/", {"email": cast.father.email, "password": PASSWORD})["Location"] == "/today/"


def test_a_typed_address_becomes_ones_own_once_nobody_else_is_here_under_it(cast):
    adult = Person.objects.create_user(None, "Nadia New", NEW)
    Person.objects.filter(pk=adult.pk).update(typed_email=cast.father.email)
    adult.refresh_from_db()
    token = actions_security.new_address_token(adult, cast.father.email)
    with pytest.raises(ActionRefused):
        actions_security.take_new_address(adult, token)
    Person.objects.filter(pk=cast.father.pk).update(email="daniel.new@example.org")
    actions_security.ask_to_confirm_address(adult)
    assert OutgoingMail.objects.filter(person=adult, address=cast.father.email).exists()
    actions_security.take_new_address(adult, token)
    adult.refresh_from_db()
    assert (adult.email, adult.typed_email, adult.has_unconfirmed_address) == (cast.father.email, "", False)
    assert not SecurityEvent.objects.filter(person=adult).exists(), "she was told of no new address: it was hers"


def test_tries_at_a_typed_address_are_counted_where_they_are_made_and_lock_nobody_else_out(cast):
    adult = Person.objects.create_user(None, "Nadia New", NEW)
    Person.objects.filter(pk=adult.pk).update(typed_email=cast.father.email)
    for _n in range(10):
        Client().post("/sign-in/", {"email": cast.father.email, "password": "not the password"})
    assert Client().post("/sign-in/", {"email": cast.father.email, "password": NEW}).status_code == 429
