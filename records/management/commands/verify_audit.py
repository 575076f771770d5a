from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from records import audit, checkpoint


class Command(BaseCommand):
    help = "Say whether the audit chain holds from its first line to its last, and whether it is what checkpoints say."

    def add_arguments(self, parser):
        parser.add_argument(
            "--checkpoint", metavar="FILE", help="a kept file of checkpoints, or a saved mail with one; see docs"
        )
        parser.add_argument(
            "--key", help="the public key, 64 digits, as on the recovery sheet (default: this setting's)"
        )

    def handle(self, *args, **options):
        lines, problem = audit.verify()
        if problem:
            raise CommandError(f"The audit chain is broken: {problem} {lines} lines before it hold.")
        compared = ""
        if path := options["checkpoint"]:
            compared = self.compared(Path(path), options["key"] or checkpoint.public_key())
        self.stdout.write(f"The audit chain holds: {lines} lines, none changed, none missing.{compared}")

    def compared(self, path, key):
        try:
            checkpoints = checkpoint.read(path)
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem)) from None
        if found := checkpoint.problems(checkpoints, key):
            raise CommandError("The audit chain is not what was written down:\n" + "\n".join(found))
        return f" It agrees with {len(checkpoints)} checkpoints."
