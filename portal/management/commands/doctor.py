import sys

from django.core.management.base import BaseCommand

from documents import fonts
from people.mail.models import OutgoingMail
from records import room_left


class Command(BaseCommand):
    help = "Say what the portal cannot do on this machine at present, and how to mend it. Ends with 1 where there is something."

    def handle(self, *args, **options):
        found = [line for line in (self.letters(), self.room(), self.mail()) if line]
        for line in found or ["Nothing is the matter."]:
            self.stdout.write(line)
        if found:
            sys.exit(1)

    def letters(self):
        if scripts := fonts.scripts_that_cannot_be_printed():
            return (
                f"In PDFs, letters of these scripts stand there by name only: {', '.join(scripts)}. "
                f"Install Debian's package {fonts.DEBIAN_PACKAGE}."
            )

    def room(self):
        if room_left.is_nearly_full():
            share = f"{room_left.share_left():.0%}"
            return f"Only {share} of the disk is free. Take old backups elsewhere, or give it more room."

    def mail(self):
        if number := OutgoingMail.objects.undelivered().count():
            return f"{number} e-mails could not be delivered. The log of the service says why, and the manager's page to whom."
