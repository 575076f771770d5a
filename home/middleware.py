"""What somebody meets at an address of words where nothing is: the way to where it moved, or the same as everywhere."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

NOTICES = "/notices/"


def words_that_moved(get_response):
    """Follow a page that was renamed or moved, for those who may read it.

    Below /notices/ a signed-out visitor is led to the sign-in page whether something is there or not, so that nobody can
    tell a notice that is not public from one that never was.
    """

    def middleware(request):
        response = get_response(request)
        if response.status_code != 404:
            return response
        if way := moved_to(request):
            return redirect(way)
        user = getattr(request, "user", None)
        if request.path_info.startswith(NOTICES) and not (user and user.is_authenticated):
            return redirect_to_login(request.get_full_path())
        return response

    return middleware


def moved_to(request):
    """Where the page that stood here stands now, or None: also when this person may not read it there."""
    if request.method not in ("GET", "HEAD") or not hasattr(request, "user") or not _of_words(request):
        return None
    found = get_redirect(request, Redirect.normalise_path(request.path, decode_unicode=False))
    if found is None or found.redirect_page is None or not found.redirect_page.live:
        return None
    return found.link if _may_read(found.redirect_page.specific, request) else None


def _of_words(request):
    """Whether a page of words could have stood here: not at an address of the portal's own rooms."""
    return request.resolver_match is None or request.resolver_match.url_name == "wagtail_serve"


def _may_read(page, request):
    """Whether the page would be shown: the very questions that are asked before it is."""
    try:
        return all(ask(page, request, [], {}) is None for ask in hooks.get_hooks("before_serve_page"))
    except Http404:
        return False
