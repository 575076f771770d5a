"""A thousand pages of one child, a hundred thousand in all: as many queries as for twenty, and hardly more time."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from people.families.models import Child
from portal.demo.drawings import drawn
from portal.journal.models import Observation, Origin, Photograph, Thanks, Word
from records.pictures import clean
from tests.cast import signed_in
from tests.journal.pages import let_photographs, shared
from tests.pace import queries, worth

pytestmark = pytest.mark.django_db
WORDS = ("bridge", "puddle", "tower", "sunset", "garden", "beetle", "ladder", "song", "drum", "scarf")


def add_pages(author, child, number, of):
    """So many shared pages of one child, with words to find; every fifth with a photograph that is already on disk."""
    now = timezone.now()
    pages = [
        Observation(
            pk=uuid.uuid4(),
            author=author,
            origin=Origin.SETTING,
            words=f"A {WORDS[n % 10]} and a {WORDS[n // 10 % 10]}, number {n}.",
            areas=["world"],
            dated_at=now - timedelta(hours=n + 1),
            shared_at=now - timedelta(hours=n + 1),
        )
        for n in range(number)
    ]
    Observation.objects.bulk_create(pages, batch_size=2000)
    inside = Observation.children.through
    inside.objects.bulk_create((inside(observation=page, child=child) for page in pages), batch_size=5000)
    Word.objects.bulk_create(
        (Word(observation=page, child=child, word=word) for page in pages for word in set(page.words.split()[1:5:3])),
        batch_size=5000,
    )
    pictures = [
        Photograph(observation=page, position=0, small=of.small, large=of.large, width=90, height=60)
        for page in pages[::5]
    ]
    Photograph.objects.bulk_create(pictures, batch_size=2000)
    seen = Photograph.children.through
    seen.objects.bulk_create((seen(photograph=each, child=child) for each in pictures), batch_size=5000)
    Thanks.objects.bulk_create(
        (Thanks(observation=page, child=child, person=author) for page in pages[::7]), batch_size=2000
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a small table as a whole")
def test_what_waits_for_staff_is_found_by_an_index_and_not_by_reading_every_page(cast):
    for person, question, index in [
        (cast.key_person, "waiting_for", "observation_of_author"),
        (cast.manager, "waiting_for", "observation_of_author"),
        (cast.manager, "held_back_for", "observation_of_author"),
        (cast.manager, "to_check", "observation_to_check"),
    ]:
        plan = getattr(Observation.objects, question)(person).explain()
        assert f"USING INDEX {index}" in plan, (question, plan)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a small table as a whole")
def test_a_familys_pages_are_found_by_its_children_and_not_by_where_or_by_whom_they_were_written(cast):
    shared(cast.key_person, cast.maja)
    for question in (Observation.objects.visible_to(cast.mother), Photograph.objects.visible_to(cast.mother)):
        plan = question.explain()
        assert "journal_observation_children_child_id" in plan and "MULTI-INDEX OR" not in plan, plan


@pytest.mark.prove
def test_the_first_page_and_a_search_cost_what_they_cost_with_twenty(cast, record_property):
    let_photographs(cast.maja)
    first = shared(cast.key_person, cast.maja, pictures=[clean(drawn("tower", 1, (90, 60)))])
    photograph = first.photographs.get()
    add_pages(cast.key_person, cast.maja, 20, photograph)
    readers = {"Ewa": signed_in(cast.mother), "Sara": signed_in(cast.key_person)}
    addresses = {"page": f"/journal/{cast.maja.pk}/", "search": f"/journal/{cast.maja.pk}/?q=bridge"}
    visits = [(who, what) for who in readers for what in addresses]
    before = {
        (who, what): (queries(readers[who], addresses[what]), worth(readers[who], addresses[what]))
        for who, what in visits
    }
    add_pages(cast.key_person, cast.maja, 980, photograph)
    Child.objects.bulk_create(
        Child(full_name=f"Child {n}", known_as=f"Child {n}", born_on=cast.maja.born_on, starts_on=cast.maja.starts_on)
        for n in range(99)
    )
    for child in Child.objects.filter(full_name__startswith="Child "):
        add_pages(cast.key_person, child, 1000, photograph)
    assert Observation.objects.count() > 100_000
    for who, what in visits:
        asked, took = queries(readers[who], addresses[what]), worth(readers[who], addresses[what])
        of_twenty = before[who, "page"][1]
        record_property("journal", [who, what, asked, before[who, what], took])
        print(who, what, asked, before[who, what], round(took, 2), round(took / of_twenty, 2))
        assert asked == before[who, what][0], (who, what)
        assert took <= (2 if what == "page" else 3) * of_twenty, (who, what, of_twenty, took)
