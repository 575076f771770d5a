"""What somebody is typing: kept while they type, read again, thrown away."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.accounts import actions_drafts, proof, sessions, tablets
from people.accounts.forms_drafts import Typed
from people.accounts.models import Draft
from people.features import first_page


@require_POST
def keep_draft(request):
    """What is being typed, sent by the page itself; the answer says whether it is kept."""
    form = Typed(request.POST)
    if not form.is_valid():
        return JsonResponse({"kept": False}, status=400)
    return JsonResponse({"kept": actions_drafts.keep_draft(by=request.user, **form.facts())})


def draft(request, key):
    """The words once more, wherever they were typed and whatever became of that page; the way to it, or throw them away."""
    mine = get_object_or_404(Draft.objects.visible_to(request.user), key=key)
    if getattr(request.user, "on_tablet", None) and not tablets.opens_here(mine.path):
        raise Http404
    if sessions.must_prove_first(request, mine.path):
        return proof.to_prove(request)
    if request.method == "POST":
        actions_drafts.forget_draft(request.user, mine.key)
        messages.success(request, _("It is thrown away."))
        return redirect(mine.path if request.POST.get("back") else first_page())
    return render(request, "people/draft.html", {"draft": mine})
