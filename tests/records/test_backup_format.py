"""A backup opens with the standard tool `age` when this program is gone, and neither takes a file that was changed."""

import os
import pty
import sqlite3
import subprocess
import tracemalloc
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command

from records import backup
from records.age_stream import PIECE, TAG, AgeReader, AgeWriter, Damaged
from records.console import silent
from records.models import ScheduledRun
from records.sealed_stream import PIECE as OLD_PIECE
from records.sealed_stream import SealedReader
from tests.records.sealed_writer import SealingWriter

WORDS = "open-sesa-me42"


def age(*arguments, typed):
    """Run `age` as a person at a terminal does; whether it was content, and all it said."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("age", ["age", *map(str, arguments)])  # noqa: S606  no shell is wanted
    said = b""
    try:
        while piece := os.read(terminal, 1000):
            said += piece
            if piece.rstrip().endswith(b":"):
                os.write(terminal, typed.encode() + b"\n")
    except OSError:  # the terminal is closed
        pass
    os.close(terminal)
    return os.waitpid(child, 0)[1] == 0, said.decode()


def written_by(writer, content, words=WORDS):
    file = BytesIO()
    writer = writer(file, words)
    for start in range(0, len(content), 100_000):
        writer.write(content[start : start + 100_000])
    writer.finish()
    return file.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_we_write_age_reads(size, tmp_path):
    content = os.urandom(size)
    (tmp_path / "ours.age").write_bytes(written_by(AgeWriter, content))
    well, said = age("-d", "-o", tmp_path / "plain", tmp_path / "ours.age", typed=WORDS)
    assert well, said
    # age makes no file where there is nothing to write
    assert (tmp_path / "plain").read_bytes() == content if size else not (tmp_path / "plain").exists()


def test_what_age_writes_we_read(tmp_path):
    (tmp_path / "plain").write_bytes(content := os.urandom(3 * PIECE + 1))
    well, said = age("-p", "-o", tmp_path / "theirs.age", tmp_path / "plain", typed=WORDS)
    assert well, said
    with open(tmp_path / "theirs.age", "rb") as file:
        assert AgeReader(file, WORDS).read() == content


def test_a_backup_opens_by_hand_as_the_handbook_says(own_database, tmp_path, settings):
    """`age`, `tar`, and a look into the database; of this program nothing is needed."""
    ScheduledRun.objects.create(job="by-hand", done_at="2026-11-02T08:00:00Z")
    path = tmp_path / "monday.tar.age"
    call_command("backup", to=path, stdout=StringIO())
    well, said = age("-d", "-o", tmp_path / "monday.tar", path, typed=backup.passphrase())
    assert well, said
    subprocess.run(["tar", "-xf", tmp_path / "monday.tar", "-C", tmp_path], check=True)
    assert (tmp_path / "manifest.json").exists() and (tmp_path / "database").exists()
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found = sqlite3.connect(tmp_path / "database").execute(
            "SELECT job FROM records_scheduledrun WHERE job = 'by-hand'"
        )
        assert found.fetchall() == [("by-hand",)]
    well, said = age("-d", "-o", tmp_path / "not.tar", path, typed="other-words")
    assert not well and "incorrect passphrase" in said


def test_age_refuses_what_we_refuse(tmp_path):
    sealed = written_by(AgeWriter, os.urandom(2 * PIECE))
    mac = sealed.index(b"--- ") + 4
    for name, content in {
        "header": sealed.replace(b" 15\n", b" 14\n", 1),
        "mac": sealed[:mac] + (b"B" if sealed[mac] == ord("A") else b"A") + sealed[mac + 1 :],
        "payload": sealed[:-1] + bytes([sealed[-1] ^ 1]),
        "cut": sealed[: -(PIECE + TAG)],
    }.items():
        (tmp_path / f"{name}.age").write_bytes(content)
        with pytest.raises(Damaged):
            AgeReader(BytesIO(content), WORDS).read()
        well, _said = age("-d", "-o", tmp_path / "plain", tmp_path / f"{name}.age", typed=WORDS)
        assert not well, name


def test_a_header_that_asks_for_all_the_memory_is_refused():
    sealed = written_by(AgeWriter, b"x").replace(b" 15\n", b" 30\n", 1)
    with pytest.raises(Damaged, match="more memory"):
        AgeReader(BytesIO(sealed), WORDS)


FORMATS = [(AgeWriter, AgeReader, PIECE), (SealingWriter, SealedReader, OLD_PIECE)]


@pytest.mark.parametrize(("writer", "reader", "piece"), FORMATS)
@pytest.mark.parametrize("pieces", [0, 1, 3])
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_what_went_in_comes_out(writer, reader, piece, pieces, more):
    content = os.urandom(max(0, pieces * piece + more))
    assert reader(BytesIO(written_by(writer, content)), WORDS).read() == content


@pytest.mark.parametrize(("writer", "reader", "piece"), FORMATS)
def test_pieces_cannot_be_swapped_or_left_off(writer, reader, piece):
    sealed = written_by(writer, os.urandom(3 * piece))
    piece += TAG
    start = len(sealed) - 3 * piece
    header, pieces = sealed[:start], [sealed[start + n * piece :][:piece] for n in range(3)]
    for order in ([1, 0, 2], [0, 2], [0, 1], [0, 0, 1, 2], []):
        with pytest.raises(Damaged):
            reader(BytesIO(header + b"".join(pieces[n] for n in order)), WORDS).read()


def test_a_backup_is_never_in_memory(own_database, tmp_path, settings):
    """64 MiB of pictures need a few pieces of memory, there and back."""
    big = settings.MEDIA_ROOT / "images" / "big.png"
    big.parent.mkdir(parents=True)
    with open(big, "wb") as file:
        file.truncate(64 * 1024 * 1024)
    backup.passphrase()
    tracemalloc.start()
    try:
        backup.back_up(tmp_path / "big.tar.age")
        backup.read_through(tmp_path / "big.tar.age", backup.passphrase())
        backup._unpack(tmp_path / "big.tar.age", backup.passphrase(), tmp_path / "unpacked", silent)
        assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    finally:
        tracemalloc.stop()
