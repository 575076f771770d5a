"""Fresh proof: before something weighty, the person shows once more that it is really them."""

import time
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from people.accounts import actions_held, sessions, sign_in
from people.features import first_page

NOT_KEPT = _lazy(
    "Nothing was sent, and what you typed could not be kept here. Your browser's back button may still show it: "
    "copy it, and send it once you are signed in."
)


def proof_means(person):
    """What this person proves themselves with: their password, and their authenticator where they have one."""
    return ["password", "authenticator"] if sign_in.has_second_factor(person) else ["password"]


def prove(request, password, code=""):
    """Check the person's password (and code); the problems as {field: words}, empty when it is really them."""
    person, problems, given = request.user, {}, ["password"]
    if sign_in.check_password(request, person.sign_in_as, password) != person:
        problems["password"] = _("That is not your password. Type the one you sign in with.")
    elif sign_in.has_second_factor(person):
        if device := sign_in.check_code(person, code):
            given.append(sign_in.means_of(device))
        else:
            problems["code"] = _(
                "That code is not right, or was used a moment ago. Wait until your app shows the next one and type that."
            )
    if not problems:
        request.session["proved_at"] = int(time.time())
        request.session["proof"] = given
    return problems


def is_fresh(request):
    """Whether the person proved themselves within the last 15 minutes, or has used the portal ever since."""
    return sessions.is_proved(request, sessions.FRESH)


def is_just_now(request):
    """Whether the person proved themselves within the last 15 minutes, however busy they have been."""
    return time.time() - request.session.get("proved_at", 0) < settings.FRESH_PROOF_MINUTES * 60


def where_next(request):
    """The page of ours the person was on the way to, or Today. Never somebody else's site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if own and wanted.startswith("/") else reverse(settings.LOGIN_REDIRECT_URL)


def way_back(request):
    """Where somebody goes on who has to show first that it is them: what they sent is held until then, and comes back."""
    if request.method != "POST" or sessions.view_name_of(request) in sessions.DOORS:
        return request.get_full_path()
    return held_for(request, request.user)


def held_for(request, person) -> str:
    """Where `person` finds what was just sent; Today where it cannot be held, and the next page says so."""
    held = actions_held.hold(request, person) if person else None
    if held is None:
        messages.warning(request, NOT_KEPT)
    return reverse("people:held", args=[held.pk]) if held else first_page()


def to_prove(request):
    """Return the way to the page that asks for the password, which leads back here."""
    return redirect(f"{reverse('people:prove')}?{urlencode({'next': way_back(request)})}")


def fresh_proof(view):
    """A view that first asks for the password (and code) unless `is_fresh`."""
    return _asking(view, is_fresh)


def proof_just_now(view):
    """As `fresh_proof`, where somebody's way in is decided: being busy does not count instead of the password there."""
    return _asking(view, is_just_now)


def _asking(view, is_proved):
    @wraps(view)
    def asked(request, *args, **kwargs):
        if is_proved(request):
            return view(request, *args, **kwargs)
        return to_prove(request)

    return asked
