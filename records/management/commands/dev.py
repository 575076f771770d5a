import threading

from django.conf import settings
from django.contrib.staticfiles.management.commands.runserver import Command as RunServer
from django.core.management.base import CommandError

from records import work


class Command(RunServer):
    help = "Serve the demo for developers: it starts again at every change of the program. Ctrl-C stops it."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--port", default="8000")

    def handle(self, *args, port, **options):
        if not (settings.DEMO and settings.DEBUG):
            raise CommandError("This is for the demo alone: use `make dev`. A setting is served by `manage.py serve`.")
        options["addrport"] = port
        super().handle(*args, **options)

    def inner_run(self, *args, **options):
        """The scheduler goes on beside the pages, and starts again with them."""
        threading.Thread(target=work.run, args=[threading.Event()], name="scheduler", daemon=True).start()
        super().inner_run(*args, **options)
