from pathlib import Path

from django.core.management.base import BaseCommand

from documents.models import SignedDocument


class Command(BaseCommand):
    help = "Write every sealed paper into a folder, as paper-<its eight letters>.pdf."

    def add_arguments(self, parser):
        parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="the folder; made when it is missing")

    def handle(self, *args, **options):
        folder = options["to"]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = 0
        for paper in SignedDocument.objects.select_related("signature", "file").order_by("pk").iterator():
            (folder / paper.file_name).write_bytes(paper.file.read())
            written += 1
        self.stdout.write(f"{written} papers written to {folder}")
