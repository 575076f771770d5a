"""A letter is for somebody else's browser: the one that printed it, and whoever was signed in there, cannot use it.

The browser keeps a random mark for as long as letters of its may be open; only the mark's hash stands with the letter.
"""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from records.make_secret import make_secret

LASTS = timedelta(days=400)


def cookie_name() -> str:
    return "__Host-printed" if settings.HTTPS else "printed"


def mark_of(request: HttpRequest) -> str:
    """The mark of this browser: the one it has, or a new one for this request, which `keep_mark` leaves with it."""
    mark: str | None = getattr(request, "printing_mark", None)
    if mark is None:
        mark = request.COOKIES.get(cookie_name()) or make_secret()
        request.printing_mark = mark  # type: ignore[attr-defined] # an attribute of ours
    return mark


def hash_of(mark: str) -> str:
    return hashlib.sha256(mark.encode()).hexdigest()


def keep_mark(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Leave the mark with the browser, beside the page that shows the letter."""
    response.set_cookie(
        cookie_name(), mark_of(request), max_age=LASTS, httponly=True, secure=settings.HTTPS, samesite="Lax", path="/"
    )
    return response


def printed_here(request: HttpRequest, invitation) -> bool:
    """Whether this browser printed the letter, or the person signed in here did."""
    if not invitation.by_letter:
        return False
    mark = request.COOKIES.get(cookie_name())
    same_browser = bool(mark and invitation.printed_in and hash_of(mark) == invitation.printed_in)
    return same_browser or (request.user.is_authenticated and request.user.pk == invitation.made_by_id)
