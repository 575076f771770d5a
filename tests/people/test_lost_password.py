"""A forgotten password is mended by its owner, by mail: one use, one hour, and the second factor is asked for as ever."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from people.accounts import actions_invitations, actions_password
from people.accounts.models import PasswordRequest, Person, SecurityEvent
from people.accounts.tasks import answer_password_requests
from people.mail.models import OutgoingMail
from tests.cast import signed_in

pytestmark = pytest.mark.django_db

NEW = "seven kites over the chalk hill"
PAGE = "/sign-in/lost-password/"


def asked(email, client=None):
    answer = (client or Client()).post(PAGE, {"email": email})
    answer_password_requests()
    return answer


def link_to(email):
    """The path in the newest mail with a link for a new password, or None."""
    for mail in OutgoingMail.objects.filter(address=email):
        if found := re.search(r"/sign-in/new-password/\S+", mail.body):
            return found[0]
    return None


def without_tokens(answer):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_a_mother_who_forgot_her_password_chooses_a_new_one_with_the_link_from_her_mail(cast):
    old = signed_in(cast.mother)
    assert "Forgotten your password?" in Client().get("/sign-in/").content.decode()
    assert "on its way" in asked(" EWA@example.org ").content.decode()
    way, client = link_to("ewa@example.org"), Client()
    assert client.get(way).status_code == 200
    assert "at least 12" in client.post(way, {"password": "short"}).content.decode()
    assert client.post(way, {"password": NEW})["Location"] == "/today/"
    assert client.get("/papers/").status_code == 200
    cast.mother.refresh_from_db()
    assert cast.mother.check_password(NEW)
    assert old.get("/today/").status_code == 302, "every other browser is signed out"
    assert Client().get(way).status_code == 404, "it works once"
    assert SecurityEvent.objects.filter(person=cast.mother, kind="password").exists()
    assert OutgoingMail.objects.filter(address="ewa@example.org", body__contains="Your password was changed").exists()


def test_the_page_says_the_same_whoever_has_the_address(cast):
    Person.objects.filter(pk=cast.father.pk).update(email_confirmed_at=None)
    pages = {without_tokens(asked(email)) for email in ("ewa@example.org", "nobody@example.org", "daniel@example.org")}
    assert len(pages) == 1
    assert link_to("ewa@example.org")
    assert not link_to("nobody@example.org")
    assert not link_to("daniel@example.org"), "an address that nobody confirmed gets no key"
    assert not PasswordRequest.objects.exists(), "what was typed is not kept"


def test_whoever_works_here_is_asked_for_the_second_factor_after_all(cast):
    asked("helen@example.org")
    client = Client()
    client.post(link_to("helen@example.org"), {"password": NEW})
    for path in ("/today/", "/families/", "/cms/"):
        assert client.get(path)["Location"].startswith("/sign-in/code/"), path


@pytest.mark.parametrize("overtaken_by", ["an hour", "a new password", "a new address", "a second factor", "leaving"])
def test_the_link_dies(cast, overtaken_by):
    asked("ewa@example.org")
    way, ewa = link_to("ewa@example.org"), cast.mother
    if overtaken_by == "a new password":
        ewa.set_password("something else entirely")
    elif overtaken_by == "a new address":
        ewa.email = "moved@example.org"
    elif overtaken_by == "leaving":
        ewa.is_active = False
    elif overtaken_by == "a second factor":
        from people.accounts.models import Authenticator

        Authenticator.objects.create(user=ewa, name="App", key=Authenticator.new_key(), confirmed=True)
    ewa.save()
    later = timedelta(minutes=61 if overtaken_by == "an hour" else 1)
    with time_machine.travel(timezone.now() + later):
        assert Client().get(way).status_code == 404
        assert Client().post(way, {"password": NEW}).status_code == 404


def test_looking_at_the_link_uses_nothing_up_and_signs_nobody_out(cast):
    asked("ewa@example.org")
    father, way = signed_in(cast.father), link_to("ewa@example.org")
    father.get(way)
    assert father.get("/today/").status_code == 200
    assert father.post(way, {"password": NEW})["Location"] == "/today/"
    assert father.get("/security/").context["user"] == cast.mother


def test_an_open_invitation_dies_with_the_new_password(cast):
    _made, link, _word = actions_invitations.invite(cast.mother, by=cast.manager)
    asked("ewa@example.org")
    Client().post(link_to("ewa@example.org"), {"password": NEW})
    assert Client().get("/" + link.split("/", 3)[3]).status_code == 404


def test_three_mails_a_day_to_one_address_and_the_page_goes_on_saying_the_same(cast):
    pages = {without_tokens(asked("ewa@example.org")) for _n in range(5)}
    assert len(pages) == 1
    assert "at most three times a day" in pages.pop(), "no mail is promised that does not come"
    assert OutgoingMail.objects.filter(address="ewa@example.org", body__contains="/new-password/").count() == 3


def test_a_stranger_elsewhere_does_not_use_up_the_mails_of_an_address(cast):
    for _n in range(5):
        asked("ewa@example.org", Client(REMOTE_ADDR="203.0.113.7"))
    before = OutgoingMail.objects.filter(address="ewa@example.org").count()
    asked("ewa@example.org", Client(REMOTE_ADDR="198.51.100.9"))
    assert OutgoingMail.objects.filter(address="ewa@example.org").count() == before + 1
    for number in range(20):
        asked("ewa@example.org", Client(REMOTE_ADDR=f"192.0.2.{number}"))
    written = OutgoingMail.objects.filter(address="ewa@example.org", body__contains="/new-password/").count()
    assert written == actions_password.OF_AN_ADDRESS_IN_ALL, "and many strangers do not fill a letter box"


def test_one_network_cannot_ask_for_everybody(cast):
    for number in range(actions_password.OF_A_NETWORK + 5):
        Client().post(PAGE, {"email": f"somebody{number}@example.org"})
    assert PasswordRequest.objects.count() == actions_password.OF_A_NETWORK
