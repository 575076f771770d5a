"""What was sent when a session was over comes back to whoever sent it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from people import actions_held
from people.held import filled, opens_here, page_at
from people.models import HeldForm


def held(request, held_id):
    """The form once more, filled in as it was sent, on the page where it stood; or its words, where that is gone."""
    mine = get_object_or_404(HeldForm.objects.visible_to(request.user), pk=held_id)
    if not opens_here(mine, request.user):
        raise Http404
    if request.method == "POST":
        actions_held.forget_held(mine)
        messages.success(request, _("It is thrown away."))
        return redirect("today")
    for address in dict.fromkeys([mine.address, mine.page]):
        page = page_at(request, address) if address else None
        if page is None or not page.get("Content-Type", "").startswith("text/html"):
            continue
        if page.status_code == 302 and page["Location"].startswith(reverse("people:prove")):
            return redirect(f"{reverse('people:prove')}?{urlencode({'next': request.path})}")
        if page.status_code != 200:
            continue
        if content := filled(page.content.decode(), address, mine):
            return HttpResponse(content)
    values = [value.strip() for found in mine.fields.values() for value in found]
    # A number or a signature of ours has no space; words of a language that writes none are not of these letters.
    texts = [value for value in values if value and (" " in value or not value.isascii())]
    return render(request, "people/held.html", {"texts": texts})
