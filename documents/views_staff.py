"""What staff do here: ask families to sign, and see who has not yet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from documents import actions, rules
from documents.consent import answers_of, taken_back_for
from documents.forms import AboutForm, WhoForm
from documents.models import Signature, SignatureRequest, asked_about_by_staff
from documents.purposes import SHORT
from people.accounts.asking_first import ask_first
from people.families.former_names import call_as_known
from people.families.models import Child
from people.setting.roles import Right, has_right
from records.submissions import submitted_once


@require_http_methods(["GET", "POST"])
@submitted_once
def ask(request):
    """Ask a family to sign a form: first which form about which child, then who and by when."""
    if not rules.may_ask_for_forms(request.user):
        raise Http404
    about = AboutForm(request.GET or None, by=request.user)
    if not about.is_valid():
        return render(request, "documents/ask_about.html", {"form": about})
    child, form = about.cleaned_data["child"], about.cleaned_data["form"]
    adults = rules.who_can_sign_for(child, timezone.localdate())
    who = WhoForm(request.POST or None, adults=adults)
    if request.method == "POST" and who.is_valid():
        return ask_each(request, child, form, who.cleaned_data)
    return render(
        request, "documents/ask_who.html", {"child": child, "form_asked": form, "form": who, "adults": adults}
    )


def ask_each(request, child, form, chosen):
    """One request for each adult; whoever was already asked is told about and not asked twice."""
    asked, earlier = 0, []
    for adult in chosen["adults"]:
        if (
            SignatureRequest.objects.visible_to(request.user)
            .unanswered()
            .filter(child=child, adult=adult, version__form=form)
            .exists()
        ):
            earlier.append(adult.full_name)
            continue
        actions.ask(child, adult, form, by=request.user, due_on=chosen["due_on"])
        asked += 1
    if asked:
        messages.success(request, ngettext("%(n)d person was asked.", "%(n)d people were asked.", asked) % {"n": asked})
    for name in earlier:
        messages.info(request, _("%(name)s was already asked and has not signed yet.") % {"name": name})
    return redirect("papers:asked")


@require_http_methods(["GET", "POST"])
def allowed(request):
    """Child by purpose: what families allow, for everybody who looks after children; what is new until it was seen."""
    if not has_right(request.user, Right.SEE_CHILDREN):
        raise PermissionDenied
    if request.method == "POST":
        seen = {int(number) for number in request.POST.getlist("seen") if number.isdecimal() and len(number) < 19}
        actions.see_taken_back(by=request.user, consents=seen)
        messages.success(request, _("Thank you. It stands in the table below."))
        return redirect("papers:allowed")
    children = list(Child.objects.as_staff_of(request.user).here().select_related("room").order_by("known_as", "pk"))
    call_as_known(request.user, children)
    answers = answers_of(children)
    rows = [{"child": child, "answers": [answers[child.pk][purpose] for purpose in SHORT]} for child in children]
    new = taken_back_for(request.user)
    call_as_known(request.user, [row.child for row in new])
    shown = {"rows": rows, "purposes": SHORT.values(), "new": new, "now": timezone.now()}
    return render(request, "documents/allowed.html", shown)


@require_GET
def asked(request):
    """Who has not signed yet, and the newest that is signed."""
    if not rules.may_ask_for_forms(request.user):
        raise Http404
    children = asked_about_by_staff(request.user)
    waiting = SignatureRequest.objects.visible_to(request.user).filter(child__in=children).unanswered()
    fresh = Signature.objects.visible_to(request.user).filter(ask__child__in=children)
    return render(
        request,
        "documents/asked.html",
        {
            "waiting": waiting.select_related("version", "child", "adult").order_by("due_on", "asked_at"),
            "signatures": fresh.select_related("ask__version", "ask__child", "ask__adult", "paper")[:50],
            "today": timezone.localdate(),
        },
    )


@require_http_methods(["GET", "POST"])
def withdraw(request, ask_id):
    """Take back a request that nobody has signed."""
    asks = SignatureRequest.objects.visible_to(request.user).filter(child__in=asked_about_by_staff(request.user))
    asked_of = get_object_or_404(asks.select_related("adult", "version__form"), pk=ask_id)
    if request.method != "POST":
        named = {"name": asked_of.adult.full_name, "form": asked_of.version.title}
        says = [
            _("“%(form)s” no longer waits for %(name)s, and what was filled in and not signed goes with it.") % named,
            _("A form that was signed stays. You can ask again at any time."),
        ]
        title = _("Take back what %(name)s was asked to sign?") % named
        return ask_first(request, title, says, _("Yes, take it back"), reverse("papers:asked"))
    actions.withdraw_ask(asked_of, by=request.user)
    messages.success(request, _("The request is taken back."))
    return redirect("papers:asked")
