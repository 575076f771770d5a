"""Complaints: a parent sends one, follows it, prints its number; those who handle it answer in time."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from people.former_names import call_as_known
from portal.complaints import actions, forms, rules
from portal.complaints.models import AboutLeaders, Complaint, HandlerChange, PersonConcerned, Step
from records.refused import Refused

WRITING = timedelta(days=1)  # how long somebody may take to write, with nobody whom they chose slipping away


def own(request):
    """One's own complaints, and those one handles with their clock."""
    handled = Complaint.objects.waiting_for(request.user).select_related("complainant", "child")
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
    first = forms.Start(request.GET, people=rules.people_to_choose(request.user, of_late=WRITING))
    if not first.is_valid():
        return redirect("complaints:start")
    said, at_risk = first.said(), first.cleaned_data["child_at_risk"] == "yes"
    route, _people = rules.way_of(request.user, **said)
    shown = {
        "at_risk": at_risk,
        "route": route,
        "bypasses": rules.about_leaders_of(**said) != AboutLeaders.NO,
        "concerned": said["concerned"],
    }
    if route is None:
        return render(request, "complaints/nobody_left.html", shown)
    asks_who = first.SOMEBODY_ELSE in first.cleaned_data["concerns"]
    children = rules.children_to_name(request.user)
    form = forms.Write(request.POST or None, children=children, asks_who=asks_who)
    if request.method == "POST" and form.is_valid():
        try:
            complaint = actions.complain(by=request.user, child_at_risk=at_risk, **said, **form.cleaned_data)
        except Refused as nobody_left:  # the name typed here was that of the last one; what was written stays
            form.add_error(None, str(nobody_left))
        else:
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
