"""Every address that shows something of a child leaves its look, or says why none; a new one without a verdict fails."""

import pytest
from django.test import Client

from people.features import access_log_kinds
from records import access_log
from records.models import AccessLogEntry
from tests.doors import table
from tests.doors.test_doors import doors, meet, sessions_of

KINDS, WHY_NONE = table.verdicts("access_log"), table.verdicts("no_access_log")
LEAVES = {key: kind for kind, keys in KINDS.items() for key in keys}
NOTHING = [key for keys in WHY_NONE.values() for key in keys]
STAFF = ("manager", "key_person", "senco")
ASKED = {"journal:find": "?q=page"}  # without words it shows nothing


def test_every_address_has_one_verdict():
    judged = [key for keys in KINDS.values() for key in keys] + NOTHING
    assert len(judged) == len(set(judged))
    assert set(judged) == {address.key for address in table.addresses()} - {table.CMS}
    assert set(KINDS) == set(access_log_kinds())


@pytest.mark.django_db
def test_opening_leaves_the_look_that_is_said_and_no_other(cast, monkeypatch):
    left, opened = {}, set()
    each = access_log.log_access_to_each

    def remembered(person, children, kind, role=""):
        if role and children:
            left.setdefault(key, set()).add(kind)
        each(person, children, kind, role)

    monkeypatch.setattr(access_log, "log_access_to_each", remembered)
    monkeypatch.setattr("portal.journal.views.log_access_to_each", remembered)
    cookies, client = sessions_of(cast), Client(raise_request_exception=False)
    for key, _thing, path, row in list(doors(cast)):
        if key == table.CMS or not row.exists:
            continue
        for who in STAFF:
            got, _lacks = meet(client, cookies[who], "get", path + ASKED.get(key, ""))
            opened |= {key} if got == table.OPEN else set()
    assert {key: {kind} for key, kind in LEAVES.items() if key in opened} == {
        key: kinds for key, kinds in left.items() if key in opened
    }
    assert set(LEAVES) <= opened, set(LEAVES) - opened
    assert not AccessLogEntry.objects.exists(), "whatever was opened was undone"
