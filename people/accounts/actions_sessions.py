"""Actions of signed-in browsers: begin, move to a new key, be seen, end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp import devices_for_user

from people.accounts import errors, sessions
from people.accounts.models import OpenSession
from people.accounts.sessions import device_of
from records import audit

if TYPE_CHECKING:
    from people.accounts.models import Person, Tablet


def session_began(request: HttpRequest, person: "Person", tablet: "Tablet | None" = None) -> None:
    """Remember a browser in which somebody has just signed in."""
    if not request.session.session_key:
        request.session.save()
    OpenSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "person": person,
            "device": device_of(request),
            "stays": bool(request.session.get("stays")),
            "tablet": tablet,
        },
    )


def session_moved(before: str, request: HttpRequest) -> None:
    """The session got a new key."""
    OpenSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def session_seen(request: HttpRequest, now: int) -> None:
    """The person turned a page; written about once a minute.

    Where the database is busy it is not waited for, and the next page tries again: whoever only reads does not stand in
    line behind those who write.
    """
    try:
        with _not_waiting(), transaction.atomic():
            OpenSession.objects.filter(session_key=request.session.session_key).update(seen_at=timezone.now())
            request.session["seen_at"] = now
            sessions.renew_proof(request, now)
            request.session.save()
    except UpdateError:  # it was ended meanwhile: Django's middleware says so when it saves
        return
    except OperationalError as problem:
        if not errors.is_busy(problem):
            raise
        return
    request.session.modified = False  # it is saved already


@contextmanager
def _not_waiting() -> Iterator[None]:
    """On SQLite, a database that is locked is an error at once and not after 20 seconds."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    (usual,) = connection.connection.execute("PRAGMA busy_timeout").fetchone()
    connection.connection.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        connection.connection.execute(f"PRAGMA busy_timeout = {usual}")


def forget_session(session_key: str) -> None:
    """The person signed out, or the session ran out."""
    OpenSession.objects.filter(session_key=session_key).delete()


@transaction.atomic
def end_session(opened: OpenSession, *, by: "Person") -> None:
    """Sign one browser out, wherever it is."""
    Session.objects.filter(session_key=opened.session_key).delete()
    OpenSession.objects.filter(pk=opened.pk).delete()
    audit.record("people.session_ended", opened.person, by=by)


@transaction.atomic
def end_sessions_of(person: "Person", *, by: "Person", but: str | None = None) -> int:
    """Sign a person out everywhere, except in the browser with the session key `but`. How many were signed out."""
    found = OpenSession.objects.filter(person=person).exclude(session_key=but)
    keys = list(found.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    found.delete()
    if keys:
        audit.record("people.sessions_ended", person, by=by)
    return len(keys)


@transaction.atomic
def forget_second_factors(person: "Person", *, by: "Person") -> None:
    """Forget every device and recovery code of this person. Whoever works here must set up a new one at once."""
    for device in devices_for_user(person, confirmed=None):
        device.delete()
    audit.record("people.second_factor_forgotten", person, by=by)
