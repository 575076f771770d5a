"""The audit chain: one line for each change, refusal and opening of a sensitive record.

Each line's hash covers its own fields and the hash before it, so that an edited, removed or slipped-in line shows.
"""

import hashlib
import json
from contextvars import ContextVar
from datetime import UTC, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from records.models import AuditLine

START = "0" * 64
LOOKED_BACK = 5_000  # lines
request_id = ContextVar("request_id", default="")


def fingerprint(line: AuditLine, previous: str) -> str:
    """The hash of a line after `previous` (both hex SHA-256)."""
    fields = [
        line.number,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.verb,
        line.label,
        line.thing,
        line.by,
        line.child,
        line.request,
        line.digest,
        previous,
    ]
    return hashlib.sha256(json.dumps(fields, separators=(",", ":")).encode()).hexdigest()


def one_at_a_time() -> None:
    """Wait for one's turn to write, and keep it until the transaction is over; SQLite's IMMEDIATE does the same."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7407)")


@transaction.atomic
def record(
    verb: str, thing: Model, *, by: AbstractBaseUser | None = None, child: Model | None = None, digest: str = ""
) -> AuditLine:
    """Write one line: `by` did `verb` to `thing` (about `child`); `digest` ties a file or a signature into the chain."""
    one_at_a_time()
    last = AuditLine.objects.order_by("-number").first()
    line = AuditLine(
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        verb=verb,
        label=thing._meta.label_lower,
        thing=str(thing.pk),
        by=str(by.pk) if by and by.pk else "",
        child=str(child.pk) if child else "",
        request=request_id.get(),
        digest=digest,
        previous=last.hash if last else START,
    )
    line.hash = fingerprint(line, line.previous)
    line.save(force_insert=True)
    return line


def record_once_an_hour(verb: str, thing: Model, *, by: AbstractBaseUser, about: str) -> None:
    """A line for the first time that `by` does this `about` something (an address, kept as a hash) within an hour."""
    digest, since = hashlib.sha256(about.encode()).hexdigest(), timezone.now() - timedelta(hours=1)
    newest = AuditLine.objects.order_by("-number").values_list("number", flat=True).first() or 0
    lately = AuditLine.objects.filter(number__gt=newest - LOOKED_BACK, at__gte=since)
    if not lately.filter(verb=verb, by=str(by.pk), digest=digest).exists():
        record(verb, thing, by=by, digest=digest)


def verify() -> tuple[int, str | None]:
    """Walk the chain: (number of lines, None) where it holds, (lines that hold, sentence) at the first break."""
    previous, expected = START, 1
    for line in AuditLine.objects.order_by("number").iterator(chunk_size=2000):
        if line.number != expected:
            return expected - 1, f"Line {expected} is missing."
        if line.previous != previous or fingerprint(line, previous) != line.hash:
            return expected - 1, f"Line {line.number} was changed after it was written."
        previous, expected = line.hash, expected + 1
    return expected - 1, None
