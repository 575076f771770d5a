import os
import sys
from getpass import getpass
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from records.backup import PASSPHRASE_FILE, restore
from records.database_copy import BackupProblem


class Command(BaseCommand):
    help = "Bring a backup back into an empty folder (PostgreSQL: and the empty database of DATABASE_URL)."
    requires_system_checks = ()  # the machine may be new and have no secret and no database yet

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
        parser.add_argument("--passphrase-file", type=Path, help="a file with the words of the recovery sheet")

    def handle(self, *args, file, to, passphrase_file, **options):
        try:
            manifest = restore(file, to, self.words(passphrase_file), self.say)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(
            f"Everything is back in {to} as it was at {manifest['made_at']}: {len(manifest['tables'])} tables and "
            f"{len(manifest['files'])} files, each compared with what the backup says of it. Serve it with DATA_DIR={to}."
        )

    def say(self, words):
        self.stdout.write(words)
        self.stdout.flush()

    def words(self, passphrase_file):
        """From the file named, the variable BACKUP_PASSPHRASE, this machine's own keys, or the person at the keyboard."""
        if passphrase_file:
            return passphrase_file.read_text(encoding="utf-8")
        if words := os.environ.get("BACKUP_PASSPHRASE"):
            return words
        own = settings.KEYS_DIR / PASSPHRASE_FILE
        if own.exists():
            return own.read_text(encoding="ascii")
        if sys.stdin.isatty():
            return getpass("The words of the backup on the recovery sheet: ")
        raise CommandError("Which words open the backup? Name a file with --passphrase-file, or set BACKUP_PASSPHRASE.")
