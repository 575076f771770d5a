"""Actions of how a person signs in: password, address, factors. Each tells the old address."""

from datetime import datetime

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp_webauthn.models import WebAuthnCredential

from people.accounts.actions_sessions import end_sessions_of
from people.accounts.models import Authenticator, Invitation, Person, RecoveryCodes, SecurityEvent
from people.accounts.names import offered_short_name
from people.accounts.sign_in import needs_second_factor
from people.mail import notifications
from records import audit
from records.limits import use_daily_limit
from records.refused import ActionRefused

NEW_ADDRESS = "people.new_address"
HAS_TO_HAVE_ONE = gettext_lazy("You need a second factor here, so it can be replaced but not removed.")
LINK_LASTS = 24 * 60 * 60  # seconds
ADDRESSES_A_DAY = 3


@transaction.atomic
def change_password(person: Person, password: str, *, session_key: str | None, device: str = "") -> None:
    """Choose a new password: every other browser is signed out, and the person's address hears of it."""
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions_of(person, by=person, but=session_key)
    withdraw_invitations(person)
    notifications.notify_of_security(person, SecurityEvent.Kind.PASSWORD, device=device)
    audit.record("people.password_changed", person, by=person)


def withdraw_invitations(person: Person, now: datetime | None = None) -> None:
    """A way in that is still open dies with whatever it could have mended: a new password, address or second factor."""
    now = now or timezone.now()
    Invitation.objects.open(now).filter(person=person).update(withdrawn_at=now)


@transaction.atomic
def ask_to_confirm_address(person: Person) -> None:
    """Write once to an address that its owner typed and nobody has confirmed; its link makes it count."""
    if not person.has_unconfirmed_address:
        return
    _write_unless_taken(person, person.typed_email or person.email or "")
    audit.record("people.address_confirmation_asked", person, by=person)


def _write_unless_taken(person: Person, email: str) -> None:
    """The mail with the link that makes this address count, unless somebody else is here under it."""
    holder = Person.objects.filter(email=email).exclude(pk=person.pk).first()
    if holder is None or holder.has_unconfirmed_address:
        notifications.send_new_address(person, email, new_address_token(person, email))


def new_address_token(person: Person, email: str) -> str:
    """What the link in the mail to a new address carries: whose, from which address, to which. It is signed."""
    return signing.dumps([person.pk, person.email or "", email], salt=NEW_ADDRESS)


def address_in(token: str, person: Person) -> str | None:
    """The new address in this token, or None when it is too old, is not this person's, or the address changed since."""
    try:
        whose, before, email = signing.loads(token, salt=NEW_ADDRESS, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    return email if (whose, before) == (person.pk, person.email or "") else None


def _only_so_many_addresses(person: Person) -> None:
    if not use_daily_limit(NEW_ADDRESS, person.pk, ADDRESSES_A_DAY):
        raise ActionRefused(
            _("We have written to three addresses for you today. Look into those letter boxes, or go on tomorrow.")
        )


@transaction.atomic
def confirm_address_again(person: Person) -> None:
    """Write once more to an address that its owner typed and has not confirmed yet."""
    _only_so_many_addresses(person)
    ask_to_confirm_address(person)


@transaction.atomic
def security_news_seen(person: Person) -> None:
    """The person has looked at what is new about their way in; it leaves Today."""
    SecurityEvent.objects.filter(person=person, seen_at__isnull=True).update(seen_at=timezone.now())
    audit.record("people.security_news_seen", person, by=person)


@transaction.atomic
def ask_for_new_address(person: Person, email: str) -> None:
    """Write to the new address; only its link changes anything. Whether somebody else has the address is told to nobody."""
    _only_so_many_addresses(person)
    _write_unless_taken(person, email)
    audit.record("people.new_address_asked", person, by=person)


@transaction.atomic
def take_new_address(person: Person, token: str, device: str = "") -> Person:
    """The link in the new address's mail was followed by the person it is about. The old address hears of it."""
    over = ActionRefused(_("This link has run out or was used already. Type your new address once more."))
    person = Person.objects.select_for_update().get(pk=person.pk)
    email, old, before = address_in(token, person), person.post_address, person.typed_email or person.email
    if email is None:
        raise over
    _take_from_whoever_only_typed_it(email, person)
    person.email, person.typed_email, person.email_confirmed_at = email, "", timezone.now()
    try:
        with transaction.atomic():
            person.save(update_fields=["email", "typed_email", "email_confirmed_at"])
    except IntegrityError:  # somebody else has taken it meanwhile
        raise over from None
    if email == before:
        audit.record("people.address_confirmed", person, by=person)
        return person
    withdraw_invitations(person)
    notifications.notify_of_security(person, SecurityEvent.Kind.ADDRESS, device=device, old_address=old)
    audit.record("people.address_changed", person, by=person)
    return person


def _take_from_whoever_only_typed_it(email: str, person: Person) -> None:
    """An address that was typed and never confirmed blocks nobody who reads its mail. Its typist keeps a short name."""
    other = Person.objects.select_for_update().filter(email=email).exclude(pk=person.pk).first()
    if other is None or not other.has_unconfirmed_address:
        return
    taken = set(Person.objects.values_list("sign_in_name", flat=True))
    other.email, other.sign_in_name = None, other.sign_in_name or offered_short_name(other.full_name, taken)
    other.save(update_fields=["email", "sign_in_name"])
    notifications.notify_of_security(other, SecurityEvent.Kind.ADDRESS)
    audit.record("people.address_released", other, by=person)


@transaction.atomic
def remove_authenticator(person: Person, device: str = "") -> None:
    """Do without a second factor again; never for somebody who has to have one."""
    if needs_second_factor(person):
        raise ActionRefused(HAS_TO_HAVE_ONE)
    Authenticator.objects.filter(user=person).delete()
    RecoveryCodes.objects.filter(user=person).delete()
    notifications.notify_of_security(person, SecurityEvent.Kind.FACTOR_REMOVED, device=device)
    audit.record("people.second_factor_removed", person, by=person)


@transaction.atomic
def passkey_added(person: Person, passkey: WebAuthnCredential, *, named: str, device: str = "") -> None:
    """A passkey was made and checked by the library; give it a name and tell the person's address."""
    passkey.name = named.strip()[:60] or str(_("Passkey"))
    passkey.save(update_fields=["name"])
    withdraw_invitations(person)
    notifications.notify_of_security(person, SecurityEvent.Kind.PASSKEY, device=device)
    audit.record("people.passkey_added", person, by=person)


@transaction.atomic
def remove_passkey(person: Person, passkey: WebAuthnCredential, device: str = "") -> None:
    """Do without one passkey; never without the last second factor of somebody who has to have one."""
    others = WebAuthnCredential.objects.filter(user=person, confirmed=True).exclude(pk=passkey.pk).exists()
    app = Authenticator.objects.filter(user=person, confirmed=True).exists()
    if not (others or app):
        if needs_second_factor(person):
            raise ActionRefused(_("You need a second factor here. Add another one first; then this one can go."))
        RecoveryCodes.objects.filter(user=person).delete()
    WebAuthnCredential.objects.filter(user=person, pk=passkey.pk).delete()
    notifications.notify_of_security(person, SecurityEvent.Kind.FACTOR_REMOVED, device=device)
    audit.record("people.passkey_removed", person, by=person)
