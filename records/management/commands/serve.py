import os
import socket
import sys
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor

from config.serving import serve
from records import which_database


class Command(BaseCommand):
    help = "Serve the portal: web server, and scheduler (mail, PDFs, daily and hourly jobs), until Ctrl-C."
    requires_system_checks = ()  # done below, with the database's own

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="web server processes, 4 threads each")
        parser.add_argument("--welcome", action="store_true", help="first say who may sign in to the demo")

    def handle(self, *args, host, port, workers, welcome, **options):
        self.check(databases=[DEFAULT_DB_ALIAS])
        self.refuse_waiting_migrations()
        self.refuse_taken_port(host, port)
        which_database.note_it()
        if welcome:
            call_command("demo", "--welcome", stdout=self.stdout)
            self.stdout.flush()  # or each process that is forked from here says it again
        say = self.say
        status = serve(host, port, workers, say, lambda: say(self.ready_line(host, port)))
        sys.exit(status)

    def refuse_waiting_migrations(self):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database is older than the program: run `manage.py migrate` first.")

    def refuse_taken_port(self, host, port):
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((host, port))
            except OSError as problem:
                raise CommandError(f"Port {port} cannot be used ({problem.strerror}). Try PORT={port + 1}.") from None

    def ready_line(self, host, port):
        where = f"http://{host}:{port}/" if settings.DEMO or not settings.HTTPS else settings.SITE_URL
        started = os.environ.get("BIGBOOK_STARTED")
        after = f" after {time.time() - int(started):.0f} s" if started else ""
        return f"Ready{after}: {where}  (Ctrl-C stops it)"

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()
