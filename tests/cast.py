"""Helps to tell stories with the cast of portal.demo.cast."""

import time

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from people.accounts.models import Authenticator
from people.setting import actions_roles


def signed_in(person, *, second_factor=True):
    """A client in which this person is signed in, with the second factor where they have one (unless told otherwise)."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    now = int(time.time())
    session["signed_in_at"] = session["seen_at"] = session["proved_at"] = now
    session["proof"] = ["password"]
    device = Authenticator.objects.filter(user=person, confirmed=True).first()
    if device and second_factor:
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session["proof"] = ["password", "authenticator"]
    session.save()
    return client


def out_of_office(held):
    """End a role at once, as two people would; who may is another test's question."""
    actions_roles._end(held.person, held.role, by=None)
