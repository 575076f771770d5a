"""Coming in: invitations, passwords, the second factor, idle sessions, wrong tries."""

import time
from base64 import b32decode
from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from people.accounts import actions_invitations
from people.accounts.models import Authenticator, Invitation, Person, RecoveryCode
from people.families import actions_family
from people.families.access import Level
from people.families.models import Kind
from people.mail.models import OutgoingMail
from people.setting import actions_roles, roles
from people.setting.roles import Role
from portal.demo.cast import PASSWORD
from records.refused import ActionRefused
from tests.cast import out_of_office, signed_in

pytestmark = pytest.mark.django_db


def new_parent(cast):
    """An adult around Leon who was invited by mail: (the adult, the way in)."""
    adult = Person.objects.create_user("new@example.org", "Nadia New")
    actions_family.relate(
        cast.leon, adult, by=cast.manager, kind=Kind.OTHER, parental_responsibility="no", level=Level.INFORMATION
    )
    _made, link, _word = actions_invitations.invite(adult, by=cast.manager)
    return adult, "/" + link.split("/", 3)[3]


def test_a_parent_arrives_by_the_link_in_her_mail_chooses_a_password_and_is_in(cast):
    adult, link = new_parent(cast)
    assert link in OutgoingMail.objects.get(person=adult).body
    client = Client()
    assert "The child&#x27;s date of birth" in client.get(link).content.decode()
    assert client.post(link, {"born_on": cast.leon.born_on})["Location"] == link
    assert "Welcome, Nadia New" in client.get(link).content.decode()
    assert client.post(link, {"password": "tangerine boat weather"}).status_code == 302
    assert client.get("/today/", follow=True).status_code == 200
    adult.refresh_from_db()
    assert adult.check_password("tangerine boat weather")


def test_an_invitation_works_once_and_for_seven_days(cast):
    _adult, link = new_parent(cast)
    Client().post(link, {"password": "tangerine boat weather", "born_on": cast.leon.born_on})
    again = Client().post(link, {"password": "somebody else's words"})
    assert again.status_code == 404
    assert "This invitation is over" in again.content.decode()

    _other, link = Person.objects.create_user("late@example.org", "Lee Late"), None
    _made, link, _word = actions_invitations.invite(_other, by=cast.manager)
    Invitation.objects.filter(person=_other).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert Client().get("/" + link.split("/", 3)[3]).status_code == 404


def test_a_newer_invitation_ends_the_one_before(cast):
    adult, first = new_parent(cast)
    actions_invitations.invite(adult, by=cast.manager)
    assert Client().get(first).status_code == 404


def test_a_printed_letter_needs_its_word_and_ten_wrong_words_end_it(cast):
    adult = Person.objects.create_user(None, "Lena Letter")
    _made, link, word = actions_invitations.invite(adult, by=cast.manager, by_letter=True)
    path = "/" + link.split("/", 3)[3]
    chosen = {"password": "tangerine boat weather", "email": "lena@example.org"}
    wrong = Client().post(path, chosen | {"word": "meadow-xxxx"})
    assert "not the word that goes with this invitation" in wrong.content.decode()
    assert Client().post(path, chosen | {"word": word.upper()}).status_code == 302
    again = Client().post("/sign-in/", {"email": "lena@example.org", "password": "tangerine boat weather"})
    assert again["Location"] == "/today/"

    other = Person.objects.create_user(None, "Otto Other")
    _made, link, word = actions_invitations.invite(other, by=cast.manager, by_letter=True)
    path = "/" + link.split("/", 3)[3]
    for _n in range(10):
        Client().post(path, chosen | {"email": "otto@example.org", "word": "wrong-word"})
    assert Client().post(path, chosen | {"email": "otto@example.org", "word": word}).status_code == 404


def test_a_letter_never_takes_over_somebody_elses_address(cast):
    adult = Person.objects.create_user(None, "Lena Letter")
    _made, link, word = actions_invitations.invite(adult, by=cast.manager, by_letter=True)
    form = {"password": "tangerine boat weather", "email": "EWA@example.org", "word": word}
    assert Client().post("/" + link.split("/", 3)[3], form)["Location"] == "/welcome/", "it tells nobody who is here"
    assert Person.objects.get(email="ewa@example.org") == cast.mother
    adult.refresh_from_db()
    assert (adult.email, adult.post_address) == (None, "")


def test_whoever_could_sign_in_already_hears_of_a_new_password(cast):
    _made, link, _word = actions_invitations.invite(cast.mother, by=cast.manager)
    before, client = OutgoingMail.objects.count(), signed_in(cast.mother)
    form = {"password": "tangerine boat weather", "born_on": cast.leon.born_on}
    Client().post("/" + link.split("/", 3)[3], form)
    assert OutgoingMail.objects.count() == before + 1
    assert "was used to choose a new password for you" in OutgoingMail.objects.filter(person=cast.mother).first().body
    assert client.get("/today/").status_code == 302, "the old sessions are over"


def test_the_code_of_a_letter_can_be_typed_with_gaps(cast):
    adult = Person.objects.create_user(None, "Lena Letter")
    _made, link, _word = actions_invitations.invite(adult, by=cast.manager, by_letter=True)
    code = link.rstrip("/").rsplit("/", 1)[1]
    typed = " ".join(code[at : at + 4] for at in range(0, len(code), 4)).upper()
    answer = Client().post("/invitation/", {"code": typed})
    assert answer["Location"].endswith(f"/invitation/{code}/")
    assert "No open invitation has this code" in Client().post("/invitation/", {"code": "abcd"}).content.decode()


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "password1234",
        "hazel lane",
        "ewa nowicka!!",
        "preschool123",
        "x" * 201,
        "passwordpassword",
        "123password456",
        "Password!Password!",
        "!!!sunshine2026",
        "qwertyqwertyqwerty",
        "hazel2026lane",
        "hazelhazelhazel",
        "Ewa Nowicka Hazel Lane 1",
        "aaaaaaaaaaaa",
        "abababababab",
    ],
)
def test_passwords_that_others_would_guess_are_refused(cast, password):
    with pytest.raises(ValidationError):
        validate_password(password, cast.mother)


@pytest.mark.parametrize(
    "password",
    [
        "tangerine boat weather",
        "żółw idzie do lasu",
        "صبح بخیر اے بچے",
        "🌱🌱 garden 🌱🌱 gate",
        "Hazel tangerine boat",
    ],
)
def test_any_characters_make_a_good_password(cast, password):
    validate_password(password, cast.mother)


def test_sign_in_takes_the_address_in_any_case_and_says_the_same_to_every_wrong_pair(cast):
    client = Client()
    assert client.post("/sign-in/", {"email": " EWA@Example.org ", "password": PASSWORD}).status_code == 302
    wrong = Client().post("/sign-in/", {"email": "ewa@example.org", "password": "not her password"})
    unknown = Client().post("/sign-in/", {"email": "nobody@example.org", "password": "not her password"})
    said = [answer.content.decode().split("<main")[1].split("<form")[0] for answer in (wrong, unknown)]
    assert "not right" in said[0]
    assert said[0] == said[1]


def test_after_ten_wrong_passwords_there_is_a_wait_and_other_people_are_not_locked_out(cast):
    for _n in range(10):
        Client().post("/sign-in/", {"email": "ewa@example.org", "password": "guess"})
    spaced = Client().post("/sign-in/", {"email": " EWA@example.org", "password": PASSWORD})
    assert spaced.status_code == 429
    assert Client().post("/sign-in/", {"email": "folake@example.org", "password": PASSWORD}).status_code == 302


def test_nobody_is_led_to_another_site_after_signing_in(cast):
    for away in (
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ):
        answer = Client().post("/sign-in/", {"email": "ewa@example.org", "password": PASSWORD, "next": away})
        assert answer["Location"] == "/today/", away
    kept = Client().post("/sign-in/", {"email": "ewa@example.org", "password": PASSWORD, "next": "/papers/"})
    assert kept["Location"] == "/papers/"


def test_staff_meet_nothing_but_the_code_page_until_they_gave_their_code(cast):
    client = Client()
    client.post("/sign-in/", {"email": "helen@example.org", "password": PASSWORD})
    for path in ("/today/", "/families/", "/cms/", "/security/authenticator/", "/"):
        assert client.get(path)["Location"].startswith("/sign-in/code/?next="), path
    code = Authenticator.objects.get(user=cast.manager).code_now()
    assert client.post("/sign-in/code/", {"code": code}).status_code == 302
    assert client.get("/today/").status_code == 200


def test_a_code_works_once(cast):
    code = Authenticator.objects.get(user=cast.manager).code_now()
    assert Authenticator.objects.get(user=cast.manager).verify_token(code)
    assert not Authenticator.objects.get(user=cast.manager).verify_token(code)


def test_wrong_codes_are_slowed_down(cast):
    device = Authenticator.objects.get(user=cast.manager)
    assert not device.verify_token("000000" if device.code_now() != "000000" else "000001")
    assert not Authenticator.objects.get(user=cast.manager).verify_token(device.code_now())


def test_new_staff_must_set_up_an_authenticator_and_get_ten_codes_that_are_kept_as_hashes(cast):
    person = Person.objects.create_user("fresh@example.org", "Fran Fresh", PASSWORD)
    actions_roles.give_role(person, Role.STAFF, by=cast.manager)
    client = Client()
    client.post("/sign-in/", {"email": "fresh@example.org", "password": PASSWORD})
    assert client.get("/today/")["Location"] == "/security/authenticator/?next=%2Ftoday%2F"
    page = client.get("/security/authenticator/")
    key = b32decode(page.context["secret"].replace(" ", "")).hex()
    code = Authenticator(user=person, key=key).code_now()
    shown = client.post("/security/authenticator/", {"code": code})
    codes = shown.context["codes"]
    assert len(codes) == 10
    assert client.get("/today/").status_code == 200
    assert not RecoveryCode.objects.filter(hashed__in=codes).exists()

    lost_phone = Client()
    lost_phone.post("/sign-in/", {"email": "fresh@example.org", "password": PASSWORD})
    assert lost_phone.post("/sign-in/code/", {"code": codes[0].upper()}).status_code == 302
    assert lost_phone.get("/today/").status_code == 200
    again = Client()
    again.post("/sign-in/", {"email": "fresh@example.org", "password": PASSWORD})
    assert again.post("/sign-in/code/", {"code": codes[0]}).status_code == 200


def test_the_key_of_an_authenticator_cannot_be_read_in_the_database(cast):
    from django.db import connection

    device = Authenticator.objects.get(user=cast.manager)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM accounts_authenticator WHERE id = %s", [device.pk])
        stored = cursor.fetchone()[0]
    assert device.key not in stored
    assert stored.startswith("1:")


@pytest.mark.parametrize(("who", "minutes"), [("mother", 30), ("key_person", 15)])
def test_whoever_is_away_too_long_is_signed_out(cast, who, minutes):
    client = signed_in(getattr(cast, who))
    session = client.session
    session["seen_at"] = int(time.time()) - minutes * 60 + 30
    session.save()
    assert client.get("/today/").status_code == 200
    session = client.session
    session["seen_at"] = int(time.time()) - minutes * 60 - 1
    session.save()
    assert client.get("/today/")["Location"].startswith("/sign-in/")
    assert "You were away for a while" in client.get("/sign-in/").content.decode()


def test_pressing_stay_signed_in_counts_as_being_there(cast):
    client = signed_in(cast.mother)
    session = client.session
    session["seen_at"] = int(time.time()) - 28 * 60
    session.save()
    assert client.post("/still-here/").status_code == 204
    assert time.time() - client.session["seen_at"] < 60


def test_a_role_that_ends_closes_on_the_very_next_request_in_wagtail_too(cast):
    client, editor = signed_in(cast.key_person), signed_in(cast.editor)
    assert client.get("/journal/write/").status_code == 200
    assert editor.get("/cms/").status_code == 200
    for person in (cast.key_person, cast.editor):
        for held in person.roles.all():
            out_of_office(held)
    assert client.get("/journal/write/").status_code == 403
    assert editor.get("/cms/").status_code == 404
    assert not cast.editor.groups.filter(name="Editors").exists()


def test_a_role_counts_from_its_first_to_its_last_day(cast):
    today = timezone.localdate()
    person = Person.objects.create_user("days@example.org", "Dan Days")
    actions_roles.give_role(person, Role.STAFF, by=cast.manager, starts_on=today, ends_on=today + timedelta(days=3))
    on = {day: bool(roles.roles_of(person, today + timedelta(days=day))) for day in (-1, 0, 3, 4)}
    assert on == {-1: False, 0: True, 3: True, 4: False}


def test_only_the_manager_says_who_works_here_and_cannot_take_her_own_role(cast):
    with pytest.raises(ActionRefused):
        actions_roles.give_role(cast.mother, Role.MANAGER, by=cast.deputy)
    with pytest.raises(ActionRefused):
        actions_roles.end_role(cast.manager.roles.get(), by=cast.manager)


def test_wagtails_own_doors_lead_to_ours(cast):
    for path in ("/cms/login/", "/_util/login/", "/cms/password_reset/"):
        assert Client().get(path)["Location"] == "/sign-in/", path


def test_private_pages_are_never_stored_and_scripts_come_from_us_only(cast):
    client = signed_in(cast.mother)
    for path in (
        "/today/",
        "/papers/",
        f"/journal/{cast.maja.pk}/",
        "/nothing-here/",
        "/static/nothing.css",
        "/pictures/nothing.jpg",
    ):
        answer = client.get(path)
        assert answer["Cache-Control"] == "no-store, private", path
        assert "Cookie" in answer["Vary"], path
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "script-src 'self'" in policy, path
        assert "unsafe" not in policy, path
        assert answer["X-Content-Type-Options"] == "nosniff", path
        assert answer["Referrer-Policy"] == "same-origin", path


def test_a_form_without_its_token_changes_nothing(cast):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"email": "ewa@example.org", "password": PASSWORD})
    assert answer.status_code == 403
    assert "Nothing was sent yet" in answer.content.decode()


@pytest.mark.parametrize("who", ["manager", "chair", "senco"])
def test_a_deputy_cannot_take_over_somebody_who_works_here(cast, who):
    assert signed_in(cast.deputy).post(f"/people/{getattr(cast, who).pk}/invite/").status_code == 403
    if who == "senco":
        assert signed_in(cast.manager).post(f"/people/{cast.senco.pk}/invite/").status_code == 302


def test_nobody_takes_over_an_account_of_their_own_family_or_by_a_letter(cast):
    actions_roles.give_role(cast.staff_parent, Role.MANAGER, by=None)
    assert signed_in(cast.staff_parent).post(f"/people/{cast.strict_father.pk}/invite/").status_code == 403
    with pytest.raises(ActionRefused, match="own e-mail address"):
        actions_invitations.invite(cast.mother, by=cast.manager, by_letter=True)
    page = signed_in(cast.manager).post(f"/people/{cast.mother.pk}/invite/")
    assert page.status_code == 302, "the way in goes by mail and is not shown"


def test_a_used_code_stays_used_after_a_stale_wrong_try(cast):
    code = Authenticator.objects.get(user=cast.manager).code_now()
    stale = Authenticator.objects.get(user=cast.manager)
    assert Authenticator.objects.get(user=cast.manager).verify_token(code)
    assert not stale.verify_token("000000" if code != "000000" else "000001")
    Authenticator.objects.filter(user=cast.manager).update(
        throttling_failure_timestamp=None, throttling_failure_count=0
    )
    assert not Authenticator.objects.get(user=cast.manager).verify_token(code)


def test_digits_of_other_kinds_are_no_code(cast):
    assert not Authenticator.objects.get(user=cast.manager).verify_token("²²²²²²")
    assert not Authenticator.objects.get(user=cast.manager).verify_token("١٢٣٤٥٦")


def test_adding_an_authenticator_asks_for_fresh_proof(cast):
    client = signed_in(cast.mother)
    session = client.session
    session["proved_at"] = int(time.time()) - 16 * 60
    session.save()
    assert client.get("/security/authenticator/")["Location"].startswith("/prove/")


def test_fresh_proof_needs_the_code_of_whoever_has_an_authenticator(cast):
    client = signed_in(cast.manager)
    wrong = client.post("/prove/", {"password": PASSWORD, "code": "000000", "next": "/security/"})
    assert wrong.status_code == 200
    assert "That code is not right" in wrong.content.decode()
    Authenticator.objects.filter(user=cast.manager).update(
        throttling_failure_timestamp=None, throttling_failure_count=0
    )
    code = Authenticator.objects.get(user=cast.manager).code_now()
    assert (
        client.post("/prove/", {"password": PASSWORD, "code": code, "next": "/security/"})["Location"] == "/security/"
    )


def test_nobody_stays_signed_in_for_more_than_eight_hours(cast):
    client = signed_in(cast.mother)
    session = client.session
    session["signed_in_at"] = int(time.time()) - 8 * 60 * 60 - 60
    session.save()
    assert client.get("/today/")["Location"].startswith("/sign-in/")
