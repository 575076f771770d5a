"""What a family does: the own part, reading, saying something. Staff read on the same page what is theirs to read."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.families.access import Level, RestrictionKind, access_of
from people.families.models import Child
from people.features import where_pages_are_read
from people.setting.roles import in_words
from portal.progress import actions_family, forms, rules, telling
from portal.progress.actions_copies import without_copy
from portal.progress.models import Check, Copy, Invitation, Kind, Part, Remark, Share, Talk, cared_for_by
from portal.progress.models.passed import For
from records.access_log import log_access
from records.editions import edition_in, saved_in_words
from records.refused import ChangedElsewhere


def of_child(request, child_id):
    """All checks and summaries of a child that this person may read, the part that waits, and for staff the way to new ones."""
    family = Child.objects.as_family_of(request.user, at_least=Level.PARTICIPATE)
    child = get_object_or_404(family | cared_for_by(request.user), pk=child_id)
    checks = list(Check.objects.visible_to(request.user).filter(child=child).select_related("author").newest_first())
    as_staff = cared_for_by(request.user).filter(pk=child.pk).exists()
    invitations = Invitation.objects.as_invited(request.user).filter(check_of__child=child)
    log_access(request.user, child, "progress", role=in_words(request.user))
    shown = {
        "child": child,
        "checks": checks,
        "as_staff": as_staff,
        "to_read": not as_staff and any(check.final_at is None for check in checks),
        "may_begin": as_staff and (rules.is_key_person(request.user, child) or rules.may_keep(request.user, child)),
        "has_check_at_two": any(check.kind == Kind.AT_TWO for check in checks),
        "invitations": invitations.filter(check_of__shared_at__isnull=True).select_related("check_of", "part"),
        "pages_of_child": where_pages_are_read(child),
    }
    return render(request, "progress/of_child.html", shown)


def own_invitation(request, invitation_id):
    invitations = Invitation.objects.as_invited(request.user).select_related("check_of__child", "check_of__author")
    return get_object_or_404(invitations, pk=invitation_id)


def part(request, invitation_id):
    """Write one's own part, in peace; everything in it is optional."""
    invitation = own_invitation(request, invitation_id)
    check = invitation.check_of
    if check.shared_at:
        return redirect("progress:one", check_id=check.pk)
    saved = Part.objects.visible_to(request.user).filter(invitation=invitation).first() or Part(edition=0)
    initial = {name: getattr(saved, name) for name in actions_family.FIELDS}
    form, changed_elsewhere = forms.OwnPart(request.POST or None, initial=initial), False
    if request.method == "POST" and (form.is_valid() or "save" in request.POST):
        keep = actions_family.save_part if "save" in request.POST else actions_family.send_part
        try:
            saved = keep(invitation, form.typed(), by=request.user, edition=edition_in(request))
        except ChangedElsewhere as changed:
            saved, changed_elsewhere = changed.row, True
        else:
            words = _("Thank you. Your part is with the key person.") if saved.sent_at else _("%(saved)s.")
            messages.success(request, words % {"saved": saved_in_words(saved)})
            return redirect("progress:child", child_id=check.child_id)
    hide_dates = check.child_id in access_of(request.user).children_closed_by(RestrictionKind.NO_TIMETABLE)
    shown = {"invitation": invitation, "check": check, "form": form, "saved": saved, "hide_dates": hide_dates}
    return render(request, "progress/part.html", shown | {"changed_elsewhere": changed_elsewhere})


def one(request, check_id):
    """A check as this person may read it, what they can do next, and room to say something."""
    checks = Check.objects.visible_to(request.user).select_related("child", "author", "looked_by")
    check = get_object_or_404(checks.prefetch_related("areas", "plan"), pk=check_id)
    as_staff = Check.objects.as_staff_of(request.user).filter(pk=check.pk).exists()
    form = forms.Say(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions_family.say(check, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your words are with the key person."))
        return redirect("progress:one", check_id=check.pk)
    if not as_staff:
        actions_family.mark_seen(check, request.user)
    log_access(request.user, check.child, "progress", role=in_words(request.user))
    hide_dates = check.child_id in access_of(request.user).children_closed_by(RestrictionKind.NO_TIMETABLE)
    shown = {"check": check, "form": form, "as_staff": as_staff, "hide_dates": hide_dates}
    shown |= {"pieces": in_words_for(request.user, check)}
    shown |= _for_staff(request.user, check) if as_staff else _for_family(request.user, check)
    return render(request, "progress/one.html", shown)


def in_words_for(user, check):
    """The check's pieces with the parts, talks and remarks that this person may read."""
    hide_dates = check.child_id in access_of(user).children_closed_by(RestrictionKind.NO_TIMETABLE)
    return telling.of_check(
        check,
        parts=Part.objects.visible_to(user).filter(check_of=check, sent_at__isnull=False).select_related("adult"),
        talks=Talk.objects.visible_to(user).filter(check_of=check).select_related("adult"),
        remarks=Remark.objects.visible_to(user).filter(check_of=check).select_related("author"),
        hide_dates=hide_dates,
    )


def _for_family(user, check):
    full = check.child_id in access_of(user).family(Level.FULL)
    invitation = Invitation.objects.as_invited(user).filter(check_of=check).select_related("ask__signature").first()
    return {
        "may_say": rules.may_remark(user, check),
        "ask": invitation.ask if invitation and full else None,
        "copy": Copy.objects.visible_to(user).filter(check_of=check, whose=For.ADULT).first(),
        "may_take_along": full and check.final_at,
        "shares": Share.objects.visible_to(user).filter(check_of=check).saying_to_whom(user) if full else [],
    }


def _for_staff(user, check):
    invitations = Invitation.objects.visible_to(user).filter(check_of=check)
    why_not_share = rules.why_not_share(user, check)
    return {
        "question": rules.question_of(user, check) if not why_not_share else None,
        "why_not_read": rules.why_not_read(user, check) if check.drafted_at and not check.shared_at else "",
        "invitations": invitations.select_related("adult", "part", "ask__signature"),
        "missing": rules.missing(check) if check.is_ours else [],
        "without_copy": not rules.why_not_copy(user, check) and without_copy(check),
        "may_write": not rules.why_not_write(user, check),
        "may_ready": not check.drafted_at and not rules.why_not_ready(user, check),
        "may_look": check.concern and not check.looked_at and not rules.why_not_look(user, check),
        "may_share": not why_not_share,
        "may_take_back": check.shared_at and not rules.why_not_take_back(user, check),
        "may_talk": not rules.why_not_talked(user, check),
        "may_finish": not rules.why_not_finish(user, check),
        "may_pass_on": check.final_at and rules.may_pass_on(user, check.child),
        "copy": Copy.objects.visible_to(user).filter(check_of=check, whose=For.STAFF).first(),
        "shares": Share.objects.visible_to(user)
        .filter(check_of=check)
        .saying_to_whom(user)
        .select_related("shared_by"),
    }
