"""Private files: photographs and papers. Never under MEDIA_ROOT, opened only through an object from visible_to."""

import hashlib
import os
import secrets

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from records.models import StoredFile


def path_of(sha256):
    """Where the bytes with this address live."""
    return settings.FILES_DIR / sha256[:2] / sha256[2:4] / sha256


def keep(content, media_type):
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
        _fsync_folder(folder)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": len(content), "media_type": media_type}
    )
    return stored


def write_durably(path, content):
    """Write a file that nobody else may read, so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name[:12]}.{secrets.token_hex(6)}")
    with open(draft, "xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def _fsync_folder(folder):
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def read(stored):
    """The bytes of a StoredFile; OSError where the disk gives something else than what was stored."""
    content = path_of(stored.sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise OSError(f"The stored file {stored.pk} no longer has the content it was stored with.")
    return content


def respond(stored, *, name, inline=False):
    """An HTTP response with the file. Call it only with a file reached through an object from visible_to."""
    response = HttpResponse(read(stored), content_type=stored.media_type)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
