"""Every secret in a file of its own: made once, by whoever comes first, and on the disk before anybody uses it.

A power cut can leave an empty file, and an empty secret opens to everybody: so each has a length below which it is refused.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


class UnfitSecret(Exception):
    """A file that should hold a secret is empty or cut short. It is never made anew: what it opens would be lost."""


@dataclass(frozen=True)
class Kind:
    """A secret's file in the folder `keys`, the fewest bytes it can have, and what is lost without it."""

    file_name: str
    shortest: int
    opens: str


PROGRAM = Kind("secret.key", 50, "sessions and links in mails")
FIELDS = Kind("field.key", 43, "the encrypted fields of the database")
BACKUP = Kind("backup.key", 39, "every backup")
CHECKPOINTS = Kind("checkpoint.key", 64, "the audit log's checkpoints")
SEAL = Kind("seal.pem", 200, "the seal of papers")
ALL = (PROGRAM, FIELDS, BACKUP, CHECKPOINTS, SEAL)


def kept(folder, kind, make):
    """The secret's bytes; where there is none yet, `make` gives it. UnfitSecret where there is less than there must be."""
    path = Path(folder) / kind.file_name
    if not path.exists():
        write_once(path, make(), mode=0o600)
    return read(path, kind)


def read(path, kind):
    content = path.read_bytes().strip()
    if len(content) < kind.shortest:
        raise UnfitSecret(
            f"{path} is {'empty' if not content else 'cut short'}: it opens {kind.opens}. "
            "Bring it back from the recovery sheet or from a backup."
        )
    return content


def random_words():
    """Sixty-four random bytes as letters and digits."""
    return secrets.token_urlsafe(64).encode()


def write_once(path, content, *, mode):
    """Put a file there for good unless it is there already; of two processes at once the first one's content counts."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
    for folder in (path.parent, path.parent.parent):  # the file's name, and that of its new folder
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
