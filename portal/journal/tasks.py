"""What the scheduler calls for the journal: books, photographs in their turn, and counting readers anew.

The queue of books is the rows that wait, so a killed worker loses nothing. The worker reads what the owner may read and
lays it out; the press (press.py) is a program of its own: it takes long and much memory, and no signed
paper must wait for it.
"""

import logging
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.core.files import File
from django.utils import timezone

from portal.journal import actions_book, actions_uploads
from portal.journal.actions import count_readers
from portal.journal.models import Book, Observation, Origin, Upload
from portal.journal.models.observation import LATELY
from records.apart import after_pages
from records.pictures import NotAPicture, clean
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
        actions_book.lay_out(book)
        state["press"], state["book"], state["until"] = press(book), book, time.monotonic() + 60 * MINUTES
    except Exception:
        actions_book.fail(book)
        raise
    return 1


def press(book):
    """The program that makes the files; what it says is not kept, because it could name what is in the book."""
    begun = subprocess.Popen(  # noqa: S603  our own program, and a folder of our own
        [sys.executable, "-m", "portal.journal.press", str(actions_book.folder_of(book))],
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
        actions_book.say_progress(book)
        return 0
    if code is None:
        running.kill()
        running.wait()
    state["press"] = state["book"] = None
    try:
        if code != 0:
            raise RuntimeError(f"the press ended with {code}")
        actions_book.finish(book)
    except Exception:
        actions_book.fail(book)
        raise
    return 1


@soon
def clean_uploads():
    """Begin to clean the next photograph that waits, or put the one that is ready on its page."""
    if studio.upload is None:
        return studio.begin()
    return studio.go_on()


@apart
def uploads_wait():
    """Whether a photograph is being cleaned or waits for it."""
    return studio.upload is not None or Upload.objects.waiting().exists()


class Studio:
    """Cleans one photograph after the other in a thread of its own: mail goes on leaving meanwhile.

    Whoever was served longest ago comes next, so that twenty photographs of one person hold up nobody else's one.
    """

    def __init__(self):
        self.upload = self.cleaning = None
        self.thread = ThreadPoolExecutor(1)
        self.whose_turn = WhoseTurn()

    def begin(self):
        senders = Upload.objects.waiting().values_list("observation__author", flat=True)
        if not senders:
            return 0
        sender = self.whose_turn.of(senders)
        self.upload = Upload.objects.waiting().filter(observation__author=sender).first()
        self.cleaning = self.thread.submit(_cleaned, actions_uploads.path_of(self.upload), self.upload.name)
        return 1

    def go_on(self):
        if not self.cleaning.done():
            return 0
        upload, self.upload = self.upload, None
        try:
            actions_uploads.take_in(upload, self.cleaning.result())
        except NotAPicture as problem:
            actions_uploads.refuse(upload, problem.why)
        except FileNotFoundError:  # a backup holds the row and not the file
            actions_uploads.refuse(upload, "lost")
        return 1


def _cleaned(path, name):
    with path.open("rb") as file:
        return clean(File(file, name))


studio = Studio()


@daily
def clear_away_uploads():
    return actions_uploads.clear_away_uploads()


@daily
def clear_away_books():
    return actions_book.clear_away()


@daily
def count_held_back():
    """Permissions, relationships and restrictions change: of lately's pages it is counted anew whom they reach."""
    since = timezone.now() - LATELY
    pages = Observation.objects.filter(origin=Origin.SETTING, shared_at__gte=since, withdrawn_at__isnull=True)
    for page in pages:
        count_readers(page)
    return len(pages)
