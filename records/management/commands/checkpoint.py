from django.core.management.base import BaseCommand, CommandError

from records import checkpoint


class Command(BaseCommand):
    help = (
        "Write down, signed, how far the audit chain has come; keep what this prints where nobody here can change it."
    )

    def handle(self, *args, **options):
        kept = checkpoint.keep()
        if kept is None:
            raise CommandError("There is nothing in the audit chain yet.")
        self.stdout.write(checkpoint.as_line(kept))
        self.stderr.write(f"Public key: {checkpoint.public_key()}")
