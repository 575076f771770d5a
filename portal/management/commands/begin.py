from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, transaction

from documents.samples import add_sample_forms
from home.actions import name_site
from people.accounts import actions_invitations
from people.accounts.models import Person
from people.families import actions_family
from people.setting import actions_roles, actions_setting
from people.setting.role_holders import people_with
from people.setting.roles import Right, Role
from records import checkpoint
from records.actions import mark_installation
from records.backup import passphrase
from records.encrypted import field_key
from records.models import Installation

SHEET = """
======================================================================
 RECOVERY SHEET - print it, and keep it where you keep the deeds
======================================================================
 Setting:              {setting}
 Begun on this folder: {folder}

 Key of encrypted fields:
   {field_key}
 Passphrase of backups:
   {backup_key}
   (without this program: age -d -o backup.tar FILE, then tar -xf backup.tar)
 Public key of the audit chain's checkpoints (no secret):
   {checkpoint_key}

 Without this sheet nobody, not even the people who wrote the program,
 can open a backup on another machine. Never photograph it, never mail it.
======================================================================

 First manager: {name}
 Open this link once, within seven days, choose a password and set up
 the authenticator app that everybody who works here needs:

   {link}
"""


class Command(BaseCommand):
    help = "Begin an empty setting: its keys, its first manager with an invitation, the recovery sheet to print."

    def add_arguments(self, parser):
        parser.add_argument("--setting", help="the setting's full name")
        parser.add_argument("--name", help="the first manager's full name")
        parser.add_argument("--email", help="the first manager's e-mail address")
        parser.add_argument("--room", default="Main room", help="the name of the first room")

    def handle(self, *args, **options):
        if settings.DEMO:
            raise CommandError("This folder is the demo's. Begin a real setting without BIGBOOK_DEMO.")
        self.check(databases=[DEFAULT_DB_ALIAS])
        if Person.objects.exists():
            self.begun_already()
            return
        said = {
            key: options[key] or self.asked(words)
            for key, words in (
                ("setting", "Full name of the setting"),
                ("name", "Full name of the first manager"),
                ("email", "E-mail address of the first manager"),
            )
        }
        link = self.first_rows(**said, room=options["room"])
        call_command("update_index", verbosity=0)  # pages made by migrations are not in Wagtail's search yet
        shown = {
            "field_key": field_key().decode("ascii"),
            "backup_key": passphrase(),
            "checkpoint_key": checkpoint.public_key(),
        }
        self.stdout.write(
            SHEET.format(setting=said["setting"], folder=settings.DATA_DIR, name=said["name"], link=link, **shown)
        )

    def begun_already(self):
        """Nothing is made twice; but while no manager has arrived, there is a fresh link."""
        managers = people_with(Right.KEEP_STAFF)
        if any(manager.has_usable_password() for manager in managers):
            self.stdout.write("This setting has begun already; nothing was changed.")
            return
        for manager in managers:
            _invitation, link, _word = actions_invitations.invite(manager, by=None)
            self.stdout.write(f"{manager.full_name} has not arrived yet. A fresh link, for seven days:\n\n  {link}\n")

    def asked(self, words):
        try:
            answer = input(f"{words}: ").strip()
        except EOFError:
            answer = ""
        if not answer:
            raise CommandError(f"{words} is needed to begin. Give it when asked, or as an option (see --help).")
        return answer

    @transaction.atomic
    def first_rows(self, setting, name, email, room):
        mark_installation(Installation.Kind.REAL)
        actions_setting.first_setting(name=setting, short_name=setting)
        actions_setting.first_room(room)
        name_site(setting)
        add_sample_forms()
        manager = actions_family.add_adult(by=None, full_name=name, email=email)
        actions_roles.give_role(manager, Role.MANAGER, by=None)
        actions_roles.give_role(manager, Role.EDITOR, by=None)  # somebody has to write the first pages
        _invitation, link, _word = actions_invitations.invite(manager, by=None)
        return link
