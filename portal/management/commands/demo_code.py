from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from people.accounts.models import Authenticator


class Command(BaseCommand):
    help = "Print the current one-time code of somebody in the demo. Outside the demo there is no such thing."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email, **options):
        if not settings.DEMO:
            raise CommandError("One-time codes are printed in the demo only.")
        self.check(databases=[DEFAULT_DB_ALIAS])
        device = Authenticator.objects.filter(user__email=email.strip().lower(), confirmed=True).first()
        if device is None:
            raise CommandError(f"{email} has no authenticator app. `manage.py demo --people` lists who has.")
        self.stdout.write(device.code_now())
