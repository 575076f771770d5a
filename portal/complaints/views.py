"""Complaints: a parent sends one, follows it, prints its number; those who handle it answer in time."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from people.former_names import call_as_known
from portal.complaints import actions, forms, rules
from portal.complaints.models import AboutLeaders, Complaint, Route, Step


def own(request):
    """One's own complaints, and those one handles with their clock."""
    handled = Complaint.objects.waiting_for(request.user).select_related("complainant", "child")
    mine = Complaint.objects.visible_to(request.user).filter(complainant=request.user)
    return render(request, "complaints/own.html", {"mine": mine, "handled": handled})


def start(request):
    """First: is a child at risk now, and is it about somebody in charge?"""
    form = forms.Start(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(f"{reverse('complaints:write')}?{urlencode(form.cleaned_data)}")
    return render(request, "complaints/start.html", {"form": form})


def write(request):
    """Then: what happened."""
    first = forms.Start(request.GET)
    if not first.is_valid():
        return redirect("complaints:start")
    answers = first.cleaned_data
    about_leaders = AboutLeaders(answers["about_leaders"])
    at_risk = answers["child_at_risk"] == "yes"
    route, _people = rules.way_of(request.user, about_leaders)
    shown = {"at_risk": at_risk, "bypasses": route != Route.LEADERS, "answers": urlencode(answers)}
    if route is None:
        return render(request, "complaints/nobody_left.html", shown)
    form = forms.Write(request.POST or None, children=rules.children_to_name(request.user))
    if request.method == "POST" and form.is_valid():
        complaint = actions.complain(
            by=request.user, child_at_risk=at_risk, about_leaders=about_leaders, **form.cleaned_data
        )
        return redirect("complaints:one", complaint_id=complaint.pk)
    return render(request, "complaints/write.html", {"form": form, **shown})


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
        actions.take_step(complaint, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept with the complaint."))
        return redirect("complaints:one", complaint_id=complaint.pk)
    actions.opened(complaint, by=request.user)
    steps = list(Step.objects.visible_to(request.user).filter(complaint=complaint).select_related("by"))
    shown = {
        "complaint": complaint,
        "steps": steps,
        "handles": handles,
        "may_answer": handles and not why_not,
        "closed": any(step.kind == Step.Kind.OUTCOME for step in steps),
        "form": form,
    }
    return render(request, "complaints/one.html", shown)
