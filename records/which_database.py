"""Which database the service uses: it says so in a file of the data folder when it starts.

A backup that is begun by a timetable with other settings would otherwise save another database, and nobody would notice
before the day of the restore.
"""

from pathlib import Path

from django.conf import settings
from django.db import connection

from records.models import AuditLine

FILE = "database"


def in_words(connection=connection):
    """The database of these settings, without its password."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite {Path(facts['NAME']).resolve()}"
    return f"{connection.vendor} {facts['NAME']} at {facts.get('HOST') or 'this machine'}:{facts.get('PORT') or 5432}"


def note_it() -> None:
    """Write down which one the service uses."""
    path = settings.DATA_DIR / FILE
    if not path.exists() or path.read_text(encoding="utf-8").strip() != in_words():
        path.write_text(in_words() + "\n", encoding="utf-8")


def other_than_the_services() -> str:
    """What the service uses, in words, where these settings name another database; empty where they are the same."""
    path = settings.DATA_DIR / FILE
    said = path.read_text(encoding="utf-8").strip() if path.exists() else in_words()
    return "" if said == in_words() else said


def is_empty(connection=connection):
    """Whether nobody has ever begun a setting in the database of these settings; asking makes no file."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    return AuditLine._meta.db_table not in connection.introspection.table_names()
