"""Actions of signed-in browsers: begin, move to a new key, be seen, end."""

from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp import devices_for_user

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


def session_seen(request: HttpRequest) -> None:
    """The person turned a page; written about once a minute."""
    OpenSession.objects.filter(session_key=request.session.session_key).update(seen_at=timezone.now())


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
