"""How long a signed-in browser stays so, and what it may open meanwhile."""

import time
from datetime import timedelta

from django.conf import settings
from django.urls import Resolver404, resolve

from people import features
from people.accounts.in_the_editor import CMS
from people.setting.roles import works_here

KEPT_FOR = timedelta(days=30)
# What an open page of Wagtail's says every few seconds, whether anybody sits before it or not: that is no use by a person.
NO_USE = {"wagtailadmin_editing_sessions:ping", "wagtailadmin_editing_sessions:release"}
# Ways in, open to everybody: whoever sends something there need not be the one whose session this browser still has.
DOORS = {
    "people:sign_in",
    "people:arrive",
    "people:letter_code",
    "people:lost_password",
    "people:new_password",
    "people:tablet",
    "people:tablet_pin",
}
# In the session: when the portal was used last, without a longer pause since the proof. {key: the setting of that pause}
FRESH, KNOWN = "fresh_at", "known_at"
LONGEST_PAUSE = {FRESH: "FRESH_PROOF_MINUTES", KNOWN: "IDLE_MINUTES_FAMILY"}
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def device_in_words(user_agent):
    """What a browser calls itself, shortly: "Chrome, Android". Empty when it says nothing that we know."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    device = next((name for mark, name in DEVICES if mark in user_agent), "")
    return ", ".join(filter(None, (browser, device)))


def device_of(request) -> str:
    """The browser and device of a request in words, as it says itself; empty when it says nothing that we know."""
    return device_in_words(request.headers.get("User-Agent", ""))


def view_name_of(request):
    """The name of the address that is asked for, with its namespace; empty when there is no such address."""
    return view_name_at(request.path_info)


def view_name_at(path):
    """Return the name of the view at a path, with its namespace; empty when there is none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def is_in_the_cms(request) -> bool:
    """Whether this is an address of Wagtail's."""
    return request.path_info.startswith(CMS)


def is_in_the_background(request) -> bool:
    """Whether a page asks for this by itself: ours by name, Wagtail's own by what they ask to be answered with."""
    name = view_name_of(request)
    if is_in_the_cms(request):
        by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
        return name in NO_USE or by_script or request.headers.get("Accept") == "application/json"
    # When the time is up it ends nothing: that is left to what the person does next, so that what she sends then is known
    # to be hers.
    return name in features.views("background_views")


def is_use(request) -> bool:
    """Whether somebody uses the portal with this request."""
    return view_name_of(request) not in NO_USE


def stays(request):
    """Whether the person chose to stay signed in on this phone. It never counts for those who work here."""
    return bool(request.session.get("stays")) and not works_here(request.user)


def idle_seconds(request):
    """How long this browser may be left alone before it is signed out; 0 when it stays signed in."""
    if request.session.get("tablet"):
        return 60 * settings.IDLE_MINUTES_TABLET
    if stays(request):
        return 0
    return 60 * (settings.IDLE_MINUTES_STAFF if works_here(request.user) else settings.IDLE_MINUTES_FAMILY)


def is_over(request, now):
    """Whether this session has run out: left alone too long, or simply too old."""
    began, seen = request.session.get("signed_in_at", now), request.session.get("seen_at", now)
    longest = KEPT_FOR.total_seconds() if stays(request) else settings.SESSION_COOKIE_AGE
    idle = idle_seconds(request)
    return now - began > longest or bool(idle and now - seen > idle)


def must_prove_first(request, path=""):
    """Whether this phone only stayed signed in, and what is asked for, or stands on `path`, needs to know that it is she."""
    if not stays(request):
        return False
    name = view_name_at(path) if path else view_name_of(request)
    return not is_proved(request, KNOWN) and name not in features.views("remembered_phone_views") | DOORS


def is_proved(request, key) -> bool:
    """Whether the last proof still counts: it goes on for as long as the portal is used without a longer pause."""
    last = max(request.session.get("proved_at", 0), request.session.get(key, 0))
    return time.time() - last < 60 * getattr(settings, LONGEST_PAUSE[key])


def renew_proof(request, now):
    """The portal is used: a proof that counts now goes on counting. On the room's tablet there is none."""
    for key in LONGEST_PAUSE:
        if request.session.get("proved_at") and is_proved(request, key):
            request.session[key] = now
