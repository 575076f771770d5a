"""Who has looked: for a parent, for the manager; the emergency card, and opening a record out of turn."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from people import features
from people.accounts import forms_security
from people.families import actions_looks, looking, rules, rules_family, who_may
from people.families.access import Level, RestrictionKind, access_of
from people.families.models import Child, DelegatedDecision
from people.setting.roles import in_words
from records.access_log import log_access

PAGE = 50


def looks(request, child_id):
    """A parent's page: which staff opened the child's record, on which day, in which role."""
    child = get_object_or_404(Child.objects.as_family_of(request.user, at_least=Level.FULL), pk=child_id)
    hide_dates = child.pk in access_of(request.user).children_closed_by(RestrictionKind.NO_TIMETABLE)
    found = looking.by_month(looking.looks_at(child)) if hide_dates else _in_words(looking.looks_at(child))
    shown = {
        "child": child,
        "hide_dates": hide_dates,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "broken": child.broken_glass.select_related("person"),
    }
    return render(request, "looks/of_a_child.html", shown)


def _in_words(found):
    return found.order_by("-day", "-last_at", "pk")


def all_looks(request):
    """The manager's page: broken glass first, then what is unusual, then everything."""
    if not rules.may_keep_families(request.user):
        raise PermissionDenied
    page = Paginator(_in_words(looking.looks_for(request.user)), PAGE).get_page(request.GET.get("page"))
    kinds = features.access_log_kinds()
    names = {str(child.pk): child for child in Child.objects.as_staff_of(request.user)}
    shown = {
        "page": page,
        "rows": [(look, names.get(look.child), kinds[look.kind]) for look in page],
        "broken": looking.broken_glass_for(request.user)[:PAGE],
        "unusual": looking.unusual_looking(request.user),
    }
    return render(request, "looks/all.html", shown)


def who_may_see_what(request):
    """What levels and roles open, in words to read and to print; and what one person of the setting sees."""
    if not rules.may_keep_families(request.user):
        raise PermissionDenied
    people = who_may.people_to_ask_about(request.user)
    context = {"levels": who_may.levels(), "roles": who_may.roles(), "people": people}
    if chosen := request.GET.get("person"):
        context["person"] = person = next((one for one in people if str(one.pk) == chosen), None)
        if person is None:
            raise Http404
        context["work"], context["around"] = who_may.seen_by(person, request.user)
    return render(request, "looks/who_may_see_what.html", context)


def emergency_card(request, child_id):
    """What is needed in a hurry: allergies, who may collect, whom to ring. It asks for no reason, and is remembered."""
    children = Child.objects.as_in_an_emergency(request.user).select_related("room")
    child = get_object_or_404(children, pk=child_id)
    today = timezone.localdate()
    ties, barred = looking.in_a_hurry(child, today, request.user)
    log_access(request.user, child, "emergency", in_words(request.user))
    may_know = rules_family.may_see_care(request.user, child)
    in_care = child.in_care.running(today).first() if may_know else None
    agreed = [*features.emergency_lines(child), *_agreed_here(child, ties, in_care)]
    shown = {"child": child, "ties": ties, "barred": barred, "in_care": in_care, "agreed": agreed}
    return render(request, "looks/emergency_card.html", shown)


def _agreed_here(child, ties, in_care):
    """Who decides on urgent treatment for a child in care, and who may collect: [(label, words)]."""
    found = []
    if in_care:
        matter = DelegatedDecision.Matter.URGENT_TREATMENT
        last = DelegatedDecision.objects.filter(child=child, matter=matter).order_by("-entered_at", "-pk").first()
        decider = last.get_decider_display() if last else _("Not agreed yet: ring the authority")
        found.append((_("Who decides on urgent treatment"), decider))
    collectors = ", ".join(tie.adult.full_name for tie in ties if tie.may_collect)
    return [*found, (_("May collect"), collectors or _("Nobody is noted yet: ask the manager"))]


def other_rooms(request):
    """Children whom somebody who works here does not look after: an emergency card for each, and more with a reason."""
    if not Child.objects.as_in_an_emergency(request.user).exists():
        raise PermissionDenied
    mine = Child.objects.as_staff_of(request.user).order_by().values("pk")
    children = Child.objects.as_in_an_emergency(request.user).here().exclude(pk__in=mine).select_related("room")
    return render(request, "looks/other_rooms.html", {"children": children})


def break_glass(request, child_id):
    """Open a child's record out of turn, with a reason, for an hour."""
    child = get_object_or_404(Child.objects.as_in_an_emergency(request.user), pk=child_id)
    if Child.objects.as_staff_of(request.user).filter(pk=child.pk).exists():
        return redirect("people:child", child_id=child.pk)
    form = forms_security.BreakGlass(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions_looks.break_glass(child, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("It is open to you for an hour. The manager has been told, with your reason."))
        return redirect("people:child", child_id=child.pk)
    return render(request, "looks/break_glass.html", {"child": child, "form": form})
