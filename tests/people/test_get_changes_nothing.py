"""Opening a page changes nothing but the session, read marks, looks, and the audit line that says it was opened."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from records import database_copy
from tests.cast import signed_in
from tests.doors import table
from tests.doors.test_doors import doors

MAY_CHANGE = {
    "django_session",
    "records_look",
    "records_auditline",
    "journal_readmark",
    "home_noticeread",
    "progress_seen",
    "people_opensession",  # when a session was last seen
    "wagtailadmin_editingsession",  # Wagtail's own: who has a page open for editing
}


def digests():
    """{table: what is in it}, without those that a GET may change."""
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor)) - MAY_CHANGE
        found = {}
        for name in sorted(names):
            if connection.vendor == "sqlite" and name.startswith("sqlite_"):
                continue
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 names of our tables
            found[name] = database_copy.digest_of_rows(cursor.fetchall())
    return found


def changed_by(client, addresses, before):
    """The tables that are not as before once all of these were opened; the addresses are tried again one by one to name them."""
    for address in addresses:
        client.get(address)
    after = digests()
    touched = [name for name in after if after[name] != before[name]]
    if not touched:
        return []
    found = []
    for address in addresses:
        now = digests()
        client.get(address)
        later = digests()
        found += [f"{address} changes {name}" for name in later if later[name] != now[name]]
    return found or [f"something has changed {', '.join(touched)}"]


@pytest.mark.django_db
def test_opening_pages_changes_nothing(cast):
    """Every address except Wagtail's own, as five kinds of people; with everything in it that the doors know."""
    cache.clear()  # Wagtail remembers the sizes of pictures there, even those of a test that was undone
    everywhere = sorted({path for key, _thing, path, _row in doors(cast) if key != table.CMS})
    addresses = [path for path in everywhere if "/invitation/" not in path]  # opening one signs the visitor out
    assert len(addresses) > 60
    for who in ("mother", "key_person", "manager", "chair", None):
        client = signed_in(getattr(cast, who)) if who else Client()
        client.raise_request_exception = False
        assert changed_by(client, addresses, digests()) == [], who
