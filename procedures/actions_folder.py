"""Actions of printing: note what is wanted, make it, throw away what nobody can ask for any more."""

import os
import secrets
import time

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from documents.typesetting import typesetter
from people.setting.models import Setting
from procedures import folder
from procedures.models import Print, ProcedurePage

A_DAY = 24 * 60 * 60
TRIES = 3


@transaction.atomic
def want_procedure(page: ProcedurePage) -> None:
    """A procedure's PDF is wanted as it is published now; of one that is not published, none."""
    page = ProcedurePage.objects.live().defer("body").filter(pk=page.pk).first()
    if page is None:
        return
    wanted = {"digest": folder.digest_of_procedure(page), "failures": 0}
    row, is_new = Print.objects.get_or_create(procedure=page, defaults=wanted | {"asked_at": timezone.now()})
    if not is_new and row.digest != wanted["digest"]:
        Print.objects.filter(pk=row.pk).update(asked_at=timezone.now(), **wanted)


def want_all_procedures() -> int:
    """After a new layout or another name of the setting; how many there are."""
    setting = Setting.now()
    known = dict(Print.objects.filter(procedure__isnull=False).values_list("procedure", "digest"))
    late = [
        page
        for page in ProcedurePage.objects.live().defer("body")
        if known.get(page.pk) != folder.digest_of_procedure(page, setting)
    ]
    for page in late:
        want_procedure(page)
    return len(late)


@transaction.atomic
def want_folder(audience: str, large: bool = False) -> Print:
    """Somebody of this audience asks for the folder; once one of them wants large print, it is made in both sizes."""
    wanted = {"digest": folder.digest_of_folder(audience), "failures": 0}
    row, is_new = Print.objects.select_for_update().get_or_create(
        folder_for=audience, defaults=wanted | {"asked_at": timezone.now(), "large": large}
    )
    lacks_size = large and not row.large
    if not is_new and (row.digest != wanted["digest"] or row.failures or lacks_size):
        wanted |= {"large": True, "made_digest": ""} if lacks_size else {}
        Print.objects.filter(pk=row.pk).update(asked_at=timezone.now(), began_at=None, done=0, **wanted)
    return row


def begin(row: Print) -> None:
    Print.objects.filter(pk=row.pk).update(began_at=timezone.now(), done=0)


def say_progress(row: Print, pages: int) -> None:
    Print.objects.filter(pk=row.pk).update(done=pages)


def fail(row: Print) -> None:
    """It could not be made: after three times only somebody's asking begins it anew."""
    Print.objects.filter(pk=row.pk).update(failures=F("failures") + 1, began_at=None)


def make(row: Print) -> None:
    """Make the files of a row and note it. Killed at any point, the next try makes them again."""
    begin(row)
    if row.procedure_id:
        page = ProcedurePage.objects.live().get(pk=row.procedure_id)
        digest, html = folder.digest_of_procedure(page), folder.html_of_procedure(page)
    else:
        digest, html = folder.digest_of_folder(row.folder_for), folder.html_of_folder(row.folder_for)
    for large in (False, True) if row.procedure_id or row.large else (False,):
        keep(digest, set_in_type(html, row, large), large)
    Print.objects.filter(pk=row.pk).update(digest=digest, made_digest=digest, began_at=None, failures=0)


def set_in_type(html: str, row: Print, large: bool) -> bytes:
    """A procedure is set in a process apart. The folder has a program of its own already, which tells how far it is."""
    if row.procedure_id:
        made: bytes = typesetter().public(html, made_at=timezone.now(), large=large)
        return made
    from documents import pdf

    last = [time.monotonic()]

    def pages_so_far(number: int) -> None:
        if time.monotonic() - last[0] > 1:
            last[0] = time.monotonic()
            say_progress(row, number)

    made = pdf.make_public_pdf(html, made_at=timezone.now(), pages_so_far=pages_so_far, large=large)
    return made


def keep(digest: str, content: bytes, large: bool = False) -> None:
    """The file under its name, whole or not at all."""
    path = folder.path_of(digest, large)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{secrets.token_hex(6)}")
    draft.write_bytes(content)
    os.replace(draft, path)


def clear_away() -> int:
    """Files of words that are no longer published, a day later; how many."""
    made = Print.objects.values_list("made_digest", flat=True)
    kept = {folder.path_of(digest, large).name for digest in made for large in (False, True)}
    folder_path = folder.path_of("x").parent
    old = [
        path
        for path in (folder_path.iterdir() if folder_path.exists() else [])
        if path.name not in kept and path.stat().st_mtime < time.time() - A_DAY
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
