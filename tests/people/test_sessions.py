"""Signed-in browsers: kept for thirty days on a family's phone, listed, closed; and what changes how one signs in."""

import datetime

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from people.accounts.models import Authenticator, OpenSession, Person
from people.mail.models import OutgoingMail
from people.setting import actions_roles
from people.setting.models import Setting
from tests.cast import signed_in

PASSWORD = "kettle-meadow-lantern"
NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def ewa(cast):
    cast.mother.set_password(PASSWORD)
    cast.mother.save()
    return cast.mother


def come_in(person, password=PASSWORD, **more):
    client = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 9) Chrome/120 Mobile Safari/537"})
    answer = client.post("/sign-in/", {"email": person.email, "password": password, **more})
    assert answer.status_code == 302, answer.content.decode()
    return client


def leads_to(client, path):
    answer = client.get(path)
    return answer.headers.get("Location", answer.status_code)


def test_a_phone_that_stays_signed_in_opens_notices_and_journal_for_thirty_days(cast, ewa):
    with time_machine.travel(NOW, tick=False) as clock:
        phone = come_in(ewa, stay="on")
        for days in (1, 12, 29):
            clock.move_to(NOW + datetime.timedelta(days=days))
            for path in ("/today/", f"/journal/{cast.maja.pk}/", "/notices/"):
                assert leads_to(phone, path) == 200, path
            assert leads_to(phone, "/invitation/") == 200, "somebody else may arrive on this phone"
            assert leads_to(phone, "/pictures/none.jpg") == 404, "a picture in a notice asks nothing"
            for path in (
                "/papers/",
                "/complaints/",
                f"/children/{cast.maja.pk}/",
                "/security/",
                "/papers/permissions/",
            ):
                assert leads_to(phone, path).startswith("/prove/?next="), path
        clock.move_to(NOW + datetime.timedelta(days=31))
        assert leads_to(phone, "/today/").startswith("/sign-in/")


def test_proving_it_is_her_opens_the_rest_for_half_an_hour(cast, ewa):
    with time_machine.travel(NOW, tick=False) as clock:
        phone = come_in(ewa, stay="on")
        clock.move_to(NOW + datetime.timedelta(days=3))
        assert phone.post("/prove/", {"password": PASSWORD, "next": "/papers/"}).headers["Location"] == "/papers/"
        assert leads_to(phone, "/papers/") == 200
        clock.shift(datetime.timedelta(minutes=31))
        assert leads_to(phone, "/papers/").startswith("/prove/")
        way = phone.post("/complaints/start/", {}).headers["Location"]
        assert way.startswith("/prove/?next=%2Fheld%2F"), "what was sent comes back (test_held_forms.py)"


def test_whoever_works_here_never_stays_signed_in(cast):
    cast.staff_parent.set_password(PASSWORD)
    cast.staff_parent.save()
    Authenticator.objects.filter(user=cast.staff_parent).delete()
    with time_machine.travel(NOW, tick=False) as clock:
        phone = come_in(cast.staff_parent, stay="on")
        assert "stays" not in phone.session
        clock.shift(datetime.timedelta(minutes=16))
        assert leads_to(phone, "/today/").startswith("/sign-in/")


def test_a_kept_session_ends_its_long_life_when_its_owner_begins_to_work_here(cast, ewa):

    from people.setting.roles import Role

    with time_machine.travel(NOW, tick=False) as clock:
        phone = come_in(ewa, stay="on")
        clock.shift(datetime.timedelta(days=2))
        actions_roles.give_role(ewa, Role.STAFF, by=cast.manager)
        assert leads_to(phone, "/today/").startswith("/sign-in/")


def test_signed_in_browsers_are_listed_and_each_has_its_way_out(cast, ewa):
    one, other = come_in(ewa), come_in(ewa)
    page = one.get("/security/").content.decode()
    assert page.count("Chrome, Android") >= 2
    assert "this one" in page
    there = OpenSession.objects.get(session_key=other.session.session_key)
    assert one.post(f"/security/browsers/{there.pk}/end/").status_code == 302
    assert leads_to(other, "/today/").startswith("/sign-in/")
    assert leads_to(one, "/today/") == 200


def test_nobody_closes_or_sees_another_persons_browser(cast, ewa):
    hers = come_in(ewa)
    row = OpenSession.objects.get(person=ewa)
    father = signed_in(cast.father)
    assert father.post(f"/security/browsers/{row.pk}/end/").status_code == 404
    assert "Chrome, Android" not in father.get("/security/").content.decode()
    assert leads_to(hers, "/today/") == 200


def test_signing_out_everywhere_else_leaves_only_this_browser(cast, ewa):
    phones = [come_in(ewa) for _n in range(3)]
    phones[0].post("/security/browsers/end/")
    assert [leads_to(phone, "/today/") == 200 for phone in phones] == [True, False, False]
    assert OpenSession.objects.filter(person=ewa).count() == 1
    before = phones[0].session.session_key
    phones[0].post("/sign-out/")
    assert not OpenSession.objects.filter(person=ewa).exists()
    assert not Session.objects.filter(session_key=before).exists()
    assert set(phones[0].session.keys()) <= {"earlier_tokens"}, (
        "whose the pages are that are still open, and nothing else"
    )


def test_a_new_password_signs_out_every_other_browser_and_tells_the_address(cast, ewa):
    here, there = come_in(ewa), come_in(ewa)
    before = here.session.session_key
    answer = here.post("/security/password/", {"password": "orchard-pebble-sparrow-9"})
    assert answer.status_code == 302, answer.content.decode()
    assert here.session.session_key != before
    assert leads_to(there, "/today/").startswith("/sign-in/")
    assert leads_to(here, "/today/") == 200
    assert (
        OutgoingMail.objects.filter(person=ewa, address=ewa.email, body__contains="Your password was changed").count()
        == 1
    )
    come_in(ewa, password="orchard-pebble-sparrow-9")
    assert Client().post("/sign-in/", {"email": ewa.email, "password": PASSWORD}).status_code == 200


def test_a_poor_new_password_is_explained_and_changes_nothing(cast, ewa):
    here = come_in(ewa)
    assert "at least 12" in here.post("/security/password/", {"password": "short"}).content.decode()
    come_in(ewa)


def test_a_new_address_counts_once_its_own_mail_was_answered_and_the_old_one_hears_of_it(cast, ewa):
    here, old = come_in(ewa), ewa.email
    here.post("/security/address/", {"email": "Ewa.New@example.org"})
    ewa.refresh_from_db()
    assert ewa.email == old
    mail = OutgoingMail.objects.get(address="ewa.new@example.org")
    link = next(word for word in mail.body.split() if "/security/address/" in word)
    path = "/" + link.split("/", 3)[3]
    assert signed_in(cast.father).get(path).status_code == 404
    assert signed_in(cast.father).post(path).status_code == 404
    assert here.get(path).status_code == 200
    ewa.refresh_from_db()
    assert ewa.email == old, "opening the link is not enough"
    here.post(path)
    ewa.refresh_from_db()
    assert ewa.email == "ewa.new@example.org"
    assert OutgoingMail.objects.filter(address=old, body__contains="Your e-mail address was changed").count() == 1
    assert here.post(path).status_code == 404, "it works once"


def test_asking_for_an_address_that_somebody_has_says_the_same_and_writes_to_nobody(cast, ewa):
    here, before = come_in(ewa), OutgoingMail.objects.count()
    answers = [here.post("/security/address/", {"email": email}) for email in (cast.father.email, "new@example.org")]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert OutgoingMail.objects.count() == before + 1


@pytest.mark.parametrize(
    "path", ["/security/", "/security/password/", "/security/address/", "/security/authenticator/", "/security/pin/"]
)
def test_what_changes_how_one_signs_in_asks_for_fresh_proof(cast, path):
    client = signed_in(cast.key_person)
    session = client.session
    session["proved_at"] = 0
    session.save()
    assert leads_to(client, path).startswith("/prove/?next=")
    assert client.post(path, {"password": "orchard-pebble-sparrow-9"}).headers["Location"].startswith("/prove/")


def test_families_need_a_second_factor_where_the_manager_says_so(cast):
    mother = signed_in(cast.mother)
    assert leads_to(mother, "/today/") == 200
    Setting.objects.update(second_factor_for_families="required")
    assert leads_to(mother, "/today/").startswith("/security/authenticator/")
    assert leads_to(mother, f"/journal/{cast.maja.pk}/").startswith("/security/authenticator/")


def test_a_parent_may_do_without_her_authenticator_again_and_staff_may_not(cast):
    device = Authenticator.objects.create(user=cast.mother, name="App", key=Authenticator.new_key(), confirmed=True)
    mother = signed_in(cast.mother)
    assert mother.post("/security/authenticator/remove/").status_code == 302
    assert not Authenticator.objects.filter(pk=device.pk).exists()
    assert OutgoingMail.objects.filter(person=cast.mother, body__contains="was removed").exists()
    assert signed_in(cast.key_person).post("/security/authenticator/remove/").status_code == 403
    assert Authenticator.objects.filter(user=cast.key_person).exists()
    assert Person.objects.get(pk=cast.key_person.pk).is_active
