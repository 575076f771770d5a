"""Faults at durability: with each of them something that was written is lost, doubled, or changed unseen."""

import os
from hashlib import sha256
from uuid import uuid4

from django.apps import apps

from tests.mutation.fault import Fault, around


def no_line(verb, thing, *, by=None, child=None, digest=""):
    """Nothing is written."""


def connected_without_triggers(original, self, conn_params):
    connection = original(self, conn_params)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{trigger}"')
    return connection


def written_without_fsync(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{uuid4().hex}")
    draft.write_bytes(content)
    os.replace(draft, path)


def row_first(original, content, media_type):
    digest, rows = sha256(content).hexdigest(), apps.get_model("records.StoredFile").objects
    rows.get_or_create(sha256=digest, defaults={"size": len(content), "media_type": media_type})
    return original(content, media_type)


def unread_bytes(sha256):
    from records.stored import path_of

    return path_of(sha256).read_bytes()


def made_each_time(model, facts, *, same, **key):
    return model.objects.create(**key | {"idempotency_key": uuid4()}, **facts), True


def written_over(original, asked, answers, *, by, edition):
    draft = apps.get_model("documents.Draft").objects.filter(ask=asked).first()
    return original(asked, answers, by=by, edition=draft.edition if draft else edition)


def given_up(mail, *, until):
    apps.get_model("mail.OutgoingMail").objects.filter(pk=mail.pk).update(sent_at=until)


def put_there(path, content, *, mode):
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(mode)


DURABILITY = [
    # The audit log
    Fault(
        "a change leaves no line in the audit log",
        target="records.audit.record",
        replacement=no_line,
        found_by=(
            "tests/journal/test_journal.py::"
            "test_opening_a_journal_is_remembered_once_a_day_and_sharing_is_in_the_audit_chain",
        ),
    ),
    Fault(
        "the hash of an audit line leaves out the line before",
        target="records.audit.fingerprint",
        replacement=around(lambda original, line, previous: original(line, "")),
        found_by=("tests/records/test_audit.py::test_the_hash_can_be_worked_out_by_anybody_with_the_published_rule",),
    ),
    Fault(
        "the audit log and signatures have lost their triggers",
        target="django.db.backends.sqlite3.base.DatabaseWrapper.get_new_connection",
        replacement=around(connected_without_triggers),
        found_by=(
            "tests/records/test_checkpoint.py::"
            "test_the_database_itself_refuses_to_change_or_remove_a_line_of_the_audit",
        ),
    ),
    Fault(
        "an audit log that was cut off agrees with every checkpoint",
        target="records.checkpoint.problems",
        replacement=lambda checkpoints, key: [],
        found_by=("tests/records/test_checkpoint.py::test_the_command_finds_an_end_cut_off_and_a_chain_written_anew",),
    ),
    Fault(
        "opening a record leaves no line in the access log",
        target="records.access_log.log_access",
        replacement=lambda person, child, kind, role="": None,
        found_by=(
            "tests/people/test_looking.py::test_a_parent_sees_which_staff_opened_what_on_which_day_in_which_role",
        ),
    ),
    # Files and keys
    Fault(
        "a private file is not synced to the disk",
        target="records.stored.write_durably",
        replacement=written_without_fsync,
        found_by=(
            "tests/records/test_files_durable.py::test_the_bytes_and_every_folder_above_reach_the_disk_before_the_row",
        ),
    ),
    Fault(
        "the row of a private file is there before its bytes",
        target="records.files.keep",
        replacement=around(row_first),
        found_by=("tests/records/test_audit.py::test_a_private_file_is_on_disk_for_good_before_its_row",),
    ),
    Fault(
        "what the disk changed is handed out",
        target="records.stored.stored_bytes",
        replacement=unread_bytes,
        found_by=("tests/records/test_audit.py::test_a_file_that_the_disk_has_changed_is_never_handed_out",),
    ),
    Fault(
        "a secret is used before it is on the disk",
        target="config.keys.write_once",
        replacement=put_there,
        found_by=("tests/config/test_keys.py::test_each_is_on_the_disk_before_it_is_used_and_its_owners_alone",),
    ),
    Fault(
        "a backup does not hold the keys",
        target="records.backup.FOLDERS",
        replacement=("files", "media"),
        found_by=("tests/records/test_backup.py::test_a_restore_gives_equal_digests_of_every_table_and_file",),
    ),
    Fault(
        "bytes hidden around a seal do not break it",
        target="documents.sealing.nothing_hides_around_the_seal",
        replacement=lambda pdf, own: True,
        found_by=("tests/documents/test_seal.py::test_a_change_in_the_padding_of_the_seal_is_found",),
    ),
    # What was sent, once
    Fault(
        "pressing twice makes two",
        target="records.submitted.create_once",
        replacement=made_each_time,
        found_by=("tests/complaints/test_complaints.py::test_pressing_twice_sends_one_complaint",),
    ),
    Fault(
        "a form that was sent counts again",
        target="records.submissions._key_of",
        replacement=lambda request: uuid4().hex,
        found_by=(
            "tests/people/test_pressed_at_once.py::test_a_letter_that_was_pressed_twice_is_one_and_the_page_says_so",
        ),
    ),
    Fault(
        "what is sent at the end of a session is lost",
        target="people.accounts.actions_held.hold",
        replacement=lambda request, person: None,
        found_by=(
            "tests/people/test_held_forms.py::"
            "test_a_complaint_that_took_forty_minutes_comes_back_after_signing_in_and_is_sent_once",
        ),
    ),
    Fault(
        "passwords and codes are held",
        target="people.accounts.actions_held.is_secret",
        replacement=lambda name: False,
        found_by=("tests/people/test_held_forms.py::test_passwords_and_codes_are_never_held",),
    ),
    Fault(
        "of two windows the second writes over the first one's draft",
        target="documents.actions.save_draft",
        replacement=around(written_over),
        found_by=("tests/documents/test_drafts.py::test_a_second_window_is_told_and_nothing_is_overwritten",),
    ),
    # What waits to be done
    Fault(
        "mail that cannot leave is not tried again",
        target="people.mail.actions_mail.mail_stays",
        replacement=given_up,
        found_by=("tests/people/test_families.py::test_mail_that_cannot_be_sent_is_tried_again_later",),
    ),
    Fault(
        "mail that waits leaves although the portal was closed meanwhile",
        target="people.mail.actions_mail.is_held_back",
        replacement=lambda mail: False,
        found_by=("tests/people/test_mail_and_days.py::test_mail_that_waits_when_the_portal_is_closed_does_not_leave",),
    ),
    Fault(
        "a document whose worker was killed is never read",
        target="procedures.models.batch.BatchFileQuerySet.waiting",
        replacement=lambda self, state, now: self.filter(busy_until=None, state=state),
        found_by=(
            "tests/procedures/test_batches.py::"
            "test_a_worker_that_was_killed_loses_nothing_and_a_file_that_kills_it_is_given_up",
        ),
    ),
    Fault(
        "a book whose job was killed is never made",
        target="portal.book.models.BookQuerySet.waiting",
        replacement=lambda self: self.filter(made_at__isnull=True, failures=0).order_by("asked_at", "pk"),
        found_by=("tests/book/test_kills.py::test_a_press_that_is_killed_is_begun_again_by_itself",),
    ),
]
