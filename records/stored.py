"""The bytes of private files on disk: written so that they are there whole or not at all. No tables here."""

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings


def path_of(sha256: str) -> Path:
    """Where the bytes with this address live."""
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def write_durably(path: Path, content: bytes) -> None:
    """Write a file that nobody else may read, so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name[:12]}.{secrets.token_hex(6)}")
    with open(draft, "xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def fsync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def stored_bytes(sha256: str) -> bytes:
    """Return the bytes with this address; OSError where the disk gives something else than what was stored."""
    content = path_of(sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise OSError(f"The stored file {sha256[:12]} no longer has the content it was stored with.")
    return content
