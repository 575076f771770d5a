"""Complaints: a parent sends one, follows it, prints its number; those who handle it answer in time."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from people.accounts.asking_first import ask_first
from people.families.former_names import call_as_known
from portal.complaints import actions, forms, rules
from portal.complaints.models import AboutLeaders, Complaint, HandlerChange, PersonConcerned, Step
from records.refused import ActionRefused
from records.submissions import FIELD as SUBMISSION

NEVER_CARRIED = {"csrfmiddlewaretoken", SUBMISSION}  # the page that asks has its own


def own(request):
    """One's own complaints, and those one handles with their clock."""
    handled = {}
    for complaint in Complaint.objects.waiting_for(request.user).select_related("complainant"):
        handled.setdefault(complaint.complainant, []).append(complaint)
    mine = Complaint.objects.visible_to(request.user).filter(complainant=request.user)
    return render(request, "complaints/own.html", {"mine": mine, "handled": handled})


def start(request):
    """First: is a child at risk now, and whom is it about?"""
    form = forms.Start(request.POST or None, people=rules.people_to_choose(request.user))
    if request.method == "POST" and form.is_valid():
        return redirect(f"{reverse('complaints:write')}?{urlencode(form.cleaned_data, doseq=True)}")
    return render(request, "complaints/start.html", {"form": form})


def write(request):
    """Then: what happened."""
    chosen = _chosen(request)
    if chosen is None:
        return redirect("complaints:start")
    said = {"about_leaders": chosen.about_leaders, "concerned": chosen.concerned}
    route, _people = rules.way_of(request.user, **said)
    about_leaders = rules.about_leaders_of(**said)
    shown = {
        "at_risk": chosen.at_risk,
        "route": route,
        "bypasses": about_leaders != AboutLeaders.NO,
        "concerned": chosen.concerned,
    }
    if route is None and request.method != "POST":
        return render(request, "complaints/nobody_left.html", shown)
    form = forms.Write(
        request.POST or None,
        children=rules.children_to_name(request.user),
        asks_who=chosen.asks_who,
        chosen=chosen.signed_for(request.user, about_leaders),
    )
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "chosen"}
        try:
            complaint = actions.complain(by=request.user, child_at_risk=chosen.at_risk, **said, **facts)
        except (
            ActionRefused
        ) as nobody_left:  # the last one was named here, or has gone meanwhile; what was written stays
            form.add_error(None, str(nobody_left))
        else:
            return redirect("complaints:one", complaint_id=complaint.pk)
    return render(request, "complaints/write.html", {"form": form, **shown})


def _chosen(request):
    """What was answered on the page before, or None: as the writing page carries it, or as the address says."""
    if kept := forms.Chosen.carried_by(request.POST.get("chosen", ""), request.user):
        return kept
    first = forms.Start(request.GET, people=rules.people_to_choose(request.user, of_late=rules.WRITING))
    return first.chosen() if first.is_valid() else None


def _ask_to_close(request, complaint, words):
    """The page that asks before an outcome is told, with the words that go to the complainant."""
    named = {"name": complaint.complainant.full_name, "number": complaint.reference}
    says = [
        words,
        _("%(name)s reads these words, and is told that there is something to read.") % named,
        _("That closes it: nothing can be added any more, and a new concern is a new complaint."),
    ]
    carries = {name: value for name, value in request.POST.items() if name not in NEVER_CARRIED} | {"sure": "yes"}
    title = _("Tell %(name)s the outcome, and close %(number)s?") % named
    back = reverse("complaints:one", args=[complaint.pk])
    return ask_first(request, title, says, _("Yes, tell it and close"), back, carries)


def one(request, complaint_id):
    """One complaint: its reference, its clock, what was said, and for those who handle it the way to answer."""
    complaint = get_object_or_404(
        Complaint.objects.visible_to(request.user).select_related("complainant", "child"), pk=complaint_id
    )
    if complaint.child:
        call_as_known(request.user, [complaint.child])
    handles = rules.may_handle(request.user, complaint)
    why_not = rules.why_not_answer(request.user, complaint)
    form = forms.Answer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["kind"] == Step.Kind.OUTCOME and not why_not and "sure" not in request.POST:
            return _ask_to_close(request, complaint, form.cleaned_data["words"])
        actions.take_step(complaint, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept with the complaint."))
        return redirect("complaints:one", complaint_id=complaint.pk)
    actions.opened(complaint, by=request.user)
    steps = list(Step.objects.visible_to(request.user).filter(complaint=complaint).select_related("by"))
    concerned = PersonConcerned.objects.visible_to(request.user).filter(complaint=complaint).select_related("person")
    shown = {
        "complaint": complaint,
        "concerned": concerned,
        "handlers": HandlerChange.objects.visible_to(request.user).filter(complaint=complaint).select_related("person"),
        "steps": steps,
        "handles": handles,
        "may_answer": handles and not why_not,
        "closed": any(step.kind == Step.Kind.OUTCOME for step in steps),
        "form": form,
    }
    return render(request, "complaints/one.html", shown)
