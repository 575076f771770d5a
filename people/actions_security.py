"""The verbs of how a person signs in: password, address, factors. Each tells the old address."""

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django_otp_webauthn.models import WebAuthnCredential

from people import notifications
from people.actions_sessions import end_sessions_of
from people.models import Authenticator, Person, RecoveryCodes
from people.sign_in import needs_second_factor
from records.audit import note
from records.refused import Refused

NEW_ADDRESS = "people.new_address"
LINK_LASTS = 24 * 60 * 60  # seconds


@transaction.atomic
def change_password(person, password, *, session_key):
    """Choose a new password: every other browser is signed out, and the person's address hears of it."""
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions_of(person, by=person, but=session_key)
    notifications.tell_of_change(person, person.post_address)
    note("people.password_changed", person, by=person)


def new_address_token(person, email):
    """What the link in the mail to a new address carries: whose, from which address, to which. It is signed."""
    return signing.dumps([person.pk, person.email or "", email], salt=NEW_ADDRESS)


def address_in(token, person):
    """The new address in this token, or None when it is too old, is not this person's, or the address changed since."""
    try:
        whose, before, email = signing.loads(token, salt=NEW_ADDRESS, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    return email if (whose, before) == (person.pk, person.email or "") else None


@transaction.atomic
def ask_for_new_address(person, email):
    """Write to the new address; only its link changes anything. Whether somebody else has the address is told to nobody."""
    if not Person.objects.filter(email=email).exists():
        notifications.send_new_address(person, email, new_address_token(person, email))
    note("people.new_address_asked", person, by=person)


@transaction.atomic
def take_new_address(person, token):
    """The link in the new address's mail was followed by the person it is about. The old address hears of it."""
    over = Refused(_("This link has run out or was used already. Type your new address once more."))
    person = Person.objects.select_for_update().get(pk=person.pk)
    email, old = address_in(token, person), person.post_address
    if email is None:
        raise over
    person.email = email
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError:  # somebody else has taken it meanwhile
        raise over from None
    notifications.tell_of_change(person, old)
    note("people.address_changed", person, by=person)
    return person


@transaction.atomic
def remove_authenticator(person):
    """Do without a second factor again; never for somebody who has to have one."""
    if needs_second_factor(person):
        raise Refused(_("You need a second factor here, so it can be replaced but not removed."))
    Authenticator.objects.filter(user=person).delete()
    RecoveryCodes.objects.filter(user=person).delete()
    notifications.tell_of_change(person, person.post_address)
    note("people.second_factor_removed", person, by=person)


@transaction.atomic
def passkey_added(person, passkey, *, named):
    """A passkey was made and checked by the library; give it a name and tell the person's address."""
    passkey.name = named.strip()[:60] or str(_("Passkey"))
    passkey.save(update_fields=["name"])
    notifications.tell_of_change(person, person.post_address)
    note("people.passkey_added", person, by=person)


@transaction.atomic
def remove_passkey(person, passkey):
    """Do without one passkey; never without the last second factor of somebody who has to have one."""
    others = WebAuthnCredential.objects.filter(user=person, confirmed=True).exclude(pk=passkey.pk).exists()
    app = Authenticator.objects.filter(user=person, confirmed=True).exists()
    if not (others or app):
        if needs_second_factor(person):
            raise Refused(_("You need a second factor here. Add another one first; then this one can go."))
        RecoveryCodes.objects.filter(user=person).delete()
    WebAuthnCredential.objects.filter(user=person, pk=passkey.pk).delete()
    notifications.tell_of_change(person, person.post_address)
    note("people.passkey_removed", person, by=person)
