"""How you sign in: password, address, second factor, PIN, and the browsers that are signed in."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp_webauthn.models import WebAuthnCredential

from people.accounts import (
    actions_factors,
    actions_security,
    actions_sessions,
    actions_tablet,
    forms,
    forms_security,
    proof,
    sign_in,
    tablets,
)
from people.accounts.asking_first import ask_first, asks_and_does
from people.accounts.models import Authenticator, RecoveryCodes
from people.accounts.sessions import device_of
from records.refused import ActionRefused


@proof.proof_just_now
def security(request):
    """How you sign in, and where you are signed in now."""
    opened = request.user.open_sessions.select_related("tablet")
    shown = {
        "has_one": Authenticator.objects.filter(user=request.user, confirmed=True).exists(),
        "has_any": sign_in.has_second_factor(request.user),
        "has_codes": RecoveryCodes.objects.filter(user=request.user).exists(),
        "passkeys": WebAuthnCredential.objects.filter(user=request.user, confirmed=True).order_by("pk"),
        "must_have_one": sign_in.needs_second_factor(request.user),
        "opened": opened,
        "news": request.user.security_events.filter(seen_at__isnull=True)[:20],
        "here": request.session.session_key,
        "may_have_pin": tablets.may_use(request.user),
        "has_pin": hasattr(request.user, "pin"),
    }
    return render(request, "registration/security.html", shown)


def _ask_here(request, title, says, button):
    return ask_first(request, title, says, button, reverse("people:security"))


@asks_and_does
@proof.proof_just_now
def new_recovery_codes(request):
    """Ten fresh recovery codes; the earlier ones stop working."""
    if not sign_in.has_second_factor(request.user):
        raise Http404
    if request.method != "POST":
        says = [_("The earlier ones stop working at once, also those that you have printed or written down.")]
        return _ask_here(request, _("Ten new recovery codes?"), says, _("Yes, make them"))
    codes = actions_factors.new_recovery_codes(request.user, device_of(request))
    return render(request, "registration/recovery_codes.html", {"codes": codes, "next": reverse("people:security")})


@asks_and_does
@proof.proof_just_now
def remove_authenticator(request):
    """Do without an authenticator app again."""
    if request.method != "POST":
        if sign_in.needs_second_factor(request.user):
            raise ActionRefused(actions_security.HAS_TO_HAVE_ONE)
        says = [
            _("Its code is not asked for any more. Without a passkey, whoever knows only your password gets in then."),
            _("Your recovery codes stop working with it. You can set one up again at any time."),
        ]
        return _ask_here(request, _("Do without your authenticator app?"), says, _("Yes, remove it"))
    actions_security.remove_authenticator(request.user, device_of(request))
    messages.success(request, _("Your authenticator app is no longer asked for."))
    return redirect("people:security")


@sensitive_post_parameters("password")
@proof.proof_just_now
def change_password(request):
    """Choose a new password."""
    form = forms.NewPassword(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        before = request.session.session_key
        words, device = form.cleaned_data["password"], device_of(request)
        actions_security.change_password(request.user, words, session_key=before, device=device)
        update_session_auth_hash(request, request.user)
        actions_sessions.session_moved(before, request)
        messages.success(request, _("Your new password is set. Every other browser was signed out."))
        return redirect("people:security")
    return render(request, "registration/change_password.html", {"form": form})


@proof.proof_just_now
def change_address(request):
    """Type a new e-mail address; the link in the mail to it makes it yours."""
    form = forms_security.NewAddress(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions_security.ask_for_new_address(request.user, form.cleaned_data["email"])
        messages.success(request, _("We have written to your new address. Follow the link in that e-mail."))
        return redirect("people:security")
    return render(request, "registration/change_address.html", {"form": form})


@proof.proof_just_now
def take_new_address(request, token):
    """The link in the mail to a new address; one more press, so that a mail program's preview changes nothing."""
    if actions_security.address_in(token, request.user) is None:
        raise Http404
    if request.method == "POST":
        actions_security.take_new_address(request.user, token, device_of(request))
        messages.success(request, _("This address is confirmed. It is the one you sign in with."))
        return redirect("people:security")
    return render(request, "registration/take_new_address.html", {"token": token})


@require_POST
@proof.proof_just_now
def confirm_address(request):
    """Send the mail that confirms one's address once more."""
    actions_security.confirm_address_again(request.user)
    messages.success(request, _("We have written to your address. Follow the link in that e-mail."))
    return redirect("people:security")


@require_POST
@proof.proof_just_now
def security_news_seen(request):
    """The person has looked at what is new about how they sign in."""
    actions_security.security_news_seen(request.user)
    messages.success(request, _("Thank you. It no longer stands on your page for today."))
    return redirect("people:security")


@asks_and_does
@proof.proof_just_now
def end_browser(request, session_id):
    """Sign one of one's own browsers out."""
    opened = get_object_or_404(request.user.open_sessions, pk=session_id)
    if request.method != "POST":
        named = {"device": opened.tablet.name if opened.tablet else opened.device or _("A browser")}
        named["day"] = date_format(timezone.localtime(opened.began_at), "j F, H:i")
        title = _("Sign this one out: %(device)s, signed in since %(day)s?") % named
        says = [_("With its next page it asks for your password. What was typed there and kept is kept for you.")]
        return _ask_here(request, title, says, _("Yes, sign it out"))
    actions_sessions.end_session(opened, by=request.user)
    messages.success(request, _("That browser is signed out."))
    return redirect("people:security")


@asks_and_does
@proof.proof_just_now
def end_browsers(request):
    """Sign out everywhere but here."""
    if request.method != "POST":
        says = [
            _("Every browser but this one asks for your password with its next page, also one that stays signed in.")
        ]
        return _ask_here(request, _("Sign out everywhere else?"), says, _("Yes, sign out everywhere else"))
    actions_sessions.end_sessions_of(request.user, by=request.user, but=request.session.session_key)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("people:security")


@sensitive_post_parameters("digits")
@proof.proof_just_now
def set_pin(request):
    """Six digits for the room's tablet."""
    if not tablets.may_use(request.user):
        raise Http404
    form = forms_security.NewPin(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions_tablet.set_pin(request.user, form.cleaned_data["digits"])
        messages.success(request, _("Your PIN is set. It opens the room's tablet, and nothing else."))
        return redirect("people:security")
    return render(request, "registration/set_pin.html", {"form": form})
