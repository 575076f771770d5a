"""Actions of books: ask for one, lay out what the press needs, say how far it is, note that it is made, clear away.

The files of a book lie in a folder of their own beside the private files: they are copies that can be made again, so no
backup carries them, and they go with their row.
"""

import json
import logging
import shutil
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from people.accounts.models import Person
from people.families.models import Child
from portal.book import archive, layout, rules
from portal.book.contents import BookPage, Period, fingerprint, held, pages
from portal.book.models import DAYS, TRIES, Book
from records import audit
from records.refused import refuse

log = logging.getLogger("bigbook.books")

FILES = {"screen": "screen.pdf", "print": "print.pdf", "archive": "archive.zip"}


def folder_of(book: Book) -> Path:
    """Where the files of a book are; a new folder each time it is made."""
    return Path(settings.DATA_DIR, "books", book.attempt.hex)


def file_of(book: Book, kind: str) -> Path:
    return folder_of(book) / FILES[kind]


@transaction.atomic
def ask_for_book(child: Child, period: str, *, by: Person) -> Book:
    """Somebody of the family wants a book. Asking twice while it is being made makes one."""
    refuse(rules.why_not_ask(by, child, period))
    book = Book.objects.select_for_update().filter(asked_by=by, child=child, period=period).first()
    if book and book.is_under_way:
        return book
    anew = {"asked_at": timezone.now(), "attempt": uuid.uuid4(), "done": 0, "made_at": None, "failures": 0}
    if book:
        before = folder_of(book)
        Book.objects.filter(pk=book.pk).update(**anew, holds={}, fingerprint="")
        book.refresh_from_db()
        transaction.on_commit(lambda: shutil.rmtree(before, ignore_errors=True))
    else:
        book = Book.objects.create(asked_by=by, child=child, period=period, **anew)
    audit.record("book.asked_for", book, by=by, child=child)
    return book


def lay_out(book: Book) -> None:
    """Read what its owner may read today, and put everything that the press needs into the book's folder."""
    found = pages(book.child, book.asked_by, Period(book.period))
    shutil.rmtree(folder_of(book), ignore_errors=True)
    book.attempt = uuid.uuid4()  # a press that outlived its worker goes on in the folder before, where it harms nobody
    Book.objects.filter(pk=book.pk).update(attempt=book.attempt)
    folder = folder_of(book)
    folder.mkdir(parents=True, mode=0o700)
    write_job(book, found, folder)
    Book.objects.filter(pk=book.pk).update(holds=held(found), fingerprint=fingerprint(found), done=1)


def write_job(book: Book, found: list[BookPage], folder: Path) -> None:
    """What the press reads: both books as HTML, the archive's words, and where the files are."""
    for kind in ("screen", "print"):
        (folder / f"{kind}.html").write_text(layout.html(book, found, kind), encoding="utf-8")
    job = {
        "files": str(settings.FILES_DIR),
        "made_at": book.asked_at.isoformat(),
        "photographs": sum(len(each["photographs"]) for each in found),
        "pages": len(found),
        "large": book.asked_by.reads_large_print,
        "archive": archive.write(book, found, folder),
    }
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")


def say_progress(book: Book) -> None:
    """How far the press says that it is, of 100."""
    try:
        done = int((folder_of(book) / "progress").read_text())
    except (OSError, ValueError):
        return
    Book.objects.filter(pk=book.pk, attempt=book.attempt, made_at=None, done__lt=done).update(done=done)


def finish(book: Book) -> None:
    """The press is done: the book can be opened, unless it was asked for anew meanwhile."""
    missing = [name for name in FILES.values() if not (folder_of(book) / name).is_file()]
    if missing:
        raise FileNotFoundError(missing[0])
    Book.objects.filter(pk=book.pk, attempt=book.attempt).update(made_at=timezone.now(), done=100)


def fail(book: Book) -> None:
    """It could not be made: after three times only asking again begins it anew."""
    shutil.rmtree(folder_of(book), ignore_errors=True)
    Book.objects.filter(pk=book.pk, attempt=book.attempt).update(failures=F("failures") + 1, done=0)


def clear_away() -> int:
    """Books of last month, those that may not be opened any more, and folders without a book; how many folders went."""
    Book.objects.filter(asked_at__lt=timezone.now() - timedelta(days=DAYS)).delete()
    for book in Book.objects.filter(made_at__isnull=False).select_related("child", "asked_by"):
        mine = Book.objects.visible_to(book.asked_by).filter(pk=book.pk).exists()
        if not mine or not rules.may_still_be_opened(book):
            book.delete()
    kept = {folder_of(book).name for book in Book.objects.filter(failures__lt=TRIES)}
    everything = settings.DATA_DIR / "books"
    old = [path for path in (everything.iterdir() if everything.exists() else []) if path.name not in kept]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return len(old)
