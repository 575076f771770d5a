"""One encrypted archive with everything a setting needs to begin again elsewhere, and the way back.

It is a tar file in the age format: without this program, `age` and `tar` open it with the words of the recovery sheet.

First the database, then the files: they are only ever added and have their content for a name, so every file that a row
of the database names is already there. The manifest has a digest of each table and each file. Restoring reads the whole
archive once before it writes a byte, and compares all digests again with what then stands on the disk.
"""

import contextlib
import hashlib
import json
import os
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from config import keys
from records import checkpoint, database_copy, which_database
from records.age_stream import AgeReader, AgeWriter, Damaged
from records.console import Progress, silent
from records.database_copy import BackupProblem
from records.make_secret import make_secret
from records.sealed_stream import NAME as SEALED
from records.sealed_stream import SealedReader

FOLDERS = ("files", "media", "keys")
SINGLE_FILES = ("kind", "demo-is-loaded")
PASSPHRASE_FILE = keys.BACKUP.file_name  # never in a backup: whoever has the backup must not have its key
DATABASE, MANIFEST = "database", "manifest.json"


def passphrase():
    """The words on the recovery sheet that open every backup (158 bits, 8 groups of 4); made at the first call."""
    return keys.kept(settings.KEYS_DIR, keys.BACKUP, new_words).decode("ascii")


def new_words():
    return make_secret(*[4] * 8).encode()


def as_typed(words):
    """A passphrase as a person may type it: any case, spaces or dashes between the groups."""
    return "-".join(words.lower().replace("-", " ").split())


class Digesting:
    """A file being read, which remembers the SHA-256 of what was read."""

    def __init__(self, file):
        self.file, self.hash = file, hashlib.sha256()

    def read(self, size=-1):
        content = self.file.read(size)
        self.hash.update(content)
        return content


def back_up(target, say=silent):
    """Write the archive to `target`; its manifest. BackupProblem where something that should be in it is missing.

    `say` hears how far it is.
    """
    if service := which_database.other_than_the_services():
        raise BackupProblem(
            f"The service uses the database {service}, and these settings name {which_database.in_words()}. "
            "Set DATABASE_URL and DATA_DIR as the service has them. Nothing was written."
        )
    if which_database.is_empty():
        raise BackupProblem(
            f"There is no setting in the database {which_database.in_words()}. "
            "Set DATABASE_URL and DATA_DIR as the service has them. Nothing was written."
        )
    target = Path(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            encrypting = AgeWriter(file, as_typed(passphrase()))
            with tarfile.open(fileobj=encrypting, mode="w|", format=tarfile.PAX_FORMAT) as archive:
                manifest = _pack(archive, say)
            encrypting.finish()
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)
        fsync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)
    missing = set(manifest["stored_files"]) - {Path(path).name for path in manifest["files"]}
    if missing:
        raise BackupProblem(
            f"The backup {target} was written, but {len(missing)} files that the database names are not on the disk. "
            "Restore them from an older backup before you rely on this one."
        )
    return manifest


def _pack(archive, say):
    manifest = {"format": 1, "made_at": timezone.now().isoformat(timespec="seconds"), "files": {}}
    manifest["checkpoint"] = checkpoint.keep()  # taken first: whatever the copy holds, it holds at least this
    say("Copying the database …")
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".backup-") as folder:
        copy = Path(folder) / DATABASE
        manifest.update(database_copy.take(copy))
        manifest["database"] = _add(archive, copy, DATABASE)
    paths, progress = sorted(what_to_keep(settings.DATA_DIR)), Progress(say)
    say(f"Copying {len(paths):,} files …")
    for number, path in enumerate(paths):
        progress(f"{number:,} of {len(paths):,} files")
        name = str(path.relative_to(settings.DATA_DIR))
        manifest["files"][name] = _add(archive, path, name)
    content = json.dumps(manifest, indent=1, sort_keys=True).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(content)
    archive.addfile(entry, BytesIO(content))
    return manifest


def what_to_keep(folder):
    """Every file of a data folder that belongs in a backup; half-written ones begin with a dot and do not."""
    for name in FOLDERS:
        for path in (folder / name).rglob("*"):
            if path.is_file() and not path.name.startswith(".") and path.name != PASSPHRASE_FILE:
                yield path
    yield from (folder / name for name in SINGLE_FILES if (folder / name).is_file())


def _add(archive, path, name):
    with open(path, "rb") as file:
        entry = tarfile.TarInfo(name)
        entry.size = os.fstat(file.fileno()).st_size
        digesting = Digesting(file)
        archive.addfile(entry, digesting)
    return digesting.hash.hexdigest()


def read_through(source, words, say=silent):
    """Read a whole archive without writing anything; its manifest. BackupProblem where anything is not as it was."""
    found, manifest, progress, read = {}, None, Progress(say), 0
    say("Reading all of it, to see that nothing was changed …")
    with _opened(source, words) as archive:
        for entry in archive:
            content = Digesting(archive.extractfile(entry))
            if entry.name == MANIFEST:
                manifest = json.loads(content.read())
                continue
            while piece := content.read(1024 * 1024):
                read += len(piece)
                progress(f"{len(found):,} files, {read / 1_000_000:,.0f} MB")
            found[entry.name] = content.hash.hexdigest()
    if manifest is None or found != {**manifest["files"], DATABASE: manifest["database"]}:
        raise BackupProblem(f"{source} does not hold what its own list says. Use another backup.")
    return manifest


@contextlib.contextmanager
def _opened(source, words):
    try:
        with (
            open(source, "rb") as file,
            _read_to_its_end(_decrypted(file, as_typed(words))) as reader,
            tarfile.open(fileobj=reader, mode="r|") as archive,
        ):
            yield archive
    except Damaged as damage:
        raise BackupProblem(f"{source} cannot be used: {damage}. Nothing was written.") from None
    except (tarfile.TarError, EOFError, ValueError, OSError) as problem:
        raise BackupProblem(f"{source} cannot be read: {problem}. Nothing was written.") from None


def _decrypted(file, words):
    """The reader for what the file begins with: an age file, or a backup of before."""
    begins = file.read(len(SEALED))
    file.seek(0)
    return SealedReader(file, words) if begins == SEALED else AgeReader(file, words)


@contextlib.contextmanager
def _read_to_its_end(reader):
    """A tar file may be over before the stream is; what follows must be as it was written, too."""
    yield reader
    while reader.read(1024 * 1024):
        pass


def restore(source, target, words, say=silent):
    """Bring a backup back into an empty folder (and, for PostgreSQL, the empty database of DATABASE_URL); its manifest."""
    source, target = Path(source), Path(target)
    if not source.is_file():
        raise BackupProblem(f"There is no file {source}.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupProblem(f"{target} is not an empty folder. A restore never writes over anything: choose a new one.")
    manifest = read_through(source, words, say)
    if why_not := database_copy.why_not_here(manifest):
        raise BackupProblem(why_not)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as folder:
        draft = Path(folder) / "draft"
        draft.mkdir(mode=0o700)
        say(f"Writing {len(manifest['files']):,} files and the database …")
        _unpack(source, words, draft, Progress(say))
        say("Comparing every file and every table with the day of the backup …")
        if as_it_was := _differences(draft, manifest):
            raise BackupProblem(f"The restored files are not equal to the backed up ones: {', '.join(as_it_was[:5])}.")
        keys.write_once(draft / "keys" / PASSPHRASE_FILE, as_typed(words).encode(), mode=0o600)
        tables = database_copy.put(draft / DATABASE, draft, manifest)
        if tables != manifest["tables"]:
            different = [name for name in manifest["tables"] if tables.get(name) != manifest["tables"][name]]
            raise BackupProblem(f"The restored tables are not equal to the backed up ones: {', '.join(different)}.")
        os.sync()
        os.replace(draft, target)
        fsync_folder(target.parent)
    return manifest


def _unpack(source, words, folder, progress):
    with _opened(source, words) as archive:
        for number, entry in enumerate(archive):
            progress(f"{number:,} files")
            if entry.name == MANIFEST:
                continue
            path = folder / entry.name
            if not path.resolve().is_relative_to(folder.resolve()) or not entry.isfile():
                raise BackupProblem(f"{source} names a file outside its folder.")
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            content = archive.extractfile(entry)
            with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                while piece := content.read(1024 * 1024):
                    file.write(piece)


def _differences(folder, manifest):
    """The files whose content on the disk is not what the manifest says."""
    expected = {**manifest["files"], DATABASE: manifest["database"]}
    return [name for name, digest in expected.items() if digest_of(folder / name) != digest]


def digest_of(path):
    if not path.is_file():
        return ""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fsync_folder(folder):
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
