"""Actions of an import: bring files, read them, keep them as drafts. Each step may be killed and goes on where it was."""

import time
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.setting.models import Setting
from procedures.actions import draft_of, keep_as_draft
from procedures.apart import Apart
from procedures.difference import counts_of, difference
from procedures.folders import MOST_FILES, Allowance, sources_of
from procedures.importing import CannotRead, Document, read_file
from procedures.models import Batch, BatchFile, ProcedurePage
from records import audit
from records.refused import ActionRefused
from records.turns import Busy, Turns, WhoseTurn

if TYPE_CHECKING:
    from people.accounts.models import Person

State = BatchFile.State
LONGEST_STEP = timedelta(seconds=60)  # then whoever worked on a file has been killed, and somebody else may
MOST_TRIES = 2
KEPT_FOR = timedelta(days=30)
# In requests. Who finds no place to unpack is told so; what waits to be read or kept is left to the scheduler.
unpacking = Turns(places=1, seconds_a_person=60)
reading = Turns(places=1, seconds_a_person=120, wait=0)
whose_turn = WhoseTurn()  # in the scheduler


def begin_import(uploads: Iterable[tuple[str, bytes]], *, by: "Person") -> Batch:
    """A batch of these (name, bytes), ZIPs unpacked; what cannot be read stands in it with its sentence.

    Busy where others' files are being unpacked at this moment: nothing is kept then.
    """
    allowance = Allowance()
    with unpacking.turn():
        found = (each for name, content in uploads for each in sources_of(name, content, allowance=allowance))
        sources = list(islice(found, MOST_FILES + 1))
    return keep_sources(sources, by=by)


@transaction.atomic
def keep_sources(sources: Iterable[Any], *, by: "Person") -> Batch:
    """The batch of what was brought; unpacking it would have held up everybody who writes."""
    batch = Batch.objects.create(by=by)
    for source in sources:
        state = State.UNREADABLE if source.why else State.TO_READ
        BatchFile.objects.create(
            batch=batch, name=source.name[-300:], content=source.content, state=state, why=source.why
        )
    audit.record("procedures.import_begun", batch, by=by)
    return batch


def go_on(seconds: float, batch: Batch) -> int:
    """In a request: read what waits of a batch, or keep it, for about so many seconds; the scheduler does what is left.

    Only one request of each process is at it, because a single document may take twenty seconds.
    """
    try:
        with reading.turn():
            return read_waiting(seconds, batch) or keep_waiting(seconds, batch)
    except Busy:
        return 0


def read_waiting(seconds: float, batch: Batch | None = None) -> int:
    """Read files that wait, oldest first, for about so many seconds; how many were read."""
    done, until, name = 0, time.monotonic() + seconds, Setting.now().name
    with Apart() as apart:
        while time.monotonic() < until and (file := claim(State.TO_READ, batch)):
            read_one(file, name, apart)
            done += 1
    return done


def claim(state: str, batch: Batch | None) -> BatchFile | None:
    """The next file in this state for us alone, or None. A file that was begun twice and never ended is given up."""
    now = timezone.now()
    files = BatchFile.objects.waiting(state, now)
    if batch is not None:
        files = files.filter(batch=batch)
    elif people := list(files.order_by().values_list("batch__by", flat=True).distinct()):
        files = files.filter(batch__by=whose_turn.of(people))
    for pk, tries in files.values_list("pk", "tries")[:20]:
        ours = BatchFile.objects.waiting(state, now).filter(pk=pk, tries=tries)
        if tries >= MOST_TRIES:
            ours.update(
                state=State.UNREADABLE, why=_("This file could not be read. Paste its words instead."), content=b""
            )
        elif ours.update(busy_until=now + LONGEST_STEP, tries=tries + 1):
            return BatchFile.objects.get(pk=pk)
    return None


def read_one(file: BatchFile, setting_name: str, apart: Apart) -> None:
    """Read one file and write down what was understood, or the sentence that says why nothing was."""
    try:
        document = read_file(bytes(file.content), file.name, setting_name, apart)
        file.counts, file.page = expected(document)
        file.understood, file.state = document.stored(), State.READ
        file.code, file.title = document.code, document.title[:255]
    except CannotRead as sentence:
        file.state, file.why = State.UNREADABLE, str(sentence)[:500]
    file.content, file.busy_until, file.tries = b"", None, 0
    file.save()


def expected(document: Document) -> tuple[dict[str, int], ProcedurePage | None]:
    """What keeping the document would mean: counts for the list, and the page that it would change."""
    counts = {
        "headings": len(document.headings),
        "commitments": len(document.commitments),
        "references": len(document.references),
        "not_understood": len(document.not_understood),
    }
    page = draft_of(document)
    if page.pk is None:
        return counts, None
    stored = ProcedurePage.objects.get(pk=page.pk)
    changes = difference(stored.get_latest_revision_as_object().parts(), page.parts())
    return counts | counts_of(changes), stored


@transaction.atomic
def choose(batch: Batch, chosen: Any, *, by: "Person") -> None:
    """Say which files become drafts, with code, title and section as the editor put them right; the rest is left out."""
    for file in batch.files.select_for_update().filter(state=State.READ):
        if file.pk in chosen:
            file.code, file.title, section = chosen[file.pk]
            file.understood = (file.understood or {}) | {"section": section}
            file.state = State.TO_KEEP
        else:
            file.state, file.understood = State.LEFT, None
        file.save(update_fields=["code", "title", "state", "understood"])
    batch.by = by
    batch.save(update_fields=["by"])


def keep_waiting(seconds: float, batch: Batch | None = None) -> int:
    """Keep chosen files as drafts for about so many seconds; how many were kept."""
    done, until = 0, time.monotonic() + seconds
    while time.monotonic() < until and (file := claim(State.TO_KEEP, batch)):
        keep_one(file)
        done += 1
    return done


@transaction.atomic
def keep_one(file: BatchFile) -> None:
    document = Document.from_stored(file.understood)
    document.code, document.title = file.code, file.title
    try:
        file.page, file.state = keep_as_draft(document, by=file.batch.by), State.KEPT
    except ActionRefused as why:
        file.state, file.why = State.UNREADABLE, str(why)[:500]
    file.understood, file.busy_until, file.tries = None, None, 0
    file.save()


def forget_imports() -> int:
    """Imports that nobody has finished for a month, and what was in them, are deleted."""
    return Batch.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()[0]
