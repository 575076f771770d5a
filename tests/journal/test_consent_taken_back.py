"""A no to photographs counts for those that were shared already: for every reader, in every size, book and archive."""

import uuid

import pytest

from people.families import actions_family
from people.families.access import RestrictionKind
from portal.book import actions as books
from portal.book.models import EVERYTHING, Book
from portal.book.rules import may_still_be_opened
from portal.demo.drawings import drawn
from portal.journal import actions
from portal.journal.models import Photograph
from portal.journal.waiting import new_pages
from records.pictures import clean
from tests.cast import signed_in
from tests.journal.pages import OWN, allow, reads, shared, write

pytestmark = pytest.mark.django_db
FAMILY = ("mother", "father", "stepfather")
STAFF = ("key_person", "manager", "senco")


def picture(seed=1):
    return clean(drawn("tower", seed, (90, 60)))


@pytest.fixture
def page(cast):
    return shared(cast.key_person, cast.maja, words="She built a tower.", pictures=[picture()])


def sizes(photograph):
    return [f"/journal/photographs/{photograph.pk}/{size}/" for size in ("small", "large")]


def who_sees(cast, photograph):
    seen = Photograph.objects.filter(pk=photograph.pk)
    return {name for name in (*FAMILY, *STAFF) if seen.visible_to(getattr(cast, name)).exists()}


def test_nobody_sees_it_any_more_and_it_is_kept_and_comes_back(cast, page):
    photograph = page.photographs.get()
    look = f"/journal/{cast.maja.pk}/{page.pk}/{photograph.pk}/"
    assert who_sees(cast, photograph) == {*FAMILY, *STAFF}
    allow(cast.mother, cast.maja, OWN, allows=False)
    assert who_sees(cast, photograph) == set()
    for name in ("mother", "father", "key_person"):
        client = signed_in(getattr(cast, name))
        assert [client.get(address).status_code for address in (*sizes(photograph), look)] == [404] * 3
        html = client.get(f"/journal/{cast.maja.pk}/{page.pk}/").content.decode()
        assert "She built a tower." in html and "/photographs/" not in html, "the words stay"
    assert photograph.large.sha256 and Photograph.objects.filter(pk=photograph.pk).exists()
    allow(cast.mother, cast.maja, OWN)
    assert who_sees(cast, photograph) == {*FAMILY, *STAFF}
    assert signed_in(cast.father).get(sizes(photograph)[1]).status_code == 200


def test_a_child_on_somebody_elses_page_is_hidden_there_too(cast):
    allow(cast.other_mother, cast.tobi)
    page = shared(cast.key_person, cast.maja, cast.tobi, pictures=[picture(1), picture(2)])
    of_both, of_maja = page.photographs.all()
    of_maja.children.set([cast.maja])
    assert Photograph.objects.visible_to(cast.mother).filter(observation=page).count() == 2
    allow(cast.other_mother, cast.tobi, OWN, allows=False)
    assert list(Photograph.objects.visible_to(cast.mother).filter(observation=page)) == [of_maja]
    assert of_both not in Photograph.objects.visible_to(cast.other_mother)


def test_a_page_of_photographs_alone_is_not_there_and_not_counted_as_new(cast):
    page = shared(cast.key_person, cast.maja, words="", pictures=[picture()])
    assert reads(cast.father, page) and new_pages(cast.father, {cast.maja.pk}) == {cast.maja.pk: 1}
    allow(cast.mother, cast.maja, OWN, allows=False)
    assert not reads(cast.father, page) and new_pages(cast.father, {cast.maja.pk}) == {}


def test_a_book_and_its_archive_close_and_a_new_one_is_made_without(cast, page):
    book = books.ask_for_book(cast.maja, EVERYTHING, by=cast.father)
    books.lay_out(book)
    Book.objects.filter(pk=book.pk).update(made_at=book.asked_at)
    book.refresh_from_db()
    assert may_still_be_opened(book) and book.holds["journal"]["photographs"]
    allow(cast.mother, cast.maja, OWN, allows=False)
    assert not may_still_be_opened(book)
    books.lay_out(book)
    folder, book = books.folder_of(book), Book.objects.get(pk=book.pk)
    assert book.holds["journal"]["photographs"] == [] and book.holds["journal"]["pages"]
    digest = page.photographs.get().large.sha256
    assert not any(digest in path.read_text() for path in folder.rglob("*") if path.suffix in (".html", ".json"))


def test_what_the_family_added_from_home_stays_with_it(cast):
    """The sentence says so: it is theirs, nobody else's household reads it, and they take it back themselves."""
    allow(cast.mother, cast.maja, OWN, allows=False)
    home = actions.add_from_home(
        cast.maja, by=cast.mother, words="", pictures=[picture()], idempotency_key=uuid.uuid4()
    )
    photograph = home.photographs.get()
    assert who_sees(cast, photograph) == {"mother", "stepfather", *STAFF} and reads(cast.mother, home)


def test_who_writes_a_draft_sees_its_photographs_and_cannot_share_it(cast):
    draft = write(cast.key_person, cast.maja, pictures=[picture()])
    assert who_sees(cast, draft.photographs.get()) == {"key_person", "manager"}
    check = signed_in(cast.key_person).get(f"/journal/drafts/{draft.pk}/check/")
    assert [len(reader.photographs) for reader in check.context["readers"]] == [0]
    assert "have not allowed photographs" in check.content.decode()


def test_who_answers_for_the_page_knows_that_photographs_are_kept_back(cast, page):
    address = f"/journal/{cast.maja.pk}/{page.pk}/"
    kept = "1 photograph is kept back"
    assert kept not in signed_in(cast.key_person).get(address).content.decode()
    allow(cast.mother, cast.maja, OWN, allows=False)
    assert kept in signed_in(cast.key_person).get(address).content.decode()
    assert kept in signed_in(cast.manager).get(address).content.decode()
    for name in (*FAMILY, "senco"):
        assert kept not in signed_in(getattr(cast, name)).get(address).content.decode()


@pytest.mark.parametrize("how", ["ended", "barred"])
def test_a_yes_counts_while_whoever_gave_it_has_a_say(cast, page, how):
    photograph = page.photographs.get()
    if how == "ended":
        actions_family.end_relationship(cast.mother.relationships.get(child=cast.maja), by=cast.manager)
    else:
        actions_family.restrict(cast.maja, cast.mother, by=cast.manager, kind=RestrictionKind.FULL, basis="An order")
    assert who_sees(cast, photograph) == set()
    allow(cast.father, cast.maja, OWN)
    assert "father" in who_sees(cast, photograph)


def test_the_permissions_page_says_exactly_what_a_no_does(cast, page):
    """Each clause of the sentence is one of the tests above."""
    html = " ".join(signed_in(cast.mother).get("/papers/permissions/").content.decode().split())
    assert (
        "If you say no, nobody sees a photograph of Maja in any journal any more, whoever shared it and whenever: not"
        " you, not other families, not the people who work here, and not in books made before. The words stay. What is"
        " hidden is kept, and comes back once it is allowed again. Photographs that you or your household added from"
        " home stay where they are." in html
    )
