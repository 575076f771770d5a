"""Whom a procedure is for. Asked before a page is shown; lists and links ask `visible_to`."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404

from versions.audiences import Audience, audiences_of

__all__ = ["Audience", "audiences_of", "turn_away"]


def turn_away(page, request):
    """None for a reader of the page's audience; else the way to the sign-in page, or Http404 for somebody signed in."""
    if page.audience in audiences_of(request.user):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404
