"""Searching: words inside the text, in part and in plural; the sentence with its address; and nothing of another's pages."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from procedures.actions_search import note_missing_words
from procedures.audiences import Audience
from procedures.models import ProcedurePage, Word
from records.finding import Passage, best_passage, marked, shortened, terms_of
from tests.cast import signed_in
from tests.pace import worth
from tests.procedures.made import a_procedure, published, spelled

pytestmark = pytest.mark.django_db

CHANGING = """03.04 Changing children

Every child is changed kindly. Nobody hurries.

How we do it

- We talk with your child. Whoever changes a child wears gloves, and the crème stands on a high shelf.
- Complaints are heard by the manager.
"""


def main_of(client, asked, **more):
    words = client.get("/search/", {"q": asked, **more}).content.decode()
    return re.sub(r"\s+", " ", words[words.index("<main") : words.index("</main>")])


def number_in(found):
    """How many procedures stand on the page; pages of information are found beside them."""
    return found.count('<p class="kind">Procedure</p>')


@pytest.mark.parametrize(
    "asked",
    ["gloves", "GLOVE", "glov", "wears gloves", "creme", "crème", "complain", "complaint",
     "changed", "03.04", "Changing children", "nappy", "nappies", "the gloves of a child"],
)  # fmt: skip
def test_it_is_found_by(client, asked):
    page = published(CHANGING, other_words="nappy, potty")
    found = main_of(client, asked)
    assert number_in(found) == 1
    assert page.url in found


def test_the_sentence_stands_there_with_the_words_marked_and_its_own_address(client):
    page = published(CHANGING)
    found = main_of(client, "gloves")
    anchor = next(f"c-{block.id[:8]}" for block in page.body if "gloves" in str(block.value))
    assert f'href="{page.url}#{anchor}"' in found
    assert "Whoever changes a child wears <mark>gloves</mark>, and the crème" in found
    assert "We talk with your child." not in found
    assert f'id="{anchor}"' in client.get(page.url).content.decode()


def test_words_of_the_title_are_marked_too(client):
    published(CHANGING)
    assert "03.04 <mark>Changing</mark> children" in main_of(client, "changing")


@pytest.mark.parametrize(
    ("audience", "readers", "others"),
    [
        (Audience.FAMILIES, ["mother", "key_person", "editor"], ["signed_out", "barred_father", "grandmother"]),
        (Audience.STAFF, ["key_person", "chair", "editor"], ["signed_out", "mother", "grandmother", "barred_father"]),
    ],
)
def test_nobody_finds_counts_or_is_offered_what_is_not_theirs(cast, client, audience, readers, others):
    published(CHANGING, audience, other_words="zebracrossing")
    published("04.01 Snack\n\n- We eat gloveless.\n")
    for who in readers:
        assert number_in(main_of(signed_in(getattr(cast, who)), "glov")) == 2, who
    for who in others:
        reader = client if who == "signed_out" else signed_in(getattr(cast, who))
        found = main_of(reader, "glov")
        assert number_in(found) == 1, who
        assert "Changing" not in found, who
        offered = main_of(reader, "zebracrosing")
        assert "We did not find" in offered, who
        assert ">zebracrossing<" not in offered, who


def test_a_draft_is_not_found_and_what_is_taken_down_is_found_no_more(client):
    page = published(CHANGING)
    page.body = page.body.stream_block.to_python([{"type": "paragraph", "value": "Only drafted: umbrellas."}])
    page.save_revision()
    assert "We did not find" in main_of(client, "umbrellas")
    page.get_latest_revision().publish()
    assert number_in(main_of(client, "umbrellas")) == 1
    assert "We did not find" in main_of(client, "gloves")
    ProcedurePage.objects.get(pk=page.pk).unpublish()
    assert "We did not find" in main_of(client, "umbrellas")


def test_what_the_import_did_not_understand_is_not_found(client):
    published(CHANGING + "\nSigned: ______________ Walrus\n")
    assert not Word.objects.filter(word="walrus").exists()


def test_a_slip_of_the_finger_is_met_kindly(client):
    published(CHANGING)
    found = main_of(client, "complaimts")
    assert "Did you mean:" in found
    assert 'href="?q=complaints"' in found
    assert "in your language" in found


def test_all_words_go_before_some_of_them(client):
    published(CHANGING)
    published("04.01 Snack\n\n- We wear aprons.\n")
    assert number_in(main_of(client, "gloves child")) == 1
    some = main_of(client, "gloves aprons")
    assert number_in(some) == 2
    assert "No page has all of these words" in some


@pytest.mark.parametrize(
    "asked", ["", "   ", "'\"%_\\", "<script>alert(1)</script>", "a" * 5000, "\x00", "%" * 40, "ł" * 60]
)
def test_odd_questions_are_answered(client, asked):
    published(CHANGING)
    found = client.get("/search/", {"q": asked})
    assert found.status_code == 200
    assert b"<script>alert" not in found.content
    assert client.get("/search/", {"q": "child", "page": "99999999"}).status_code == 200
    assert client.get("/search/", {"q": "child", "page": "-1"}).status_code == 200


def test_where_somebody_looks_from_is_told_to_nobody(client):
    assert client.get("/search/", {"q": "violence"})["Referrer-Policy"] == "no-referrer"


def test_pages_of_information_are_found_too(client):
    assert "Privacy notice" in main_of(client, "allergies").replace("<mark>", "").replace("</mark>", "")


def test_what_was_published_before_there_was_a_search_is_found_after_the_next_round(client):
    published(CHANGING)
    Word.objects.all().delete()
    assert "We did not find" in main_of(client, "gloves")
    assert note_missing_words() == 1
    assert note_missing_words() == 0
    assert number_in(main_of(client, "gloves")) == 1


def test_a_search_costs_the_same_for_one_find_and_for_thirty(cast, django_assert_num_queries):
    reader = signed_in(cast.mother)
    published(a_procedure(1))
    reader.get("/search/?q=child")
    with CaptureQueriesContext(connection) as one:
        reader.get("/search/?q=child")
    for number in range(2, 31):
        published(a_procedure(number))
    with django_assert_num_queries(len(one)):
        found = main_of(reader, "child")
    assert int(re.search(r"(\d+) pages found", found)[1]) >= 30
    assert len(one) <= 13
    assert number_in(found) == 10
    assert number_in(main_of(reader, "child", page=3)) == 10


def test_a_public_procedure_costs_at_most_twelve_queries(client):
    page = published(CHANGING.replace("Complaints are", "As 10.02 Complaining says, complaints are"))
    published("10.02 Complaining\n\n- Tell us.\n")
    client.get(page.url)
    with CaptureQueriesContext(connection) as asked:
        client.get(page.url)
    assert len(asked) <= 12, "\n".join(each["sql"][:150] for each in asked)


def test_a_thick_folder_is_listed_section_by_section(client, monkeypatch):
    for number in (0, 1, 90, 91, 92):
        published(a_procedure(number))
    assert client.get("/procedures/").content.decode().count('<ul class="procedures">') == 2
    monkeypatch.setattr("procedures.contents.AT_ONCE", 4)
    first = client.get("/procedures/").content.decode()
    assert first.count('<ul class="procedures">') == 1
    assert "Procedure qa" in first and "Procedure qja" not in first
    assert re.search(r'href="\?section=02".*?3 procedures', first, re.DOTALL)
    second = client.get("/procedures/?section=02").content.decode()
    assert "Procedure qja" in second and "Procedure qa<" not in second
    assert client.get("/procedures/?section=%00nothing").status_code == 200


# The words themselves.


@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        ("Nappies", ["napp"]),
        ("what is the policy on nappies", ["polic", "napp"]),
        ("the", ["the"]),
        ("gas glass bus", ["gas", "glass", "bus"]),
        ("child’s", ["child"]),
        ("Łódź café", ["lodz", "cafe"]),
    ],
)
def test_terms(asked, terms):
    assert terms_of(asked) == terms


def test_marking_keeps_every_letter():
    text = "We change nappies; “Nappy” is marked, and snappy is not."
    pieces = marked(text, ["napp"])
    assert "".join(words for words, _ in pieces) == text
    assert [words for words, is_marked in pieces if is_marked] == ["nappies", "Nappy"]


def test_a_long_sentence_is_cut_around_the_word():
    long = "word " * 200 + "gloves " + "word " * 200
    cut = shortened(long, ["gloves"])
    assert "gloves" in cut
    assert len(cut) < 350
    assert cut.startswith("… ") and cut.endswith(" …")
    assert best_passage([Passage("nothing here")], ["gloves"]) == (None, [])


# Many.


def many(number, start=0):
    """So many published procedures, without the work of publishing each."""
    index = ProcedurePage.objects.first().get_parent()
    template = ProcedurePage.objects.first()
    for each in range(start, number):
        code = f"{each // 90 + 20:02d}.{each % 90 + 1:02d}"
        page = ProcedurePage(
            title=f"Procedure {spelled(each)}", code=code, section=f"Section {each // 90}", body=template.body
        )
        page.last_published_at = timezone.now()
        index.add_child(instance=page)
    while note_missing_words(100):
        pass


@pytest.mark.prove
def test_with_a_thousand_procedures_a_page_takes_at_most_twice_the_time(client, record_property):
    first = published(a_procedure(0))
    only = published("99.01 Bicycles\n\nThe velocipede is locked.\n")
    many(10)
    addresses = {
        "page": first.url,
        "one": "/search/?q=velocipede",  # found once, among ten and among a thousand
        "all": "/search/?q=child",
        "list": "/procedures/",  # one section of ninety, where there are ten of them
    }
    assert only.url in main_of(client, "velocipede")
    few = {name: worth(client, address) for name, address in addresses.items()}
    many(1000, start=10)
    lots = {name: worth(client, address) for name, address in addresses.items()}
    ratios = {name: round(lots[name] / few[name], 2) for name in addresses}
    record_property("reading", ratios)
    print(few, lots, ratios)
    assert max(ratios.values()) <= 2, ratios
