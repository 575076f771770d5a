"""Who may come how far, before any view is asked. One place for the portal and for Wagtail."""

import time
from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from people.accounts import actions_held, actions_sessions, held, open_pages, proof, sessions, sign_in, tablets
from people.accounts.drafts import asks_who
from people.accounts.models import HeldForm
from people.families.access import access_of
from people.features import first_page
from people.setting.roles import Right, has_right

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


NOTHING_LOST = {"people:sign_out", "people:prove"}
SIGNED_OUT = _(
    "You were away, and are signed out. What you wrote is still on this page: press its button, and sign in."
)
TO_SET_ONE_UP = ("people:prove", "people:begin_passkey", "people:complete_passkey")


def _held_at_the_end(request, person):
    """Where `person` goes on after signing in again with what they sent; empty where the address itself says where."""
    name = sessions.view_name_of(request)
    if request.method != "POST" or name in sessions.DOORS:  # whoever comes in there goes on, signed out
        return ""
    if sessions.is_in_the_cms(request) and not actions_held.is_editing(request):
        messages.warning(request, proof.NOT_KEPT)
        return request.get_full_path()
    if name in ("people:prove", "people:code"):
        return proof.where_next(request)
    if name in NOTHING_LOST:
        return first_page()
    return proof.held_for(request, person)


def idle_sessions(get_response):
    """Sign out whoever has been away too long: 5 minutes on the room's tablet, 15 for those who work here, 30 for families.

    After 8 hours everybody is signed out, but for a family's own phone that was to stay signed in (people/accounts/sessions.py).
    """

    def middleware(request):
        user = request.user
        if user.is_authenticated:
            now = int(time.time())
            if sessions.is_over(request, now):
                if sessions.is_in_the_background(request):
                    return JsonResponse({"kept": False, "words": SIGNED_OUT}, status=401)
                back = _held_at_the_end(request, user)
                tablet = tablets.tablet_of(request) if request.session.get("tablet") else None
                actions_sessions.forget_session(request.session.session_key)
                open_pages.sign_out(request)
                if tablet:
                    if request.method == "GET" or back:
                        tablets.leave_off(request, user, back or request.get_full_path())
                    return redirect("people:tablet")
                request.session["was_idle"] = True
                if back:
                    return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': back})}")
            elif now - request.session.get("seen_at", 0) > 60 and sessions.is_use(request):
                actions_sessions.session_seen(request, now)
        return get_response(request)

    return middleware


def signed_out_elsewhere(get_response):
    """What is sent in a browser that was signed out in another tab, or from another device, is held for who sent it."""

    def middleware(request):
        response = get_response(request)
        way = reverse("people:sign_in")
        if request.method != "POST" or request.user.is_authenticated or response.status_code != 302:
            return response
        if not response["Location"].startswith(f"{way}?"):
            return response
        return redirect(f"{way}?{urlencode({'next': _held_at_the_end(request, open_pages.writer_of(request))})}")

    return middleware


def room_tablet(get_response):
    """A session on the room's tablet: the tablet is the second factor, and opens what a room needs and nothing else."""

    def middleware(request):
        if request.user.is_authenticated and request.session.get("tablet"):
            tablet = tablets.tablet_of(request)
            if tablet is None or tablet.pk != request.session["tablet"] or not tablets.may_use(request.user):
                back = _held_at_the_end(request, request.user)
                actions_sessions.forget_session(request.session.session_key)
                open_pages.sign_out(request)
                return redirect(
                    f"{reverse('people:sign_in')}?{urlencode({'next': back})}" if back else "people:sign_in"
                )
            request.user.on_tablet = tablet
            asked_for = sessions.view_name_of(request)
            if asked_for in (settings.LOGIN_REDIRECT_URL, "people:sign_in"):
                return redirect("people:tablet")
            if asked_for and not tablets.opens(asked_for):
                return render(request, "refused.html", {"why": tablets.NOT_HERE}, status=403)
        return get_response(request)

    return middleware


def kept_sessions(get_response):
    """On a phone that stayed signed in, everything but what the features let through first asks whether it is really her."""

    def middleware(request):
        if request.user.is_authenticated and sessions.must_prove_first(request):
            return proof.to_prove(request)
        return get_response(request)

    return middleware


def second_factor(get_response):
    """Nothing opens to a person who needs a second factor and has not given it, in the portal and in Wagtail alike."""

    def middleware(request):
        user = request.user
        if user.is_authenticated and not getattr(user, "on_tablet", None) and not user.is_verified():
            has_one = access_of(user).has_second_factor
            if has_one or sign_in.needs_second_factor(user):
                way = "people:code" if has_one else "people:set_up_authenticator"
                open_now = {reverse(way), reverse("people:sign_out")}
                if has_one:
                    open_now |= {reverse("people:begin_passkey_proof"), reverse("people:complete_passkey_proof")}
                if not has_one:  # setting one up asks for the password when that was a while ago
                    open_now |= {reverse(name) for name in TO_SET_ONE_UP}
                if request.path_info not in open_now and not request.path_info.startswith("/static/"):
                    return redirect(f"{reverse(way)}?{urlencode({'next': proof.way_back(request)})}")
        return get_response(request)

    return middleware


def fence_around_the_cms(get_response):
    """Wagtail exists only for people whose role of today edits pages; for every other signed-in person it is not there."""

    def middleware(request):
        if not sessions.is_in_the_cms(request):
            return get_response(request)
        if request.user.is_authenticated and not has_right(request.user, Right.EDIT_PAGES):
            raise Http404
        response = get_response(request)
        response._csp_replace = CSP_OF_THE_CMS
        return response

    return middleware


def pages_of_verbs(get_response):
    """Whoever asks to see an address that only takes what is sent is led to the page above it."""

    def middleware(request):
        response = get_response(request)
        if request.method != "GET" or response.status_code != 405 or sessions.is_in_the_cms(request):
            return response
        to_page = redirect(_page_above(request.path_info))
        to_page["Allow"] = response["Allow"]
        return to_page

    return middleware


def _page_above(path):
    """The nearest address above this one that is a page of the portal."""
    parts = path.strip("/").split("/")
    for length in range(len(parts) - 1, 0, -1):
        above = f"/{'/'.join(parts[:length])}/"
        with suppress(Resolver404):
            if resolve(above).view_name != "wagtail_serve":  # which takes whatever is left over
                return above
    return first_page()


def held_forms(get_response):
    """A form that came back after a sign-in, and was taken now, is no longer held.

    Where it came back once more, because something in it is not right yet, the session remembers which one it was.
    """

    def middleware(request):
        response = get_response(request)
        if request.method != "POST":
            return response
        address, begun = request.get_full_path(), request.session.get(held.FIELD, {})
        which = request.POST.get(held.FIELD) or begun.get(address)
        if which and response.status_code == 302 and not asks_who(response):
            one = HeldForm.objects.visible_to(request.user).filter(address=address).under(which)
            if one:
                actions_held.forget_held(one)
            if begun.pop(address, None):
                request.session[held.FIELD] = begun
        elif which and which != begun.get(address):
            request.session[held.FIELD] = begun | {address: which}
        return response

    return middleware
