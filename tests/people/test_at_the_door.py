"""A lost password or phone is mended at the door, by whoever recognises the person; for staff two colleagues do it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from people.accounts import actions_factors, actions_invitations, actions_mend, actions_sessions, rules_mend
from people.accounts.models import Authenticator, IdentityCheck, Invitation, OpenSession, Person
from people.accounts.tasks import clear_up
from people.families import actions_family
from people.families.access import Level
from people.families.models import Kind
from people.mail.models import OutgoingMail
from people.setting import actions_roles
from people.setting.roles import Role
from portal.demo.cast import PASSWORD
from records.models import AuditLine
from records.refused import ActionRefused
from tests.cast import out_of_office, signed_in

pytestmark = pytest.mark.django_db

NEW = "tangerine boat weather"
SEEN = "I have known her for two years"


def recognised(person, by, **facts):
    return actions_mend.recognise(person, by=by, identity_seen=SEEN, **facts)


def letter_for(person, by, agreed_by=None, **facts):
    """(path, form) of a printed letter."""
    check = recognised(person, by, **facts)
    actions_mend.agree(check, by=agreed_by or rules_mend.seconds_for(check)[0])
    _made, link, word = actions_mend.print_letter(check, by=by)
    return "/" + link.split("/", 3)[3], {"password": NEW, "word": word}


def with_phone(person):
    actions_factors.new_recovery_codes(person)
    return Authenticator.objects.create(user=person, name="App", key=Authenticator.new_key(), confirmed=True)


def open_session(person):
    """A signed-in browser that stands in the person's list."""
    client = signed_in(person)
    OpenSession.objects.create(person=person, session_key=client.session.session_key)
    return client


def devices(person):
    return person.authenticator_set.count() + person.recoverycodes_set.count()


def verbs():
    return list(AuditLine.objects.filter(verb__contains="at_the_door").values_list("verb", flat=True))


def test_a_parent_who_lost_password_and_phone_is_let_in_again(cast):
    with_phone(cast.mother)
    manager, lost = signed_in(cast.manager), open_session(cast.mother)
    path = f"/people/{cast.mother.pk}/at-the-door/"
    assert "Their authenticator is lost as well" in manager.get(path).content.decode()
    manager.post(path, {"identity_seen": SEEN, "factor_too": "on"})
    assert SEEN in manager.get(path).content.decode()
    check = IdentityCheck.objects.get()
    assert manager.post(f"/people/at-the-door/checks/{check.pk}/print/").status_code == 403, (
        "the manager alone holds no master key"
    )
    signed_in(cast.deputy).post(f"/people/at-the-door/{check.pk}/")
    letter = manager.post(f"/people/at-the-door/checks/{check.pk}/print/").context["letter"]
    assert lost.get("/today/").status_code == 200, "nothing has ended yet"
    key = lost.session.session_key
    assert devices(cast.mother) == 2

    way, arriving = "/" + letter["link"].split("/", 3)[3], Client()
    assert arriving.post(way, {"password": NEW, "word": letter["word"]})["Location"] == "/welcome/"
    assert arriving.get("/today/").status_code == 200, "a parent may go on without an authenticator"
    assert devices(cast.mother) == 0
    left = OpenSession.objects.get(person=cast.mother)
    assert left.session_key == arriving.session.session_key, "every session but the one she has just begun is over"
    assert not Session.objects.filter(session_key=key).exists()
    told = OutgoingMail.objects.filter(address="ewa@example.org").first().body
    assert "A fresh invitation was used to choose a new password for you" in told
    assert (
        "not right" in Client().post("/sign-in/", {"email": "ewa@example.org", "password": PASSWORD}).content.decode()
    )
    assert Client().post(way, {"password": NEW, "word": letter["word"]}).status_code == 404, "it works once"
    assert verbs() == ["people.recognised_at_the_door", "people.agreed_at_the_door", "people.printed_at_the_door"]
    assert AuditLine.objects.filter(verb="people.second_factor_forgotten", thing=str(cast.mother.pk)).exists()


def test_whoever_lost_only_the_password_still_needs_her_authenticator(cast):
    device = with_phone(cast.mother)
    way, form = letter_for(cast.mother, cast.deputy)
    client = Client()
    client.post(way, form)
    assert client.get("/today/")["Location"] == "/sign-in/code/?next=%2Ftoday%2F"
    assert devices(cast.mother) == 2
    client.post("/sign-in/code/", {"code": device.code_now()})
    assert client.get("/today/").status_code == 200


def test_the_letter_works_for_an_hour_and_a_newer_one_or_a_new_factor_ends_it(cast):
    way, _form = letter_for(cast.mother, cast.manager)
    made = Invitation.objects.get(person=cast.mother, used_at=None)
    assert made.ends_at - made.made_at == timedelta(hours=1)
    Invitation.objects.filter(pk=made.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(way).status_code == 404

    first, _form = letter_for(cast.mother, cast.manager)
    second, _form = letter_for(cast.mother, cast.manager)
    assert [Client().get(way).status_code for way in (first, second)] == [404, 200]
    key = Authenticator.new_key()
    assert actions_factors.confirm_authenticator(cast.mother, key, Authenticator(user=cast.mother, key=key).code_now())
    assert Client().get(second).status_code == 404
    third, _form = letter_for(cast.mother, cast.manager)
    actions_factors.new_recovery_codes(cast.mother)
    assert Client().get(third).status_code == 404


def test_for_somebody_who_works_here_a_second_colleague_agrees_and_a_new_authenticator_comes_first(cast):
    manager, path = signed_in(cast.manager), f"/people/{cast.key_person.pk}/at-the-door/"
    assert "A second colleague has to agree" in manager.get(path).content.decode()
    manager.post(path, {"identity_seen": SEEN, "factor_too": "on"})
    check = IdentityCheck.objects.get()
    waits = f"/people/at-the-door/{check.pk}/"
    assert manager.post(f"/people/at-the-door/checks/{check.pk}/print/").status_code == 403
    assert manager.get(waits).status_code == 404, "whoever asked is not the second"
    for who in (cast.deputy, cast.chair):
        assert waits in signed_in(who).get("/today/").content.decode()
    for who in (cast.manager, cast.senco, cast.key_person, cast.mother):
        assert waits not in signed_in(who).get("/today/").content.decode()
    chair = signed_in(cast.chair)
    assert SEEN in chair.get(waits).content.decode()
    assert "can print the letter now" in chair.post(waits, follow=True).content.decode()
    assert waits not in signed_in(cast.deputy).get("/today/").content.decode()

    letter = manager.post(f"/people/at-the-door/checks/{check.pk}/print/").context["letter"]
    assert manager.post(f"/people/at-the-door/checks/{check.pk}/print/").status_code == 404, "a letter is printed once"
    client = Client()
    client.post("/" + letter["link"].split("/", 3)[3], {"password": NEW, "word": letter["word"]})
    assert client.get("/today/")["Location"] == "/security/authenticator/?next=%2Ftoday%2F"
    assert verbs() == ["people.recognised_at_the_door", "people.agreed_at_the_door", "people.printed_at_the_door"]


def test_a_single_manager_is_let_in_again_by_chair_and_deputy_together(cast):
    path = f"/people/{cast.manager.pk}/at-the-door/"
    for who in (cast.chair, cast.deputy):
        assert path in signed_in(who).get("/today/").content.decode()
    for who in (cast.manager, cast.senco, cast.safeguarding_lead, cast.trustee, cast.mother):
        assert path not in signed_in(who).get("/today/").content.decode()
        assert signed_in(who).get(path).status_code == 403
    chair = signed_in(cast.chair)
    chair.post(path, {"identity_seen": SEEN, "factor_too": "on"})
    check = IdentityCheck.objects.get()
    waits = f"/people/at-the-door/{check.pk}/"
    assert chair.post(f"/people/at-the-door/checks/{check.pk}/print/").status_code == 403, "one alone never"
    signed_in(cast.deputy).post(waits)
    letter = chair.post(f"/people/at-the-door/checks/{check.pk}/print/").context["letter"]
    client = Client()
    client.post("/" + letter["link"].split("/", 3)[3], {"password": NEW, "word": letter["word"]})
    assert client.get("/today/")["Location"] == "/security/authenticator/?next=%2Ftoday%2F"


def test_a_chair_lets_nobody_else_in_and_no_manager_of_her_own_family(cast):
    for person in (cast.mother, cast.key_person, cast.deputy):
        with pytest.raises(ActionRefused):
            recognised(person, cast.chair)
    for adult in (cast.chair, cast.manager):
        actions_family.relate(
            cast.noor, adult, by=cast.deputy, kind=Kind.OTHER, parental_responsibility="no", level=Level.NONE
        )
    with pytest.raises(ActionRefused, match="own family"):
        recognised(cast.manager, cast.chair)


def test_only_the_manager_asks_for_staff_and_nobody_for_themselves_their_family_or_the_not_arrived(cast):
    actions_roles.give_role(cast.staff_parent, Role.MANAGER, by=None)
    new = Person.objects.create_user("new@example.org", "Not Arrived")
    for by, person in (
        (cast.deputy, cast.key_person),
        (cast.manager, cast.manager),
        (cast.staff_parent, cast.strict_father),
        (cast.manager, new),
        (cast.chair, cast.mother),
        (cast.key_person, cast.mother),
    ):
        with pytest.raises(ActionRefused):
            recognised(person, by)
        assert signed_in(by).get(f"/people/{person.pk}/at-the-door/").status_code == 403
    assert not IdentityCheck.objects.exists()


def test_the_second_is_another_one_who_leads_and_never_the_person_or_their_family(cast):
    second = Person.objects.create_user("second@example.org", "Sam Second", PASSWORD)
    actions_roles.give_role(second, Role.MANAGER, by=None)
    check = recognised(cast.deputy, cast.manager)
    actions_family.relate(
        cast.tobi, cast.deputy, by=cast.manager, kind=Kind.OTHER, parental_responsibility="no", level=Level.NONE
    )
    actions_family.relate(
        cast.tobi, cast.chair, by=cast.manager, kind=Kind.OTHER, parental_responsibility="no", level=Level.NONE
    )
    for who in (cast.manager, cast.deputy, cast.chair, cast.senco, cast.trustee, cast.mother):
        assert not IdentityCheck.objects.waiting_for(who).exists()
        with pytest.raises(ActionRefused):
            actions_mend.agree(check, by=who)
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityCheck.objects.update(agreed_by=cast.manager)
    assert list(IdentityCheck.objects.waiting_for(second)) == [check]
    actions_mend.agree(check, by=second)
    assert IdentityCheck.objects.get().agreed_by == second


def test_a_parent_who_begins_to_work_here_meanwhile_needs_the_second_after_all(cast):
    check = recognised(cast.mother, cast.manager)
    actions_roles.give_role(cast.mother, Role.STAFF, by=cast.manager)
    with pytest.raises(ActionRefused, match="second colleague"):
        actions_mend.print_letter(check, by=cast.manager)
    assert list(IdentityCheck.objects.waiting_for(cast.chair)) == [check]


def test_whoever_loses_the_right_meanwhile_prints_nothing(cast):
    check = recognised(cast.mother, cast.deputy)
    out_of_office(cast.deputy.roles.get())
    with pytest.raises(ActionRefused):
        actions_mend.print_letter(check, by=cast.deputy)
    with pytest.raises(ActionRefused, match="Whoever recognised"):
        actions_mend.print_letter(check, by=cast.manager)


def test_whoever_does_not_work_here_any_more_reads_no_check_of_theirs(cast):
    """The page that asks whether to take it back names the person."""
    check = recognised(cast.mother, cast.deputy)
    address = f"/people/at-the-door/checks/{check.pk}/take-back/"
    assert cast.mother.full_name in signed_in(cast.deputy).get(address).content.decode()
    for held in cast.deputy.roles.all():
        out_of_office(held)
    assert signed_in(cast.deputy).get(address).status_code == 404
    assert signed_in(cast.deputy).post(address).status_code == 404


def test_a_check_ends_after_a_day_or_when_it_is_taken_back_and_is_gone_after_three_years(cast):
    manager, check = signed_in(cast.manager), recognised(cast.mother, cast.manager)
    manager.post(f"/people/at-the-door/checks/{check.pk}/take-back/")
    with pytest.raises(ActionRefused, match="Begin again"):
        actions_mend.print_letter(check, by=cast.manager)
    old = recognised(cast.key_person, cast.manager)
    IdentityCheck.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(hours=25))
    assert not IdentityCheck.objects.waiting_for(cast.chair).exists()
    with pytest.raises(ActionRefused, match="older than a day"):
        actions_mend.agree(old, by=cast.chair)
    IdentityCheck.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=3 * 365 + 1))
    clear_up()
    assert list(IdentityCheck.objects.all()) == [check]


def test_how_the_person_was_recognised_has_to_be_said(cast):
    page = signed_in(cast.manager).post(f"/people/{cast.mother.pk}/at-the-door/", {"identity_seen": " "})
    assert "A voice on the phone is not enough" in page.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        actions_mend.recognise(cast.mother, by=cast.manager, identity_seen="")


def test_fresh_proof_comes_first(cast):
    client = signed_in(cast.manager)
    session = client.session
    session["proved_at"] = 0
    session.save()
    assert client.get(f"/people/{cast.mother.pk}/at-the-door/")["Location"].startswith("/prove/")


def test_somebody_without_an_address_and_with_an_account_is_led_to_the_door(cast):
    ben = Person.objects.create_user(None, "Ben Berry", PASSWORD, sign_in_name="ben.b")
    with pytest.raises(ActionRefused, match="stand before you"):
        actions_invitations.invite(ben, by=cast.manager, by_letter=True)
    answer = signed_in(cast.manager).post(f"/people/{ben.pk}/invite/")
    assert answer["Location"] == f"/people/{ben.pk}/at-the-door/"
    way, form = letter_for(ben, cast.manager)
    assert "ben.b" not in Client().get(way).content.decode(), "the letter alone says nothing"
    assert Client().post(way, form)["Location"] == "/welcome/"
    assert Client().post("/sign-in/", {"email": "ben.b", "password": NEW})["Location"] == "/today/"


def test_ending_sessions_ends_all_of_one_person_but_the_one_that_is_kept(cast):
    first, second, others = open_session(cast.mother), open_session(cast.mother), open_session(cast.father)
    kept = first.session.session_key
    assert actions_sessions.end_sessions_of(cast.mother, by=cast.mother, but=kept) == 1
    assert [client.get("/today/").status_code for client in (first, second, others)] == [200, 302, 200]
    assert actions_sessions.end_sessions_of(cast.mother, by=cast.mother) == 1
    assert first.get("/today/").status_code == 302


def test_the_browser_that_printed_a_letter_and_whoever_printed_it_cannot_use_it(cast):
    check = recognised(cast.mother, cast.manager)
    actions_mend.agree(check, by=cast.deputy)
    desk = signed_in(cast.manager)
    letter = desk.post(f"/people/at-the-door/checks/{check.pk}/print/").context["letter"]
    way, words = "/" + letter["link"].split("/", 3)[3], {"password": NEW, "word": letter["word"]}
    assert desk.get(way).status_code == 403
    desk.post("/sign-out/")
    for answer in (desk.get(way), desk.post(way, words), desk.post(way, words)):
        assert answer.status_code == 403
        assert "for somebody else" in answer.content.decode()
    assert signed_in(cast.manager).post(way, words).status_code == 403, "in no other browser of hers either"
    assert Invitation.objects.get(person=cast.mother, used_at=None).tries == 0
    assert not OutgoingMail.objects.filter(subject__contains="used").exists()
    arriving = Client()
    arriving.post(way, {"word": letter["word"]})
    assert arriving.post(way, words)["Location"] == "/welcome/"


def test_a_first_letter_is_not_for_the_browser_that_printed_it_either(cast):
    new = Person.objects.create_user(None, "Ned New")
    actions_family.relate(
        cast.tobi, new, by=cast.manager, kind=Kind.OTHER, parental_responsibility="no", level=Level.INFORMATION
    )
    desk = signed_in(cast.manager)
    letters = [desk.post(f"/people/{new.pk}/invite/").context["letter"]]
    letters.append(desk.post("/families/invite/", {"people": [new.pk], "how": "letter"}).context["letters"][0])
    for letter in letters:
        assert desk.get("/" + letter["link"].split("/", 3)[3]).status_code in (403, 404)
    desk.post("/sign-out/")
    assert desk.get("/" + letters[1]["link"].split("/", 3)[3]).status_code == 403
    assert Client().get("/" + letters[1]["link"].split("/", 3)[3]).status_code == 200


def test_every_letter_and_its_use_is_told_to_the_person_everywhere_and_to_the_chair(cast):
    Person.objects.filter(pk=cast.mother.pk).update(mail_to="shared@example.org")
    check = recognised(Person.objects.get(pk=cast.mother.pk), cast.manager)
    actions_mend.agree(check, by=cast.deputy)
    OutgoingMail.objects.all().delete()
    _made, link, word = actions_mend.print_letter(check, by=cast.manager)
    to = {mail.address for mail in OutgoingMail.objects.all()}
    assert to == {"ewa@example.org", "shared@example.org", "martin@example.org"}
    OutgoingMail.objects.all().delete()
    way, client = "/" + link.split("/", 3)[3], Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/604.1"})
    client.post(way, {"word": word})
    client.post(way, {"password": NEW, "word": word})
    told = {mail.address: mail for mail in OutgoingMail.objects.all()}
    assert {"ewa@example.org", "shared@example.org", "martin@example.org"} <= set(told)
    assert "Ewa" not in told["martin@example.org"].subject + told["martin@example.org"].body
    kinds = set(cast.mother.security_events.values_list("kind", flat=True))
    assert {"letter", "invitation"} <= kinds


def test_where_nobody_could_agree_a_letter_waits_a_day_in_which_each_of_them_can_stop_it(cast):
    for person in (cast.deputy, cast.chair):
        out_of_office(person.roles.get())
    OutgoingMail.objects.all().delete()
    manager = signed_in(cast.manager)
    manager.post(f"/people/{cast.mother.pk}/at-the-door/", {"identity_seen": SEEN})
    check = IdentityCheck.objects.get()
    told = {mail.address for mail in OutgoingMail.objects.all()}
    assert told == {"ewa@example.org", "leila@example.org", "ruth@example.org"}
    assert "nobody here who could agree" in manager.get(f"/people/{cast.mother.pk}/at-the-door/").content.decode()
    assert manager.post(f"/people/at-the-door/checks/{check.pk}/print/").status_code == 403
    page = f"/people/at-the-door/{check.pk}/"
    for who in (cast.mother, cast.trustee, cast.safeguarding_lead):
        assert page in signed_in(who).get("/today/").content.decode()
        with pytest.raises(ActionRefused):
            actions_mend.agree(check, by=who)
    assert page not in signed_in(cast.father).get("/today/").content.decode()
    IdentityCheck.objects.update(
        takes_effect_at=timezone.now() - timedelta(minutes=1), asked_at=timezone.now() - timedelta(days=1)
    )
    assert rules_mend.why_not_print(cast.manager, IdentityCheck.objects.get()) == "", "its day is over"
    signed_in(cast.mother).post(f"/people/at-the-door/checks/{check.pk}/take-back/")
    with pytest.raises(ActionRefused):
        actions_mend.print_letter(check, by=cast.manager)


def test_whoever_asked_hears_that_the_letter_can_be_printed_now(cast):
    check = recognised(cast.mother, cast.manager)
    row = f"/people/{cast.mother.pk}/at-the-door/"
    client = signed_in(cast.manager)
    assert row not in client.get("/today/").content.decode()
    actions_mend.agree(check, by=cast.deputy)
    assert row in client.get("/today/").content.decode()
    assert OutgoingMail.objects.filter(person=cast.manager, subject__startswith="Something new").exists()
    actions_mend.print_letter(check, by=cast.manager)
    assert row not in client.get("/today/").content.decode()
