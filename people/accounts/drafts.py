"""What was typed on a page and not sent is there when the page is opened again, and forgotten once it is sent.

A page that was opened with the key of a draft is filled in; any other page with a form says what was begun on it. So
whoever may open the page, and nobody else, finds it, and what is closed meanwhile stays closed. A form with `data-goes-on`
is filled in without being asked.
"""

import re
import uuid
from contextlib import suppress
from datetime import UTC, datetime

from django.template.loader import render_to_string
from django.urls import reverse

from people.accounts import actions_drafts
from people.accounts.held import filled
from people.accounts.models import Draft

MOST_SAID = 3
MAIN = b'<main id="main"'
AFTER_MAIN = b'tabindex="-1">'
# On a form that opens as it was left: when what it shows was saved, in seconds, or nothing. What was typed before is offered.
GOES_ON = re.compile(rb' data-goes-on="(\d*)"')


def written_with(right):
    """The decorator of a page of a role: what is typed there and not sent closes with the right."""

    def decorate(view):
        view.written_with = right
        return view

    return decorate


def drafts_on_pages(get_response):
    """The middleware for it."""

    def middleware(request):
        response = get_response(request)
        if not request.user.is_authenticated or request.path_info.startswith("/cms/"):
            return response
        is_page = not response.streaming and response.get("Content-Type", "").startswith("text/html")
        if request.method == "GET" and response.status_code == 200 and is_page and _has_a_form(response):
            _offer(request, response)
        elif request.method == "POST" and (key := request.POST.get(Draft.mark)):
            mine = Draft.objects.visible_to(request.user).under(key)
            if _was_taken(response):
                with suppress(ValueError):  # anything can be written there
                    actions_drafts.mark_sent(request.user, uuid.UUID(key))
            elif mine and is_page:  # it came back with what is missing, and goes on under its key
                response.content = response.content.replace(MAIN, MAIN + f' data-draft="{mine.key}"'.encode(), 1)
        return response

    return middleware


def _has_a_form(response):
    return b"</textarea>" in response.content or GOES_ON.search(response.content)


def _was_taken(response):
    """Whether what was sent was taken, or is held: it goes on to another page, and not to one that asks who this is."""
    if getattr(response, "submitted", False):  # its own page shows what was done (records.submissions.done_here)
        return True
    if response.status_code != 302:
        return response.status_code == 200 and response.get("Content-Type", "").startswith("application/json")
    return not asks_who(response) or "%2Fheld%2F" in response["Location"]


def asks_who(response) -> bool:
    """Whether it leads to where somebody shows first who they are: nothing was done yet."""
    ways = ("people:prove", "people:sign_in", "people:code", "people:set_up_authenticator")
    return response.status_code == 302 and response["Location"].startswith(tuple(map(reverse, ways)))


def _offer(request, response):
    on_page = Draft.objects.visible_to(request.user).filter(path=request.path[:500])
    asked = on_page.under(request.GET.get(Draft.mark))
    if Draft.mark not in request.GET and (goes_on := GOES_ON.search(response.content)):
        saved_at = datetime.fromtimestamp(int(goes_on[1] or 0), UTC)
        asked = on_page.filter(kept_at__gte=saved_at).first()
    if asked and (content := filled(response.content.decode(), request.get_full_path(), asked)):
        response.content = content
    elif begun := on_page[:MOST_SAID]:
        said = render_to_string("people/drafts_begun.html", {"drafts": begun}, request)
        before, main, after = response.content.partition(AFTER_MAIN)
        response.content = before + main + said.encode() + after
