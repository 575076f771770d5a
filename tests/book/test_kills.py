"""A book outlives a press that is killed in the middle, and a worker that forgot the press it began."""

import time

import pytest

from portal.book import actions as books
from portal.book import tasks
from portal.book.models import Book
from records import work
from records.turns import WhoseTurn
from tests.book.test_book import own_shelf, photographs  # noqa: F401 - a fixture
from tests.journal.pages import shared

pytestmark = pytest.mark.django_db
PATIENCE = 60  # seconds


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    monkeypatch.setattr(work, "close_old_connections", lambda: None)  # the test's own transaction lives in it
    monkeypatch.setattr(work, "BESIDE", [])  # threads would have connections of their own
    monkeypatch.setattr(tasks, "whose_turn", WhoseTurn())  # nobody was served before


@pytest.fixture
def wanted(cast):
    for number in range(3):
        shared(cast.key_person, cast.maja, words=f"Page {number}.", pictures=photographs(2))
    return books.ask_for_book(cast.maja, "everything", by=cast.mother)


def begun(book):
    """The press of this book, in the middle of its work; and its folder."""
    assert tasks.make_books() == 1
    book.refresh_from_db()
    folder, until = books.folder_of(book), time.monotonic() + PATIENCE
    while not (folder / "progress").exists():
        assert time.monotonic() < until and tasks.state["press"].poll() is None
        time.sleep(0.02)
    return tasks.state["press"], folder


def assert_whole(book):
    book.refresh_from_db()
    assert book.made_at
    for kind, begins in (("screen", b"%PDF-"), ("print", b"%PDF-"), ("archive", b"PK")):
        assert books.file_of(book, kind).read_bytes().startswith(begins)


def test_a_press_that_is_killed_is_begun_again_by_itself(wanted):
    press, folder = begun(wanted)
    press.kill()
    press.wait()
    with pytest.raises(RuntimeError):
        tasks.make_books()
    assert not folder.exists(), "half a book is thrown away"
    work.do_all()
    assert_whole(wanted)


def test_a_worker_that_knows_nothing_of_an_older_press_makes_the_book_and_the_press_harms_nobody(wanted):
    press, before = begun(wanted)
    tasks.state.update(press=None, book=None, until=0)  # a new worker knows nothing of the old one's press
    work.do_all()
    assert_whole(wanted)
    press.wait(PATIENCE)
    assert books.folder_of(wanted) != before
    assert_whole(wanted)
    books.clear_away()
    assert not before.exists(), "what the old press made is cleared away"
    assert_whole(wanted)


def test_all_at_once_goes_on_after_a_press_that_failed(wanted, cast):
    other = books.ask_for_book(cast.maja, "everything", by=cast.father)
    press, _folder = begun(wanted)
    press.kill()
    press.wait()
    work.do_all()
    assert_whole(wanted)
    assert_whole(other)


def test_whoever_asks_the_worker_to_do_all_once_gets_the_book_too(wanted):
    work.do_all()
    assert_whole(wanted)
    assert not Book.objects.waiting().exists()
