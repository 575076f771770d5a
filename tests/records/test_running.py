"""What keeps the service going: a clock that was once wrong, signals given back, a busy database, mail that does not leave."""

import io
import logging
import signal
import smtplib
import threading
import uuid
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone

from people.mail import mail_log, tasks
from people.mail.models import OutgoingMail
from portal.complaints import actions as complaints
from portal.complaints.models import Complaint
from records import room_left, work
from records.models import ScheduledRun
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
COMPLAINT = "/complaints/write/?child_at_risk=no&concerns=nobody"


def tick():
    """A job of this test."""


@pytest.mark.parametrize("kind", ["HOURLY", "DAILY"])
def test_a_clock_that_was_once_wrong_does_not_stop_the_jobs(kind, monkeypatch):
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work, "HOURLY", [])
    monkeypatch.setattr(work, "DAILY", [])
    monkeypatch.setattr(work, kind, [tick])
    now = timezone.now()
    assert len(work.ring(now + timedelta(days=3000))) == 1, "the machine's battery was empty, and it is the year 2035"
    assert len(work.ring(now)) == 1
    assert work.ring(now + timedelta(minutes=1)) == []
    assert len(work.ring(now + timedelta(days=1))) == 1
    assert ScheduledRun.objects.get(job=work.name_of(tick)).done_at == now + timedelta(days=1)


def test_a_command_that_ends_gives_the_signals_back(monkeypatch):
    for name in ("SOON", "BESIDE", "APART", "HOURLY", "DAILY"):
        monkeypatch.setattr(work, name, [])
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    call_command("scheduler", once=True)
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before


def test_a_command_that_goes_on_is_stopped_by_a_signal(monkeypatch):
    for name in ("SOON", "BESIDE", "APART", "HOURLY", "DAILY"):
        monkeypatch.setattr(work, name, [])
    timer = threading.Timer(0.3, signal.raise_signal, [signal.SIGTERM])
    monkeypatch.setattr(work, "SOON", [lambda: timer.is_alive() or timer.start() if not timer.ident else 0])
    call_command("scheduler")
    timer.join()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL the other workers of this run write, too")
def test_the_scheduler_sleeps_while_nothing_is_written(monkeypatch):
    for name in ("SOON", "BESIDE", "APART", "HOURLY", "DAILY"):
        monkeypatch.setattr(work, name, [])
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    rounds, stopped = [], threading.Event()
    monkeypatch.setattr(work, "SOON", [lambda: rounds.append(1)])
    timer = threading.Timer(2, stopped.set)
    timer.start()
    work.run(stopped)
    assert rounds == [1]


# The database.


@pytest.fixture
def quiet():
    logging.getLogger("django.request").disabled = True
    yield
    logging.getLogger("django.request").disabled = False


def answer(cast, monkeypatch, problem):
    def refuses(user):
        raise problem

    monkeypatch.setattr("people.features.waiting_for", refuses)
    client = signed_in(cast.mother)
    client.raise_request_exception = False
    return client.get("/today/")


def test_a_database_that_is_busy_says_so_and_that_nothing_was_lost(cast, monkeypatch, quiet):
    busy = answer(cast, monkeypatch, OperationalError("database is locked"))
    broken = answer(cast, monkeypatch, OperationalError("no such column"))
    other = answer(cast, monkeypatch, DatabaseError("database is locked"))
    assert busy.status_code == 503 and int(busy["Retry-After"]) > 0
    assert "Nothing is lost." in busy.content.decode()
    assert '<a class="button" href="/today/">Try again</a>' in busy.content.decode()
    assert broken.status_code == other.status_code == 500


def sent_while_busy(cast, monkeypatch, **more):
    """What somebody sees who sends a complaint to a busy database: the client, and the page."""

    def locked(**_facts):
        raise OperationalError("database is locked")

    client = signed_in(cast.mother)
    client.raise_request_exception = False
    words = {
        "category": "care",
        "words": "A wet coat.\r\n“Twice”, <they> said.",
        "wish": "",
        "idempotency_key": uuid.uuid4(),
    }
    with monkeypatch.context() as busy:
        busy.setattr(complaints, "complain", locked)
        answer = client.post(COMPLAINT, words | more)
    assert answer.status_code == 503 and not Complaint.objects.exists()
    return client, BeautifulSoup(answer.content.decode(), "html.parser")


def test_what_was_sent_while_the_database_was_busy_is_sent_once_more_from_the_page_that_says_so(
    cast, monkeypatch, quiet
):
    client, page = sent_while_busy(cast, monkeypatch)
    form = page.find("form", method="post")
    fields = {each["name"]: each["value"] for each in form.find_all("input")}
    assert {each["type"] for each in form.find_all("input")} == {"hidden"}
    for _twice in range(2):
        client.post(form["action"], fields)
    assert Complaint.objects.get().words.splitlines() == ["A wet coat.", "“Twice”, <they> said."]


@pytest.mark.parametrize("more", [{"password": "kettle"}, {"code": "402917"}, {"file": io.BytesIO(b"a photograph")}])
def test_a_busy_page_repeats_no_password_and_promises_nothing_for_files(cast, monkeypatch, quiet, more):
    _client, page = sent_while_busy(cast, monkeypatch, **more)
    assert page.find("form") is None and "kettle" not in str(page) and "402917" not in str(page)
    assert "look whether everything is still there" in page.get_text()


# Mail.


@pytest.fixture
def mail_to_send(cast, settings):
    settings.DEMO = False
    mail_log.written.clear()
    return OutgoingMail.objects.create(person=cast.mother, address="ewa@example.org", subject="New", body="x")


REASONS = {
    "does not accept EMAIL_HOST_USER and EMAIL_HOST_PASSWORD (535)": smtplib.SMTPAuthenticationError(535, b"no, ewa"),
    "does not send for DEFAULT_FROM_EMAIL (553)": smtplib.SMTPSenderRefused(553, b"no", "ewa@example.org"),
    "does not take a recipient's address (550)": smtplib.SMTPRecipientsRefused({"ewa@example.org": (550, b"no ewa")}),
    "refuses (SMTPDataError 554)": smtplib.SMTPDataError(554, b"spam from ewa"),
    "refuses (SMTPServerDisconnected)": smtplib.SMTPServerDisconnected("ewa"),
    "do not answer at localhost:465 (Connection refused)": ConnectionRefusedError(111, "Connection refused"),
    "do not answer at localhost:465 (TimeoutError)": TimeoutError(),
}


@pytest.mark.parametrize("words", REASONS)
def test_the_log_says_why_mail_does_not_leave_and_names_nobody(words, mail_to_send, monkeypatch, caplog):
    def refuses(mail):
        raise REASONS[words]

    monkeypatch.setattr(tasks.OurMail, "send", refuses)
    tasks.send_mail()
    assert words in caplog.text and "ewa" not in caplog.text
    OutgoingMail.objects.update(try_after=None)
    tasks.send_mail()
    assert caplog.text.count(words) == 1, "not for each mail"


def test_mail_that_waits_for_a_year_which_the_clock_only_dreamt_of_leaves(mail_to_send, mailoutbox):
    now = timezone.now()
    OutgoingMail.objects.update(try_after=now + timedelta(hours=17))
    assert tasks.send_mail() == 0
    OutgoingMail.objects.update(try_after=now + timedelta(days=3000))
    assert tasks.send_mail() == 1


def test_what_left_in_the_future_is_no_brake(mail_to_send, mailoutbox):
    with time_machine.travel(timezone.now() + timedelta(days=3000)):
        for _n in range(5):
            OutgoingMail.objects.create(
                person=mail_to_send.person, address=mail_to_send.address, subject="x", sent_at=timezone.now()
            )
    assert tasks.send_mail() == 1


# The disk.


def test_the_disks_last_tenth_stands_on_today_for_those_who_keep_the_setting(cast, monkeypatch):
    monkeypatch.setattr(room_left, "share_left", lambda: 0.099)
    pages = {
        who: signed_in(getattr(cast, who)).get("/today/").content.decode()
        for who in ("manager", "key_person", "mother")
    }
    assert "Only 9% of the disk is free" in pages["manager"]
    assert "of the disk is free" not in pages["key_person"] + pages["mother"]
    monkeypatch.setattr(room_left, "share_left", lambda: 0.1)
    assert "of the disk is free" not in signed_in(cast.manager).get("/today/").content.decode()


def test_the_share_that_is_left_is_the_disks_own():
    assert 0 < room_left.share_left() <= 1
