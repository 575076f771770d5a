from django.core.management.commands import migrate
from django.db import connections

from records import schema


class Command(migrate.Command):
    """Django's own, which begins an empty SQLite database from records/schema.sql."""

    def handle(self, *args, **options):
        connection = connections[options["database"]]
        whole = not options["app_label"] and not options["migration_name"]
        if whole and not options["plan"] and not options["check_unapplied"] and schema.is_empty(connection):
            schema.load(connection)
        return super().handle(*args, **options)
