import json
from base64 import b32encode

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from people.accounts.models import Authenticator, Person
from portal.demo.cast import PASSWORD, PEOPLE, build_cast, load_cast
from portal.demo.story import tell
from records.actions import mark_installation
from records.models import Installation

WELCOME = """
Big Book is a demo here: everybody in it is invented, and no mail leaves this computer.

Sign in with one of these addresses; the password is always  {password}
  ewa@example.org     a mother of two
  folake@example.org  a mother in another family
  helen@example.org   the manager          (code: manage.py demo_code helen@example.org)
  sara@example.org    a key person         (code: manage.py demo_code sara@example.org)
  nina@example.org    an editor of pages   (code: manage.py demo_code nina@example.org)
`manage.py demo --people` lists them all.

Three things to try
  1. As Ewa, read Maja's journal, and add something from home with a photograph.
  2. As Ewa, sign the agreement that waits on your page, and download the sealed paper.
  3. As Helen, open the complaint with its clock, and invite a new parent; read the mail at {site}/demo/mail/
"""


class Command(BaseCommand):
    help = "Load the demo's people and story, once. --people lists who there is; --welcome says how to begin."

    def add_arguments(self, parser):
        parser.add_argument("--people", action="store_true", help="list the demo's people as a table")
        parser.add_argument("--json", action="store_true", help="with --people: as JSON")
        parser.add_argument("--welcome", action="store_true", help="say who to sign in as and what to try")

    def handle(self, *args, people=False, welcome=False, **options):
        if not settings.DEMO:
            raise CommandError("This is a real setting, not the demo. Set BIGBOOK_DEMO=1 to work on the demo.")
        self.check(databases=[DEFAULT_DB_ALIAS])
        if people:
            self.list_people(options["json"])
        elif welcome:
            self.stdout.write(WELCOME.format(password=PASSWORD, site=settings.SITE_URL))
        else:
            self.load()

    def load(self):
        if Person.objects.exists():
            self.stdout.write("The demo is loaded already; nothing was changed.")
            return
        mark_installation(Installation.Kind.DEMO)
        cast = build_cast(still_to_read=["father"])
        tell(cast, say=self.say)
        self.say("The words that searching finds")
        call_command("update_index", verbosity=0)  # pages made by migrations are not in Wagtail's search yet
        self.stdout.write(f"The demo is loaded: {len(cast.people)} people, {len(cast.children)} children.")

    def say(self, words):
        self.stdout.write(f"  {words}")
        self.stdout.flush()

    def list_people(self, as_json):
        rows = [self.row(name, person) for name, person in load_cast().people.items()]
        if as_json:
            self.stdout.write(json.dumps(rows, indent=2))
            return
        for row in rows:
            secret = row["authenticator"] or "-"
            self.stdout.write(f"{row['email']:22} {row['password']:22} {secret:34} {row['name']:16} {row['role']}")

    def row(self, name, person):
        device = Authenticator.objects.filter(user=person, confirmed=True).first()
        return {
            "email": person.email,
            "password": PASSWORD,
            "name": person.full_name,
            "role": PEOPLE[name][2],
            "authenticator": b32encode(bytes.fromhex(device.key)).decode() if device else None,
        }
