from django.core.management.base import BaseCommand

from procedures import actions_folder
from procedures.audiences import Audience
from procedures.models import Print


class Command(BaseCommand):
    help = "Make the PDF of the folder of procedures, as an audience reads it. The worker calls this."

    def add_arguments(self, parser):
        parser.add_argument("audience", choices=Audience.values)

    def handle(self, *args, audience, **options):
        row = Print.objects.filter(folder_for=audience).first() or actions_folder.want_folder(audience)
        try:
            actions_folder.make(row)
        except Exception:
            actions_folder.fail(row)
            raise
