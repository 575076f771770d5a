"""Actions of what was sent when it could not be taken: hold it, and forget it."""

import json
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone

from people import features
from people.accounts import open_pages, sessions
from people.accounts.models import HeldForm
from records.pictures import called

if TYPE_CHECKING:
    from people.accounts.models import Person
    from people.accounts.models.held import HeldFormQuerySet

MOST_HELD = 10  # of one person
LONGEST = 400_000  # letters of all fields together
KEPT_FOR = timedelta(days=14)
WRITTEN_IN = {"add", "edit"}  # Wagtail's names for them, for pages, snippets and images alike
NEVER_HELD = sessions.DOORS | {"people:sign_out", "people:prove", "people:code"}  # and what a page asks for by itself
SECRET = {"code", "pin", "word", "csrfmiddlewaretoken", "held"}  # and whatever has "password" in its name


@transaction.atomic
def hold(request: HttpRequest, person: "Person") -> HeldForm | None:
    """Hold what `person` has just sent; None where it is nothing that could come back. Passwords and codes are never held.

    Only a form that stood on a page of theirs is held; of Wagtail's, those in which something is written. Pressed twice it
    is held once, and one that had come back and is sent at the end of a session again takes the place of what it was.
    """
    if sessions.is_in_the_cms(request) and not is_editing(request):
        return None
    name = sessions.view_name_of(request)
    if name in NEVER_HELD or name in features.views("background_views"):
        return None
    if open_pages.writer_of(request) != person:
        return None
    fields = {name: values for name, values in request.POST.lists() if not is_secret(name)}
    if sum(len(value) for values in fields.values() for value in values) > LONGEST:
        return None
    files = [called(file) for files in request.FILES.lists() for file in files[1]]
    theirs, address = HeldForm.objects.filter(person=person), request.get_full_path()[:500]
    for one in theirs.filter(address=address):
        if one.fields == fields and one.files == files:
            theirs.filter(pk=one.pk).update(held_at=timezone.now())
            return one
    sent = json.dumps({"fields": fields, "files": files})
    held = HeldForm.objects.create(person=person, address=address, page=_page_of(request, theirs), sent=sent)
    if earlier := theirs.under(request.POST.get(HeldForm.mark)):
        theirs.filter(pk=earlier.pk, address=address).delete()
    older = theirs.values_list("pk", flat=True)[MOST_HELD:]
    HeldForm.objects.filter(pk__in=list(older)).delete()
    return held


def is_editing(request: HttpRequest) -> bool:
    """Whether this is sent by a form of Wagtail's in which something is written, and by the person, not by its script."""
    name = sessions.view_name_of(request).rpartition(":")[2]
    return sessions.is_in_the_cms(request) and name in WRITTEN_IN and not sessions.is_in_the_background(request)


def is_secret(name: str) -> bool:
    return name in SECRET or "password" in name


def _page_of(request: HttpRequest, theirs: "HeldFormQuerySet") -> str:
    """The page of ours on which the form stood, as the browser says it; empty where it does not.

    Where it stood on the page of something that came back, that is gone once it is sent: then it is the page of that.
    """
    said = urlsplit(request.headers.get("Referer", ""))
    if said.netloc != request.get_host():
        return ""
    with suppress(Resolver404):
        found = resolve(said.path)
        if found.view_name == "people:held":
            earlier = theirs.under(str(found.kwargs["held_id"]))
            return (earlier.page or earlier.address) if earlier else ""
    return (f"{said.path}?{said.query}" if said.query else said.path)[:500]


def forget_held(held: HeldForm) -> None:
    """It was sent once more, or is thrown away."""
    held.delete()


def forget_old_held() -> int:
    """What nobody came back to within two weeks is forgotten; how many there were."""
    return HeldForm.objects.filter(held_at__lt=timezone.now() - KEPT_FOR).delete()[0]
