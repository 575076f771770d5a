"""Who is invited."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.accounts import actions_invitations
from people.accounts.asking_first import ask_first
from people.accounts.models import Person
from people.families import actions_family, forms_family, rules
from people.families.views_family import child_kept
from people.families.views_term import letter_page
from people.setting.roles import works_here
from records.refused import ActionRefused, refuse
from records.submissions import done_here, submitted_once


def _only_if(allowed):
    if not allowed:
        raise ActionRefused(_("This page is for the people who keep the families' records."))


@submitted_once
def invite_adult(request, child_id):
    """Invite a new parent, or another adult, to a child."""
    child = child_kept(request, child_id)
    form = forms_family.InviteAdult(request.POST or None, child=child)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        by_letter = facts.pop("by_letter")
        adult, approval = actions_family.bring_in_adult(child, by=request.user, **facts)
        if approval:
            return redirect("people:approval", approval_id=approval.pk)
        return _invited(request, adult, by_letter)
    return render(request, "people/invite_adult.html", {"form": form, "child": child})


@require_http_methods(["GET", "POST"])
@submitted_once
def invite_again(request, person_id):
    """A fresh invitation for somebody whose first ran out, or who lost the password."""
    _only_if(rules.may_keep_families(request.user))
    person = get_object_or_404(Person, pk=person_id)
    if person.has_usable_password() and rules.why_not_by_mail(person):
        return redirect("people:at_the_door", person_id=person.pk)
    if request.method != "POST":
        refuse(rules.why_not_invite(request.user, person))
        named = {"name": person.full_name}
        says = [
            _("An invitation that %(name)s has had before does not work any more from then on.") % named,
            _("The new one goes by e-mail where an address is noted, and is a letter to print where none is."),
        ]
        back = reverse("people:staff" if works_here(person) else "people:families")
        return ask_first(request, _("A fresh invitation for %(name)s?") % named, says, _("Yes, make it"), back)
    return _invited(request, person, by_letter=not person.post_address)


def _invited(request, person, by_letter):
    if request.resolver_match.url_name != "invite_again" and person.has_usable_password():
        messages.success(
            request, _("%(name)s has an account already and sees it from now on.") % {"name": person.full_name}
        )
        return redirect("people:families")
    invitation, link, word = actions_invitations.invite(
        person, by=request.user, by_letter=by_letter or not person.post_address
    )
    if not invitation.by_letter:
        messages.success(request, _on_its_way(person, word))
        tie = person.relationships.order_by("-pk").first()
        return redirect("people:family", child_id=tie.child_id) if tie else redirect("people:staff")
    return done_here(letter_page(request, "people/letter.html", [(person, invitation, link, word)]))


def _on_its_way(person, word):
    """That the mail leaves; where it asks for a word, the word, which the inviter says and no mail carries."""
    sent = _("The invitation to %(name)s is on its way.") % {"name": person.full_name}
    if not word:
        return sent
    told = _("Tell them this word yourself, by phone or face to face; they are asked for it: %(word)s") % {"word": word}
    return f"{sent} {told}"
