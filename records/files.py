"""Private files: photographs and papers. Never under MEDIA_ROOT, opened only through an object from visible_to."""

import hashlib

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from records.models import StoredFile
from records.stored import fsync_folder, path_of, write_durably


def keep(content: bytes, media_type: str) -> StoredFile:
    """Put bytes on disk for good, then their row. Power may fail at any moment: no row ever points at nothing.

    Django's own storage never calls fsync; after a power cut its rows point at empty files. So: temporary file,
    fsync, rename, fsync of the folder, and only then the row.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if not path.exists():
        write_durably(path, content)
    # Also when another process has just put it there: its folders may not have reached the disk yet.
    for folder in (path.parent, path.parent.parent, settings.FILES_DIR, settings.FILES_DIR.parent):
        fsync_folder(folder)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": len(content), "media_type": media_type}
    )
    return stored


def respond(stored: StoredFile, *, name: str, inline: bool = False) -> HttpResponse:
    """An HTTP response with the file. Call it only with a file reached through an object from visible_to."""
    response = HttpResponse(stored.read(), content_type=stored.media_type)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
