"""A person's own page: how they like to be spoken to, how to reach them, to whom they are shown."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people import actions_me, forms_me
from people.models import AboutMe, ContactDetails
from people.proof import fresh_proof


def me(request):
    """About me: everything somebody says of themselves, each with who can see it."""
    about = AboutMe.objects.filter(person=request.user).first()
    form = forms_me.AboutMeForm(request.POST or None, instance=about)
    if request.method == "POST" and form.is_valid():
        actions_me.keep_about_me(request.user, **form.cleaned_data)
        messages.success(request, _("Kept. Those who look after your child see it from now on."))
        return redirect("people:me")
    contact = ContactDetails.objects.filter(person=request.user).first()
    return render(request, "people/me.html", {"form": form, "contact": contact})


@fresh_proof
def contact(request):
    """My phone and address."""
    kept = ContactDetails.objects.filter(person=request.user).first()
    form = forms_me.ContactForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        actions_me.keep_contact(request.user, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("people:me")
    return render(request, "people/my_contact.html", {"form": form})


def shown_to(request):
    """To whom I am shown, and to whom else I would be."""
    form = forms_me.ShowMe(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions_me.choose_to_be_shown(request.user, form.cleaned_data["words"])
        messages.success(
            request,
            _("Noted. If they choose you as well, or already have, you are shown to each other from that moment on."),
        )
        return redirect("people:shown_to")
    return render(request, "people/shown_to.html", {"form": form} | _who(request))


def _who(request):
    """Those of the own household, and those with whom both have chosen it."""
    home = request.user.household_id
    others = request.user.shown_to().exclude(pk=request.user.pk)
    return {
        "at_home": [other for other in others if home and other.household_id == home],
        "chosen": [other for other in others if not home or other.household_id != home],
        "typed": request.user.introductions.filter(ended_at__isnull=True).exclude(typed="").order_by("chosen_at"),
    }


@require_POST
def take_back(request):
    """I would rather not be shown to somebody after all, by the words I typed then."""
    if not actions_me.take_back(request.user, request.POST.get("words", "")):
        messages.info(request, _("You have not chosen these words. Below stands what you have chosen."))
    else:
        messages.success(request, _("Taken back. This choice of yours does not count any more."))
    return redirect("people:shown_to")


@require_POST
def take_back_from(request, person_id):
    """The same, of somebody I am shown to."""
    other = get_object_or_404(request.user.shown_to().exclude(pk=request.user.pk), pk=person_id)
    actions_me.take_back_from(request.user, other)
    messages.success(request, _("Taken back. From now on you are not shown to each other."))
    return redirect("people:shown_to")


@require_POST
def leave_household(request):
    """I do not live there any more."""
    actions_me.leave_my_household(request.user)
    messages.success(request, _("From now on you are hidden from the others of that household, and they from you."))
    return redirect("people:shown_to")
