"""Ending what is open: sessions, and second factors whose device is lost."""

from django.contrib.sessions.models import Session
from django.db import transaction
from django_otp import devices_for_user

from people.models import OpenSession
from records.audit import note


@transaction.atomic
def end_sessions_of(person, but=None):
    """End every open session of this person now, except the one with the key `but`: how many ended."""
    ending = OpenSession.objects.filter(person=person).exclude(session_key=but or "")
    keys = list(ending.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    ending.delete()
    return len(keys)


@transaction.atomic
def forget_second_factors(person, *, by):
    """Forget every device and recovery code of this person. Whoever works here must set up a new one at once."""
    for device in devices_for_user(person, confirmed=None):
        device.delete()
    note("people.second_factor_forgotten", person, by=by)
