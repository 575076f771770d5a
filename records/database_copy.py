"""A consistent copy of the whole database while others write to it, and a digest of each of its tables."""

import contextlib
import hashlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection, transaction


class BackupProblem(Exception):
    """Why a backup or a restore stopped, in words for the person at the keyboard."""


def take(target):
    """Copy the database to the file `target`; what the manifest says of it. All of it is one moment's state."""
    return _take_postgres(target) if connection.vendor == "postgresql" else _take_sqlite(target)


def why_not_here(manifest):
    """Why a backup cannot be put into the database that the settings name; None when it can."""
    made_with = manifest["vendor"]
    if made_with == "sqlite":
        if connection.vendor == "sqlite":
            return None
        return "This backup was made with SQLite: unset DATABASE_URL to restore it."
    if connection.vendor != "postgresql":
        return "This backup was made with PostgreSQL: set DATABASE_URL to an empty PostgreSQL database."
    if connection.introspection.table_names():
        return "The database of DATABASE_URL is not empty. A restore never writes over anything: make a new one."
    return None


def put(copy, folder, manifest):
    """Bring the copy back: into `folder` (SQLite) or the settings' database (PostgreSQL); the tables' digests there."""
    if manifest["vendor"] == "postgresql":
        _run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", "-d", _name(), str(copy))
        copy.unlink()
        with connection.cursor() as cursor:
            return _postgres_tables(cursor)
    database = folder / "bigbook.sqlite3"
    copy.replace(database)
    with contextlib.closing(sqlite3.connect(database)) as restored:
        return _sqlite_tables(restored)


def digest_of_rows(rows):
    """[number of rows, digest], whatever their order: the sum of each row's SHA-256, as hex."""
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest(), "big")
    return [count, f"{total % 2**256:064x}"]


# SQLite: its backup API copies page by page and begins again when somebody writes in between.


def _take_sqlite(target):
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if answer != "ok":
            raise BackupProblem(f"The database is damaged: {answer}")
        files = [row[0] for row in copy.execute("SELECT sha256 FROM records_storedfile")]
        return {"vendor": "sqlite", "tables": _sqlite_tables(copy), "stored_files": files}


def _sqlite_tables(database):
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    names = [name for (name,) in found]
    return {name: digest_of_rows(database.execute(f'SELECT * FROM "{name}"')) for name in names}  # noqa: S608 names of our tables


# PostgreSQL: pg_dump and our own digests look at one exported snapshot.


def _take_postgres(target):
    with transaction.atomic(), connection.cursor() as cursor:
        if len(connection.savepoint_ids) == 0:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}", _name())
        cursor.execute("SELECT sha256 FROM records_storedfile")
        files = [row[0] for row in cursor.fetchall()]
        return {"vendor": "postgresql", "tables": _postgres_tables(cursor), "stored_files": files}


def _postgres_tables(cursor):
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    names = [name for (name,) in cursor.fetchall()]
    return {name: _postgres_digest(cursor, name) for name in names}


def _postgres_digest(cursor, name):
    cursor.execute(f'SELECT t::text FROM "{name}" t')  # noqa: S608 names of our tables
    return digest_of_rows(cursor)


def _name():
    return connection.settings_dict["NAME"]


def _run(program, *words):
    """A PostgreSQL client program on the settings' database; the password goes through the environment, not the words."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: float(path.parts[-3]))
    path = str(places[-1]) if places else shutil.which(program)
    if not path:
        raise BackupProblem(f"{program} is not installed: apt-get install postgresql-client")
    given = connection.settings_dict
    said = {"PGHOST": given["HOST"], "PGPORT": given["PORT"], "PGUSER": given["USER"], "PGPASSWORD": given["PASSWORD"]}
    environment = {**os.environ, **{name: str(value) for name, value in said.items() if value}}
    done = subprocess.run([path, *words], env=environment, capture_output=True, text=True, check=False)  # noqa: S603  our own words, no shell
    if done.returncode:
        raise BackupProblem(f"{program} stopped: {done.stderr.strip()}")
