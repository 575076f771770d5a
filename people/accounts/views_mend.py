"""At the door: somebody lost the password or the phone and stands before you."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.accounts import actions_mend, forms_mend, proof, rules_mend, sign_in
from people.accounts.asking_first import ask_first, asks_and_does
from people.accounts.models import IdentityCheck, Person
from people.families.views_term import letter_page
from people.features import first_page
from records.refused import ActionRefused, refuse


@proof.proof_just_now
def at_the_door(request, person_id):
    """Say how you recognised the person; then print their letter, once a second colleague has agreed."""
    person = rules_mend.managers_to_mend(request.user).filter(pk=person_id).first()
    if person is None and not rules_mend.may_mend(request.user):
        raise ActionRefused(_("This page is for the people who keep the families' records."))
    person = person or get_object_or_404(Person, pk=person_id)
    refuse(rules_mend.why_not_ask(request.user, person))
    has_factor = sign_in.has_second_factor(person)
    form = forms_mend.Recognise(request.POST or None, has_factor=has_factor)
    if request.method == "POST" and form.is_valid():
        actions_mend.recognise(person, by=request.user, **form.cleaned_data)
        return redirect("people:at_the_door", person_id=person.pk)
    mine = IdentityCheck.objects.visible_to(request.user).filter(person=person).first()
    shown = {"person": person, "form": form, "check": mine}
    return render(request, "people/at_the_door.html", shown)


@require_POST
@proof.proof_just_now
def print_at_the_door(request, check_id):
    """Print the letter that lets the person in again."""
    check = get_object_or_404(IdentityCheck.objects.visible_to(request.user), pk=check_id)
    made = actions_mend.print_letter(check, by=request.user)
    return letter_page(request, "people/letter_at_the_door.html", [(check.person, *made)])


@asks_and_does
def take_back_at_the_door(request, check_id):
    """Take it back before the letter was printed."""
    check = IdentityCheck.objects.waiting_for(request.user).filter(pk=check_id).first()
    check = check or get_object_or_404(IdentityCheck.objects.visible_to(request.user), pk=check_id)
    if request.method != "POST":
        mine, named = check.asked_by_id == request.user.pk, {"name": check.person.full_name}
        says = [
            _("No letter is printed for %(name)s. The password and the second factor stay as they are.") % named,
            _("To let %(name)s in after all, somebody recognises them again, and a second colleague agrees.") % named,
        ]
        page = ("people:at_the_door", check.person_id) if mine else ("people:agree_at_the_door", check.pk)
        title = _("Do not let %(name)s in again?") % named
        return ask_first(request, title, says, _("Yes, stop it"), reverse(page[0], args=[page[1]]))
    actions_mend.take_back(check, by=request.user)
    messages.success(request, _("That is taken back. No letter was printed."))
    if check.asked_by_id != request.user.pk:
        return redirect(first_page())
    return redirect("people:at_the_door", person_id=check.person_id)


@proof.proof_just_now
def agree_at_the_door(request, check_id):
    """As the second colleague, agree that somebody is let in again; or stop it, where nobody could agree."""
    check = get_object_or_404(IdentityCheck.objects.waiting_for(request.user), pk=check_id)
    if request.method == "POST":
        actions_mend.agree(check, by=request.user)
        messages.success(
            request, _("You have agreed. %(name)s can print the letter now.") % {"name": check.asked_by.full_name}
        )
        return redirect(first_page())
    return render(request, "people/agree_at_the_door.html", {"check": check})
