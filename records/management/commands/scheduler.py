import threading

from django.core.management.base import BaseCommand

from records import work
from records.signals import stopped_by


class Command(BaseCommand):
    help = "Do what waits (mail, PDFs) and what is due (daily and hourly jobs). Stops cleanly on SIGTERM."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do everything that waits or is due now, then stop")

    def handle(self, *args, once=False, **options):
        stopped = threading.Event()
        with stopped_by(stopped.set):
            if once:
                work.ring()
                work.do_all()
            else:
                work.run(stopped)
