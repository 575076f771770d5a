import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from records import schema


class Command(BaseCommand):
    help = "Write records/schema.sql from the migrations. Takes a minute; a test says when it is needed."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=schema.SCHEMA)

    def handle(self, *args, to, **options):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "new.sqlite3"
            # In place of the setting's own: some of Wagtail's migrations ask the default database, whichever is migrated.
            connection.close()
            connection.settings_dict["NAME"] = str(path)
            MigrationExecutor(connection).migrate(schema.migrations_of_tables())
            connection.close()
            to.write_text(schema.dump(path), encoding="utf-8")
