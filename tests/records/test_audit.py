"""The audit chain holds, shows every change, and the database itself refuses to touch it. Private files are durable."""

import hashlib
import io
import json
import os

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from records import audit, files
from records.models import AuditLine, StoredFile
from records.stored import path_of
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def without_triggers(sql):
    """What somebody could do who may drop the triggers: the chain must still show it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER records_auditline_no_update")
            cursor.execute("DROP TRIGGER records_auditline_no_delete")
        else:
            cursor.execute("ALTER TABLE records_auditline DISABLE TRIGGER USER")
        cursor.execute(sql)


def test_the_chain_of_the_whole_cast_holds(cast):
    lines, problem = audit.verify()
    assert problem is None
    assert lines > 20
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    assert f"{lines} lines" in out.getvalue()


@pytest.mark.parametrize("change", [{"verb": "nothing.happened"}, {"by": ""}, {"hash": "0" * 64}])
def test_the_database_refuses_to_change_a_line(cast, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditLine.objects.filter(number=3).update(**change)


def test_the_database_refuses_to_remove_a_line(cast):
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditLine.objects.filter(number=3).delete()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE records_auditline SET verb = 'other' WHERE number = 5",
        "UPDATE records_auditline SET child = '' WHERE number = (SELECT MAX(number) FROM records_auditline WHERE child <> '')",
        "DELETE FROM records_auditline WHERE number = 5",
        "UPDATE records_auditline SET number = 99999 WHERE number = 7",
    ],
)
def test_whoever_gets_around_the_database_is_found_by_the_chain(cast, sql):
    without_triggers(sql)
    _lines, problem = audit.verify()
    assert problem
    with pytest.raises(CommandError, match="broken"):
        call_command("verify_audit")


def test_the_hash_can_be_worked_out_by_anybody_with_the_published_rule(cast):
    """Written again here from the description in docs/decisions, so that the verifier does not verify itself."""
    line = AuditLine.objects.get(number=2)
    moment = line.at.strftime("%Y-%m-%dT%H:%M:%S.%f") + "+00:00"
    parts = [
        2,
        moment,
        line.verb,
        line.label,
        line.thing,
        line.by,
        line.child,
        line.request,
        line.digest,
        line.previous,
    ]
    assert hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest() == line.hash
    assert line.previous == AuditLine.objects.get(number=1).hash


def test_a_refusal_is_remembered(cast):
    signed_in(cast.mother).get("/families/")
    line = AuditLine.objects.order_by("-number").first()
    assert (line.verb, line.by) == ("records.refused", str(cast.mother.pk))
    assert line.request


def test_a_page_that_is_refused_again_and_again_is_one_line_an_hour(cast):
    client, lines = signed_in(cast.mother), AuditLine.objects.filter(verb="records.refused")
    with time_machine.travel(timezone.now()) as clock:
        for _time in range(3):
            client.get("/families/")
        assert lines.count() == 1
        client.get("/staff/")
        signed_in(cast.father).get("/families/")
        assert lines.count() == 3, "another address, and another person"
        clock.shift(61 * 60)
        signed_in(cast.mother).get("/families/")
        assert lines.count() == 4


def test_a_private_file_is_on_disk_for_good_before_its_row(cast, monkeypatch):
    synced = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda opened: (synced.append(StoredFile.objects.count()), real(opened)))
    before = StoredFile.objects.count()
    stored = files.keep(b"a private photograph", "image/jpeg")
    assert len(synced) >= 3, "the file, its folder and the folder above"
    assert set(synced) == {before}, "no row yet while the disk is written"
    assert stored.read() == b"a private photograph"


def test_a_file_that_the_disk_has_changed_is_never_handed_out(cast):
    stored = files.keep(b"what was signed", "application/pdf")
    path = path_of(stored.sha256)
    path.chmod(0o600)
    path.write_bytes(b"what was forged")
    with pytest.raises(OSError, match="no longer has the content"):
        stored.read()


def test_the_same_bytes_are_kept_once(cast):
    first, second = files.keep(b"same", "image/jpeg"), files.keep(b"same", "image/jpeg")
    assert first == second
