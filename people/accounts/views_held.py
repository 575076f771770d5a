"""What was sent when a session was over comes back to whoever sent it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from people.accounts import actions_held, in_the_editor
from people.accounts.held import filled, opens_here, page_at
from people.accounts.models import HeldForm
from people.features import first_page
from people.setting.roles import Right, has_right


def held(request, held_id):
    """The form once more, filled in as it was sent, on the page where it stood; or its words, where that is gone."""
    mine = get_object_or_404(HeldForm.objects.visible_to(request.user), pk=held_id)
    if not opens_here(mine, request.user):
        raise Http404
    if request.method == "POST":
        actions_held.forget_held(mine)
        messages.success(request, _("It is thrown away."))
        return redirect(first_page())
    if mine.is_of_the_editor and has_right(request.user, Right.EDIT_PAGES):
        return render(request, "people/held_editor.html", {"held": mine, "texts": in_the_editor.texts(mine.fields)})
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
    return render(request, "people/held.html", {"texts": mine.texts})
