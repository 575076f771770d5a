"""Nothing typed is lost, and two windows never overwrite each other in silence."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from documents import actions
from documents.models import Draft, Signature
from documents.wording import questions
from people.accounts.models import Draft as Typed
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.documents.stories import answers_for, on_the_page
from tests.people.autosave import typed

LONG = "She sleeps with her rabbit. " * 150


@pytest.fixture
def ask(cast, forms):
    return actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager)


@pytest.fixture
def mother(cast):
    return signed_in(cast.mother)


def address(ask):
    return f"/papers/{ask.pk}/"


def save(client, ask, answers, edition):
    """Press “Save and finish later”."""
    return client.post(address(ask), {**answers, "edition": edition, "save": "yes"})


def shows(page, answers):
    """Whether a page shows these answers, as on_the_page gives them, in its fields."""
    form = BeautifulSoup(page.content, "html.parser").find("input", {"name": "edition"}).find_parent("form")
    found = {each["name"]: each.get_text().strip() for each in form.find_all("textarea")}
    found |= {each["name"]: each.get("value", "") for each in form.find_all("input", type=["text", "date"])}
    found |= {each["name"]: each["value"] for each in form.find_all("input", type="radio", checked=True)}
    return found == {name: answer.strip() for name, answer in answers.items()}


def test_what_she_types_is_there_again_when_she_opens_the_form_and_saved_when_she_says_so(mother, ask):
    answers = on_the_page(answers_for(ask, long=LONG))
    key, answer = typed(mother, address(ask), {**answers, "edition": "0"})
    assert answer.json() == {"kept": True} and not Draft.objects.exists()
    page = mother.get(address(ask))
    assert shows(page, answers) and b"It was not sent yet." in page.content
    page = mother.post(address(ask), {**answers, "edition": "0", "save": "yes", "draft": key}, follow=True)
    assert "Saved at " in page.content.decode() and not Typed.objects.exists()
    page = mother.get(address(ask))
    assert shows(page, answers) and b'name="edition" value="1"' in page.content and b"not sent yet" not in page.content


def test_choices_alone_are_kept_and_what_was_typed_before_the_last_save_is_offered_only(mother, ask):
    answers, other = (on_the_page(answers_for(ask, yes_no=answer)) for answer in ("yes", "no"))
    radio = {f"q-{piece['id']}" for piece in questions(ask.wording) if piece["type"] in ("yes_no", "choice")}
    choices = {name: answer for name, answer in answers.items() if name in radio}
    typed(mother, address(ask), choices, texts=[])
    assert choices and shows(mother.get(address(ask)), dict.fromkeys(answers, "") | choices)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        save(mother, ask, other, "0")
        page = mother.get(address(ask))
        assert shows(page, other) and b"You began something" in page.content
        assert shows(mother.get(Typed.objects.get().get_absolute_url()), other | choices)
        typed(mother, address(ask), answers)
        assert shows(mother.get(address(ask)), answers)
        assert shows(mother.get(address(ask) + "?draft=none"), other), "she takes what is saved"


def test_where_something_is_missing_it_is_saved_and_nothing_waits_twice(mother, ask):
    answers = {}
    key, _answer = typed(mother, address(ask), {**answers, "edition": "0"})
    page = mother.post(address(ask), {**answers, "edition": "0", "go": "on", "draft": key})
    assert page.status_code == 200 and Draft.objects.get().edition == 1 and not Typed.objects.exists()


def test_half_a_form_and_even_nonsense_is_kept_until_it_is_put_right(mother, cast, forms):
    ask = actions.ask(cast.maja, cast.mother, forms[1], by=cast.manager)
    typed(mother, address(ask), on_the_page(answers_for(ask, date="tomorrow")))
    assert "tomorrow" in mother.get(address(ask)).content.decode()
    save(mother, ask, on_the_page(answers_for(ask, date="next Monday")), "0")
    page = mother.get(address(ask) + "?look-again").content.decode()
    assert "next Monday" in page and "day/month/year" in page


def test_a_day_typed_the_british_way_is_understood(mother, cast, forms):
    ask = actions.ask(cast.maja, cast.mother, forms[1], by=cast.manager)
    mother.post(address(ask), {**on_the_page(answers_for(ask, date="30/11/2026")), "edition": "0", "go": "on"})
    assert "2026-11-30" in Draft.objects.get().answers.values()
    assert "30 November 2026" in mother.get(address(ask) + "check/").content.decode()


def test_saving_the_same_again_changes_nothing(mother, ask):
    answers = on_the_page(answers_for(ask))
    for _n in range(3):
        save(mother, ask, answers, "0")
        assert Draft.objects.get().edition == 1


def test_a_second_window_is_told_and_nothing_is_overwritten(mother, ask):
    first, second = answers_for(ask, long="from the first window"), answers_for(ask, long="from the second window")
    save(mother, ask, on_the_page(first), "0")
    assert typed(mother, address(ask), on_the_page(second) | {"edition": "0"})[1].json() == {"kept": True}
    assert Draft.objects.get().answers == first
    page = mother.post(address(ask), {**on_the_page(second), "edition": "0", "save": "yes"}).content.decode()
    assert "changed in another window" in page and "from the second window" in page
    assert Draft.objects.get().answers == first
    mother.post(address(ask), {**on_the_page(second), "edition": "1", "save": "yes"})
    assert Draft.objects.get().answers == second


def test_only_questions_of_this_form_are_kept(mother, ask):
    save(mother, ask, {**on_the_page(answers_for(ask)), f"q-{uuid.uuid4()}": "slipped in"}, "0")
    assert set(Draft.objects.get().answers) == set(answers_for(ask))


def test_a_draft_is_seen_by_its_writer_only(mother, cast, ask):
    save(mother, ask, on_the_page(answers_for(ask, long="private words")), "0")
    typed(mother, address(ask), on_the_page(answers_for(ask, long="private words of now")))
    for person in (cast.father, cast.manager, cast.stepfather, cast.other_mother):
        assert not Draft.objects.visible_to(person).exists() and not Typed.objects.visible_to(person).exists()
    assert Draft.objects.visible_to(cast.mother).count() == 1
    assert "private words" not in signed_in(cast.manager).get("/papers/asked/").content.decode()


def test_after_signing_there_is_no_draft_and_nothing_more_to_write(mother, cast, ask):
    draft = actions.save_draft(ask, answers_for(ask), by=cast.mother, edition=0)
    typed(mother, address(ask), on_the_page(answers_for(ask, long="other words")))
    actions.sign(ask, by=cast.mother, edition=draft.edition, typed_name="Ewa Nowicka", proof=["password"])
    assert not Draft.objects.exists() and not Typed.objects.exists()
    assert mother.get(address(ask)).status_code == 302
    assert mother.post(address(ask), {"edition": "1", "save": "yes"})["Location"].endswith("/signed/")
    with pytest.raises(ActionRefused):
        actions.save_draft(ask, answers_for(ask, long="Later"), by=cast.mother, edition=1)
    assert Signature.objects.count() == 1


def test_the_form_works_without_script(mother, ask):
    page = mother.get(address(ask)).content.decode()
    assert 'name="save"' in page and 'name="go"' in page
    assert "<script>" not in page and " onclick" not in page and " style=" not in page


def test_what_was_only_typed_is_begun_on_the_list_of_papers(ask, mother):
    """Half filled in, the phone put away: the list says so, and the form goes on where it was left."""
    assert "begun, saved" not in mother.get("/papers/").content.decode()
    typed(mother, address(ask), {"wish": "Please ring after four."})
    assert "begun, saved" in mother.get("/papers/").content.decode()
