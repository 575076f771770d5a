"""With a checkpoint kept elsewhere, no change of the audit chain stays unseen: not its end cut off, not all of it anew."""

import contextlib
import io
import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from people.mail.models import OutgoingMail
from people.mail.tasks import mail_checkpoint
from records import audit, backup, checkpoint
from records.models import AuditLine, ScheduledRun
from records.tasks import keep_checkpoint
from tests import database
from tests.records.attacks import LIFT, attack

SCRIPT = database.PROJECT / "bin" / "verify-audit"
on_sqlite = pytest.mark.skipif(bool(database.SERVER), reason="the script reads SQLite files; the command reads both")


def alone():
    """The stand-alone verifier as a module."""
    spec = spec_from_loader("verify_audit_alone", SourceFileLoader("verify_audit_alone", str(SCRIPT)))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write_lines(count):
    """So many lines in the chain, in one transaction."""
    with transaction.atomic():
        thing = ScheduledRun.objects.create(job="a thing", done_at=timezone.now())
        for number in range(count):
            audit.record(f"test.verb_{number % 17}", thing)


def lift_the_triggers(sql=""):
    """What somebody does who may drop them; then what they came for."""
    lifting = LIFT if connection.vendor == "sqlite" else "ALTER TABLE records_auditline DISABLE TRIGGER USER"
    with connection.cursor() as cursor:
        for words in (*lifting.split(";"), *([sql] if sql else [])):
            cursor.execute(words)


def one_file(tmp_path):
    """A plain copy of the database file, as somebody would carry it off."""
    connection.ensure_connection()
    target = tmp_path / "carried-off.sqlite3"
    with contextlib.closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
    return target


def attacked(path, attacks, record_property):
    """Do each attack on the file, see what the verifier says, and undo it: (found by kind, not found)."""
    script, said, key = alone(), [checkpoint.take()], checkpoint.public_key()
    found, missed = Counter(), []
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.executescript(LIFT)
        count, wrong = script.verify(opened, said, key)
        assert (wrong, count) == ([], said[0]["count"]), "before anything was done to it, the chain holds"
        for seed in range(attacks):
            opened.execute("BEGIN")
            kind = attack(opened, script.hash_of, seed)
            _count, wrong = script.verify(opened, said, key)
            opened.execute("ROLLBACK")
            found[kind] += bool(wrong)
            missed += [] if wrong else [f"{kind}, seed {seed}"]
    record_property("attacks", [sum(found.values()), attacks])
    return found, missed


@on_sqlite
def test_every_kind_of_attack_on_a_short_chain_is_found(own_database, tmp_path, record_property):
    write_lines(120)
    found, missed = attacked(one_file(tmp_path), 160, record_property)
    assert not missed
    assert len(found) == 8


@on_sqlite
@pytest.mark.prove
def test_a_thousand_random_attacks_on_ten_thousand_lines_are_found(own_database, tmp_path, record_property):
    write_lines(10_000)
    found, missed = attacked(one_file(tmp_path), 1_000, record_property)
    assert not missed
    assert dict(found) == dict.fromkeys(found, 125)


@on_sqlite
@pytest.mark.prove
def test_the_verifiers_read_ten_thousand_lines_a_second(own_database, tmp_path, record_property):
    write_lines(10_000)
    path, script, said = one_file(tmp_path), alone(), [checkpoint.take()]
    with contextlib.closing(sqlite3.connect(path)) as opened:
        began = time.perf_counter()
        assert script.verify(opened, said, checkpoint.public_key()) == (10_000, [])
        of_the_script = 10_000 / (time.perf_counter() - began)
    began = time.perf_counter()
    assert audit.verify() == (10_000, None)
    of_the_command = 10_000 / (time.perf_counter() - began)
    record_property("lines a second", [round(of_the_script), round(of_the_command)])
    assert min(of_the_script, of_the_command) >= 10_000


@pytest.mark.prove
def test_eight_writers_at_once_make_one_chain_of_the_audit(own_database):
    write_lines(1)
    thing, problems = ScheduledRun.objects.get(job="a thing"), []

    def write():
        try:
            for number in range(500):
                audit.record(f"test.verb_{number}", thing)
        except DatabaseError as problem:
            problems.append(problem)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(8)]
    [writer.start() for writer in writers]
    [writer.join() for writer in writers]
    assert not problems
    assert audit.verify() == (1 + 8 * 500, None), "no fork, no gap"


@on_sqlite
def test_the_script_needs_nothing_of_the_program_and_says_what_is_wrong(own_database, tmp_path):
    write_lines(30)
    keep_checkpoint()
    path = one_file(tmp_path)
    command = [sys.executable, "-I", str(SCRIPT), str(path), str(checkpoint.kept_file()), checkpoint.public_key()]

    def run(*words):
        done = subprocess.run([*words] or command, capture_output=True, text=True, cwd=tmp_path, check=False)
        return done.returncode, done.stdout + done.stderr

    assert run() == (0, "The audit chain holds: 30 lines, none changed, none missing, as the checkpoints say.\n")
    assert run(*command[:-1], "0" * 64)[0] == 1, "another key"
    with contextlib.closing(sqlite3.connect(path)) as opened:
        opened.executescript(LIFT)
        opened.execute("DELETE FROM records_auditline WHERE number > 25")
        opened.commit()
    assert run()[0] == 1
    assert "the end was cut off" in run()[1]
    assert run(*command[:-2])[0] == 1


@pytest.mark.django_db
def test_the_command_finds_an_end_cut_off_and_a_chain_written_anew(cast, tmp_path, settings):
    settings.KEYS_DIR = tmp_path / "keys"
    saved = tmp_path / "mail.txt"
    saved.write_text(f"Hello,\n\nplease keep\n\n{checkpoint.as_line(checkpoint.take())}\n\nPublic key: x\n")
    said = io.StringIO()
    call_command("verify_audit", checkpoint=str(saved), stdout=said)
    assert "agrees with 1 checkpoints" in said.getvalue()
    last = AuditLine.objects.order_by("-number").first()
    lift_the_triggers()
    AuditLine.objects.filter(number=last.number).delete()
    call_command("verify_audit", stdout=said)  # the chain alone cannot know
    with pytest.raises(CommandError, match="the end was cut off"):
        call_command("verify_audit", checkpoint=str(saved))
    audit.record("test.another_end", cast.mother)
    with pytest.raises(CommandError, match="written anew"):
        call_command("verify_audit", checkpoint=str(saved))
    with pytest.raises(CommandError, match="not signed with this key"):
        call_command("verify_audit", checkpoint=str(saved), key="0" * 64)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"count": 3}, {"moment": "2020-01-01"}, {"head": "0" * 64}, {"signature": "00"}])
def test_a_checkpoint_that_somebody_changed_is_none(cast, tmp_path, settings, change):
    settings.KEYS_DIR = tmp_path / "keys"
    said = checkpoint.take()
    assert checkpoint.problems([said], checkpoint.public_key()) == []
    assert "was not signed" in checkpoint.problems([said | change], checkpoint.public_key())[0]


def test_each_hour_adds_a_line_to_the_file_and_a_backup_holds_the_newest(own_database, tmp_path):
    write_lines(3)
    keep_checkpoint()
    keep_checkpoint()
    assert len(checkpoint.read(checkpoint.kept_file())) == 1, "nothing has happened since"
    write_more = ScheduledRun.objects.get(job="a thing")
    audit.record("test.more", write_more)
    manifest = backup.back_up(tmp_path / "one.backup")
    kept = checkpoint.read(checkpoint.kept_file())
    assert [said["count"] for said in kept] == [3, 4]
    assert manifest["checkpoint"] == kept[-1]
    assert checkpoint.kept_file().stat().st_mode & 0o077 == 0
    assert (checkpoint.settings.KEYS_DIR / checkpoint.KEY_FILE).stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_once_a_week_the_manager_and_the_chair_get_it_by_mail(cast, tmp_path, settings):
    settings.DATA_DIR, settings.KEYS_DIR = tmp_path, tmp_path / "keys"
    assert mail_checkpoint() == 2
    assert mail_checkpoint() == 0, "once a week"
    mails = OutgoingMail.objects.filter(subject__contains="checkpoint")
    assert {mail.person for mail in mails} == {cast.manager, cast.chair}
    saved = tmp_path / "mail.txt"
    saved.write_text(mails[0].body)
    assert checkpoint.problems(checkpoint.read(saved), checkpoint.public_key()) == []
    assert json.dumps(cast.maja.known_as) not in mails[0].body
    OutgoingMail.objects.update(written_at=timezone.now() - timedelta(days=7))
    assert mail_checkpoint() == 2


REFUSED = [
    "UPDATE records_auditline SET verb = 'other' WHERE number = 2",
    "UPDATE records_auditline SET number = 99999 WHERE number = 2",
    "DELETE FROM records_auditline WHERE number = 2",
    "DELETE FROM records_auditline",
]
IN_THE_DIALECT = {
    "sqlite": [
        "REPLACE INTO records_auditline SELECT number, at, 'other', label, thing, \"by\", child, request, digest, previous,"
        " hash FROM records_auditline WHERE number = 2",
        "UPDATE OR REPLACE records_auditline SET verb = 'other'",
    ],
    "postgresql": ["TRUNCATE records_auditline", "TRUNCATE records_auditline CASCADE"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("sql", REFUSED + IN_THE_DIALECT[database.VENDOR])
def test_the_database_itself_refuses_to_change_or_remove_a_line_of_the_audit(cast, sql):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert audit.verify()[1] is None


@pytest.mark.django_db
def test_the_orm_has_no_way_around_it(cast):
    line = AuditLine.objects.get(number=2)
    line.verb = "other"
    ways = (
        line.save,
        line.delete,
        AuditLine.objects.all().delete,
        lambda: AuditLine.objects.update(verb="other"),
        lambda: AuditLine.objects.bulk_update([line], ["verb"]),
        lambda: AuditLine.objects.filter(number=2)._raw_delete("default"),
        lambda: AuditLine.objects.bulk_create(
            [line], update_conflicts=True, unique_fields=["number"], update_fields=["verb"]
        ),
    )
    for way in ways:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            way()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE records_auditline SET previous = hash WHERE number = 5", "Line 5 was changed"),
        ("DELETE FROM records_auditline WHERE number = 5", "Line 5 is missing"),
        ("UPDATE records_auditline SET number = 0 WHERE number = 1", "Line 1 is missing"),
    ],
)
def test_a_lying_link_and_a_missing_number_are_named(cast, sql, said):
    lift_the_triggers(sql)
    assert said in audit.verify()[1]
