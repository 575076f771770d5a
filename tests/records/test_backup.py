"""A backup brings everything back, or says in words why it cannot; nothing in between."""

import os
import random
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from records import backup, database_copy, files
from records.age_stream import PIECE, AgeReader, AgeWriter
from records.models import ScheduledRun, StoredFile
from records.stored import path_of
from tests import database
from tests.records.sealed_writer import SealingWriter

CANARY = "The-canary-sings-at-the-back-door"


@pytest.fixture
def setting_with_records(own_database, settings):
    """A data folder with rows, private files, a public picture and keys in it."""
    ScheduledRun.objects.create(job=CANARY, done_at="2026-11-02T08:00:00Z")
    for number in range(5):
        files.keep(f"{CANARY} {number}".encode() * 1000, "text/plain")
    picture = settings.MEDIA_ROOT / "images" / "leaf.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(CANARY.encode())
    settings.KEYS_DIR.mkdir(exist_ok=True)
    (settings.KEYS_DIR / "field.key").write_text(f"{CANARY} and as many letters as a key has to have")
    (settings.DATA_DIR / "kind").write_text("real\n")
    return own_database


@pytest.fixture
def archive(setting_with_records, tmp_path):
    path = tmp_path / "one.backup"
    call_command("backup", to=path, stdout=StringIO())
    return path


def everything_in(folder):
    return {str(path.relative_to(folder)): backup.digest_of(path) for path in backup.what_to_keep(folder)}


@pytest.fixture
def old_archive(archive, tmp_path):
    """The same backup as a version before the age format would have written it."""
    path = tmp_path / "old.backup"
    with open(archive, "rb") as new, open(path, "wb") as old:
        writer = SealingWriter(old, backup.passphrase())
        writer.write(AgeReader(new, backup.passphrase()).read())
        writer.finish()
    return path


@pytest.fixture
def restored(archive, tmp_path, settings):
    """Restore as a person does: in a process of its own, with a new folder and (PostgreSQL) a new, empty database."""
    name = f"restored_{os.getpid()}_{random.randrange(10**6)}"  # noqa: S311
    database.create_empty(name)
    words = tmp_path / "words.txt"
    words.write_text(backup.passphrase().upper().replace("-", " ") + "\n")
    target = tmp_path / "restored"
    database.manage(tmp_path / "nowhere", name, "restore", archive, "--to", target, "--passphrase-file", words)
    yield target, name
    database.drop(name)


def test_a_restore_gives_equal_digests_of_every_table_and_file(restored, settings):
    folder, name = restored
    here = everything_in(settings.DATA_DIR)
    assert everything_in(folder) == here
    assert len(here) == 5 + 1 + 1 + 1, "private files, the picture, the key and the kind"
    before = tables_now()
    with seen_through(folder, name):
        assert tables_now() == before
        assert ScheduledRun.objects.filter(job=CANARY).exists()
        assert {stored.read()[:5] for stored in StoredFile.objects.all()} == {b"The-c"}
    assert len(before) > 20


def tables_now():
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return database_copy._sqlite_tables(connection.connection)
    with connection.cursor() as cursor:
        return database_copy._postgres_tables(cursor)


class seen_through:
    """Point the connection at another folder or database for a while."""

    def __init__(self, folder, name):
        self.there = name if database.SERVER else str(folder / "bigbook.sqlite3")

    def __enter__(self):
        connection.close()
        self.here, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], self.there

    def __exit__(self, *_):
        connection.close()
        connection.settings_dict["NAME"] = self.here


def test_the_backup_holds_no_plain_word_and_not_its_own_key(archive, settings):
    content = archive.read_bytes()
    assert CANARY.encode() not in content
    assert backup.passphrase().encode() not in content
    assert archive.stat().st_mode & 0o077 == 0, "only its owner may read it"
    manifest = backup.read_through(archive, backup.passphrase())
    assert "keys/field.key" in manifest["files"]
    assert "keys/backup.key" not in manifest["files"]


def test_the_words_may_be_typed_with_spaces_and_capitals(archive):
    typed = "  " + backup.passphrase().upper().replace("-", "  ") + "\n"
    assert backup.read_through(archive, typed)


def test_other_words_are_refused_and_nothing_is_written(archive, tmp_path):
    with pytest.raises(backup.BackupProblem, match="the passphrase is another one"):
        backup.restore(archive, tmp_path / "empty", "aaaa-bbbb")
    assert not (tmp_path / "empty").exists()


def test_a_folder_that_is_not_empty_is_refused(archive, tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("mine")
    with pytest.raises(backup.BackupProblem, match="never writes over anything"):
        backup.restore(archive, full, backup.passphrase())
    assert [path.name for path in full.iterdir()] == ["letter.txt"]


def changed_at(content, place):
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def damages(content):
    """Ways in which a disk, a cable or a person can spoil a file: a name and what is left of it."""
    yield from (
        (f"bit at {place}", changed_at(content, place)) for place in (0, 20, 50, len(content) // 2, len(content) - 1)
    )
    yield "cut to nothing", b""
    yield "cut in the header", content[:20]
    yield "cut in the middle", content[: len(content) // 2]
    yield "one byte short", content[:-1]
    yield "one byte too long", content + b"\0"


def test_a_damaged_archive_is_refused_in_words_and_nothing_is_written(archive, tmp_path):
    spoilt = tmp_path / "spoilt.backup"
    for name, content in damages(archive.read_bytes()):
        spoilt.write_bytes(content)
        with pytest.raises(backup.BackupProblem, match="Nothing was written"):
            backup.restore(spoilt, tmp_path / "empty", backup.passphrase())
        assert not (tmp_path / "empty").exists(), name


def test_what_follows_the_archive_is_looked_at_too(archive, tmp_path):
    """A tar file may be over before the encrypted stream is."""
    with open(archive, "rb") as file:
        longer = AgeReader(file, backup.passphrase()).read() + bytes(3 * PIECE)
    with open(tmp_path / "longer.tar.age", "wb") as file:
        writer = AgeWriter(file, backup.passphrase())
        writer.write(longer)
        writer.finish()
    assert backup.read_through(tmp_path / "longer.tar.age", backup.passphrase())
    content = (tmp_path / "longer.tar.age").read_bytes()
    (tmp_path / "longer.tar.age").write_bytes(changed_at(content, len(content) - 1))
    with pytest.raises(backup.BackupProblem, match="the file was changed"):
        backup.read_through(tmp_path / "longer.tar.age", backup.passphrase())


def test_a_backup_in_the_format_of_before_restores_too(old_archive, tmp_path, settings):
    name = f"restored_{os.getpid()}_{random.randrange(10**6)}"  # noqa: S311
    database.create_empty(name)
    target = tmp_path / "from-old"
    database.manage(
        tmp_path / "nowhere", name, "restore", old_archive, "--to", target, BACKUP_PASSPHRASE=backup.passphrase()
    )
    assert everything_in(target) == everything_in(settings.DATA_DIR)
    database.drop(name)


def test_a_damaged_one_in_the_format_of_before_is_refused(old_archive, tmp_path):
    spoilt = tmp_path / "spoilt.backup"
    for name, content in damages(old_archive.read_bytes()):
        spoilt.write_bytes(content)
        with pytest.raises(backup.BackupProblem, match="Nothing was written"):
            backup.restore(spoilt, tmp_path / "empty", backup.passphrase())
        assert not (tmp_path / "empty").exists(), name


@pytest.mark.prove
@pytest.mark.parametrize(("kind", "times"), [("archive", 200), ("old_archive", 40)])
def test_restore_drill_with_two_hundred_damages(kind, times, request, tmp_path):
    archive = request.getfixturevalue(kind)
    content = archive.read_bytes()
    chance = random.Random(43)  # noqa: S311
    spoilt = tmp_path / "spoilt.backup"
    for _ in range(times):
        place = chance.randrange(len(content))
        spoilt.write_bytes(changed_at(content, place) if chance.random() < 0.7 else content[:place])
        with pytest.raises(backup.BackupProblem):
            backup.read_through(spoilt, backup.passphrase())


def test_a_missing_private_file_is_said_and_the_backup_is_still_written(setting_with_records, tmp_path):
    path_of(StoredFile.objects.first().sha256).unlink()
    with pytest.raises(CommandError, match="1 files that the database names are not on the disk"):
        call_command("backup", to=tmp_path / "two.backup")
    assert (tmp_path / "two.backup").exists()


def test_a_backup_never_replaces_another(archive):
    with pytest.raises(CommandError, match="already there"):
        call_command("backup", to=archive)


def test_a_backup_under_write_load_is_one_moment(setting_with_records, tmp_path):
    """Each file is kept before its row: whichever moment the copy shows, every row's file is in the backup."""
    stop = threading.Event()
    written = []

    def write():
        try:
            while not stop.is_set():
                written.append(files.keep(f"note {len(written)}".encode(), "text/plain"))
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        manifests = [backup.back_up(tmp_path / f"{number}.backup") for number in range(5)]
    finally:
        stop.set()
        writer.join()
    rows = [manifest["tables"]["records_storedfile"][0] for manifest in manifests]
    assert rows == sorted(rows)
    assert rows[-1] > rows[0], "somebody wrote meanwhile"
    for number, manifest in enumerate(manifests):
        kept = {Path(name).name for name in manifest["files"]}
        assert set(manifest["stored_files"]) <= kept
        assert backup.read_through(tmp_path / f"{number}.backup", backup.passphrase()) == manifest
