"""Whoever waits for a long command is told how far it is, in words."""

from io import StringIO

import pytest
from django.core.management import call_command

from records import backup, console, files


@pytest.fixture
def said_each_time(monkeypatch):
    monkeypatch.setattr(console, "SECONDS_BETWEEN", 0)


def test_what_is_over_soon_says_nothing_between():
    said = []
    progress = console.Progress(said.append)
    for number in range(1000):
        progress(str(number))
    assert said == []


def test_a_backup_and_a_restore_say_how_far_they_are(own_database, said_each_time, tmp_path, settings):
    for number in range(3):
        files.keep(f"{number}".encode() * 100, "text/plain")
    out = StringIO()
    call_command("backup", to=tmp_path / "monday.tar.age", stdout=out)
    assert "Copying the database …\n" in out.getvalue() and "  2 of 3 files\n" in out.getvalue()
    said = []
    backup.read_through(tmp_path / "monday.tar.age", backup.passphrase(), said.append)
    assert said[0].startswith("Reading all of it") and said[-1].startswith("  3 files,")
    for words in (out.getvalue(), *said):
        assert "manifest" not in words and "digest" not in words
