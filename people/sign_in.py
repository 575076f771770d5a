"""The one door: password, then the second factor where the person has or needs one."""

import time

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.shortcuts import render
from django_otp import login as otp_login

from people import known_device
from people.models import Authenticator, RecoveryCodes
from people.roles import works_here
from records import audit


def idle_seconds(person):
    """How long this person may be away before being signed out."""
    return 60 * (settings.IDLE_MINUTES_STAFF if works_here(person) else settings.IDLE_MINUTES_FAMILY)


def has_second_factor(person):
    """Whether the person has an authenticator app set up and confirmed."""
    return Authenticator.objects.filter(user=person, confirmed=True).exists()


def check_password(request, email, password):
    """The person with this address and password, or None. Tries are counted, and slowed down, by axes."""
    if len(password) > 1000:  # never hash a novel
        return None
    name = email.strip().lower()
    if known_device.too_many_from(request) and not known_device.device_of(request, name):
        request.axes_locked_out = True  # axes.middleware answers with its page for too many tries
        return None
    return authenticate(request, username=email.strip().lower(), password=password)


def check_code(person, code):
    """The device whose code this is now (authenticator app or recovery code), or None. A code works once."""
    for device in (
        *Authenticator.objects.filter(user=person, confirmed=True),
        *RecoveryCodes.objects.filter(user=person, confirmed=True),
    ):
        if device.verify_token(code):
            return device
    return None


def let_in(request, person, device=None):
    """Begin a new session; with a device it counts as verified."""
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    now = int(time.time())
    request.session["signed_in_at"] = request.session["seen_at"] = request.session["proved_at"] = now
    request.session["proof"] = ["password"]
    if device:
        verified(request, device)
    audit.note("people.signed_in", person, by=person)


def verified(request, device):
    """The second factor was given: new session id, and from here on the person counts as verified."""
    request.session.cycle_key()
    otp_login(request, device)
    request.session["proved_at"] = int(time.time())
    request.session["proof"] = ["password", means_of(device)]


def means_of(device):
    """What the second factor was, in the words of the evidence page."""
    return "recovery code" if isinstance(device, RecoveryCodes) else "authenticator"


def name_for_throttling(request, credentials):
    """The name under which wrong tries are counted: as typed, without case and spaces; on a known device apart."""
    typed = (credentials or {}).get("username") or request.POST.get("email", "")
    name = typed.strip().lower()[:200]
    device = known_device.device_of(request, name)
    return f"{name} on {device}" if device else name


def too_many_tries(request, response=None, credentials=None):
    """The page after ten wrong passwords in five minutes."""
    return render(request, "registration/too_many_tries.html", status=429)
