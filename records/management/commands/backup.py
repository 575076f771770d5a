from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from records.backup import back_up
from records.database_copy import BackupProblem


class Command(BaseCommand):
    help = "Write one encrypted file (a tar file in the age format) with the database, all files and keys."

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, metavar="FILE", help="default: a new file in DATA_DIR/backups")

    def handle(self, *args, to, **options):
        moment = timezone.now().strftime("%Y-%m-%d-%H%M%S")
        target = to or settings.DATA_DIR / "backups" / f"bigbook-{moment}.tar.age"
        if target.exists():
            raise CommandError(f"{target} is already there. A backup never replaces another: choose a new name.")
        try:
            manifest = back_up(target, self.say)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from None
        rows = sum(count for count, _ in manifest["tables"].values())
        size = target.stat().st_size / 1_000_000
        self.stdout.write(
            f"{target}: {rows} rows of {len(manifest['tables'])} tables and {len(manifest['files'])} files, {size:.1f} MB."
        )

    def say(self, words):
        self.stdout.write(words)
        self.stdout.flush()
