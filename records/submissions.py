"""A form that is sent twice makes one thing: its page carries a random number, and what was sent with it counts once."""

import hashlib
import json
from datetime import timedelta
from functools import wraps

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from records.models import Submission
from records.refused import ActionRefused

FIELD = "submission"
NOT_SENT = {"csrfmiddlewaretoken", "held", "draft"}  # what a browser says beside what somebody has written


def submitted_once(view):
    """A view whose form carries `{% submission_key %}`: what it does is done once, however often the button is pressed.

    The number and what was sent with it are a row with a unique constraint, written in the view's own transaction. A second
    press waits for the first and is led where that was led. A page that comes back with errors has sent nothing.
    """

    @wraps(view)
    def once_only(request, *args, **kwargs):
        if request.method != "POST" or not request.POST.get(FIELD):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            sent = _sent(request)
            if sent is None:
                return _where_the_first_led(request)
            response = view(request, *args, **kwargs)
            if response.status_code == 302:
                Submission.objects.filter(pk=sent.pk).update(location=response["Location"][:500])
            elif not getattr(response, "submitted", False):
                sent.delete()
            return response

    return once_only


def _sent(request: HttpRequest) -> Submission | None:
    """The row of this press, or None where it was made before."""
    try:
        with transaction.atomic():
            return Submission.objects.create(key=_key_of(request))
    except IntegrityError:
        return None


def _key_of(request: HttpRequest) -> str:
    """A hash of who sends what where; a changed form is something new, one that came back or was kept is not."""
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_SENT}
    return _hash_of([request.user.pk, request.path, fields])


def _hash_of(what) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True, default=str).encode()).hexdigest()


def _where_the_first_led(request: HttpRequest) -> HttpResponse:
    earlier = Submission.objects.filter(key=_key_of(request)).first()
    if earlier and earlier.location:
        return redirect(earlier.location)
    raise ActionRefused(
        _("This was sent already, and counts once. If you did not see its page, go back and begin again.")
    )


def done_here(response: HttpResponse) -> HttpResponse:
    """Mark a page that shows what was done instead of leading on, so that its form counts as sent."""
    response.submitted = True  # type: ignore[attr-defined] # an attribute of ours
    return response


def remember_sent(*what) -> None:
    """Remember for a while that this was sent, where it is no submission of its own: `what` tells it from everything else."""
    Submission.objects.update_or_create(key=_hash_of(what), defaults={"sent_at": timezone.now()})


def was_sent(*what, within: timedelta) -> bool:
    """Return whether `remember_sent` was told of this within that time."""
    return Submission.objects.filter(key=_hash_of(what), sent_at__gt=timezone.now() - within).exists()


def forget_old_submissions() -> None:
    """Presses from before yesterday go; the scheduler calls this."""
    Submission.objects.filter(sent_at__lt=timezone.now() - timedelta(days=2)).delete()
