"""Tables whose rows are added and never touched again: the database itself refuses, whoever asks."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER {table}_no_{verb_low} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$ LANGUAGE plpgsql
"""
POSTGRES = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def append_only(table):
    """A migration operation after which UPDATE, DELETE (and TRUNCATE on PostgreSQL) on `table` raise a database error."""

    def add(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(SQLITE.format(table=table, verb=verb, verb_low=verb.lower()))
        else:
            schema_editor.execute(POSTGRES_FUNCTION, params=None)
            schema_editor.execute(POSTGRES.format(table=table))

    def remove(apps, schema_editor):
        names = ("update", "delete") if schema_editor.connection.vendor == "sqlite" else ("change", "truncate")
        tail = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        for name in names:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{name}{tail}")

    return migrations.RunPython(add, remove)
