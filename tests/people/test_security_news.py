"""News about one's own way in comes by every means, and one person cannot stop the others' mail."""

import pytest
from django.test import Client

from people.accounts import actions_factors, actions_invitations, actions_security
from people.accounts.models import Authenticator, Person, SecurityEvent
from people.mail.models import OutgoingMail
from people.mail.tasks import BY_ONE_PERSON, send_mail
from portal.demo.cast import PASSWORD
from records.refused import ActionRefused
from tests.cast import signed_in

pytestmark = pytest.mark.django_db

CHROME = "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile"


def news_of(person):
    return list(SecurityEvent.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_a_sign_in_on_a_new_device_is_told_by_mail_and_on_today_until_it_was_seen(cast):
    Client().post("/sign-in/", {"email": "ewa@example.org", "password": PASSWORD})
    assert not OutgoingMail.objects.filter(person=cast.mother).exists(), "the first time of all is no news"
    client = Client(headers={"user-agent": CHROME})
    client.post("/sign-in/", {"email": "ewa@example.org", "password": PASSWORD})
    mail = OutgoingMail.objects.get(person=cast.mother)
    assert "Somebody signed in as you on a device that is new to us" in mail.body
    assert "Chrome, Android" in mail.body
    assert "How you sign in has changed: was it you?" in client.get("/today/").content.decode()
    assert "Was this you?" in client.get("/security/").content.decode()
    client.post("/security/news/seen/")
    assert "was it you?" not in client.get("/today/").content.decode()
    client.post("/sign-out/")
    client.post("/sign-in/", {"email": "ewa@example.org", "password": PASSWORD})
    assert news_of(cast.mother) == ["device"], "it is known now"


def test_each_change_of_a_way_in_is_told(cast):
    ewa = cast.mother
    key = Authenticator.new_key()
    device = Authenticator(user=ewa, key=key)
    actions_factors.confirm_authenticator(ewa, key, device.code_now(), "Chrome, Android")
    actions_security.change_password(ewa, "seven kites over the chalk hill", session_key="")
    actions_security.remove_authenticator(ewa)
    token = actions_security.new_address_token(ewa, "moved@example.org")
    actions_security.take_new_address(ewa, token)
    assert news_of(ewa) == ["authenticator", "recovery_codes", "password", "factor_removed", "address"]
    told = OutgoingMail.objects.filter(person=ewa, subject__contains="How you sign in")
    assert set(told.values_list("address", flat=True)) == {"ewa@example.org", "moved@example.org"}
    changed = told.filter(body__contains="Your e-mail address was changed")
    assert set(changed.values_list("address", flat=True)) == {"ewa@example.org", "moved@example.org"}


def test_it_reaches_the_shared_address_too_and_says_for_whom(cast):
    Person.objects.filter(pk=cast.mother.pk).update(mail_to="home@example.org")
    cast.mother.refresh_from_db()
    actions_security.change_password(cast.mother, "seven kites over the chalk hill", session_key="")
    shared = OutgoingMail.objects.get(address="home@example.org")
    assert shared.body.startswith("For Ewa Nowicka: hello,")


def test_a_second_factor_added_from_a_session_asks_for_fresh_proof(cast):
    client = signed_in(cast.mother)
    session = client.session
    session["proved_at"] = 0
    session.save()
    for path in ("/security/authenticator/", "/security/passkeys/begin/", "/security/passkeys/complete/"):
        assert client.post(path, {"code": "123456"})["Location"].startswith("/prove/"), path


def test_new_addresses_are_limited_to_three_a_day_for_each_person(cast):
    for number in range(3):
        actions_security.ask_for_new_address(cast.mother, f"new{number}@example.org")
    with pytest.raises(ActionRefused, match="three addresses"):
        actions_security.ask_for_new_address(cast.mother, "one.more@example.org")
    actions_security.ask_for_new_address(cast.father, "his.own@example.org")
    client = signed_in(cast.mother)
    assert client.post("/security/address/", {"email": "four@example.org"}).status_code == 403


def test_one_person_cannot_stop_the_mail_of_others(cast, settings, mailoutbox):
    settings.DEMO = False
    OutgoingMail.objects.bulk_create(
        OutgoingMail(
            person=cast.mother,
            address=f"new{number}@example.org",
            subject="x",
            body="x",
            sender=cast.mother,
            kind=OutgoingMail.Kind.IMPORTANT,
        )
        for number in range(BY_ONE_PERSON + 40)
    )
    actions_security.change_password(cast.father, "seven kites over the chalk hill", session_key="")
    actions_invitations.invite(cast.grandmother, by=cast.manager)
    while send_mail():
        pass
    reached = [mail.to[0] for mail in mailoutbox]
    assert {"daniel@example.org", "halina@example.org"} <= set(reached)
    assert len([address for address in reached if address.startswith("new")]) == BY_ONE_PERSON


def test_a_flood_of_ordinary_mail_holds_up_no_invitation_and_no_security_news(cast, settings, mailoutbox):
    settings.DEMO = False
    OutgoingMail.objects.bulk_create(
        OutgoingMail(person=cast.mother, address=f"p{number}@example.org", subject="x", body="x", kind="news")
        for number in range(600)
    )
    actions_invitations.invite(cast.grandmother, by=cast.manager)
    send_mail()
    assert "halina@example.org" in [mail.to[0] for mail in mailoutbox]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ewa@gmial.com", "gmail.com"), ("ewa@hotmial.co.uk", "hotmail.co.uk"), ("ewa@yaho.co.uk", "yahoo.co.uk")],
)
def test_a_domain_that_looks_like_a_slip_is_asked_about_once(cast, typed, meant):
    client = signed_in(cast.mother)
    page = client.post("/security/address/", {"email": typed})
    assert f"Did you mean ewa@{meant}?" in page.content.decode()
    assert not OutgoingMail.objects.filter(address=typed).exists()
    assert client.post("/security/address/", {"email": typed, "email_asked": typed}).status_code == 302
    assert OutgoingMail.objects.filter(address=typed).exists(), "whoever is sure presses once more"


@pytest.mark.parametrize("right", ["ewa@gmail.com", "ewa@example.org", "ewa@wp.pl", "ewa@school.sch.uk"])
def test_an_ordinary_domain_is_not_asked_about(cast, right):
    assert signed_in(cast.mother).post("/security/address/", {"email": right}).status_code == 302
