"""Whose a page of ours is that was opened before its browser was signed in again.

Signing in changes the browser's CSRF token, so a form in another tab no longer fits, though it is as much ours as before.
The session therefore remembers which tokens this browser had earlier, and who was signed in with each.
"""

import copy

from django.conf import settings
from django.contrib.auth import logout
from django.middleware.csrf import CsrfViewMiddleware

from people.accounts import known_device
from people.accounts.models import Person

EARLIER = "earlier_tokens"  # in the session: [token, person's pk] of each sign-in before
MOST = 5


def remembered(request) -> list:
    """What the session to come has to remember; ask this before somebody is signed in."""
    before = list(request.session.get(EARLIER, []))
    last = [request.COOKIES.get(settings.CSRF_COOKIE_NAME), known_device.last_person_id(request)]
    if all(last) and last not in before:
        before.append(last)
    return before[-MOST:]


def sign_out(request) -> None:
    """Sign out with Django; pages that are open in other tabs stay known as those of whoever opened them."""
    earlier = remembered(request)
    logout(request)
    request.session[EARLIER] = earlier


def writer_of(request) -> Person | None:
    """Whoever had the page before them on which this form stood; None where it is no form of ours, or nobody's.

    With the token of now that is whoever is signed in, or was last in this browser: every sign-in changes the token.
    """
    if _is_right(request):
        if request.user.is_authenticated:
            return request.user
        return _person(known_device.last_person_id(request))
    for token, person in reversed(request.session.get(EARLIER, [])):
        if _is_right(request, token):
            return _person(person)
    return None


def _person(pk):
    return Person.objects.filter(pk=pk, is_active=True).first() if pk else None


class _Asked(CsrfViewMiddleware):
    """Django's own check, which says no to whoever asked instead of showing a page."""

    def _reject(self, request, reason):
        return reason


def _is_right(request, token=None):
    """Whether the form carries this token (the browser's own, unless told otherwise). As Django asks it, for a copy."""
    asked = copy.copy(request)
    asked._post, asked._files = request.POST, request.FILES  # what was sent can be read once: by the request itself
    if token:
        asked.COOKIES = request.COOKIES | {settings.CSRF_COOKIE_NAME: token}
    asked.csrf_processing_done = False
    return _Asked(lambda request: None).process_view(asked, writer_of, (), {}) is None
