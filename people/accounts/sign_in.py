"""The one door: password, then the second factor where the person has or needs one."""

import time

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import authenticate, login
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django_otp import login as otp_login
from django_otp_webauthn.models import WebAuthnCredential

from people.accounts import actions_sessions, known_device, open_pages, sessions
from people.accounts.models import Authenticator, Person, RecoveryCodes, SecurityEvent
from people.accounts.names import plain_name
from people.families.access import Access
from people.mail import notifications
from people.setting.models import Setting
from people.setting.roles import works_here
from records import audit


def has_second_factor(person):
    """Whether the person has an authenticator app or a passkey, set up and confirmed."""
    return Access(person, timezone.localdate()).has_second_factor  # read now: it may have changed in this request


def has_passkey(person):
    """Whether the person has a passkey."""
    return WebAuthnCredential.objects.filter(user=person, confirmed=True).exists()


def needs_second_factor(person):
    """Whether the person has to have a second factor: whoever works here, and families where the manager says so."""
    return works_here(person) or Setting.now().second_factor_for_families == "required"


def check_password(request, name, password):
    """The person with this address or short name and this password, or None. Tries are counted, and slowed down, by axes."""
    if len(password) > 1000:  # never hash a novel
        return None
    if known_device.too_many_from(request) and not known_device.device_of(request, name_in_full(name)):
        request.axes_locked_out = True  # axes.middleware answers with its page for too many tries
        return None
    return _typist(request, plain_name(name), password) or authenticate(
        request, username=plain_name(name), password=password
    )


def _typist(request, plain, password):
    """Whoever typed this address on arrival, if this is their password: somebody else may be here under it.

    Those under whose typed address nobody else is are asked in the same way, so that both take the same time.
    """
    if "@" not in plain or not AxesProxyHandler.is_allowed(request, {"username": plain}):
        return None
    typed = Person.objects.filter(
        Q(typed_email=plain) | Q(email=plain, email_confirmed_at__isnull=True), is_active=True
    )
    arrived = [one for one in typed.order_by("pk") if one.has_usable_password()]
    return next((one for one in arrived[:3] if one.check_password(password)), None)


def name_in_full(typed):
    """The one name of whoever signs in with this: case, width, address or short name. An unknown one in its plain form."""
    plain = plain_name(typed)
    person = Person.objects.filter(Q(email=plain) | Q(sign_in_name=plain)).first() if plain else None
    return (person.sign_in_as if person else plain)[:200]


def check_code(person, code):
    """The device whose code this is now (authenticator app or recovery code), or None. A code works once."""
    for device in (
        *Authenticator.objects.filter(user=person, confirmed=True),
        *RecoveryCodes.objects.filter(user=person, confirmed=True),
    ):
        if device.verify_token(code):
            return device
    return None


def start_session(request, person, device=None, stay=False, *, arriving=False):
    """Begin a new session; with a device it counts as verified. `stay`: thirty days, on a family's own phone only.

    On a device that is new to us the person is told of it: not when they come in for the first time, and not when they
    are just `arriving` with an invitation.
    """
    if person.last_login and not arriving and not known_device.device_of(request, person.sign_in_as):
        notifications.notify_of_security(person, SecurityEvent.Kind.DEVICE, device=sessions.device_of(request))
    _begin_session(request, person)
    request.session["proved_at"] = request.session["signed_in_at"]
    request.session["proof"] = ["password"]
    if stay and not works_here(person):
        request.session["stays"] = True
        request.session.set_expiry(sessions.KEPT_FOR)
    actions_sessions.session_began(request, person)
    if device:
        verified(request, device)
    audit.record("people.signed_in", person, by=person)


def start_session_on_tablet(request, person, tablet):
    """Begin a session on the room's tablet: the tablet and the PIN are its proof, and it opens only the room's pages."""
    _begin_session(request, person)
    request.session["tablet"] = tablet.pk
    request.session["proof"] = ["tablet", "PIN"]
    actions_sessions.session_began(request, person, tablet)


def _begin_session(request, person):
    """Sign in with Django; pages that are open in other tabs stay known as those of whoever opened them."""
    earlier = open_pages.remembered(request)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    request.session[open_pages.EARLIER] = earlier
    request.session["signed_in_at"] = request.session["seen_at"] = int(time.time())


def verified(request, device):
    """The second factor was given: new session id, and from here on the person counts as verified."""
    before = request.session.session_key
    request.session.cycle_key()
    actions_sessions.session_moved(before, request)
    otp_login(request, device)
    request.session["proved_at"] = int(time.time())
    request.session["proof"] = ["password", means_of(device)]


def means_of(device):
    """What the second factor was, in the words of the evidence page."""
    if isinstance(device, WebAuthnCredential):
        return "passkey"
    return "recovery code" if isinstance(device, RecoveryCodes) else "authenticator"


def name_for_throttling(request, credentials):
    """The one name under which somebody's wrong tries are counted; on a device they are known on, apart."""
    name = name_in_full((credentials or {}).get("username") or request.POST.get("email", ""))
    device = known_device.device_of(request, name)
    return f"{name} on {device}" if device else name


def too_many_tries(request, response=None, credentials=None):
    """The page after ten wrong passwords in five minutes."""
    return render(request, "registration/too_many_tries.html", status=429)
