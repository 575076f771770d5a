"""What an invitation asks and gives away, how long it lasts, and when a typed address begins to count."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from people.accounts import actions_factors, actions_invitations, actions_me, actions_security
from people.accounts.models import Invitation, Person
from people.families import actions_family, arrivals
from people.families.access import Level
from people.families.models import Kind
from people.mail import actions_mail
from people.mail.models import OutgoingMail
from people.mail.notifications import notify
from people.setting.roles import Role
from portal.demo.cast import PASSWORD
from records.refused import ActionRefused
from tests.cast import out_of_office, signed_in

pytestmark = pytest.mark.django_db

NEW = "tangerine boat weather"


def invited(cast, *, email=None, by_letter=False, child=None, name="Nadia New"):
    """(the adult, the path of the way in, the word)."""
    adult = Person.objects.create_user(email, name)
    child = child or cast.leon
    tie = {"kind": Kind.OTHER, "parental_responsibility": "no", "level": Level.INFORMATION}
    actions_family.relate(child, adult, by=cast.manager, **tie)
    _made, link, word = actions_invitations.invite(adult, by=cast.manager, by_letter=by_letter)
    return adult, "/" + link.split("/", 3)[3], word


def mail_to(address):
    return OutgoingMail.objects.filter(address=address)


def test_looking_at_an_invitation_signs_nobody_out(cast):
    _adult, way, word = invited(cast, by_letter=True)
    client = signed_in(cast.mother)
    assert client.get(way).status_code == 200
    assert client.post(way, {"word": "meadow-0000"}).status_code == 200
    assert client.get("/today/").status_code == 200, "she is still signed in"
    form = {"word": word, "password": NEW, "sign_in_name": "nadia.n", "email": ""}
    assert client.post(way, form)["Location"] == "/welcome/"
    assert "Nadia New" in client.get("/me/").content.decode() or client.get("/today/").wsgi_request.user.pk == _adult.pk


def test_a_letters_code_alone_says_nothing_about_names_or_addresses_and_each_wrong_word_counts(cast):
    adult, way, word = invited(cast, by_letter=True)
    taken = {"word": "meadow-0000", "password": NEW, "email": cast.mother.email}
    free = taken | {"email": "nobody.here@example.org"}
    pages = [Client().get(way).content.decode()]
    pages += [Client().post(way, form).content.decode() for form in (taken, free)]
    for page in pages:
        assert "Nadia" not in page
        assert "cannot be used here" not in page
    assert Invitation.objects.get(person=adult).tries == 2
    assert Client().post(way, taken | {"word": word})["Location"] == "/welcome/", "nor does the right word"
    assert Invitation.objects.get(person=adult).tries == 2, "a right word is no try"


def test_a_mailed_invitation_asks_a_family_for_a_date_of_birth_and_ten_wrong_ones_end_it(cast):
    adult, way, _word = invited(cast, email="nadia@example.org")
    assert "date of birth" in mail_to("nadia@example.org").get().body
    wrong = {"born_on": cast.leon.born_on + timedelta(days=1), "password": NEW}
    for _n in range(10):
        assert "Nadia" not in Client().post(way, wrong).content.decode()
    assert Client().post(way, wrong | {"born_on": cast.leon.born_on}).status_code == 404
    adult.refresh_from_db()
    assert not adult.has_usable_password()


def test_a_mailed_invitation_of_somebody_without_a_child_asks_for_a_word_that_is_in_no_mail(cast):
    client = signed_in(cast.manager)
    form = {"existing": "", "full_name": "Nils New", "email": "nils@example.org", "role": Role.STAFF}
    page = client.post("/staff/", form, follow=True).content.decode()
    word = re.search(r"they are asked for it: ([a-z]+-[a-z0-9]{4})", page)[1]
    mail = mail_to("nils@example.org").get()
    assert word not in mail.body
    assert "the word that we tell you ourselves" in mail.body
    way = re.search(r"/invitation/\S+", mail.body)[0]
    assert "Nils" not in Client().get(way).content.decode()
    assert Client().post(way, {"word": "kettle-0000", "password": NEW}).status_code == 200
    assert Client().post(way, {"word": word, "password": NEW})["Location"] == "/welcome/"


def test_the_setting_chooses_how_long_invitations_work_up_to_30_days(cast):
    client, facts = signed_in(cast.manager), {"name": "Hazel Lane", "short_name": "Hazel"}
    page = client.get("/setting/").content.decode()
    facts = dict(re.findall(r'<input type="(?:text|email|number|time)" name="(\w+)" value="([^"]*)"', page))
    facts |= {"address": "x", "second_factor_for_families": "offered"}
    assert "invitations_last" in client.post("/setting/", facts | {"invitations_last": "31"}).context["form"].errors
    assert client.post("/setting/", facts | {"invitations_last": "30"}).status_code == 302
    adult, _way, _word = invited(cast, email="nadia@example.org")
    made = Invitation.objects.get(person=adult)
    assert made.ends_at - made.made_at == timedelta(days=30)


def test_an_address_typed_on_arrival_is_written_to_once_and_counts_once_it_is_confirmed(cast):
    adult, way, word = invited(cast, by_letter=True)
    client = Client()
    client.post(way, {"word": word, "password": NEW, "email": "typed@example.org", "sign_in_name": ""})
    adult.refresh_from_db()
    assert (adult.email, adult.post_address) == ("typed@example.org", "")
    assert notify(adult) is None
    assert mail_to("typed@example.org").count() == 1, "the mail that asks, and nothing else"
    client.get("/today/")  # the privacy notice comes first, once
    assert "Confirm your e-mail address" in client.get("/today/").content.decode()

    link = re.search(r"/security/address/\S+", mail_to("typed@example.org").get().body)[0]
    assert signed_in(cast.mother).get(link).status_code == 404
    assert client.post(link)["Location"] == "/security/"
    adult.refresh_from_db()
    assert adult.post_address == "typed@example.org"
    assert notify(adult).address == "typed@example.org"


def test_an_unconfirmed_address_is_no_identity_to_be_shown_to(cast):
    adult, way, word = invited(cast, by_letter=True)
    Client().post(way, {"word": word, "password": NEW, "email": "the.fathers@example.org", "sign_in_name": ""})
    adult.refresh_from_db()
    actions_me.choose_to_be_shown(cast.mother, "the.fathers@example.org")
    actions_me.choose_to_be_shown(adult, cast.mother.email)
    assert not cast.mother.shown_to().filter(pk=adult.pk).exists()


def test_an_invitation_that_is_open_dies_with_a_new_password_or_a_new_address(cast):
    def fresh():
        _made, link, _word = actions_invitations.invite(cast.mother, by=cast.manager)
        return "/" + link.split("/", 3)[3]

    way = fresh()
    actions_security.change_password(cast.mother, NEW, session_key="")
    assert Client().get(way).status_code == 404
    way = fresh()
    token = actions_security.new_address_token(cast.mother, "moved@example.org")
    actions_security.take_new_address(cast.mother, token)
    assert Client().get(way).status_code == 404


def test_invitations_that_nobody_used_for_a_week_stand_on_the_managers_today(cast):
    adult, _way, _word = invited(cast, email="nadia@example.org")
    client = signed_in(cast.manager)
    assert "not used" not in client.get("/today/").content.decode()
    Invitation.objects.filter(person=adult).update(made_at=timezone.now() - timedelta(days=7, hours=1))
    assert "1 invitation was not used within a week" in client.get("/today/").content.decode()
    assert "not used within a week" not in signed_in(cast.key_person).get("/today/").content.decode()
    actions_invitations.invite(adult, by=cast.manager)
    assert "not used within a week" not in client.get("/today/").content.decode(), "a fresh one was sent"


def test_the_browsers_password_keeper_is_told_whose_password_it_is(cast):
    client = signed_in(cast.mother)
    for path in ("/security/password/", "/prove/"):
        page = client.get(path).content.decode()
        assert re.search(r'name="account" value="ewa@example.org" autocomplete="username"', page), path
    assert Client().post("/sign-in/", {"email": "ewa@example.org", "password": PASSWORD}).status_code == 302


def test_the_code_field_opens_the_number_pad_and_a_recovery_code_has_a_field_for_letters(cast):
    client = signed_in(cast.key_person, second_factor=False)
    page = client.get("/sign-in/code/?next=/papers/").content.decode()
    assert 'inputmode="numeric"' in page
    other = re.search(r'href="(\?recovery=yes[^"]*)"', page)[1].replace("&amp;", "&")
    letters = client.get("/sign-in/code/" + other).content.decode()
    assert 'inputmode="text"' in letters
    codes = actions_factors.new_recovery_codes(cast.key_person)
    answer = client.post("/sign-in/code/" + other, {"code": codes[0]})
    assert answer["Location"] == "/papers/"


def test_an_invitation_without_a_name_comes_back_with_what_is_missing(cast):
    empty = {"kind": "mother", "level": "1", "parental_responsibility": "not_known", "full_name": " ", "email": ""}
    page = signed_in(cast.manager).post(f"/families/{cast.leon.pk}/invite/", empty)
    assert page.status_code == 200
    assert "Type the full name" in page.content.decode()


@pytest.mark.parametrize("more", [{}, {"by_letter": True}])
def test_an_invitation_dies_with_the_office_of_whoever_made_it(cast, more):
    """A dismissed manager keeps no way in: neither a letter in her bag nor a mail to an address she typed."""
    new, way, _word = invited(cast, email="nadia@example.org", **more)
    assert Client().get(way).status_code == 200
    out_of_office(cast.manager.roles.get())
    assert Client().get(way).status_code == 404
    told = {waiting.person: waiting.words for waiting in arrivals.who_waits(cast.deputy)}
    assert told[new].endswith("does not work any more")
    assert "does not work any more" in signed_in(cast.deputy).get("/today/").content.decode()


def test_the_list_does_not_say_works_of_an_invitation_that_too_many_answers_ended(cast):
    new, _way, _word = invited(cast, email="nadia@example.org")
    Invitation.objects.update(tries=Invitation.MOST_TRIES)
    told = {waiting.person: waiting.words for waiting in arrivals.who_waits(cast.manager)}
    assert told[new].endswith("does not work any more")


def test_no_later_invitation_goes_to_a_shared_letter_box_because_of_an_address_nobody_confirmed(cast):
    """Her own address waits to be confirmed, so her mail goes to the one at home, where the other parent reads it."""
    mother = cast.mother
    mother.mail_to, mother.email_confirmed_at = "home@example.org", None
    mother.save()
    assert mother.post_address == "home@example.org"
    with pytest.raises(ActionRefused, match="Lost password or phone"):
        actions_invitations.invite(mother, by=cast.manager)
    with pytest.raises(ActionRefused, match="Lost password or phone"):
        actions_invitations.invite(mother, by=cast.manager, by_letter=True)
    assert not OutgoingMail.objects.filter(address="home@example.org").exists()


def test_the_link_that_proves_an_address_goes_there_or_nowhere(cast):
    """Tried again at the old address, it would make an address count that its typist cannot read."""
    actions_security.ask_for_new_address(cast.mother, "victim@example.com")
    mail = mail_to("victim@example.com").get()
    OutgoingMail.objects.filter(pk=mail.pk).update(tries=OutgoingMail.MOST_TRIES)
    actions_mail.try_again(mail, by=cast.manager)
    mail.refresh_from_db()
    assert (mail.address, mail.tries) == ("victim@example.com", 0)


def test_an_invitation_is_tried_again_at_the_address_that_was_put_right(cast):
    adult, _way, _word = invited(cast, email="nadai@example.org")
    Person.objects.filter(pk=adult.pk).update(email="nadia@example.org")
    mail = mail_to("nadai@example.org").get()
    OutgoingMail.objects.filter(pk=mail.pk).update(tries=OutgoingMail.MOST_TRIES)
    actions_mail.try_again(OutgoingMail.objects.get(pk=mail.pk), by=cast.manager)
    assert mail_to("nadia@example.org").exists()
