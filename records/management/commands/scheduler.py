import threading

from django.core.management.base import BaseCommand

from records import work
from records.signals import stopped_by


class Command(BaseCommand):
    help = "Ring for the daily and hourly jobs: reminders, scheduled pages, clearing up. Stops cleanly on SIGTERM."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")

    def handle(self, *args, once=False, **options):
        stopped = threading.Event()
        with stopped_by(stopped.set):
            while not stopped.is_set():
                for job in work.ring():
                    self.stdout.write(job)
                if once:
                    break
                stopped.wait(30)
