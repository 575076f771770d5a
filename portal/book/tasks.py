"""What the scheduler calls for books: making the next one, and clearing old ones away.

The queue of books is the rows that wait, so a killed scheduler loses nothing. The scheduler reads what the owner may read and
lays it out; the press (press.py) is a program of its own: it takes long and much memory, and no signed
paper must wait for it.
"""

import logging
import os
import subprocess
import sys
import time

from django.conf import settings

from portal.book import actions
from portal.book.models import Book
from records.apart import after_pages
from records.turns import WhoseTurn
from records.work import apart, daily, soon

log = logging.getLogger("bigbook.books")
MINUTES = 20
whose_turn = WhoseTurn()
state = {"press": None, "book": None, "until": 0}  # of this worker: the press at work, for which book, and until when


@soon
def make_books():
    """Begin the next book, or look how far the one at work is."""
    if state["press"] is None:
        return begin_next()
    return go_on()


@apart
def books_wait():
    """Whether this worker's press is at work, or has failed and is to be begun again."""
    return state["press"] is not None or Book.objects.waiting().exists()


def begin_next():
    people = list(Book.objects.waiting().values_list("asked_by", flat=True))
    if not people:
        return 0
    book = Book.objects.waiting().filter(asked_by=whose_turn.of(people)).select_related("child", "asked_by").first()
    if book is None:
        return 0
    try:
        actions.lay_out(book)
        state["press"], state["book"], state["until"] = press(book), book, time.monotonic() + 60 * MINUTES
    except Exception:
        actions.fail(book)
        raise
    return 1


def press(book):
    """The program that makes the files; what it says is not kept, because it could name what is in the book."""
    begun = subprocess.Popen(  # noqa: S603  our own program, and a folder of our own
        [sys.executable, "-m", "portal.book.press", str(actions.folder_of(book))],
        cwd=settings.BASE_DIR,
        env={name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after_pages(begun)
    return begun


def go_on():
    running, book = state["press"], state["book"]
    code = running.poll()
    if code is None and time.monotonic() < state["until"]:
        actions.say_progress(book)
        return 0
    if code is None:
        running.kill()
        running.wait()
    state["press"] = state["book"] = None
    try:
        if code != 0:
            raise RuntimeError(f"the press ended with {code}")
        actions.finish(book)
    except Exception:
        actions.fail(book)
        raise
    return 1


@daily
def clear_away_books():
    return actions.clear_away()
