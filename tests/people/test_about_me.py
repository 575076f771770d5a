"""A person's own page, who sees what of it, and to whom they are shown."""

from pathlib import Path

import pytest
from django.conf import settings

from people.accounts import actions_me
from people.accounts.models import AboutMe, ContactDetails, Introduction
from people.families import actions_family
from people.families.access import RestrictionKind
from people.mail import notifications
from people.mail.models import OutgoingMail
from records.models import AuditLine
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def about(**more):
    return {"languages_spoken": "Polish", "languages_read": "", "access_needs": "", "mail": "each", **more}


def test_everybody_has_a_page_that_says_who_can_see_what(cast):
    for person in (cast.mother, cast.key_person, cast.barred_father, cast.administrator):
        page = signed_in(person).get("/me/").content.decode()
        assert person.full_name in page
        assert page.count("Who can see this?") == 3


def test_what_is_said_there_is_on_the_childs_card_for_those_who_look_after_it_and_for_no_family(cast):
    needs = {"needs_interpreter": "on", "access_needs": "A step-free door", "large_print": "on"}
    assert signed_in(cast.mother).post("/me/", about(**needs)).status_code == 302
    for person in (cast.key_person, cast.manager, cast.senco):
        card = signed_in(person).get(f"/children/{cast.maja.pk}/").content.decode()
        for words in ("Polish", "interpreter", "A step-free door", "Large print"):
            assert words in card
    for person in (cast.mother, cast.father, cast.stepfather):
        assert "step-free" not in signed_in(person).get(f"/children/{cast.maja.pk}/").content.decode()


def test_phone_and_address_are_on_no_card_and_only_the_leads_see_them(cast):
    phone = cast.mother.contact.phone
    for person in (cast.key_person, cast.senco, cast.safeguarding_lead, cast.father, cast.stepfather):
        card = signed_in(person).get(f"/children/{cast.maja.pk}/").content.decode()
        assert phone not in card
        assert "Nowicka Row" not in card
    assert phone in signed_in(cast.manager).get(f"/families/{cast.maja.pk}/").content.decode()


def test_phone_and_address_change_only_with_fresh_proof(cast):
    client = signed_in(cast.mother)
    form = {"phone": "07700 900 555", "address": "1 New Lane"}
    session = client.session
    session["proved_at"] = 0
    session.save()
    assert client.get("/me/contact/")["Location"] == "/prove/?next=%2Fme%2Fcontact%2F"
    assert client.post("/me/contact/", form)["Location"].startswith("/prove/")
    assert ContactDetails.objects.get(person=cast.mother).phone != "07700 900 555"
    client.post("/prove/?next=/me/contact/", {"password": "kettle-meadow-lantern"})
    assert client.post("/me/contact/", form)["Location"] == "/me/"
    assert ContactDetails.objects.get(person=cast.mother).address == "1 New Lane"
    assert "07700 900 555" in client.get("/me/").content.decode()


def test_who_wants_only_what_is_urgent_is_written_to_only_then(cast):
    signed_in(cast.mother).post("/me/", about(mail="urgent"))
    assert notifications.notify(cast.mother) is None
    assert not OutgoingMail.objects.filter(person=cast.mother).exists()
    assert notifications.notify(cast.mother, at_once=True)
    assert notifications.notify(cast.father), "whoever said nothing is told everything"


def test_a_form_to_sign_needs_an_answer_so_it_reaches_everybody(cast):
    from documents import actions as papers
    from documents.models import Form
    from documents.samples import add_sample_forms

    add_sample_forms()
    actions_me.keep_about_me(cast.mother, mail=AboutMe.Mail.URGENT)
    papers.ask(cast.maja, cast.mother, Form.objects.get(code="P1"), by=cast.manager)
    assert OutgoingMail.objects.filter(person=cast.mother).count() == 1


def choose(person, words):
    return signed_in(person).post("/me/shown-to/", {"words": words}, follow=True)


def shown(person):
    return set(person.shown_to()) - {person}


def test_adults_are_shown_to_each_other_once_both_have_chosen_it(cast):
    choose(cast.father, "ewa@example.org")
    assert cast.mother not in shown(cast.father)
    assert cast.father not in shown(cast.mother)
    choose(cast.mother, " Daniel@Example.org ")
    assert cast.mother in shown(cast.father)
    assert cast.father in shown(cast.mother)
    assert cast.stepfather not in shown(cast.father), "the choice of one speaks for nobody else of the household"
    assert "Ewa Nowicka" in signed_in(cast.father).get("/me/shown-to/").content.decode()


def test_a_short_name_does_as_well(cast):
    cast.grandmother.email, cast.grandmother.sign_in_name = None, "halina7"
    cast.grandmother.save()
    actions_me.choose_to_be_shown(cast.mother, "Halina7")
    actions_me.choose_to_be_shown(cast.grandmother, "ewa@example.org")
    assert cast.grandmother in shown(cast.mother)


@pytest.mark.parametrize("who", ["father", "mother"])
def test_either_takes_it_back_at_once(cast, who):
    actions_me.choose_to_be_shown(cast.father, "ewa@example.org")
    actions_me.choose_to_be_shown(cast.mother, "daniel@example.org")
    person = getattr(cast, who)
    other = cast.mother if who == "father" else cast.father
    assert signed_in(person).post(f"/me/shown-to/{other.pk}/take-back/").status_code == 302
    assert other not in shown(person)
    assert person not in shown(other)


def test_what_waits_is_taken_back_from_the_list_of_what_one_chose(cast):
    actions_me.choose_to_be_shown(cast.father, "EWA@example.org")
    client = signed_in(cast.father)
    assert 'name="words" value="ewa@example.org"' in client.get("/me/shown-to/").content.decode()
    client.post("/me/shown-to/take-back/", {"words": "ewa@example.org", "sure": "yes"})
    assert 'name="words" value="ewa@example.org"' not in client.get("/me/shown-to/").content.decode()
    actions_me.choose_to_be_shown(cast.mother, "daniel@example.org")
    assert cast.father not in shown(cast.mother)


def test_a_choice_is_taken_back_although_the_other_has_changed_address(cast):
    """It hangs on the person: the words that were typed then still take it back."""
    actions_me.choose_to_be_shown(cast.father, "ewa@example.org")
    cast.mother.email = "moved@example.org"
    cast.mother.save()
    signed_in(cast.father).post("/me/shown-to/take-back/", {"words": "ewa@example.org", "sure": "yes"})
    actions_me.choose_to_be_shown(cast.mother, "daniel@example.org")
    assert cast.father not in shown(cast.mother)


def test_what_was_never_chosen_is_not_said_to_be_taken_back(cast):
    said = signed_in(cast.father).post(
        "/me/shown-to/take-back/", {"words": "ewa@example.org", "sure": "yes"}, follow=True
    )
    assert "You have not chosen these words" in said.content.decode()


def body_of(answer):
    """The page without its tokens and without the list of the words that this very person typed."""
    import re

    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r'<section class="card" aria-labelledby="typed">.*?</section>', "", page, flags=re.DOTALL).strip()


def test_the_answer_is_the_same_whoever_exists(cast):
    """Somebody here, somebody who chose nobody, oneself, nobody at all: one page, one line in the log, no mail."""
    pages, lines = set(), set()
    for words in ("ewa@example.org", "nobody@example.org", "daniel@example.org", "no-such-name"):
        answer = choose(cast.father, words)
        pages.add(body_of(answer))
        line = AuditLine.objects.order_by("number").last()
        lines.add((line.verb, line.label, line.thing, line.by, line.child))
    assert len(pages) == 1
    assert len(lines) == 1
    assert "If they choose you as well" in pages.pop()
    back = {
        body_of(signed_in(cast.father).post("/me/shown-to/take-back/", {"words": words, "sure": "yes"}, follow=True))
        for words in ("ewa@example.org", "nobody@example.org")
    }
    assert len(back) == 1
    assert not OutgoingMail.objects.filter(person__in=[cast.mother, cast.father]).exists()


def test_a_list_of_addresses_cannot_be_tried_through(cast):
    client = signed_in(cast.father)
    answers = [client.post("/me/shown-to/", {"words": f"p{n}@example.org"}).status_code for n in range(21)]
    assert answers == [302] * 20 + [403]
    assert client.post("/me/shown-to/", {"words": "ewa@example.org"}).status_code == 403
    assert not Introduction.objects.filter(other__isnull=False).exists()
    assert choose(cast.mother, "daniel@example.org").status_code == 200, "the limit is each person's own"


def test_whoever_chose_first_is_told_by_mail_once_it_counts_and_not_by_whom(cast):
    actions_me.choose_to_be_shown(cast.father, "ewa@example.org")
    assert not OutgoingMail.objects.exists()
    actions_me.choose_to_be_shown(cast.mother, "daniel@example.org")
    mail = OutgoingMail.objects.get()
    assert mail.person == cast.father
    assert "Ewa" not in mail.body


def test_a_restriction_comes_before_the_choice_of_both_and_nobody_is_told_anything(cast):
    actions_family.restrict(
        cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_CONTACT_DETAILS, basis="Order, copy seen"
    )
    choose(cast.father, "ewa@example.org")
    choose(cast.mother, "daniel@example.org")
    assert cast.mother not in shown(cast.father)
    assert cast.father not in shown(cast.mother)
    assert "Ewa" not in signed_in(cast.father).get("/me/shown-to/").content.decode()
    assert not OutgoingMail.objects.exists()


def test_nobody_takes_back_for_somebody_they_are_not_shown_to(cast):
    client = signed_in(cast.father)
    assert client.post(f"/me/shown-to/{cast.mother.pk}/take-back/").status_code == 404
    assert client.post("/me/shown-to/987654/take-back/").status_code == 404


def test_whoever_moves_out_hides_themselves_without_asking_anybody(cast):
    assert shown(cast.mother) == {cast.stepfather}
    assert signed_in(cast.mother).post("/me/household/leave/").status_code == 302
    cast.mother.refresh_from_db()
    assert shown(cast.mother) == shown(cast.stepfather) == set()


def test_large_print_is_on_every_page_of_whoever_asked_for_it_and_of_nobody_else(cast):
    mother, father = signed_in(cast.mother), signed_in(cast.father)
    assert "large-print" not in mother.get("/today/").content.decode()
    assert mother.post("/me/", about(large_print="on")).status_code == 302
    for address in ("/today/", "/me/", "/papers/"):
        assert '<html lang="en-gb" dir="ltr" class="large-print">' in mother.get(address).content.decode()
        assert "large-print" not in father.get(address).content.decode()
    styles = (Path(settings.BASE_DIR) / "static/css/bigbook.css").read_text()
    assert "html.large-print { font-size: 150%; --small: 1rem; --nearly: 1rem; }" in styles, "24 pixels are 18 points"
    assert mother.post("/me/", about()).status_code == 302
    assert "large-print" not in mother.get("/today/").content.decode()
