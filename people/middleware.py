"""Who may come how far, before any view is asked. One place for the portal and for Wagtail."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from people import sign_in
from people.roles import Right, has_right, works_here

CMS = "/cms/"
# Wagtail's own templates carry inline script and style, so its pages have a policy of their own (docs/decisions/0004).
CSP_OF_THE_CMS = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}


def idle_sessions(get_response):
    """Sign out whoever has been away too long: 15 minutes for those who work here, 30 for families, 8 hours at most."""

    def middleware(request):
        user = request.user
        if user.is_authenticated:
            user.standing_this_request = {}
            now = int(time.time())
            seen = request.session.get("seen_at", now)
            began = request.session.get("signed_in_at", now)
            if now - seen > sign_in.idle_seconds(user) or now - began > settings.SESSION_COOKIE_AGE:
                logout(request)
                request.session["was_idle"] = True
            elif now - seen > 60 or "seen_at" not in request.session:
                request.session["seen_at"] = now
        return get_response(request)

    return middleware


def second_factor(get_response):
    """Nothing opens to a person who needs a second factor and has not given it, in the portal and in Wagtail alike."""

    def middleware(request):
        user = request.user
        if user.is_authenticated and not user.is_verified():
            has_one = sign_in.has_second_factor(user)
            if has_one or works_here(user):
                way = "people:code" if has_one else "people:set_up_authenticator"
                open_now = {reverse(way), reverse("people:sign_out")}
                if not has_one:  # setting one up asks for the password when that was a while ago
                    open_now.add(reverse("people:prove"))
                if request.path_info not in open_now and not request.path_info.startswith("/static/"):
                    return redirect(reverse(way))
        return get_response(request)

    return middleware


def fence_around_the_cms(get_response):
    """Wagtail exists only for people whose role of today edits pages; for every other signed-in person it is not there."""

    def middleware(request):
        if not request.path_info.startswith(CMS):
            return get_response(request)
        if request.user.is_authenticated and not has_right(request.user, Right.EDIT_PAGES):
            raise Http404
        response = get_response(request)
        response._csp_replace = CSP_OF_THE_CMS
        return response

    return middleware
