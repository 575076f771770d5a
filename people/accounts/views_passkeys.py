"""Passkeys: a phone's or a key's own proof, as a second factor and as fresh proof. The ceremony is django-otp-webauthn's."""

import json

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_otp_webauthn import views as webauthn
from django_otp_webauthn.models import WebAuthnCredential

from people.accounts import actions_security, proof, sign_in
from people.accounts.asking_first import ask_first, asks_and_does
from people.accounts.proof import where_next
from people.accounts.sessions import device_of


class BeginRegistration(webauthn.BeginCredentialRegistrationView):
    """What the browser needs to make a passkey for this person."""

    http_method_names = ["post"]


class CompleteRegistration(webauthn.CompleteCredentialRegistrationView):
    """The passkey is made: it counts from now on, and the person's address hears of it."""

    http_method_names = ["post"]

    def post(self, *args, **kwargs):
        answer = super().post(*args, **kwargs)
        device = WebAuthnCredential.objects.get(user=self.request.user, pk=json.loads(answer.content)["id"])
        named, where = str(self.request.data.get("named", "")), device_of(self.request)
        actions_security.passkey_added(self.request.user, device, named=named, device=where)
        sign_in.verified(self.request, device)
        return JsonResponse({"go": reverse("people:security")})


class BeginProof(webauthn.BeginCredentialAuthenticationView):
    """What the browser needs to use a passkey. The person is always asked by the phone, by finger, face or PIN."""

    http_method_names = ["post"]

    def post(self, *args, **kwargs):
        options, state = self.get_helper().authenticate_begin(user=self.get_user(), require_user_verification=True)
        self.request.session["otp_webauthn_authentication_state"] = state
        return JsonResponse(options)


class CompleteProof(webauthn.CompleteCredentialAuthenticationView):
    """The passkey was used by the person who is signing in, or proving herself once more."""

    http_method_names = ["post"]

    def complete_auth(self, device):
        sign_in.verified(self.request, device)

    def get_success_data(self, device):
        return {"go": where_next(self.request)}


@asks_and_does
@proof.proof_just_now
def remove_passkey(request, passkey_id):
    """Do without one passkey."""
    passkey = get_object_or_404(WebAuthnCredential, user=request.user, pk=passkey_id)
    if request.method != "POST":
        says = [
            _(
                "It opens nothing any more. Look first that you have another way in: another passkey, an authenticator app "
                "or your recovery codes."
            ),
            _("You can make a new one at any time."),
        ]
        title = _("Remove the passkey “%(name)s”?") % {"name": passkey.name}
        return ask_first(request, title, says, _("Yes, remove it"), reverse("people:security"))
    actions_security.remove_passkey(request.user, passkey, device_of(request))
    messages.success(request, _("That passkey opens nothing any more."))
    return redirect("people:security")


begin_registration = proof.proof_just_now(BeginRegistration.as_view())
complete_registration = proof.proof_just_now(CompleteRegistration.as_view())
begin_proof = BeginProof.as_view()
complete_proof = CompleteProof.as_view()
