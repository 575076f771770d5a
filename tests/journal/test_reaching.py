"""A page that nobody can read says so before it is shared, and afterwards how many families it reaches. To staff only."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from people.families import actions_family
from people.families.models import Child
from portal.journal import actions
from portal.journal.models import Observation
from portal.journal.tasks import count_held_back
from portal.journal.waiting import _held_back
from tests.cast import signed_in
from tests.journal.pages import allow, shared, write

pytestmark = pytest.mark.django_db
BOTH = "Maja and Tobi built a bridge."


def checked(cast, draft, **sent):
    client = signed_in(cast.key_person)
    address = f"/journal/drafts/{draft.pk}/check/"
    if sent:
        return client.post(address, sent, follow=True).content.decode()
    return " ".join(client.get(address).content.decode().split())


def test_before_it_is_shared_it_says_that_nobody_can_read_it_yet(cast):
    draft = write(cast.key_person, cast.maja, cast.tobi, words=BOTH)
    html = checked(cast, draft)
    assert "Nobody can read this yet." in html and "Share with families" not in html
    allow(cast.mother, cast.maja)
    html = checked(cast, draft)
    assert "Nobody can read this yet." not in html and "Share with families" in html


def test_so_it_does_where_a_child_has_nobody_in_the_portal(cast):
    for tie in cast.tobi.relationships.filter(adult=cast.other_mother):
        actions_family.end_relationship(tie, by=cast.manager)
    assert "Nobody can read this yet." in checked(cast, write(cast.key_person, cast.tobi)), (
        "the barred father counts not"
    )


def test_afterwards_it_says_how_many_families_read_it(cast):
    allow(cast.mother, cast.maja)
    draft = write(cast.key_person, cast.maja, cast.tobi, words=BOTH)
    assert "Shared with 1 of 2 families." in checked(cast, draft, names_stay="Maja")
    assert "Shared: Maja&#x27;s family can read it now." in checked(cast, write(cast.key_person, cast.maja), go="on")
    both = write(cast.key_person, cast.maja, cast.tobi, words="Two built a bridge.")
    assert "Shared with all 2 families." in checked(cast, both, go="on")


def test_a_mark_stands_on_the_page_for_those_who_answer_for_it_and_for_no_family(cast):
    allow(cast.mother, cast.maja)
    page = shared(cast.key_person, cast.maja, cast.tobi, words=BOTH)
    mark = "1 of 2 families can read this page."
    for name in ("key_person", "manager"):
        assert mark in signed_in(getattr(cast, name)).get(f"/journal/{cast.tobi.pk}/{page.pk}/").content.decode()
    assert signed_in(cast.mother).get(f"/journal/{cast.maja.pk}/{page.pk}/").status_code == 404
    html = signed_in(cast.other_mother).get(f"/journal/{cast.tobi.pk}/{page.pk}/").content.decode()
    assert BOTH in html and "families" not in html.split("<main")[1].split("Other families cannot")[0]
    allow(cast.other_mother, cast.tobi)
    assert mark not in signed_in(cast.key_person).get(f"/journal/{cast.tobi.pk}/{page.pk}/").content.decode()


def lines(person):
    return [waiting.words for waiting in _held_back(person)]


def test_today_tells_the_author_what_is_held_back_until_it_is_read_or_two_weeks_old(cast):
    allow(cast.mother, cast.maja)
    page = shared(cast.key_person, cast.maja, cast.tobi, words=BOTH)
    line = "1 of 2 families can read your page about Maja, Tobi."
    assert lines(cast.key_person) == [line]
    assert line in signed_in(cast.key_person).get("/today/").content.decode()
    assert all(lines(getattr(cast, name)) == [] for name in ("manager", "mother", "other_mother", "senco"))
    allow(cast.other_mother, cast.tobi)
    assert count_held_back() == 1 and lines(cast.key_person) == []
    allow(cast.mother, cast.maja, allows=False)
    count_held_back()
    assert lines(cast.key_person) == [line], "a permission taken back counts from the next morning on"
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert lines(cast.key_person) == []
    actions.correct(page, by=cast.key_person, why="Names.", words="Two built a bridge.")
    assert lines(cast.key_person) == []


def test_a_page_from_home_and_one_taken_back_are_no_matter_of_it(cast):
    actions.add_from_home(cast.maja, by=cast.mother, words="Beans.", pictures=[], idempotency_key=uuid.uuid4())
    page = shared(cast.key_person, cast.maja, cast.tobi, words=BOTH)
    assert len(lines(cast.key_person)) == 1
    actions.withdraw(page, by=cast.key_person, why="x")
    count_held_back()
    assert lines(cast.key_person) == [] and lines(cast.mother) == []
    assert Child.objects.as_staff_of(cast.mother).count() == 0 and Observation.objects.count() == 2
