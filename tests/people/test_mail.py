"""Mail leaves one by one, to one person each, never as a flood, and nobody writes its headers."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from people.mail.models import OutgoingMail
from people.mail.tasks import TO_EVERYBODY, TO_ONE_ADDRESS, send_mail

pytestmark = pytest.mark.django_db

LINE_ENDS = ["\n", "\r", "\r\n", "\n\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"]
HEADERS = ["Bcc: x@example.net", "To: x@example.net", "Content-Type: text/html", "X-Sent-By: nobody"]


@pytest.fixture(autouse=True)
def outside_of_the_demo(settings):
    settings.DEMO = False


def written(person, number=1, **facts):
    words = {"address": person.email, "subject": "Something new", "body": "Sign in."} | facts
    return [OutgoingMail.objects.create(person=person, **words) for _ in range(number)]


def send_all():
    while send_mail():
        pass


def test_five_an_hour_to_one_address_and_the_rest_waits_and_holds_up_nobody(cast, mailoutbox):
    written(cast.mother, 17)
    written(cast.father)
    send_all()
    assert [mail.to for mail in mailoutbox] == [["ewa@example.org"]] * TO_ONE_ADDRESS + [["daniel@example.org"]]
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        send_all()
    assert len([mail for mail in mailoutbox if mail.to == ["ewa@example.org"]]) == 2 * TO_ONE_ADDRESS
    assert OutgoingMail.objects.filter(sent_at__isnull=True).count() == 17 - 2 * TO_ONE_ADDRESS, "late, and not lost"


def test_an_urgent_mail_waits_for_three_of_each_other_lane_at_most(cast, mailoutbox):
    people = [person for name, person in cast.people.items() if name != "father"][:15]
    for kind in (OutgoingMail.Kind.PLAIN, OutgoingMail.Kind.IMPORTANT):
        for person in people:
            written(person, kind=kind)
    send_mail()
    assert len(mailoutbox) <= 6
    written(cast.father, kind=OutgoingMail.Kind.URGENT)
    before = len(mailoutbox)
    send_mail()
    assert mailoutbox[before].to == ["daniel@example.org"]


def test_a_brake_for_all_of_them_together(cast, mailoutbox):
    now = timezone.now()
    OutgoingMail.objects.bulk_create(
        OutgoingMail(person=cast.father, address=f"somebody{number}@example.org", subject="New", sent_at=now)
        for number in range(TO_EVERYBODY - 1)
    )
    written(cast.mother, 2)
    send_all()
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("line_end", LINE_ENDS)
@pytest.mark.parametrize("header", HEADERS)
def test_nothing_that_is_written_becomes_a_header(cast, mailoutbox, line_end, header):
    written(cast.mother, subject=f"Something new at Hazel{line_end}{header}")
    send_all()
    (mail,) = mailoutbox
    sent = mail.message()
    assert mail.recipients() == ["ewa@example.org"]
    assert sorted(sent.keys()) == sorted(
        ["Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID"]
    )
    assert len(sent["Subject"].splitlines()) == 1
