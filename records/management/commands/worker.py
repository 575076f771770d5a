import time

from django.core.management.base import BaseCommand

from records import work
from records.signals import stopped_by


class Command(BaseCommand):
    help = "Do what waits in rows: send mail, make the PDFs of signed papers. Stops cleanly on SIGTERM."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do everything that waits now, then stop")

    def handle(self, *args, once=False, **options):
        self.going = True
        with stopped_by(self.stop):
            while self.going:
                done = work.one_round()
                if once and not done and not work.still_going():
                    break
                if not done:
                    time.sleep(0.5)

    def stop(self):
        self.going = False
