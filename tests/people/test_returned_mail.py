"""Mail that the other side refuses stands with what could not be delivered; forged answers say nothing of anybody."""

import imaplib
import socketserver
import threading
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from people.mail import returned_mail
from people.mail.models import OutgoingMail
from people.mail.tasks import look_for_returned_mail, send_mail
from records.work import HOURLY
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outside_of_the_demo(settings):
    settings.DEMO = False


def sent(person, mailoutbox, **facts):
    """A mail that left, and the number that it carried."""
    words = {"address": person.email, "subject": "Something new", "body": "Sign in."} | facts
    mail = OutgoingMail.objects.create(person=person, **words)
    assert send_mail() == 1
    return mail, mailoutbox[-1].message()["Message-ID"]


def answer(number, action="failed", status="5.1.1", address="ewa@example.org"):
    """What a mail server writes that cannot deliver (RFC 3464)."""
    return f"""From: MAILER-DAEMON@mx.example.org
To: portal@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="between"

--between
Content-Type: text/plain; charset=us-ascii

It could not be delivered.

--between
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}

--between
Content-Type: text/rfc822-headers

From: portal@example.org
To: {address}
Message-ID: {number}

--between--
""".replace("\n", "\r\n").encode()


class Box(socketserver.StreamRequestHandler):
    """As much of an IMAP server as is asked: it holds letters and remembers what it was told."""

    letters: list = []
    told: list = []

    def handle(self):
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline().strip():
            tag, _space, words = line.partition(b" ")
            self.told.append(words.decode())
            for answer in self.answers(words.upper()):
                self.wfile.write(answer)
            self.wfile.write(tag + b" OK done\r\n")

    def answers(self, words):
        if words.startswith(b"CAPABILITY"):
            yield b"* CAPABILITY IMAP4rev1\r\n"
        elif words.startswith((b"EXAMINE", b"SELECT")):
            yield b"* %d EXISTS\r\n" % len(self.letters)
        elif words.startswith(b"SEARCH"):
            yield b"* SEARCH " + b" ".join(b"%d" % (n + 1) for n in range(len(self.letters))) + b"\r\n"
        elif words.startswith(b"FETCH"):
            number = int(words.split()[1])
            content = self.letters[number - 1]
            yield b"* %d FETCH (BODY[]<0> {%d}\r\n" % (number, len(content)) + content + b")\r\n"


@pytest.fixture
def box(settings, monkeypatch):
    """A letter box on this machine, without TLS."""
    monkeypatch.setattr(Box, "letters", [])
    monkeypatch.setattr(Box, "told", [])
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Box) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def plainly(host, port, ssl_context, timeout):
            assert ssl_context.check_hostname, "the password goes to nobody else"
            return imaplib.IMAP4(host, port, timeout)

        monkeypatch.setattr(returned_mail.imaplib, "IMAP4_SSL", plainly)
        port = server.server_address[1]
        settings.RETURNED_MAIL = f"imaps://portal%40example.org:a%2Fsecret@127.0.0.1:{port}/INBOX"
        yield Box
        server.shutdown()


def test_an_invitation_that_came_back_stands_on_the_managers_today(cast, mailoutbox, box):
    mail, number = sent(cast.mother, mailoutbox, subject="Your invitation")
    box.letters.append(answer(number))
    look_for_returned_mail()
    client = signed_in(cast.manager)
    assert "1 e-mail could not be delivered" in client.get("/today/").content.decode()
    page = client.get(reverse("people:undelivered")).content.decode()
    assert "it came back" in page and "ewa@example.org" in page and "Try again" not in page
    client.post(reverse("people:try_mail_again", args=[mail.pk]))
    mail.refresh_from_db()
    assert mail.sent_at and mail.came_back_at, "what has left is not sent once more without its words"
    client.post(reverse("people:put_mail_aside", args=[mail.pk]))
    assert "could not be delivered" not in client.get("/today/").content.decode()
    look_for_returned_mail()
    assert "could not be delivered" not in client.get("/today/").content.decode(), "the letter still lies in the box"


def test_the_box_is_only_looked_at(cast, mailoutbox, box):
    _mail, number = sent(cast.mother, mailoutbox)
    box.letters.append(answer(number))
    look_for_returned_mail()
    told = " ".join(box.told)
    assert "EXAMINE" in told and "BODY.PEEK" in told and "STORE" not in told
    assert 'LOGIN portal@example.org "a/secret"' in told
    assert look_for_returned_mail in HOURLY


def test_what_is_only_late_has_not_come_back(cast, mailoutbox, box):
    mail, number = sent(cast.mother, mailoutbox)
    box.letters += [answer(number, "delayed", "4.4.1"), f"Subject: Holiday\r\n\r\nI am away. {number}".encode()]
    look_for_returned_mail()
    assert not OutgoingMail.objects.get(pk=mail.pk).came_back_at


@pytest.mark.parametrize("sign", ["0" * 32, "", "x" * 32])
def test_a_forged_answer_says_nothing_of_anybody(cast, mailoutbox, box, sign):
    mail, number = sent(cast.mother, mailoutbox)
    box.letters.append(answer(f"<bigbook.{mail.pk}.{sign}@example.org>"))
    other, _number = sent(cast.father, mailoutbox)
    box.letters.append(answer(number.replace(f".{mail.pk}.", f".{other.pk}.")))
    look_for_returned_mail()
    assert not OutgoingMail.objects.filter(came_back_at__isnull=False).exists()


def test_a_letter_of_any_shape_stops_nothing(cast, mailoutbox, box):
    mail, number = sent(cast.mother, mailoutbox)
    whole = answer(number)
    box.letters += [
        b"",
        b"\xff\xfe\x00",
        whole[:200],
        whole.replace(b"between", b""),
        b"Content-Type: multipart/report\r\n\r\n",
    ]
    box.letters.append(whole)
    look_for_returned_mail()
    assert OutgoingMail.objects.get(pk=mail.pk).came_back_at


def test_without_a_box_nothing_is_asked_and_a_closed_one_is_tried_again(cast, settings):
    settings.RETURNED_MAIL = ""
    look_for_returned_mail()
    settings.RETURNED_MAIL = "imaps://portal:secret@127.0.0.1:1/INBOX"
    with pytest.raises(OSError):
        look_for_returned_mail()


def test_each_mail_has_a_number_of_its_own(cast, mailoutbox):
    numbers = {sent(cast.mother, mailoutbox)[1] for _n in range(3)}
    assert len(numbers) == 3 and all(number.endswith("@example.org>") for number in numbers)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert returned_mail.came_back(answer(numbers.pop())), "whenever it is read"
