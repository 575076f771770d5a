"""Procedures as readers meet them: by section, for their audience, with commitments to point at and links that hold."""

import datetime
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procedures.actions import keep_as_draft, note_references
from procedures.audiences import Audience
from procedures.importing import read_text
from procedures.models import ProcedurePage, Reference, end_of_next
from procedures.samples import add_sample_pages
from records.refused import ActionRefused
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def draft(words):
    return keep_as_draft(read_text(words))


def published(words, audience=Audience.EVERYONE):
    page = draft(words)
    page.audience = audience
    page.save_revision().publish()
    return ProcedurePage.objects.get(pk=page.pk)


SNACK = """04 Food procedures

04.1 Snack

We eat together.

Before

\u2022 We wash hands.
\u2022 We sit, see 04.02 Tables.
"""
TABLES = "04.02 Tables\n\n\u2022 We wipe the tables.\n"


@pytest.mark.parametrize(
    ("audience", "readers", "others"),
    [
        (Audience.EVERYONE, ["mother", "barred_father", "grandmother", "editor"], []),
        (Audience.FAMILIES, ["mother", "father", "key_person", "chair", "editor"], ["barred_father", "grandmother"]),
        (Audience.STAFF, ["key_person", "manager", "chair", "editor"], ["mother", "barred_father", "grandmother"]),
    ],
)
def test_a_procedure_is_read_by_its_audience_and_nobody_else(cast, audience, readers, others):
    page = published(SNACK, audience)
    for who in readers:
        reader = signed_in(getattr(cast, who))
        assert reader.get(page.url).status_code == 200, who
        assert "Snack" in reader.get("/procedures/").content.decode(), who
    for who in others:
        reader = signed_in(getattr(cast, who))
        assert reader.get(page.url).status_code == 404, who
        assert "Snack" not in reader.get("/procedures/").content.decode(), who


def test_a_visitor_reads_public_ones_and_is_led_to_the_door_by_others(client):
    assert client.get(published(SNACK).url).status_code == 200
    hidden = published(TABLES, Audience.FAMILIES)
    answer = client.get(hidden.url)
    assert answer.status_code == 302
    assert answer.url == f"/sign-in/?next={hidden.url}"
    assert "Tables" not in client.get("/procedures/").content.decode()


def test_a_draft_is_read_by_nobody(cast, client):
    page = draft(SNACK)
    assert not page.live
    for reader in (client, signed_in(cast.mother), signed_in(cast.editor)):
        assert reader.get("/procedures/snack/").status_code == 404


def test_the_page_has_contents_numbers_and_addresses_that_can_be_quoted(client):
    page = published(SNACK)
    words = client.get(page.url).content.decode()
    assert words.count("<h1") == 1
    anchors = re.findall(r'class="commitment" id="(c-[0-9a-f]{8})"', words)
    assert len(anchors) == 2
    assert all(f'href="#{anchor}"' in words for anchor in anchors)
    heading = re.search(r'<h2 id="(h-[0-9a-f]{8})">Before</h2>', words)[1]
    assert f'<a href="#{heading}">Before</a>' in words


def test_an_address_of_a_commitment_outlasts_a_new_import(client):
    page = published(SNACK)
    before = {block.value: block.id for block in page.body}
    reworded = SNACK.replace("We wash hands.", "We all wash hands.").replace(
        "We sit,", "We stand up straight first.\n\u2022 We sit,"
    )
    again = draft(reworded)
    after = {block.value: block.id for block in again.body}
    assert after["We sit, see 04.02 Tables."] == before["We sit, see 04.02 Tables."]
    assert after["We all wash hands."] == before["We wash hands."]
    assert after["We stand up straight first."] not in before.values()


# Links.


def test_a_mention_becomes_a_link_as_soon_as_the_page_is_published(client):
    page = published(SNACK)
    assert 'href="/procedures/tables/"' not in client.get(page.url).content.decode()
    tables = draft(TABLES)
    assert 'href="/procedures/tables/"' not in client.get(page.url).content.decode()
    tables.get_latest_revision().publish()
    assert '<a href="/procedures/tables/">04.02 Tables</a>' in client.get(page.url).content.decode()


def test_a_link_outlasts_a_new_number_and_a_new_title(client):
    page, tables = published(SNACK), published(TABLES)
    tables.code, tables.title = "04.09", "Clean places to eat"
    tables.save_revision().publish()
    assert '<a href="/procedures/tables/">04.02 Tables</a>' in client.get(page.url).content.decode()


def test_a_link_shows_only_to_those_who_may_follow_it(cast, client):
    page = published(SNACK)
    published(TABLES, Audience.FAMILIES)
    assert "/procedures/tables/" not in client.get(page.url).content.decode()
    assert "/procedures/tables/" in signed_in(cast.mother).get(page.url).content.decode()


def test_a_right_number_with_another_title_is_no_link(client):
    page = published(SNACK)
    published(TABLES.replace("Tables", "Lost property"))
    assert "/procedures/lost-property/" not in client.get(page.url).content.decode()
    assert list(Reference.objects.leading_nowhere().values_list("code", flat=True)) == ["04.02"]


def test_references_follow_the_words_when_they_change():
    page = published(SNACK)
    assert [str(reference) for reference in page.references.all()] == ["04.02 Tables"]
    page.body = page.body.stream_block.to_python([{"type": "paragraph", "value": "See 05.01 Boots."}])
    page.save_revision()
    note_references(page)
    assert [str(each) for each in page.references.all()] == ["04.02 Tables", "05.01 Boots"]  # read, and drafted
    page.get_latest_revision().publish()
    assert [str(each) for each in page.references.all()] == ["05.01 Boots"]


# Importing into pages.


def test_an_import_is_a_draft_with_everything_that_was_read():
    page = draft(SNACK + "\nReviewed annually in November by Staff and Committee\n")
    assert (page.code, page.title, page.section, page.live) == ("04.1", "Snack", "Food", False)
    assert [(block.block_type, block.value) for block in page.body] == [
        ("paragraph", "We eat together."),
        ("heading", "Before"),
        ("commitment", "We wash hands."),
        ("commitment", "We sit, see 04.02 Tables."),
    ]
    assert (page.review_months, page.review_month, page.reviewed_by) == (12, 11, "Staff and Committee")
    assert (page.next_review_on.month, page.next_review_on.day) == (11, 30)


def test_importing_again_changes_the_draft_and_not_what_is_read(client):
    page = published(SNACK)
    again = draft(SNACK.replace("04.1", "04.01").replace("We wash hands.", "We wash our hands."))
    assert again.pk == page.pk
    assert ProcedurePage.objects.count() == 1
    shown = client.get(page.url).content.decode()
    assert "We wash hands." in shown
    assert "We wash our hands." not in shown
    again.get_latest_revision().publish()
    assert "We wash our hands." in client.get(page.url).content.decode()


def test_what_was_not_understood_is_kept_for_the_editor_and_not_shown_to_readers(client):
    page = published(SNACK + "\nSpare key: ______________\n")
    assert [block.value for block in page.body if block.block_type == "to_check"] == ["Spare key: ______________"]
    assert "Spare key" not in client.get(page.url).content.decode()


def test_without_code_nothing_is_kept():
    with pytest.raises(ActionRefused, match="code"):
        draft("Snack time\n\nWe sit.\n")
    assert not ProcedurePage.objects.exists()


@pytest.mark.parametrize(
    ("month", "after", "due"),
    [
        (11, "2026-05-01", "2026-11-30"),
        (11, "2026-11-30", "2027-11-30"),
        (12, "2026-12-30", "2026-12-31"),
        (2, "2027-06-01", "2028-02-29"),
    ],
)
def test_a_review_is_due_by_the_end_of_its_month(month, after, due):
    assert end_of_next(month, datetime.date.fromisoformat(after)) == datetime.date.fromisoformat(due)


# Costs and samples.


@pytest.mark.parametrize("which", ["list", "page"])
def test_a_list_costs_the_same_for_one_procedure_and_for_twelve(cast, which, django_assert_num_queries):
    reader = signed_in(cast.mother)
    first = published("04.1 Snack\n\n\u2022 See 05.01 Boots number 1, 05.02 Boots number 2 and 05.03 Boots number 3.\n")
    published("05.01 Boots number 1\n\n\u2022 See 04.1 Snack.\n")
    address = "/procedures/" if which == "list" else first.url
    reader.get(address)
    with CaptureQueriesContext(connection) as one:
        reader.get(address)
    for number in range(2, 13):
        published(f"05.{number:02d} Boots number {number}\n\n\u2022 See 04.1 Snack.\n")
    with django_assert_num_queries(len(one)):
        reader.get(address)


def test_samples_stand_in_three_sections_with_one_link_that_leads_nowhere(client):
    add_sample_pages()
    add_sample_pages()
    assert ProcedurePage.objects.live().count() == 4
    assert [str(each) for each in Reference.objects.leading_nowhere()] == ["06.01 Keeping children safe"]
    assert list(ProcedurePage.objects.visible_to(AnonymousUser()).in_order().values_list("code", flat=True)) == [
        "07.06",
        "09.14",
        "10.02",
    ]
    shown = client.get("/procedures/").content.decode()
    assert re.findall(r'id="section-(\d+)"', shown) == ["07", "09", "10"]
