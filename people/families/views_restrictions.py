"""What is closed to whom: entered by one person, approved by another, lifted by two."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.accounts.asking_first import ask_first, asks_and_does
from people.families import actions_family, forms_family, rules_family
from people.families.access import of_nobody_hidden
from people.families.models import Restriction
from people.families.views_family import child_kept
from people.setting.roles import in_words
from records.access_log import log_access
from records.refused import ActionRefused


def _only_watchers(request):
    if not rules_family.may_watch_restrictions(request.user):
        raise ActionRefused(_("Only the manager, the deputy and the safeguarding leads decide what is closed."))


def _bar(request, bar_id):
    _only_watchers(request)
    visible = Restriction.objects.visible_to(request.user).filter(of_nobody_hidden(request.user, "adult"))
    found = visible.select_related("child", "adult", "entered_by", "approved_by", "lift_asked_by", "lifted_by")
    bar = get_object_or_404(found, pk=bar_id)
    log_access(request.user, bar.child, "family", in_words(request.user))
    return bar


def _back(request, bar, words):
    messages.success(request, words)
    if not Restriction.objects.visible_to(request.user).filter(pk=bar.pk).exists():  # undone: it never was
        return redirect("people:restrictions")
    return redirect("people:restriction", bar_id=bar.pk)


def restrict(request, child_id):
    """Close something to one adult of a child, at once."""
    child = child_kept(request, child_id)
    form = forms_family.Restrict(request.POST or None, child=child)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        bar = actions_family.restrict(child, facts.pop("adult"), by=request.user, **facts)
        words = _("That is closed now, with the very next page they open. Somebody else still has to approve it.")
        return _back(request, bar, words)
    return render(request, "people/restrict.html", {"form": form, "child": child})


def restrictions(request):
    """Everything that is closed to somebody: first what waits for this person."""
    _only_watchers(request)
    today = timezone.localdate()
    waiting = list(Restriction.objects.waiting_for(request.user).select_related("child", "adult"))
    running = Restriction.objects.visible_to(request.user).filter(of_nobody_hidden(request.user, "adult"))
    running = running.running(today).select_related("child", "adult", "approved_by")
    waits = {bar.pk for bar in waiting}
    others = [bar for bar in running if bar.pk not in waits]
    return render(request, "people/restrictions.html", {"waiting": waiting, "others": others, "today": today})


def restriction(request, bar_id):
    """One restriction with its basis, who entered, approved and lifted it, and what can be done now."""
    return _one(request, _bar(request, bar_id))


def _one(request, bar, lift_form=None, review_form=None):
    user = request.user
    shown = {
        "bar": bar,
        "today": timezone.localdate(),
        "may_approve": not rules_family.why_not_approve(user, bar),
        "why_not_approve": "" if bar.approved_by_id else rules_family.why_not_approve(user, bar),
        "may_lift": not rules_family.why_not_lift(user, bar),
        "why_not_lift": rules_family.why_not_lift(user, bar) if bar.lift_asked_by_id else "",
        "may_watch": not rules_family.why_not_watch(user, bar),
        "lift_form": lift_form or forms_family.AskToLift(),
        "review_form": review_form or forms_family.ReviewAgain(),
    }
    return render(request, "people/restriction.html", shown)


@require_POST
def approve(request, bar_id):
    """A second person has seen the basis."""
    bar = _bar(request, bar_id)
    actions_family.approve_restriction(bar, by=request.user)
    return _back(request, bar, _("Approved. Your name and the moment are kept with it."))


@require_POST
def ask_to_lift(request, bar_id):
    """The first of two people asks for it to be lifted."""
    bar, form = _bar(request, bar_id), forms_family.AskToLift(request.POST)
    if not form.is_valid():
        return _one(request, bar, lift_form=form)
    actions_family.ask_to_lift(bar, by=request.user, **form.cleaned_data)
    return _back(request, bar, _("It stays closed until somebody else has lifted it."))


@asks_and_does
def lift(request, bar_id):
    """The second of two people lifts it."""
    bar = _bar(request, bar_id)
    if request.method != "POST":
        if rules_family.why_not_lift(request.user, bar):
            return redirect("people:restriction", bar_id=bar.pk)  # which says why
        named = {"adult": bar.adult.full_name, "child": bar.child.known_as, "what": bar.get_kind_display()}
        says = [
            _("“%(what)s” does not count any more for %(adult)s, around %(child)s.") % named,
            _(
                "The portal opens with the very next page, as far as the relationship and whatever else is closed allow."
            ),
            _("It is not brought back by a press: it would have to be entered again, and approved by a second person."),
        ]
        title = _("Lift what is closed to %(adult)s around %(child)s?") % named
        back = reverse("people:restriction", args=[bar.pk])
        return ask_first(request, title, says, _("Yes, lift it now"), back)
    actions_family.lift_restriction(bar, by=request.user)
    return _back(request, bar, _("Lifted. It is open with the very next page they open."))


@require_POST
def keep(request, bar_id):
    """It stays closed, although somebody had asked to lift it."""
    bar = _bar(request, bar_id)
    actions_family.keep_restriction(bar, by=request.user)
    return _back(request, bar, _("It stays closed."))


@require_POST
def review(request, bar_id):
    """Looked at again, and it stays; the next look is on another day."""
    bar, form = _bar(request, bar_id), forms_family.ReviewAgain(request.POST)
    if not form.is_valid():
        return _one(request, bar, review_form=form)
    actions_family.review_restriction(bar, by=request.user, review_on=form.cleaned_data["review_on"])
    return _back(request, bar, _("Kept. It comes up again on that day."))
