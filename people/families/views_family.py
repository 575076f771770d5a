"""What the manager keeps about families: children, the adults around them, households; and a child's card."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people import features
from people.accounts.asking_first import ask_first, asks_and_does
from people.accounts.models import AboutMe, ContactDetails
from people.families import actions_care, actions_family, forms_family, looking, rules, rules_family
from people.families.access import CLOSES_THE_PORTAL, Level, access_of
from people.families.forms_mentions import Question
from people.families.mentions import Names, children_to_look_for
from people.families.models import Child, KeyPerson, LookedAfterStatus, Relationship, Restriction
from people.setting.models import Session
from people.setting.roles import in_words
from records.access_log import log_access
from records.refused import ActionRefused, refuse
from records.submissions import submitted_once


def only_keepers(request):
    """A kind no for everybody who does not keep the families' records."""
    if not rules.may_keep_families(request.user):
        raise ActionRefused(_("This page is for the people who keep the families' records."))


def child_kept(request, child_id):
    """The child whose records this person keeps; a kind no, or not there."""
    only_keepers(request)
    child = get_object_or_404(Child.objects.as_staff_of(request.user), pk=child_id)
    log_access(request.user, child, "family", in_words(request.user))
    return child


def tie_kept(request, tie_id, **more):
    """A relationship of such a child."""
    only_keepers(request)
    mine = Child.objects.as_staff_of(request.user)
    found = Relationship.objects.filter(child__in=mine, **more).select_related("child", "adult__household")
    tie = get_object_or_404(found, pk=tie_id)
    refuse(rules_family.why_not_hidden(request.user, tie.adult))
    log_access(request.user, tie.child, "family", in_words(request.user))
    return tie


def _on_each(ties, rows, name):
    """Hang each adult's row (of at most one) on the adult of their relationship."""
    by_person = {row.person_id: row for row in rows}
    for tie in ties:
        setattr(tie, name, by_person.get(tie.adult_id))


def _with_bars(ties, bars):
    """Hang on each relationship what is closed to its adult around its child, and whether that closes the portal."""
    found = {}
    for bar in bars:
        found.setdefault((bar.child_id, bar.adult_id), []).append(bar)
    for tie in ties:
        tie.bars = found.get((tie.child_id, tie.adult_id), [])
        tie.is_shut_out = any(bar.kind in CLOSES_THE_PORTAL for bar in tie.bars)


def child_card(request, child_id):
    """A child's card: what everybody around the child needs to know, and what only those who look after it do."""
    child = get_object_or_404(Child.objects.visible_to(request.user), pk=child_id)
    today = timezone.localdate()
    shown = {
        "child": child,
        "key_people": KeyPerson.objects.running(today).filter(child=child).select_related("person"),
        "may_see_looks": child.pk in access_of(request.user).family(Level.FULL),
    }
    shown["links"] = features.child_links(features.ChildPlace.CARD, request.user, child)
    log_access(request.user, child, "card", in_words(request.user))
    if rules.looks_after(request.user, child):
        ties = list(Relationship.objects.running(today).filter(child=child).select_related("adult"))
        open_to_me = [tie.adult_id for tie in looking.mark_hidden(ties, request.user) if not tie.is_hidden]
        _on_each(ties, AboutMe.objects.filter(person__in=open_to_me), "about")
        bars = Restriction.objects.visible_to(request.user).running(today).filter(child=child).select_related("adult")
        bars = looking.mark_hidden(bars, request.user)
        kept_away = {bar.adult_id for bar in bars if bar.kind in looking.MAY_NOT_COLLECT}
        for tie in ties:  # a restriction counts before what is ticked in a relationship
            tie.may_collect = tie.may_collect and tie.adult_id not in kept_away
        shown |= {"ties": ties, "bars": bars, "looks_after": True}
        shown["may_watch"] = rules_family.may_watch_restrictions(request.user)
        if rules_family.may_see_care(request.user, child):
            shown["care"] = LookedAfterStatus.objects.running(today).filter(child=child).first()
    elif rules_family.may_read_decisions(request.user, child):
        shown["authority"] = LookedAfterStatus.objects.running(today).filter(child=child).first()
        shown["decisions"] = actions_care.decisions_of(child)
    return render(request, "people/child_card.html", shown)


CHILDREN_A_PAGE = 60
BY_NAME = ("known_as", "full_name", "pk")


def _after(children, mark):
    """The children who come after the one with this id in the order of names; all where it is none of them."""
    try:
        last = children.filter(pk=UUID(mark or "")).values_list(*BY_NAME).first()
    except ValueError:
        last = None
    if last is None:
        return children
    known_as, full_name, pk = last
    same = Q(known_as=known_as, full_name__gt=full_name) | Q(known_as=known_as, full_name=full_name, pk__gt=pk)
    return children.filter(Q(known_as__gt=known_as) | same)


def families(request):
    """The children by name, a page of them at a time, for those who keep the families' records."""
    only_keepers(request)
    running = Relationship.objects.running(timezone.localdate()).select_related("adult")
    children = Child.objects.as_staff_of(request.user).select_related("room")
    children = children.prefetch_related(Prefetch("relationships", running, to_attr="running_ties"))
    found = list(_after(children, request.GET.get("after")).order_by(*BY_NAME)[: CHILDREN_A_PAGE + 1])
    children = found[:CHILDREN_A_PAGE]
    bars = Restriction.objects.visible_to(request.user).running(timezone.localdate())
    _with_bars([tie for child in children for tie in child.running_ties], bars.filter(child__in=children))
    waiting = Restriction.objects.waiting_for(request.user).select_related("child", "adult")
    links = features.links(features.Place.MANAGERS, request.user)
    shown = {
        "children": children,
        "goes_on": len(found) > CHILDREN_A_PAGE,
        "waiting": waiting,
        "links": links,
    }
    return render(request, "people/families.html", shown)


def question_about_notes(facts, person, child=None):
    """What is asked where a child's card would name another child, or nothing: all adults of the child may read it."""
    child = child or Child(full_name=facts["full_name"], known_as=facts["known_as"])
    found = Names(children_to_look_for(), person).mentions(facts["care_notes"], about=[child])
    mentions = [mention for mention in found if mention.child != child]
    readers = _("everybody who opens the card, among them all adults of the child's family")
    return Question(mentions, readers, [], closes=False) if mentions else None


@submitted_once
def add_child(request):
    """Enter a child."""
    only_keepers(request)
    form = forms_family.ChildForm(
        request.POST or None, ask=lambda form: question_about_notes(form.cleaned_data, request.user)
    )
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        key_person = facts.pop("key_person")
        child = actions_family.add_child(by=request.user, **facts)
        if key_person:
            actions_family.place_key_person(child, key_person, by=request.user)
        return redirect("people:family", child_id=child.pk)
    return render(request, "people/add_child.html", {"form": form})


def family(request, child_id):
    """The adults around one child, what each may see, what is closed to whom, and what was before."""
    child, today = child_kept(request, child_id), timezone.localdate()
    all_ties = Relationship.objects.filter(child=child).select_related(
        "adult__household", "evidence_by", "ended_by", "entered_by"
    )
    all_ties = looking.mark_hidden(all_ties, request.user)
    ties = [tie for tie in all_ties if not tie.is_over(today)]
    open_to_me = [tie.adult_id for tie in ties if not tie.is_hidden]
    _on_each(ties, ContactDetails.objects.filter(person__in=open_to_me), "contact")
    bars = (
        Restriction.objects.visible_to(request.user)
        .filter(child=child)
        .select_related("adult", "entered_by", "approved_by", "lift_asked_by", "lifted_by")
    )
    bars = looking.mark_hidden(bars, request.user)
    _with_bars(ties, [bar for bar in bars if not bar.ended_at])
    shown = {
        "child": child,
        "ties": ties,
        "earlier": [tie for tie in all_ties if tie.is_over(today)],
        "bars": [bar for bar in bars if not bar.ended_at],
        "lifted": [bar for bar in bars if bar.ended_at],
        "key_people": KeyPerson.objects.running(today).filter(child=child).select_related("person"),
        "care": LookedAfterStatus.objects.running(today).filter(child=child).first(),
        "decisions": actions_care.decisions_of(child),
        "names_before": child.names_before.select_related("changed_by"),
        "sessions": Session.objects.running(today).filter(child=child),
        "today": today,
        "links": features.child_links(features.ChildPlace.FAMILY, request.user, child),
    }
    return render(request, "people/family.html", shown)


def change_child(request, child_id):
    """A child's room, days here and care notes."""
    child = child_kept(request, child_id)
    form = forms_family.ChildFacts(
        request.POST or None,
        instance=child,
        ask=lambda form: question_about_notes(form.cleaned_data, request.user, child),
    )
    if request.method == "POST" and form.is_valid():
        actions_care.change_child(child, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("people:family", child_id=child_id)
    return render(request, "people/change_child.html", {"form": form, "child": child})


def choose_key_person(request, child_id):
    """Say who is a child's key person, or the back-up, from today."""
    child = child_kept(request, child_id)
    form = forms_family.ChooseKeyPerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        actions_family.place_key_person(child, facts["person"], by=request.user, back_up=facts["back_up"])
        return redirect("people:family", child_id=child.pk)
    return render(request, "people/choose_key_person.html", {"form": form, "child": child})


def change_relationship(request, tie_id):
    """A new row in place of this one; the old one stays readable."""
    tie = tie_kept(request, tie_id)
    form = forms_family.ChangeRelationship(request.POST or None, tie=tie)
    if request.method == "POST" and form.is_valid():
        if rules_family.why_not_open(tie.child, tie.adult, form.cleaned_data["level"]):
            approval = actions_family.ask_to_open(tie.child, tie.adult, by=request.user, **form.cleaned_data)
            return redirect("people:approval", approval_id=approval.pk)
        actions_family.change_relationship(tie, by=request.user, **form.cleaned_data)
        messages.success(request, _("Changed, from now on. What was before stays readable under “Earlier”."))
        return redirect("people:family", child_id=tie.child_id)
    return render(request, "people/change_relationship.html", {"form": form, "tie": tie, "child": tie.child})


def end_relationship(request, tie_id):
    """End what an adult is to a child, now or with a day."""
    tie = tie_kept(request, tie_id)
    form = forms_family.EndRelationship(request.POST or None, tie=tie)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if facts["when"] == form.MISTAKE:
            approval = actions_family.ask_to_undo(tie, by=request.user, why=facts["why"])
            return redirect("people:approval", approval_id=approval.pk)
        on = facts["ends_on"] if facts["when"] == form.ON_A_DAY else None
        actions_family.end_relationship(tie, by=request.user, why=facts["why"], on=on)
        words = _("It ends with that day.") if on else _("That has ended. It closes with the very next page they open.")
        messages.success(request, words)
        return redirect("people:family", child_id=tie.child_id)
    return render(request, "people/end_relationship.html", {"form": form, "tie": tie, "child": tie.child})


def household(request, tie_id):
    """With whom an adult of this child lives, and so is shown to."""
    tie = tie_kept(request, tie_id)
    form = forms_family.ShareHome(request.POST or None, child=tie.child, adult=tie.adult)
    if request.method == "POST" and form.is_valid():
        actions_family.join_household(tie.child, tie.adult, form.cleaned_data["other"], by=request.user)
        messages.success(request, _("From now on they are shown to each other."))
        return redirect("people:family", child_id=tie.child_id)
    home = tie.adult.household
    others = home.adults.exclude(pk=tie.adult_id) if home else []
    return render(request, "people/household.html", {"form": form, "tie": tie, "child": tie.child, "others": others})


@asks_and_does
def leave_household(request, tie_id):
    """An adult does not live with the others any more."""
    tie = tie_kept(request, tie_id)
    if request.method != "POST":
        home, named = tie.adult.household, {"name": tie.adult.full_name}
        others = home.adults.exclude(pk=tie.adult_id) if home else []
        named["others"] = ", ".join(other.full_name for other in others) or _("anybody of the household")
        says = [
            _("From now on %(name)s and %(others)s are hidden from each other: names, and what they write.") % named,
            _("You can put them into one household again at any time."),
        ]
        title = _("%(name)s does not live with the others any more?") % named
        return ask_first(request, title, says, _("Yes, hide them"), reverse("people:household", args=[tie.pk]))
    actions_family.leave_household(tie.child, tie.adult, by=request.user)
    messages.success(request, _("From now on they are hidden from the others of that household."))
    return redirect("people:family", child_id=tie.child_id)
