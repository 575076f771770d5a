"""A backup saves the database that the service uses, or none; and what the guide shows keeps secrets to itself."""

import logging
import re
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from records import backup, quiet, which_database
from records.database_copy import BackupProblem
from tests.database import PROJECT

GUIDE = (PROJECT / "docs" / "running-it.md").read_text()


def test_a_backup_with_other_settings_than_the_services_refuses_and_writes_nothing(own_database, settings, tmp_path):
    which_database.note_it()
    assert which_database.other_than_the_services() == ""
    (settings.DATA_DIR / which_database.FILE).write_text("postgresql bigbook at localhost:5432\n")
    target = tmp_path / "one.backup"
    with pytest.raises(BackupProblem, match="The service uses the database postgresql bigbook at localhost:5432"):
        backup.back_up(target)
    with pytest.raises(CommandError, match="Set DATABASE_URL and DATA_DIR"):
        call_command("backup", to=target)
    assert not target.exists()
    which_database.note_it()
    backup.back_up(target)
    assert target.exists()


def test_a_backup_of_a_database_in_which_nobody_began_refuses_in_a_sentence(own_database, monkeypatch, tmp_path):
    assert not which_database.is_empty()
    missing = tmp_path / "bigbook.sqlite3"
    assert which_database.is_empty(SimpleNamespace(vendor="sqlite", settings_dict={"NAME": missing}))
    assert not missing.exists()
    monkeypatch.setattr(which_database, "is_empty", lambda: True)
    with pytest.raises(CommandError, match="There is no setting in the database"):
        call_command("backup", to=tmp_path / "one.backup")


def test_what_the_service_notes_holds_no_password():
    facts = {"NAME": "bigbook", "HOST": "db.example.org", "PORT": 5433, "USER": "bigbook", "PASSWORD": "hush"}
    connection = SimpleNamespace(vendor="postgresql", settings_dict=facts)
    assert which_database.in_words(connection) == "postgresql bigbook at db.example.org:5433"


def test_each_unit_of_the_guide_keeps_its_files_to_itself():
    units = re.findall(r"```ini\n(.*?)```", GUIDE, re.DOTALL)
    services = [unit for unit in units if "[Service]" in unit]
    assert len(services) == 2 and all("UMask=0077\n" in unit for unit in services)


def test_each_server_of_the_guide_writes_down_no_address():
    servers = re.findall(r"^server \{.*?^\}", GUIDE, re.DOTALL | re.MULTILINE)
    assert len(servers) == 2
    for server in servers:
        assert "    access_log off;" in server and re.search(r"error_log \S+ crit;", server)
        assert "location ~" not in server, "a place of its own could have a log of its own"


@pytest.mark.parametrize("path", ["/invitation/tokenthatopens/", "/sign-in/new-password/tokenthatopens/", "/search/"])
def test_djangos_own_log_names_no_such_address(path):
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s: %s", ("Not Found", path), None)
    assert quiet.LeavesOutQuietAddresses().filter(record)
    assert record.getMessage() == f"Not Found: {quiet.INSTEAD}"
