"""A page among the others shows every part of its value, and the words of no other reader."""

import dataclasses
import datetime
import uuid

import pytest
import time_machine
from django.utils import timezone, translation

from portal.demo.drawings import drawn
from portal.journal import actions
from portal.journal.entries import Entry, Picture, Said
from records.pictures import clean
from tests.cast import signed_in
from tests.journal.pages import allow, shared

ENTRY = Entry(
    pk=uuid.uuid4(),
    child=uuid.uuid4(),
    origin="setting",
    by="Sara Lind",
    at=timezone.now().replace(month=11, day=18),
    hide_dates=False,
    words="A bridge of two chairs.",
    child_says="",
    areas=("world",),
    characteristics=(),
    band="",
    next_step="",
    home_idea="",
    pictures=(Picture(uuid.uuid4(), "", 90, 60),),
    said=(),
    is_draft=False,
    is_new=False,
)
OTHERWISE = {
    "pk": uuid.uuid4(),
    "child": uuid.uuid4(),
    "origin": "home",
    "by": "Anya Petrov",
    "at": ENTRY.at.replace(day=17),
    "hide_dates": True,
    "words": "A bridge of three chairs.",
    "child_says": "It holds!",
    "areas": ("world", "arts"),
    "characteristics": ("active",),
    "band": "dm_birth",
    "next_step": "Four chairs.",
    "home_idea": "Try it with cushions.",
    "pictures": (Picture(uuid.uuid4(), "Two chairs", 90, 60),),
    "said": (Said("Well built.", "Ewa Nowicka"),),
    "is_draft": True,
    "is_new": True,
}


def test_every_part_of_a_leaf_is_named_here():
    assert set(OTHERWISE) == {field.name for field in dataclasses.fields(Entry)}


@pytest.mark.parametrize("part", OTHERWISE)
def test_another_value_is_another_drawing(part):
    html = ENTRY.html
    assert dataclasses.replace(ENTRY, **{part: OTHERWISE[part]}).html != html
    assert ENTRY.html == html


@pytest.mark.parametrize(
    "one, other",
    [
        (Picture(ENTRY.pictures[0].pk, "Two chairs", 90, 60), ENTRY.pictures[0]),
        (Picture(ENTRY.pictures[0].pk, "", 91, 60), ENTRY.pictures[0]),
        (Picture(ENTRY.pictures[0].pk, "", 90, 61), ENTRY.pictures[0]),
        (Picture(uuid.uuid4(), "", 90, 60), ENTRY.pictures[0]),
    ],
)
def test_another_picture_is_another_drawing(one, other):
    assert len(dataclasses.fields(Picture)) == 4, "each of them is tried here"
    assert dataclasses.replace(ENTRY, pictures=(one,)).html != dataclasses.replace(ENTRY, pictures=(other,)).html


@pytest.mark.parametrize(
    "other",
    [
        Said("Well drawn.", "Ewa Nowicka"),
        Said("Well built.", "Daniel Reed"),
        Said("Well built.", "Ewa Nowicka", is_answer=True),
        Said("Well built.", "Ewa Nowicka", only="Only Ewa Nowicka can read this."),
    ],
)
def test_another_comment_is_another_drawing(other):
    assert len(dataclasses.fields(Said)) == 4, "each of them is tried here"
    one = dataclasses.replace(ENTRY, said=(Said("Well built.", "Ewa Nowicka"),))
    assert dataclasses.replace(ENTRY, said=(other,)).html != one.html


def test_html_tells_nothing_of_when_it_was_made():
    made = ENTRY.html
    with time_machine.travel(datetime.datetime(2031, 5, 4, 3, 2)):
        assert ENTRY.html == made


def test_a_drawing_in_another_language_is_another_one():
    with translation.override("en-gb"):
        english = ENTRY.html
    with translation.override("pl"):
        assert ENTRY.html != english


def test_words_are_shown_as_words():
    entry = dataclasses.replace(ENTRY, words="<script>alert(1)</script>", by='"><b>')
    assert "<script" not in entry.html
    assert "<b>" not in entry.html


@pytest.mark.django_db
def test_two_families_with_one_page_never_get_each_others_drawing(cast):
    allow(cast.other_mother, cast.tobi)
    page = shared(cast.key_person, cast.maja, cast.tobi, pictures=[clean(drawn("tower", 1, (90, 60)))])
    actions.correct(
        page, by=cast.key_person, why="One word.", words=page.words, own_words={cast.tobi: "He laid the top."}
    )
    actions.comment(page, cast.maja, by=cast.mother, words="Lovely.", idempotency_key=uuid.uuid4())
    for _twice in range(2):
        of_maja = signed_in(cast.mother).get(f"/journal/{cast.maja.pk}/").content.decode()
        of_tobi = signed_in(cast.other_mother).get(f"/journal/{cast.tobi.pk}/").content.decode()
        assert "Lovely." in of_maja and "He laid the top." not in of_maja
        assert "He laid the top." in of_tobi and "Lovely." not in of_tobi
        assert "/journal/photographs/" in of_maja and "/journal/photographs/" not in of_tobi


@pytest.mark.django_db
def test_two_parents_who_are_hidden_from_each_other_never_get_each_others_drawing(cast):
    page = shared(cast.key_person, cast.maja)
    address = f"/journal/{cast.maja.pk}/"
    for parent, words in (
        (cast.mother, "Her grandfather built bridges."),
        (cast.father, "We have one at the balcony."),
    ):
        actions.comment(page, cast.maja, by=parent, words=words, idempotency_key=uuid.uuid4())
    for _twice in range(2):
        of_mother, of_father = (signed_in(who).get(address).content.decode() for who in (cast.mother, cast.father))
        assert "grandfather" in of_mother and "balcony" not in of_mother
        assert "balcony" in of_father and "grandfather" not in of_father


@pytest.mark.django_db
def test_a_consent_taken_back_takes_the_photograph_out_of_a_drawing_that_was_made(cast):
    for mother, child in ((cast.mother, cast.maja), (cast.other_mother, cast.tobi)):
        allow(mother, child)
    shared(cast.key_person, cast.maja, cast.tobi, pictures=[clean(drawn("tower", 1, (90, 60)))])
    address, client = f"/journal/{cast.tobi.pk}/", signed_in(cast.other_mother)
    assert "/journal/photographs/" in client.get(address).content.decode()
    allow(cast.mother, cast.maja, allows=False)
    assert "/journal/photographs/" not in client.get(address).content.decode()
