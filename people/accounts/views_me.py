"""A person's own page: how they like to be spoken to, how to reach them, to whom they are shown."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.accounts import actions_me, forms_me
from people.accounts.asking_first import ask_first, asks_and_does
from people.accounts.models import AboutMe, ContactDetails
from people.accounts.proof import fresh_proof


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
    """I would rather not be shown to somebody after all, by the words I typed then. The first press asks."""
    words = request.POST.get("words", "")
    if "sure" not in request.POST:
        title = _("Take back that you chose “%(words)s”?") % {"words": words}
        says = [
            _("If they had chosen you as well, you are not shown to each other from now on, unless you live together."),
            _("They are not told. You can choose them again at any time."),
        ]
        carries = {"words": words, "sure": "yes"}
        return ask_first(request, title, says, _("Yes, take it back"), reverse("people:shown_to"), carries)
    if not actions_me.take_back(request.user, words):
        messages.info(request, _("You have not chosen these words. Below stands what you have chosen."))
    else:
        messages.success(request, _("Taken back. This choice of yours does not count any more."))
    return redirect("people:shown_to")


@asks_and_does
def take_back_from(request, person_id):
    """The same, of somebody I am shown to."""
    other = get_object_or_404(request.user.shown_to().exclude(pk=request.user.pk), pk=person_id)
    home = request.user.household_id
    stays = _("You are still shown to each other, because you live together.") if home == other.household_id else ""
    if request.method != "POST":
        named = {"name": other.full_name}
        ends = _("From now on you are not shown to each other: neither names nor what you write.")
        says = [stays or ends, _("%(name)s is not told. You can choose each other again at any time.") % named]
        title = _("Not be shown to %(name)s any more?") % named
        return ask_first(request, title, says, _("Yes, take it back"), reverse("people:shown_to"))
    actions_me.take_back_from(request.user, other)
    taken = _("Taken back.")
    messages.success(request, f"{taken} {stays or _('From now on you are not shown to each other.')}")
    return redirect("people:shown_to")


@asks_and_does
def leave_household(request):
    """I do not live there any more."""
    if request.method != "POST":
        home = request.user.household_id
        at_home = request.user.shown_to().exclude(pk=request.user.pk).filter(household=home) if home else []
        names = ", ".join(other.full_name for other in at_home)
        says = [
            _("You are hidden from each other at once. Only the manager can put you into one household again."),
        ]
        title = _("You do not live with %(names)s any more?") % {"names": names} if names else _("You have moved out?")
        return ask_first(request, title, says, _("Yes, hide us from each other"), reverse("people:shown_to"))
    actions_me.leave_my_household(request.user)
    messages.success(request, _("From now on you are hidden from the others of that household, and they from you."))
    return redirect("people:shown_to")
