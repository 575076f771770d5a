"""Why mail does not leave, in the log of the service: for whoever looks after the computer, and without anybody's address."""

import logging
import smtplib
import time

from django.conf import settings

log = logging.getLogger("bigbook.mail")
AGAIN_AFTER = 600  # seconds before the same reason is written once more
written = {}  # reason: when, in the clock of this process


def stays_because(problem):
    """Write down why a mail could not leave; the same reason at most every ten minutes."""
    why = reason(problem)
    if written.get(why, -AGAIN_AFTER) > time.monotonic() - AGAIN_AFTER:
        return
    written[why] = time.monotonic()
    log.warning("E-mail does not leave and is tried again: %s", why)


def reason(problem):
    """What is the matter, in words that name settings and numbers; a server's own words could hold an address."""
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return f"the mail server does not accept EMAIL_HOST_USER and EMAIL_HOST_PASSWORD ({problem.smtp_code})"
    if isinstance(problem, smtplib.SMTPSenderRefused):
        return f"the mail server does not send for DEFAULT_FROM_EMAIL ({problem.smtp_code})"
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        codes = sorted({str(code) for code, _words in problem.recipients.values()})
        return f"the mail server does not take a recipient's address ({', '.join(codes)})"
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"the mail server refuses ({type(problem).__name__} {problem.smtp_code})"
    if isinstance(problem, smtplib.SMTPException):
        return f"the mail server refuses ({type(problem).__name__})"
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    return f"EMAIL_HOST and EMAIL_PORT do not answer at {where} ({problem.strerror or type(problem).__name__})"
