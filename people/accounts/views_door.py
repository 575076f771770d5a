"""Coming in: sign in, second factor, invitations, fresh proof, going out."""

import time

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from people.accounts import (
    actions_factors,
    actions_invitations,
    actions_password,
    actions_sessions,
    forms,
    known_device,
    open_pages,
    printing,
    proof,
    sign_in,
)
from people.accounts.models import Authenticator
from people.accounts.proof import where_next
from people.accounts.sessions import device_of
from people.mail.models import OutgoingMail
from people.setting.models import Setting


@login_not_required  # the door itself
@sensitive_post_parameters("password")
def come_in(request):
    """Sign in with an address or a short name, and the password."""
    if request.user.is_authenticated:
        return redirect(where_next(request))
    form = forms.SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = sign_in.check_password(request, form.cleaned_data["email"], form.cleaned_data["password"])
        if person:
            sign_in.start_session(request, person, stay=form.cleaned_data["stay"])
            if sign_in.has_second_factor(person):
                return redirect(f"{reverse('people:code')}?{urlencode({'next': where_next(request)})}")
            return redirect(where_next(request))
        form.add_error(None, _("The name or the password is not right. Check both and try again."))
    was_idle = request.session.pop("was_idle", False)
    return render(
        request, "registration/sign_in.html", {"form": form, "next": where_next(request), "was_idle": was_idle}
    )


def code(request):
    """The second step: the code of the authenticator app, or a recovery code."""
    if request.user.is_verified() or not sign_in.has_second_factor(request.user):
        return redirect(where_next(request))
    recovery = "recovery" in request.GET
    form = forms.Code(request.POST or None, recovery=recovery)
    if request.method == "POST" and form.is_valid():
        device = sign_in.check_code(request.user, form.cleaned_data["code"])
        if device:
            sign_in.verified(request, device)
            return redirect(where_next(request))
        form.add_error(
            "code", _("That code is not right, or was used a moment ago. Wait for the next one and type that.")
        )
    shown = {"form": form, "next": where_next(request), "has_passkey": sign_in.has_passkey(request.user)}
    return render(request, "registration/code.html", shown | {"recovery": recovery})


@require_POST
def sign_out(request):
    """Sign out, and have the browser forget what it kept. On the room's tablet the next colleague taps her name."""
    on_tablet = bool(request.session.get("tablet"))
    actions_sessions.forget_session(request.session.session_key)
    open_pages.sign_out(request)
    response = redirect("people:tablet" if on_tablet else "/")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required  # whoever is invited cannot sign in yet; the token and the answer to its question are the key
@sensitive_post_parameters("password", "word", "born_on")
def arrive(request, token):
    """An invited person answers the question of the invitation, chooses a password and is in. Looking changes nothing."""
    invitation = actions_invitations.open_invitation(token)
    if invitation is None:
        return render(request, "registration/invitation_over.html", status=404)
    if printing.printed_here(request, invitation):
        return render(request, "registration/letter_for_another.html", status=403)
    question = forms.InvitationQuestion(request.POST or None, invitation=invitation)
    if not _is_answered(request, invitation, question):
        return render(request, "registration/invitation_question.html", {"form": question})
    if request.method == "POST" and "password" not in request.POST:
        return redirect(request.path)
    form = forms.Arrival(request.POST if "password" in request.POST else None, invitation=invitation)
    if form.is_bound and form.is_valid():
        words = {name: form.cleaned_data.get(name, "") for name in ("password", "email", "sign_in_name")}
        person = actions_invitations.accept_invitation(invitation, **words, device=device_of(request))
        _sign_out_whoever_is_here(request)
        sign_in.start_session(request, person, arriving=True)
        return redirect("people:welcome")
    return render(request, "registration/arrive.html", {"form": form, "invitation": invitation})


def _sign_out_whoever_is_here(request):
    """Only when somebody has pressed: to look at a link signs nobody out."""
    if request.user.is_authenticated:
        actions_sessions.forget_session(request.session.session_key)
        open_pages.sign_out(request)


def _is_answered(request, invitation, question):
    """Whether the question of the invitation was answered in this browser, now or before. Until then it says nothing."""
    if not invitation.asks_for or request.session.get("answered_invitation") == invitation.pk:
        return True
    if not (request.method == "POST" and question.is_valid()):
        return False
    if not actions_invitations.answer_invitation(invitation, question.answer):
        question.refuse()
        return False
    request.session["answered_invitation"] = invitation.pk
    return True


@login_not_required  # for a letter whose square code cannot be scanned
def letter_code(request):
    """Type the code of a printed letter."""
    form = forms.LetterCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        token = "".join(letter for letter in form.cleaned_data["code"].lower() if letter.isalnum())
        if token and actions_invitations.open_invitation(token):
            return redirect("people:arrive", token=token)
        form.add_error(
            "code", _("No open invitation has this code. Check it against the letter, or ask for a new one.")
        )
    return render(request, "registration/letter_code.html", {"form": form})


@login_not_required  # whoever has forgotten the password cannot sign in
def lost_password(request):
    """Type your address; a link to choose a new password is mailed there, if it is somebody's confirmed address."""
    form = forms.LostPassword(request.POST or None)
    asked = request.method == "POST" and form.is_valid()
    if asked:
        actions_password.ask_for_new_password(form.cleaned_data["email"], network=known_device.network_of(request))
    return render(request, "registration/lost_password.html", {"form": form, "asked": asked})


@login_not_required  # the link from the mail is the key; a second factor is asked for afterwards
@sensitive_post_parameters("password")
def new_password(request, token):
    """Choose a new password with the link from the mail. Looking at it uses nothing up."""
    person = actions_password.whose_new_password(token)
    if person is None:
        return render(request, "registration/new_password_over.html", status=404)
    form = forms.NewPassword(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["password"]
        person = actions_password.choose_new_password(token, words, device=device_of(request))
        _sign_out_whoever_is_here(request)
        sign_in.start_session(request, person)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "registration/new_password.html", {"form": form})


def welcome(request):
    """Just arrived: would you like an authenticator app? It can wait."""
    return render(request, "registration/welcome.html")


@sensitive_post_parameters()
@proof.proof_just_now
def set_up_authenticator(request):
    """Scan the square, type the first code, keep the ten recovery codes."""
    if Authenticator.objects.filter(user=request.user, confirmed=True).exists():
        return redirect("people:security")
    key = request.session.setdefault("new_authenticator", Authenticator.new_key())
    form = forms.Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions_factors.confirm_authenticator(request.user, key, form.cleaned_data["code"], device_of(request))
        if made:
            device, codes = made
            del request.session["new_authenticator"]
            sign_in.verified(request, device)
            return render(request, "registration/recovery_codes.html", {"codes": codes, "next": where_next(request)})
        form.add_error(
            "code",
            _("That code is not right. Check that the phone's clock is set by the network, and type the next code."),
        )
    return render(request, "registration/set_up_authenticator.html", {"form": form, **_as_square(request.user, key)})


def _as_square(person, key):
    from base64 import b32encode
    from urllib.parse import quote

    secret = b32encode(bytes.fromhex(key)).decode()
    issuer = Setting.now().short_name
    label = quote(f"{issuer}:{person.sign_in_as}")
    address = f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer)}"
    spoken = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return {"square": _drawn(address), "secret": spoken}


def _drawn(words):
    """The words as a square code: (size, path) for an inline SVG, so that the page needs no picture from anywhere."""
    rows = [list(row) for row in segno.make(words, error="m").matrix]
    path = "".join(f"M{x + 4} {y + 4}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return {"size": len(rows) + 8, "path": path}


@sensitive_post_parameters("password")
def prove(request):
    """Show once more that it is you, before something weighty."""
    recovery, means = "recovery" in request.GET, proof.proof_means(request.user)
    form = forms.Proof(request.POST or None, person=request.user, means=means, recovery=recovery)
    if request.method == "POST" and form.is_valid():
        problems = proof.prove(request, form.cleaned_data["password"], form.cleaned_data.get("code", ""))
        if not problems:
            return redirect(where_next(request))
        for field, words in problems.items():
            form.add_error(field, words)
    shown = {"form": form, "next": where_next(request), "has_passkey": sign_in.has_passkey(request.user)}
    shown |= {"recovery": recovery, "asks_for_code": "authenticator" in means}
    return render(request, "registration/prove.html", shown)


@require_POST
def still_here(request):
    """The "stay signed in" button of the warning."""
    request.session["seen_at"] = int(time.time())
    return HttpResponse(status=204)


@login_not_required  # in the demo, an invited person reads the mail before they can sign in; elsewhere it is not there
def demo_mail(request):
    """The demo's letter box: every mail that would have left. Outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    return render(request, "people/demo_mail.html", {"mail": OutgoingMail.objects.select_related("person")[:100]})
