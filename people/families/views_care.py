"""A child who is looked after by an authority, who decides what for it, and a child's new name."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.asking_first import ask_first, asks_and_does
from people.families import actions_care, forms_care, forms_family, rules_family
from people.families.models import Child, LookedAfterStatus
from people.families.views_family import child_kept
from people.setting.roles import in_words
from records.access_log import log_access


def _care_of(child):
    return LookedAfterStatus.objects.running(timezone.localdate()).filter(child=child).first()


def care(request, child_id):
    """Who looks after this child and who decides what, to read and to print."""
    child = get_object_or_404(Child.objects.as_staff_of(request.user), pk=child_id)
    found = _care_of(child)
    if found is None or not rules_family.may_see_care(request.user, child):
        raise Http404
    log_access(request.user, child, "family", in_words(request.user))
    return render(
        request, "people/care.html", {"child": child, "care": found, "decisions": actions_care.decisions_of(child)}
    )


def take_into_care(request, child_id):
    """Enter, or change, which authority looks after the child."""
    child = child_kept(request, child_id)
    found = _care_of(child)
    kept = {name: getattr(found, name) for name in forms_care.Care.Meta.fields} if found else None
    form = forms_care.Care(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        actions_care.take_into_care(child, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept. Now say who decides what."))
        return redirect("people:decisions", child_id=child.pk)
    return render(request, "people/take_into_care.html", {"form": form, "child": child, "care": found})


def decisions(request, child_id):
    """Say who decides what; a change is a new row."""
    child = child_kept(request, child_id)
    if _care_of(child) is None:
        raise Http404
    standing = {row.matter: row for row in actions_care.decisions_of(child)}
    form = forms_care.Decisions(request.POST or None, standing=standing)
    if request.method == "POST" and form.is_valid():
        actions_care.delegate(child, form.decisions(), by=request.user)
        messages.success(request, _("Kept. Earlier agreements stay in the record."))
        return redirect("people:care", child_id=child.pk)
    return render(request, "people/decisions.html", {"form": form, "child": child})


@asks_and_does
def end_care(request, child_id):
    """The authority no longer looks after the child."""
    child = child_kept(request, child_id)
    if request.method != "POST":
        named = {"name": child.known_as}
        says = [
            _("The authority is no longer named, and what was agreed about who decides for %(name)s ends with it.")
            % named,
            _("It stays in the record. The foster carer's own relationship ends separately."),
        ]
        title = _("The authority no longer looks after %(name)s?") % named
        return ask_first(request, title, says, _("Yes, it has ended"), reverse("people:family", args=[child.pk]))
    actions_care.end_care(child, by=request.user)
    messages.success(request, _("That has ended. The foster carer's own relationship ends separately."))
    return redirect("people:family", child_id=child.pk)


def new_name(request, child_id):
    """A child's new name, together with the relationships that end with the old one."""
    child = child_kept(request, child_id)
    form = forms_family.NewName(request.POST or None, child=child, in_care=_care_of(child) is not None)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        facts.pop("sure")
        actions_care.change_name(child, by=request.user, **facts)
        messages.success(
            request,
            _("The new name stands on every page from now on. What was signed keeps the name of its day."),
        )
        return redirect("people:family", child_id=child.pk)
    return render(request, "people/new_name.html", {"form": form, "child": child})
