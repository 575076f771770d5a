import hashlib
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError

from documents import paper


class Command(BaseCommand):
    help = "Say whether a sealed PDF is intact, who sealed it and when. Ends with 0 when it is intact, with 1 when not."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args, file, **options):
        from documents import seal

        try:
            content = file.read_bytes()
        except OSError as problem:
            raise CommandError(f"{file} cannot be read: {problem.strerror}.", returncode=2) from None
        verdict = seal.verify(content)
        record = paper.record_in(content) or {}
        kept = paper.kept_like(hashlib.sha256(content).hexdigest(), record)
        intact = verdict.intact and kept != "other"
        self.stdout.write(f"{file}: {'INTACT' if intact else 'NOT INTACT'}")
        self.stdout.write(verdict.words)
        if verdict.signer:
            self.stdout.write(f"Sealed by: {verdict.signer}")
        if verdict.signed_at:
            at_home = verdict.signed_at.astimezone(ZoneInfo("Europe/London"))
            self.stdout.write(f"Sealed at: {at_home:%d %B %Y, %H:%M:%S %Z}")
        if record.get("signature"):
            form = record.get("form", {})
            self.stdout.write(f"Paper: {record['signature']}, {form.get('code', '')} {form.get('title', '')}".rstrip())
        self.stdout.write(WORDS[kept])
        if not intact:
            raise SystemExit(1)


WORDS = {
    "same": "Store: byte for byte the file that is kept here.",
    "other": "Store: a paper with this number is kept here, and it has other content.",
    "unknown": "Store: no paper with this number or content is kept here.",
}
