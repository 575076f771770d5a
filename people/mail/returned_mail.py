"""Mail that came back: it left, and the other side would not have it. The letter box of our own address knows of it.

Each mail of ours carries a number of its own that nobody else can make, so a forged answer says nothing of anybody. In the
box nothing is changed: people read it too, and their letters stay unread.
"""

import email
import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from flufl.bounce import all_failures

from people.mail.models import OutgoingMail

DAYS = timedelta(days=3)  # in which a mail comes back, if it does
MOST_LETTERS, MOST_BYTES = 200, 100_000  # of an hour's look; of one letter, whose beginning says it
SECONDS = 20
NUMBER = re.compile(rb"<bigbook\.([0-9]{1,18})\.([0-9a-f]{32})@")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def message_id(mail: OutgoingMail) -> str:
    """The number that a mail carries, for its header."""
    return f"<bigbook.{mail.pk}.{_sign(mail.pk)}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"


def _sign(pk: int) -> str:
    return salted_hmac("people.mail.returned_mail", str(pk), algorithm="sha256").hexdigest()[:32]


def came_back(content: bytes) -> list[OutgoingMail]:
    """The mails of ours that a letter says were refused for good. One that is only late has not come back."""
    _for_now, for_good = all_failures(email.message_from_bytes(content))
    if not for_good:
        return []
    ours = {int(pk) for pk, sign in NUMBER.findall(content) if constant_time_compare(sign.decode(), _sign(int(pk)))}
    return list(OutgoingMail.objects.filter(pk__in=ours, sent_at__isnull=False))


def letters() -> Iterator[bytes]:
    """The beginnings of lately's letters in our box that look like mail that came back.

    :raises OSError: the server does not answer, or has no such box
    """
    if not settings.RETURNED_MAIL:
        return
    since = timezone.now() - DAYS
    day = f"{since.day}-{MONTHS[since.month - 1]}-{since.year}"  # as IMAP wants it, in whatever language we speak
    with _box() as box:
        _said, (numbers,) = box.search(None, f"(SINCE {day} OR HEADER Content-Type report FROM mailer-daemon)")
        for number in (numbers or b"").split()[-MOST_LETTERS:]:
            _said, parts = box.fetch(number, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
            yield from (part[1] for part in parts if isinstance(part, tuple))


@contextmanager
def _box():
    """Our letter box, opened only to look. Whatever goes wrong there is an OSError."""
    where = urlsplit(settings.RETURNED_MAIL)
    try:
        known = ssl.create_default_context()
        with imaplib.IMAP4_SSL(where.hostname, where.port or 993, ssl_context=known, timeout=SECONDS) as box:
            box.login(unquote(where.username or ""), unquote(where.password or ""))
            said, _rows = box.select(unquote(where.path.strip("/")) or "INBOX", readonly=True)
            if said != "OK":
                raise OSError("There is no such letter box.")
            yield box
    except imaplib.IMAP4.error as problem:
        raise OSError("The letter box did not open.") from problem
