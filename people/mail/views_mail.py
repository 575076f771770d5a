"""Whom our mail does not reach, and what can be done about it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.accounts.asking_first import ask_first, asks_and_does
from people.families.views_family import only_keepers
from people.mail import actions_mail
from people.mail.undelivered import undelivered_for, without_address_for


def undelivered(request):
    """E-mail that could not leave, and adults who have no address."""
    only_keepers(request)
    shown = {"mail": undelivered_for(request.user)[:100], "without": without_address_for(request.user)}
    return render(request, "people/undelivered.html", shown)


@require_POST
def try_again(request, mail_id):
    """Send an e-mail once more that could not leave."""
    mail = get_object_or_404(undelivered_for(request.user), pk=mail_id)
    actions_mail.try_again(mail, by=request.user)
    messages.success(request, _("It is tried again now."))
    return redirect("people:undelivered")


@asks_and_does
def put_aside(request, mail_id):
    """Somebody was told in another way."""
    mail = get_object_or_404(undelivered_for(request.user), pk=mail_id)
    if request.method != "POST":
        named = {"name": mail.person.full_name}
        says = [
            _("This e-mail to %(name)s is not tried any more and leaves this list. It cannot be brought back.") % named,
            _("Tell %(name)s on paper, aloud or through an interpreter first.") % named,
        ]
        title = _("Was %(name)s told in another way?") % named
        return ask_first(request, title, says, _("Yes, they were told"), reverse("people:undelivered"))
    actions_mail.put_aside(mail, by=request.user)
    messages.success(request, _("Put aside. It is not tried any more."))
    return redirect("people:undelivered")
