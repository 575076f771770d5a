"""Nothing typed is lost, and two windows never overwrite each other in silence."""

import uuid

import pytest

from documents import actions
from documents.models import Draft, Signature
from tests.cast import signed_in
from tests.documents.stories import answers_for, on_the_page

LONG = "She sleeps with her rabbit. " * 150


@pytest.fixture
def ask(cast, forms):
    return actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager)


@pytest.fixture
def mother(cast):
    return signed_in(cast.mother)


def address(ask, last="save/"):
    return f"/papers/{ask.pk}/{last}"


def test_the_page_saves_while_she_writes_and_says_when(mother, ask):
    answers = on_the_page(answers_for(ask, long=LONG))
    answer = mother.post(address(ask), {**answers, "edition": "0"})
    assert answer.status_code == 200 and answer.json()["edition"] == 1
    assert answer.json()["words"].startswith("Saved at ")
    page = mother.get(address(ask, "")).content.decode()
    assert LONG.strip() in page and 'name="edition" value="1"' in page


def test_half_a_form_and_even_nonsense_is_kept_until_it_is_put_right(mother, cast, forms):
    ask = actions.ask(cast.maja, cast.mother, forms[1], by=cast.manager)
    mother.post(address(ask), {**on_the_page(answers_for(ask, date="next Monday")), "edition": "0"})
    page = mother.get(address(ask, "") + "?look-again").content.decode()
    assert "next Monday" in page and "day/month/year" in page


def test_a_day_typed_the_british_way_is_understood(mother, cast, forms):
    ask = actions.ask(cast.maja, cast.mother, forms[1], by=cast.manager)
    mother.post(address(ask, ""), {**on_the_page(answers_for(ask, date="30/11/2026")), "edition": "0", "go": "on"})
    assert "2026-11-30" in Draft.objects.get().answers.values()
    assert "30 November 2026" in mother.get(address(ask, "check/")).content.decode()


def test_saving_the_same_again_changes_nothing(mother, ask):
    answers = on_the_page(answers_for(ask))
    for _n in range(3):
        assert mother.post(address(ask), {**answers, "edition": "0"}).json()["edition"] == 1


def test_a_second_window_is_told_and_nothing_is_overwritten(mother, ask):
    first, second = answers_for(ask, long="from the first window"), answers_for(ask, long="from the second window")
    mother.post(address(ask), {**on_the_page(first), "edition": "0"})
    late = mother.post(address(ask), {**on_the_page(second), "edition": "0"})
    assert late.status_code == 409 and "another window" in late.json()["words"]
    page = mother.post(address(ask, ""), {**on_the_page(second), "edition": "0", "save": "yes"}).content.decode()
    assert "changed in another window" in page and "from the second window" in page
    assert Draft.objects.get().answers == first
    mother.post(address(ask, ""), {**on_the_page(second), "edition": "1", "save": "yes"})
    assert Draft.objects.get().answers == second


def test_only_questions_of_this_form_are_kept(mother, ask):
    mother.post(address(ask), {**on_the_page(answers_for(ask)), f"q-{uuid.uuid4()}": "slipped in", "edition": "0"})
    assert set(Draft.objects.get().answers) == set(answers_for(ask))


def test_a_draft_is_seen_by_its_writer_only(mother, cast, ask):
    mother.post(address(ask), {**on_the_page(answers_for(ask, long="private words")), "edition": "0"})
    for person in (cast.father, cast.manager, cast.stepfather, cast.other_mother):
        assert not Draft.objects.visible_to(person).exists()
    assert Draft.objects.visible_to(cast.mother).count() == 1
    assert "private words" not in signed_in(cast.manager).get("/papers/asked/").content.decode()


def test_after_signing_there_is_no_draft_and_nothing_more_to_write(mother, cast, ask):
    draft = actions.save_draft(ask, answers_for(ask), by=cast.mother, edition=0)
    actions.sign(ask, by=cast.mother, edition=draft.edition, typed_name="Ewa Nowicka", proof=["password"])
    assert not Draft.objects.exists()
    assert mother.get(address(ask, "")).status_code == 302
    assert mother.post(address(ask), {"edition": "1"}).status_code == 403
    assert Signature.objects.count() == 1


def test_the_form_works_without_script(mother, ask):
    page = mother.get(address(ask, "")).content.decode()
    assert 'name="save"' in page and 'name="go"' in page
    assert "<script>" not in page and " onclick" not in page and " style=" not in page
