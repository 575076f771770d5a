"""Fresh proof: before something weighty, the person shows once more that it is really them."""

import time
from functools import wraps

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from people import actions_held, sign_in


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
    """Whether the person proved themselves within the last 15 minutes."""
    return time.time() - request.session.get("proved_at", 0) < settings.FRESH_PROOF_MINUTES * 60


def way_back(request):
    """Where somebody goes on who has to show first that it is them: what they sent is held until then, and comes back."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    held = actions_held.hold(request, request.user)
    return reverse("people:held", args=[held.pk]) if held else reverse("today")


def fresh_proof(view):
    """A view that first asks for the password (and code) unless that was done in the last 15 minutes."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if is_fresh(request):
            return view(request, *args, **kwargs)
        return redirect(f"{reverse('people:prove')}?{urlencode({'next': way_back(request)})}")

    return asked
