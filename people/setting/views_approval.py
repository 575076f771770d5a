"""A step that takes two people: what it is, who asked, and the second person's word."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.accounts import proof
from people.accounts.asking_first import ask_first, asks_and_does
from people.families import rules_family
from people.families.models import Relationship
from people.features import first_page
from people.setting import actions_approval, rules_approval
from people.setting.models import Approval
from records.refused import refuse


def _approval(request, approval_id):
    found = Approval.objects.select_related("person", "asked_by", "agreed_by", "stopped_by", "child")
    approval = get_object_or_404(found, pk=approval_id)
    if not rules_approval.may_read(request.user, approval):
        raise Http404
    return approval


def _will_write(approval):
    """[(what, how)]: what a yes would write, as whoever agrees has to know it."""
    days = [
        (label, date.fromisoformat(approval.facts[name]))
        for name, label in (("starts_on", _("First day")), ("ends_on", _("Last day")))
        if approval.facts.get(name)
    ]
    said = [(label, date_format(day, "j F Y")) for label, day in days]
    if approval.kind != Approval.Kind.TIE_RESTRICTED:
        return said
    facts = approval.facts
    tie = Relationship(**{name: facts[name] for name in ("kind", "level", "parental_responsibility") if name in facts})
    yes_or_no = {True: _("Yes"), False: _("No")}
    return [
        (_("Relationship"), tie.get_kind_display()),
        (_("The portal opens"), tie.get_level_display()),
        (_("Parental responsibility"), tie.get_parental_responsibility_display()),
        (_("May collect"), yes_or_no[bool(facts.get("may_collect"))]),
        *said,
    ]


def _bars(request, approval):
    """What is closed that makes this take two people, for whoever decides about it."""
    if approval.kind == Approval.Kind.TIE_RESTRICTED:
        return rules_family.restrictions_around(approval.child, approval.person)
    gives_role = approval.kind == Approval.Kind.GIVE_ROLE
    if gives_role and rules_family.may_watch_restrictions(request.user):
        return rules_family.restrictions_of_name(approval.person)
    return []


def approval(request, approval_id):
    """One step that takes two people, with what can be done about it now."""
    waiting = _approval(request, approval_id)
    is_open = Approval.objects.open().filter(pk=waiting.pk).exists()
    shown = {
        "approval": waiting,
        "is_open": is_open,
        "may_agree": is_open and rules_approval.may_agree(request.user, waiting),
        "will_write": _will_write(waiting),
        "bars": _bars(request, waiting),
        "around_theirs": waiting.kind == Approval.Kind.TIE_IN_OFFICE and not rules_family.holds_office(waiting.person),
        "may_stop": is_open and rules_approval.may_stop(request.user, waiting),
        "agreers": rules_approval.agreers_of(waiting) if waiting.takes_effect_at is None else [],
    }
    return render(request, "people/approval.html", shown)


@require_POST
@proof.proof_just_now
def agree(request, approval_id):
    """Agree as the second person."""
    agreed = _approval(request, approval_id)
    actions_approval.agree(agreed, by=request.user)
    starts_on = date.fromisoformat(agreed.facts.get("starts_on") or timezone.localdate().isoformat())
    if starts_on > timezone.localdate():
        day = {"day": date_format(starts_on, "j F Y")}
        messages.success(request, _("You have agreed. It counts from %(day)s.") % day)
    else:
        messages.success(request, _("You have agreed. It is in force now."))
    return redirect(first_page())


def _ask_to_stop(request, approval):
    named = {"name": approval.person.full_name, "what": approval.get_kind_display()}
    if approval.role:
        named["what"] = f"{named['what']} ({approval.get_role_display()})"
    says = [
        _(
            "“%(what)s” does not come into force, and nothing changes. It has to be asked for again if it is wanted after all."
        )
        % named
    ]
    if approval.asked_by != request.user:
        says.append(_("%(asker)s, who asked for it, is told.") % {"asker": approval.asked_by.full_name})
    title = _("Stop this for %(name)s: %(what)s?") % named
    return ask_first(request, title, says, _("Yes, stop it"), reverse("people:approval", args=[approval.pk]))


@asks_and_does
def stop(request, approval_id):
    """Stop it before it is in force, or take back what one asked for."""
    stopped = _approval(request, approval_id)
    if request.method != "POST":
        refuse(rules_approval.why_not_decide(request.user, stopped, rules_approval.may_stop))
        return _ask_to_stop(request, stopped)
    actions_approval.stop(stopped, by=request.user)
    if stopped.kind == Approval.Kind.TIE_IN_OFFICE:
        messages.success(
            request, _("Stopped. It takes nobody off a complaint. The relationship is still on the family's page.")
        )
    else:
        messages.success(request, _("Stopped. Nothing has changed."))
    return redirect(first_page())
