"""The tables of a new SQLite setting, as one file: loading it takes a second, and a hundred times the migrations one by one.

`manage.py write_schema` writes the file from the migrations; a test holds it against them. What a setting begins with (its
first pages) is no part of it: those migrations run after it was loaded, with the day's dates. PostgreSQL always migrates.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

PROJECT = Path(__file__).resolve().parent.parent
SCHEMA = Path(__file__).parent / "schema.sql"
OURS = ("*/migrations/*.py", "people/*/migrations/*.py", "portal/*/migrations/*.py")
FIRST_ROWS = "_first_pages"  # how the names of migrations end that write what a new setting begins with
NOW = "CURRENT_TIMESTAMP"
NEW_KEY = "lower(hex(randomblob(16)))"  # Wagtail gives each page a random key, which no two settings should share


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether this is a SQLite database without any table."""
    return connection.vendor == "sqlite" and not connection.introspection.table_names()


def load(connection: BaseDatabaseWrapper) -> None:
    """Make all tables in an empty database, in one transaction: whoever is interrupted begins again."""
    connection.ensure_connection()
    connection.connection.executescript(SCHEMA.read_text(encoding="utf-8"))


def migrations_of_tables() -> list[tuple[str, str]]:
    """The last migration of each app that belongs into the file: (app, name), without those that write first rows."""
    graph = MigrationLoader(None).graph
    last = []
    for node in graph.leaf_nodes():
        while node[1].endswith(FIRST_ROWS):
            node = next(parent for parent in sorted(graph.node_map[node].parents) if parent[0] == node[0]).key
        last.append(node)
    return last


def made_from() -> str:
    """A line that changes with every migration of ours."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in OURS for path in PROJECT.glob(pattern)):
        digest.update(path.relative_to(PROJECT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"-- Written by `manage.py write_schema` from migrations {digest.hexdigest()[:16]}"


def dump(path: Path) -> str:
    """The SQL that makes this database anew: tables, then rows, then indexes and triggers."""
    with closing(sqlite3.connect(path)) as database:
        return "\n".join([made_from(), "BEGIN IMMEDIATE;", *_statements(database), "COMMIT;", ""])


def _statements(database: sqlite3.Connection) -> Iterator[str]:
    made = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    virtual = [name for kind, name, sql in made if kind == "table" and sql.startswith("CREATE VIRTUAL")]
    tables = [
        (name, sql)
        for kind, name, sql in made
        if kind == "table" and not name.startswith(("sqlite_", *(f"{each}_" for each in virtual)))
    ]
    for _name, sql in tables:
        yield f"{sql};"
    for name, _sql in tables:
        if name not in virtual:
            yield from _rows(database, name)
    yield from (f"{sql};" for kind, name, sql in made if kind in ("index", "trigger"))


def _rows(database: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
    values = " || ', ' || ".join(
        f"'{NEW_KEY}'" if each == "translation_key" else f'quote("{each}")' for each in columns
    )
    if table == "django_migrations":  # applied now, and not when the file was written
        values = f"quote(id) || ', ' || quote(app) || ', ' || quote(name) || ', {NOW}'"
    for (row,) in database.execute(f'SELECT {values} FROM "{table}" ORDER BY rowid'):  # noqa: S608
        yield f'INSERT INTO "{table}" VALUES ({row});'  # noqa: S608 - SQL of our own tables, to be read as such
