"""What a test does inside its portal, in a fork of the program (`manage.py shell`), instead of walking there."""

import json

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from people.accounts import sign_in
from people.accounts.models import Authenticator, Person


def print_session(email, user_agent):
    """Sign somebody in as the door does after the password and the code were right; print the key of the session."""
    person = Person.objects.get(email=email)
    request = RequestFactory().post("/sign-in/", headers={"user-agent": user_agent})
    request.session, request.user = SessionStore(), AnonymousUser()
    sign_in.start_session(request, person)
    if device := Authenticator.objects.filter(user=person, confirmed=True).first():
        sign_in.verified(request, device)
    request.session.save()
    print(json.dumps(request.session.session_key))
