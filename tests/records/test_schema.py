"""A new SQLite setting begins from one file; it says the same as the migrations."""

import re
import sqlite3
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from records import schema
from tests.database import PROJECT, manage

MAKE_IT = "Run `manage.py write_schema`."


def migrations_in(text):
    return set(re.findall(r"INSERT INTO \"django_migrations\" VALUES \(\d+, '(\w+)', '(\w+)'", text))


def test_the_file_was_written_from_the_migrations_of_today():
    text = schema.SCHEMA.read_text(encoding="utf-8")
    assert schema.made_from() in text, MAKE_IT
    missing = set(MigrationLoader(None).graph.nodes) - migrations_in(text)
    assert missing == {("home", "0002_first_pages"), ("procedures", "0003_first_pages")}, MAKE_IT


def test_a_changed_migration_is_noticed(monkeypatch, tmp_path):
    before = schema.made_from()
    folder = tmp_path / "records" / "migrations"
    folder.mkdir(parents=True)
    (folder / "0001_initial.py").write_text("changed", encoding="utf-8")
    monkeypatch.setattr(schema, "PROJECT", tmp_path)
    assert schema.made_from() != before


def test_the_file_makes_a_whole_database_or_none(tmp_path):
    text = schema.SCHEMA.read_text(encoding="utf-8")
    path = tmp_path / "new.sqlite3"
    with closing(sqlite3.connect(path)) as database, pytest.raises(sqlite3.OperationalError):
        database.executescript(text.replace("COMMIT;", "no SQL;"))
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        database.executescript(text)
    assert schema.dump(path) == text
    assert "records_auditline_no_delete" in text, "what is never changed is guarded from the beginning"


@pytest.mark.django_db
def test_a_database_with_tables_is_migrated_as_ever(monkeypatch):
    monkeypatch.setattr(schema, "load", lambda connection: pytest.fail("There are tables already."))
    assert not schema.is_empty(connection)
    call_command("migrate", verbosity=0)


@pytest.mark.prove
def test_migrating_from_nothing_makes_what_the_file_makes(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("only a SQLite setting begins from the file")
    manage(tmp_path / "data", "", "write_schema", "--to", str(tmp_path / "schema.sql"), BIGBOOK_DEMO="1", SECRET_KEY="")
    assert (tmp_path / "schema.sql").read_text(encoding="utf-8") == schema.SCHEMA.read_text(encoding="utf-8"), MAKE_IT
    assert PROJECT / "records" / "schema.sql" == schema.SCHEMA
