"""The start of term: everybody who has not arrived is invited from one page, by mail or as a stack of letters."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from people.accounts import actions_invitations
from people.accounts.models import Invitation, Person
from people.families import actions_family, actions_term, arrivals
from people.families.access import Level, RestrictionKind
from people.families.models import Kind
from people.mail.models import OutgoingMail
from people.setting import actions_roles
from people.setting.roles import Role
from tests.cast import signed_in


def waiting_adult(cast, name, *, child=None, level=Level.INFORMATION, **facts):
    adult = Person.objects.create_user(facts.pop("email", None), name, **facts)
    actions_family.relate(
        child or cast.maja, adult, by=cast.manager, kind=Kind.OTHER, parental_responsibility="no", level=level
    )
    return adult


def test_who_has_not_arrived_is_listed_with_how_their_invitation_stands(cast):
    mailed, printed, late = (
        waiting_adult(cast, f"{name} New", email=email)
        for name, email in (("Ann", "ann@example.org"), ("Bob", None), ("Cid", "cid@example.org"))
    )
    actions_invitations.invite(mailed, by=cast.manager)
    actions_invitations.invite(printed, by=cast.manager, by_letter=True)
    actions_invitations.invite(late, by=cast.manager)
    Invitation.objects.filter(person=late).update(ends_at=timezone.now() - timedelta(days=1))
    waiting_adult(cast, "Dot New", email="dot@example.org")
    told = {one.person.full_name: one for one in arrivals.who_waits(cast.manager)}
    assert list(told) == ["Ann New", "Bob New", "Cid New", "Dot New"]
    assert told["Ann New"].words.startswith("E-mail of")
    assert "works until" in told["Ann New"].words
    assert told["Bob New"].words.startswith("Letter of")
    assert told["Cid New"].words.endswith("ran out")
    assert told["Dot New"].words == "Not invited yet"
    assert told["Dot New"].of == "Maja (Someone else)"
    page = signed_in(cast.manager).get("/families/invite/").content.decode()
    ticked = {int(number) for number in re.findall(r'value="(\d+)" id="invite-\d+" checked', page)}
    assert ticked == {late.pk, told["Dot New"].person.pk}


def test_nobody_is_listed_whom_one_may_not_invite_or_for_whom_nothing_opens(cast):
    waiting_adult(cast, "Level None", level=Level.NONE)
    barred = waiting_adult(cast, "Barred Soon")
    actions_family.restrict(cast.maja, barred, by=cast.manager, kind=RestrictionKind.NO_PORTAL, basis="Order seen")
    cook = waiting_adult(cast, "Cook Begins")
    actions_roles.give_role(cook, Role.STAFF, by=cast.manager, starts_on=timezone.localdate() + timedelta(days=3))
    actions_roles.give_role(cast.staff_parent, Role.DEPUTY, by=None)
    uncle = waiting_adult(cast, "Own Uncle", child=cast.alfie)
    assert set(arrivals.not_arrived(cast.manager)) == {cook, uncle}
    assert set(arrivals.not_arrived(cast.deputy)) == {uncle}
    assert set(arrivals.not_arrived(cast.staff_parent)) == set()
    assert actions_term.invite_by_letter([uncle], by=cast.staff_parent) == []


def test_invitations_go_by_mail_to_those_with_an_address_and_the_others_are_named(cast):
    with_one = waiting_adult(cast, "Ann New", email="ann@example.org")
    without = waiting_adult(cast, "Bob New")
    chosen = {"people": [with_one.pk, without.pk], "how": "mail"}
    page = signed_in(cast.manager).post("/families/invite/", chosen, follow=True).content.decode()
    assert "1 invitation is on its way." in page
    assert "1 person has no address for mail" in page
    assert OutgoingMail.objects.filter(person=with_one).count() == 1
    nobody = signed_in(cast.manager).post("/families/invite/", {"how": "mail"}).content.decode()
    assert "Choose at least one person." in nobody


def test_letters_are_one_stack_shown_once_and_printing_again_ends_the_earlier_ones(cast):
    adults = [waiting_adult(cast, f"{name} New") for name in ("Ann", "Bob")]
    client, chosen = signed_in(cast.manager), {"people": [adult.pk for adult in adults], "how": "letter"}
    first = client.post("/families/invite/", chosen)
    shown = first.content.decode()
    letters = first.context["letters"]
    assert [letter["person"].full_name for letter in letters] == ["Ann New", "Bob New"]
    assert "Earlier letters to the same people have stopped working" in shown
    for letter in letters:
        assert letter["word"] in shown
        assert letter["code"] in shown
        assert not Invitation.objects.filter(token_hash=letter["code"].replace(" ", "")).exists()
    path = "/" + letters[0]["link"].split("/", 3)[3]
    assert Client().get(path).status_code == 200
    again = client.post("/families/invite/", chosen)
    assert Client().get(path).status_code == 404
    word, path = again.context["letters"][0]["word"], "/" + again.context["letters"][0]["link"].split("/", 3)[3]
    arriving = Client()
    assert arriving.post(path, {"password": "tangerine boat weather", "word": word}).status_code == 200
    form = {"password": "tangerine boat weather", "word": word, "sign_in_name": "Ann.New"}
    assert arriving.post(path, form)["Location"] == "/welcome/"
    assert [one.person.full_name for one in arrivals.who_waits(cast.manager)] == ["Bob New"]
