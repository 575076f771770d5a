"""What the manager keeps: families, staff and the setting's facts; and a child's card."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people import actions, forms, rules
from people.models import Child, KeyPerson, Person, Relationship, Restriction, RoleHeld, Setting
from people.roles import Right, has_right
from people.views_term import as_letter
from records.refused import Refused


def _only_if(allowed):
    if not allowed:
        raise Refused(_("This page is for the people who keep the families' records."))


def child_card(request, child_id):
    """A child's card: what everybody around the child needs to know."""
    child = get_object_or_404(Child.objects.visible_to(request.user), pk=child_id)
    today = timezone.localdate()
    key_people = KeyPerson.objects.running(today).filter(child=child).select_related("person")
    return render(request, "people/child_card.html", {"child": child, "key_people": key_people})


def families(request):
    """All children, for those who keep the families' records."""
    _only_if(rules.may_keep_families(request.user))
    children = Child.objects.as_staff_of(request.user).select_related("room").prefetch_related("relationships__adult")
    return render(request, "people/families.html", {"children": children})


def add_child(request):
    """Enter a child."""
    _only_if(rules.may_keep_families(request.user))
    form = forms.ChildForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        key_person = facts.pop("key_person")
        child = actions.add_child(by=request.user, **facts)
        if key_person:
            actions.place_key_person(child, key_person, by=request.user)
        return redirect("people:family", child_id=child.pk)
    return render(request, "people/add_child.html", {"form": form})


def family(request, child_id):
    """The adults around one child, what each may see, and what is closed to whom."""
    _only_if(rules.may_keep_families(request.user))
    child = get_object_or_404(Child.objects.as_staff_of(request.user), pk=child_id)
    today = timezone.localdate()
    ties = Relationship.objects.running(today).filter(child=child).select_related("adult__household")
    bars = Restriction.objects.running(today).filter(child=child).select_related("adult")
    key_people = KeyPerson.objects.running(today).filter(child=child).select_related("person")
    return render(request, "people/family.html", {"child": child, "ties": ties, "bars": bars, "key_people": key_people})


def invite_adult(request, child_id):
    """Invite a new parent, or another adult, to a child."""
    _only_if(rules.may_keep_families(request.user))
    child = get_object_or_404(Child.objects.as_staff_of(request.user), pk=child_id)
    form = forms.InviteAdult(request.POST or None, child=child)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        by_letter = facts.pop("by_letter")
        adult = actions.bring_in_adult(child, by=request.user, **facts)
        return _invited(request, adult, by_letter)
    return render(request, "people/invite_adult.html", {"form": form, "child": child})


def restrict(request, child_id):
    """Close something to one adult of a child."""
    _only_if(rules.may_keep_families(request.user))
    child = get_object_or_404(Child.objects.as_staff_of(request.user), pk=child_id)
    form = forms.Restrict(request.POST or None, child=child)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        actions.restrict(child, facts.pop("adult"), by=request.user, **facts)
        messages.success(request, _("That is closed now, with the very next page they open."))
        return redirect("people:family", child_id=child.pk)
    return render(request, "people/restrict.html", {"form": form, "child": child})


def choose_key_person(request, child_id):
    """Say who is a child's key person, or the back-up, from today."""
    _only_if(rules.may_keep_families(request.user))
    child = get_object_or_404(Child.objects.as_staff_of(request.user), pk=child_id)
    form = forms.ChooseKeyPerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        actions.place_key_person(child, facts["person"], by=request.user, back_up=facts["back_up"])
        return redirect("people:family", child_id=child.pk)
    return render(request, "people/choose_key_person.html", {"form": form, "child": child})


@require_POST
def invite_again(request, person_id):
    """A fresh invitation for somebody whose first ran out, or who lost the password."""
    _only_if(rules.may_keep_families(request.user))
    person = get_object_or_404(Person, pk=person_id)
    if person.has_usable_password() and not person.email:
        return redirect("people:at_the_door", person_id=person.pk)
    return _invited(request, person, by_letter=not person.post_address)


def _invited(request, person, by_letter):
    if request.resolver_match.url_name != "invite_again" and person.has_usable_password():
        messages.success(
            request, _("%(name)s has an account already and sees it from now on.") % {"name": person.full_name}
        )
        return redirect("people:families")
    invitation, link, word = actions.invite(person, by=request.user, by_letter=by_letter or not person.post_address)
    if not invitation.by_letter:
        messages.success(request, _("The invitation to %(name)s is on its way.") % {"name": person.full_name})
        tie = person.relationships.order_by("-pk").first()
        return redirect("people:family", child_id=tie.child_id) if tie else redirect("people:staff")
    return render(request, "people/letter.html", {"letter": as_letter(person, invitation, link, word)})


@require_POST
def end_relationship(request, tie_id):
    """End what an adult is to a child, now."""
    _only_if(rules.may_keep_families(request.user))
    mine = Child.objects.as_staff_of(request.user)
    tie = get_object_or_404(Relationship.objects.filter(child__in=mine).select_related("child"), pk=tie_id)
    actions.end_relationship(tie, by=request.user)
    messages.success(request, _("That has ended. It closes with the very next page they open."))
    return redirect("people:family", child_id=tie.child_id)


def staff(request):
    """Who works here as what."""
    _only_if(rules.may_keep_staff(request.user))
    form = forms.InviteStaff(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = actions.bring_in_staff(by=request.user, **form.cleaned_data)
        return _invited(request, person, by_letter=False)
    held = RoleHeld.objects.running(timezone.localdate()).select_related("person").order_by("person__full_name")
    return render(request, "people/staff.html", {"form": form, "held": held})


@require_POST
def end_role(request, held_id):
    """End a role, now."""
    _only_if(rules.may_keep_staff(request.user))
    held = get_object_or_404(RoleHeld.objects.running(timezone.localdate()), pk=held_id)
    actions.end_role(held, by=request.user)
    messages.success(request, _("That role has ended. It closes with the very next page they open."))
    return redirect("people:staff")


def setting_facts(request):
    """The setting's own facts: its name, its words, whom to ring."""
    _only_if(has_right(request.user, Right.KEEP_SETTING))
    form = forms.SettingForm(request.POST or None, instance=Setting.now())
    if request.method == "POST" and form.is_valid():
        actions.keep_setting(form, by=request.user)
        messages.success(request, _("Kept. Every page and form uses the new words from now on."))
        return redirect("people:setting")
    return render(request, "people/setting.html", {"form": form})
