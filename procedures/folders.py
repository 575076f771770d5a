"""Where documents come from: single files, folders, and ZIPs of a policy folder with whatever else lies in them."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from procedures.reading import LARGEST_FILE, kind_of

DOCUMENTS = {".txt", ".md", ".markdown", ".docx", ".docm", ".pdf", ".zip", ".doc", ".rtf", ".odt", ".pages"}
MOST_FILES = 300
MOST_UNPACKED = 250_000_000  # bytes of all files of one import together
DEEPEST = 2  # a ZIP inside a ZIP; no farther
LOCKED = 0x1
UTF_8_NAME = 0x800


@dataclass
class Allowance:
    """How many bytes may still be unpacked of one import; the ZIPs in it, and those inside of them, share it."""

    left: int = MOST_UNPACKED

    def take(self, source):
        self.left -= len(source.content)
        return source


@dataclass
class Source:
    """A file to read, or a sentence that says why it cannot be."""

    name: str
    content: bytes = b""
    why: str = ""


def is_junk(path):
    """What computers leave in folders: Mac's and Windows' own files, and the locks of open documents."""
    parts = PurePosixPath(path).parts
    if not parts or any(part in ("__MACOSX", ".git", ".Trash") for part in parts):
        return True
    return parts[-1].startswith((".", "~$", "._")) or parts[-1] in ("Thumbs.db", "desktop.ini")


def is_document(path):
    return PurePosixPath(path).suffix.casefold() in DOCUMENTS and not is_junk(path)


def sources_of(name, content, depth=0, allowance=None):
    """The documents in a file: itself, or each of those in a ZIP, each bounded in size, and together by the allowance."""
    if kind_of(content) != "zip":
        yield Source(name, content)
        return
    if depth >= DEEPEST:
        yield Source(name, why=_("This ZIP lies inside a ZIP inside a ZIP. Unpack it, and import what is in it."))
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from sources_in(archive, name, depth, allowance or Allowance())
    except Exception:  # a damaged ZIP makes its reader stumble in many ways
        yield Source(name, why=_("This ZIP is damaged and cannot be opened. Make it anew, and import that."))


def sources_in(archive, name, depth, allowance):
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and is_document(name_of(entry))]
    if not entries:
        yield Source(name, why=_("There is no document in this ZIP: no .docx, .pdf, .txt or .md."))
    if len(entries) > MOST_FILES:
        many = {"most": MOST_FILES}
        yield Source(
            name, why=_("There are more than %(most)s documents in this ZIP. Those after them were left.") % many
        )
    for entry in sorted(entries[:MOST_FILES], key=name_of):
        source = allowance.take(unpacked(archive, entry, min(allowance.left, LARGEST_FILE)))
        if source.why:
            yield source
        else:
            yield from sources_of(source.name, source.content, depth + 1, allowance)


def unpacked(archive, entry, most):
    """One file of a ZIP; never more of it than `most` bytes, whatever the ZIP says about its size."""
    name = name_of(entry)
    if entry.flag_bits & LOCKED:
        return Source(name, why=_("This file is locked with a password inside the ZIP. Pack it without one."))
    try:
        with archive.open(entry) as packed:
            content = packed.read(most + 1)
    except Exception:
        return Source(name, why=_("This file is damaged inside the ZIP and cannot be unpacked."))
    if len(content) > most:
        return Source(name, why=_("This file is too large for one procedure. Import one procedure at a time."))
    return Source(name, content)


def name_of(entry):
    """A file's path as its maker wrote it: many programs write other letters than the ZIP's rules know."""
    name = entry.filename
    if not entry.flag_bits & UTF_8_NAME:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.filename
    return re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "", name.replace("\\", "/"))[:300] or "?"
