"""What the setting does: the list of due checks, beginning, agreeing on the time, writing, and each step after it."""

from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.accounts.asking_first import ask_first, asks_and_does
from people.accounts.drafts import written_with
from people.accounts.models import Person
from people.families.models import Child
from people.setting.role_holders import people_with
from people.setting.roles import Right, in_words
from portal.progress import actions, forms, rules
from portal.progress.due import due_for
from portal.progress.models import Check, Invitation, Kind, Part, cared_for_by
from portal.progress.when import Timing
from records.access_log import log_access
from records.editions import edition_in, saved_in_words
from records.refused import ActionRefused, ChangedElsewhere, refuse
from records.submissions import done_here


def own_check(request, check_id):
    """A check that this person reads as staff; 404 otherwise."""
    checks = Check.objects.as_staff_of(request.user).select_related("child", "author", "looked_by")
    check = get_object_or_404(checks, pk=check_id)
    log_access(request.user, check.child, "progress", role=in_words(request.user))
    return check


def to_write(request, check_id):
    """A check that this person may write now; a kind no otherwise."""
    check = own_check(request, check_id)
    refuse(rules.why_not_write(request.user, check))
    return check


def due(request):
    """Progress checks at two that are coming, due or late; for a key person those of her own children."""
    if not rules.may_see_list(request.user):
        raise ActionRefused(_("This list is for the people who look after the children."))
    found = due_for(request.user)
    groups = [
        (_("Late"), [one for one in found if one.timing == Timing.LATE]),
        (_("Due now"), [one for one in found if one.timing == Timing.DUE]),
        (_("Coming"), [one for one in found if one.timing == Timing.COMING]),
    ]
    return render(request, "progress/due.html", {"groups": [group for group in groups if group[1]]})


def begin(request, child_id, kind):
    """Begin a check or a summary."""
    child = get_object_or_404(Child.objects.as_staff_of(request.user), pk=child_id)
    if kind not in Kind.values or not cared_for_by(request.user).filter(pk=child.pk).exists():
        raise Http404
    keeps = rules.may_keep(request.user, child)
    if not keeps and not rules.is_key_person(request.user, child):
        raise ActionRefused(rules.NOT_YOURS)
    key_person = child.key_people.running(timezone.localdate()).select_related("person").first()
    authors = people_with(Right.WRITE_OBSERVATIONS) if keeps else None
    initial = {"author": key_person.person if key_person else None}
    form = forms.Begin(request.POST or None, kind=kind, authors=authors, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {"author": request.user, **form.cleaned_data}
        check = actions.begin(child, kind, by=request.user, **facts)
        if not check.is_ours:
            messages.success(request, _("Noted. Nothing more is due here."))
            return redirect("progress:child", child_id=child.pk)
        return redirect("progress:one", check_id=check.pk)
    return render(request, "progress/begin.html", {"child": child, "form": form, "kind": Kind(kind)})


def time(request, check_id):
    """Agree on the time with the parents, and ask each for a part."""
    check = to_write(request, check_id)
    initial = {
        "agreed_on": check.agreed_on or timezone.localdate(),
        "planned_for": check.planned_for,
        "parts_by": check.parts_by,
    }
    form = forms.Time(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.agree_time(check, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("Noted, and everybody who takes part in the child's life here was asked for a part.")
        )
        return redirect("progress:one", check_id=check.pk)
    adults = rules.eligible_adults(check.child, timezone.localdate())
    return render(request, "progress/time.html", {"check": check, "form": form, "adults": adults})


@written_with(Right.WRITE_OBSERVATIONS)
def write(request, check_id):
    """Write the check; only the buttons save it for colleagues to read."""
    check = to_write(request, check_id)
    changed_elsewhere = False
    form = forms.Written(initial=forms.as_written(check), rows=check.plan.count(), kind=check.kind)
    if request.method == "POST":
        form = forms.Written(request.POST, kind=check.kind)
        try:
            check = actions.write(
                check, form.words(), form.areas(), form.plan(), by=request.user, edition=edition_in(request)
            )
        except ChangedElsewhere as changed:
            check.edition, changed_elsewhere = changed.row.edition, True
            form = forms.Written(initial=form.typed(), rows=form.rows, kind=check.kind)
        else:
            if "ready" not in request.POST:
                messages.success(request, _("%(saved)s. You can go on later.") % {"saved": saved_in_words(check)})
                return redirect("progress:one", check_id=check.pk)
            if not (why_not := rules.why_not_ready(request.user, check)):
                actions.ready(check, by=request.user)
                return redirect("progress:one", check_id=check.pk)
            if form.is_valid():
                form.add_error(None, why_not)
    parts = Part.objects.visible_to(request.user).filter(check_of=check).select_related("adult")
    shown = {"check": check, "form": form, "parts": parts, "changed_elsewhere": changed_elsewhere}
    page = render(request, "progress/write.html", shown)
    return done_here(page) if request.method == "POST" and not changed_elsewhere else page  # then it is saved


STEPS = {
    "ready": (actions.ready, gettext_lazy("Written. Read it once more, then share it.")),
    "looked": (actions.look, gettext_lazy("Noted: you have looked at it. The key person can share it now.")),
    "share": (actions.share, gettext_lazy("Shared: each parent finds it on their own page.")),
    "take-back": (actions.take_back, gettext_lazy("Taken back. Parents do not see it until you share it again.")),
    "copies": (actions.copy_anew, gettext_lazy("Copies are being made for whoever has none.")),
    "finish": (
        actions.finish,
        gettext_lazy("It is final. The sealed copies are being made, and the parents are asked to sign."),
    ),
}
ENDS = {"finish", "take-back"}


def _ask_for_step(request, check, step):
    """The page that asks before a step that ends something."""
    named = {"name": check.child.known_as, "what": check.get_kind_display()}
    if step == "finish":
        why_not, title = rules.why_not_finish(request.user, check), _("Make this final for %(name)s: %(what)s?") % named
        button = _("Yes, make it final")
        says = [
            _("Nothing in it can be changed any more, by anybody."),
            _("A sealed copy is made for each parent, and they are asked to sign."),
        ]
    else:
        why_not = rules.why_not_take_back(request.user, check)
        title = _("Take this back from the parents of %(name)s: %(what)s?") % named
        button = _("Yes, take it back")
        says = [_("The parents do not see it from now on, until you have written it and shared it again.")]
        if check.looked_at:
            says.append(_("The concern is looked at once more before it can be shared."))
    refuse(why_not)
    return ask_first(request, title, says, button, reverse("progress:one", args=[check.pk]))


@asks_and_does
def step(request, check_id, step):
    """Take the next step with a check; one that ends something asks first."""
    check = own_check(request, check_id)
    if step not in STEPS:
        raise Http404
    if request.method != "POST":
        return _ask_for_step(request, check, step) if step in ENDS else HttpResponseNotAllowed(["POST"])
    act, words = STEPS[step]
    question = rules.question_of(request.user, check) if step == "share" else None
    if question and request.POST.get("names_stay") != question.key and not rules.why_not_share(request.user, check):
        messages.warning(request, _("It names another child. Say below that it is right, or change it."))
        return redirect("progress:one", check_id=check.pk)
    act(check, by=request.user)
    messages.success(request, words)
    return redirect("progress:one", check_id=check.pk)


def talked(request, check_id):
    """Note when the check was discussed, and with whom."""
    check = own_check(request, check_id)
    refuse(rules.why_not_talked(request.user, check))
    asked = Invitation.objects.visible_to(request.user).filter(check_of=check)
    adults = Person.objects.filter(pk__in=asked.values("adult"))
    form = forms.Talked(request.POST or None, adults=adults, initial={"held_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        actions.talked(check, by=request.user, **form.cleaned_data)
        messages.success(request, _("Noted."))
        return redirect("progress:one", check_id=check.pk)
    return render(request, "progress/talked.html", {"check": check, "form": form})
