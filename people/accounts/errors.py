"""Pages for when something is not there, not allowed, or broken."""

import sys

from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from people.accounts import actions_held, open_pages

# What PostgreSQL calls it when another waits for the same rows, or when there is no room for one more at present.
BUSY = {"40001", "40P01", "53300", "55P03", "57P03"}
SECONDS = 20
FORM_S_OWN = {"csrfmiddlewaretoken", "held"}


def not_found(request, exception=None):
    """Not there, or not yours: the same page, so that nothing can be told from it."""
    return render(request, "404.html", status=404)


def not_allowed(request, exception=None):
    """A kind no."""
    return render(request, "refused.html", {"why": ""}, status=403)


def is_busy(problem):
    """Whether this is the database saying that it has too much to do now: what was asked for was not done, wholly."""
    said = problem.__cause__ or problem
    return isinstance(problem, OperationalError) and (
        "database is locked" in str(problem) or getattr(said, "sqlstate", None) in BUSY
    )


def broken(request):
    """Our fault, and nothing about it is shown; or the database had no time, which the next try will find."""
    if is_busy(sys.exc_info()[1]):
        return busy(request)
    return render(request, "500.html", status=500)


def busy(request):
    """What was asked for was not done, and can be asked for once more from this page. It asks the database nothing."""
    shown = {"fields": sent_in(request), "was_sent": request.method != "GET", "address": request.get_full_path()}
    response = HttpResponse(render_to_string("503.html", shown), status=503)
    response["Retry-After"] = SECONDS
    return response


def sent_in(request):
    """(name, value) of everything that was sent, to be sent once more; nothing where files, a password or a code are in it."""
    if request.method != "POST" or request.FILES or request.content_type == "application/json":
        return []
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    secret = [name for name, _value in fields if actions_held.is_secret(name) and name not in FORM_S_OWN]
    too_long = sum(len(value) for _name, value in fields) > actions_held.LONGEST
    return [] if secret or too_long else fields


def csrf_failure(request, reason=""):
    """The form came from elsewhere, or its page was opened before this browser was signed in (again): then it is held."""
    writer = open_pages.writer_of(request) if request.method == "POST" else None
    held = actions_held.hold(request, writer) if writer else None
    if held is None:
        return render(request, "page_too_old.html", status=403)
    if request.user.is_authenticated and request.user != writer:
        return render(request, "page_too_old.html", {"kept_for_another": True}, status=403)
    return redirect("people:held", held_id=held.pk)
