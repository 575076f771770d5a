"""Photographs that found no free place to be cleaned: kept as they were sent, and put on their page in their turn.

The files lie beside the other private files and in no backup: they still tell where and when they were taken.
"""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.journal.models import Observation, Photograph, Upload
from records import audit, files
from records.pictures import LONGEST_NAME, called

if TYPE_CHECKING:
    from people.families.models import Child
    from portal.journal.forms import Taken
    from records.pictures import Picture

MOST_WAITING = 40  # photographs of one person
FORGOTTEN_AFTER = timedelta(days=14)


def folder() -> Path:
    return Path(settings.DATA_DIR, "uploads")


def path_of(upload: Upload) -> Path:
    """Where the file lies as it was sent."""
    return folder() / str(upload.pk)


def add_pictures(
    observation: Observation, pictures: "Taken | list[Picture] | tuple[()]", children: "Iterable[Child]"
) -> None:
    """Put clean photographs on a page, and keep those that still have to be cleaned (`pictures.waiting`, where it has any).

    Each file is on disk for good before its row; position counts on from those already there. Until somebody says
    otherwise, everybody on the page can be seen in it: the careful guess.
    """
    taken = set(observation.photographs.values_list("position", flat=True))
    begin = max(taken, default=-1) + 1
    for position, picture in enumerate(pictures, start=begin):
        sizes = {name: files.keep(content, "image/jpeg") for name, content in picture.sizes.items()}
        photograph = Photograph.objects.create(
            observation=observation, position=position, width=picture.width, height=picture.height, **sizes
        )
        photograph.children.set(children)
    for number, sent in enumerate(getattr(pictures, "waiting", ())):
        upload = Upload(observation=observation, number=number, name=called(sent)[:LONGEST_NAME])
        sent.seek(0)
        files.write_durably(path_of(upload), sent.read())
        upload.save(force_insert=True)


@transaction.atomic
def take_in(upload: Upload, picture: "Picture") -> None:
    """Put a photograph that was cleaned on its page; its file as it was sent is gone."""
    observation = Observation.objects.select_for_update(no_key=True).get(pk=upload.observation_id)
    if not Upload.objects.filter(pk=upload.pk).delete()[0]:
        return
    add_pictures(observation, [picture], observation.children.all())
    audit.record("journal.photograph_arrived", observation, by=observation.author)
    _throw_file_away(upload)


@transaction.atomic
def refuse(upload: Upload, why: str) -> None:
    """Say why a photograph cannot be taken; after one that took too long the others of its page are not begun."""
    refused = Upload.objects.filter(pk=upload.pk)
    if refused.update(problem=why) and why == "slow":
        others = Upload.objects.waiting().filter(observation=upload.observation_id)
        for other in others:
            _throw_file_away(other)
        others.update(problem="unread")
    _throw_file_away(upload)


def sender_was_told(uploads: Iterable[Upload]) -> None:
    """Its sender has read what could not be taken: Today no longer says so."""
    Upload.objects.filter(pk__in=[upload.pk for upload in uploads], told_at=None).update(told_at=timezone.now())


def clear_away_uploads() -> int:
    """Forget what was refused two weeks ago, and files whose row was never written; how many there were."""
    gone: int = Upload.objects.refused().filter(sent_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()[0]
    there = {str(pk) for pk in Upload.objects.values_list("pk", flat=True)}
    yesterday = (timezone.now() - timedelta(days=1)).timestamp()
    for path in folder().glob("*"):
        if path.name not in there and path.stat().st_mtime < yesterday:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _throw_file_away(upload: Upload) -> None:
    transaction.on_commit(lambda: path_of(upload).unlink(missing_ok=True))
