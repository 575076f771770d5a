from django.core.management.base import BaseCommand

from documents.typesetting import limit_memory
from procedures import actions_folder
from procedures.audiences import Audience
from procedures.models import Print

MOST_MEMORY = 6_000_000_000  # bytes of address space: two thousand procedures


class Command(BaseCommand):
    help = "Make the PDF of the folder of procedures, as an audience reads it. The scheduler calls this."

    def add_arguments(self, parser):
        parser.add_argument("audience", choices=Audience.values)

    def handle(self, *args, audience, **options):
        limit_memory(MOST_MEMORY)
        row = Print.objects.filter(folder_for=audience).first() or actions_folder.want_folder(audience)
        try:
            actions_folder.make(row)
        except Exception:
            actions_folder.fail(row)
            raise
