"""Who works here, and the setting's facts."""

from copy import copy

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.accounts.asking_first import ask_first
from people.accounts.views_invitations import _invited, _only_if
from people.families import rules
from people.setting import actions_roles, actions_setting
from people.setting import forms as setting_forms
from people.setting.models import Approval, RoleHeld, Setting
from people.setting.roles import Right, has_right
from records.submissions import submitted_once


@submitted_once
def staff(request):
    """Who works here as what."""
    _only_if(rules.may_keep_staff(request.user))
    form = setting_forms.InviteStaff(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person, approval = actions_roles.bring_in_staff(by=request.user, **form.cleaned_data)
        if approval:
            return redirect("people:approval", approval_id=approval.pk)
        return _invited(request, person, by_letter=False)
    held = RoleHeld.objects.running_or_to_come(timezone.localdate()).select_related("person")
    held = held.order_by("person__full_name", "starts_on", "pk")
    waiting = Approval.objects.open().filter(kind__in=[Approval.Kind.GIVE_ROLE, Approval.Kind.END_ROLE])
    shown = {"form": form, "held": held, "today": timezone.localdate(), "waiting": waiting.select_related("person")}
    return render(request, "people/staff.html", shown)


@require_http_methods(["GET", "POST"])
def end_role(request, held_id):
    """End a role, now."""
    _only_if(rules.may_keep_staff(request.user))
    held = get_object_or_404(RoleHeld.objects.running_or_to_come(timezone.localdate()), pk=held_id)
    if request.method != "POST":
        named = {"name": held.person.full_name, "role": held.get_role_display()}
        says = [
            _("With the next page that %(name)s opens, everything that belongs to this role is closed.") % named,
            _("What %(name)s wrote stays where it is. To give the role back, invite %(name)s to it again.") % named,
            _("Where it takes two people, it waits until the second one agrees."),
        ]
        title = _("End this role of %(name)s: %(role)s?") % named
        return ask_first(request, title, says, _("Yes, end it now"), reverse("people:staff"))
    if approval := actions_roles.end_role(held, by=request.user):
        return redirect("people:approval", approval_id=approval.pk)
    messages.success(request, _("That role has ended. It closes with the very next page they open."))
    return redirect("people:staff")


def setting_facts(request):
    """The setting's own facts: its name, its words, whom to ring."""
    _only_if(has_right(request.user, Right.KEEP_SETTING))
    form = setting_forms.SettingForm(request.POST or None, instance=copy(Setting.now()))
    if request.method == "POST" and form.is_valid():
        actions_setting.keep_setting(form, by=request.user)
        messages.success(
            request, _("Kept. Every page uses the new words from now on, and every form that is asked for from now on.")
        )
        return redirect("people:setting")
    return render(request, "people/setting.html", {"form": form})
