"""Actions of second factors: an authenticator is confirmed, recovery codes are made."""

from typing import TYPE_CHECKING

from django.db import transaction

from people.accounts import actions_security
from people.accounts.models import Authenticator, RecoveryCode, RecoveryCodes, SecurityEvent
from people.mail import notifications
from records import audit
from records.make_secret import make_secret

if TYPE_CHECKING:
    from people.accounts.models import Person


@transaction.atomic
def confirm_authenticator(
    person: "Person", key: str, code: str, device_in_words: str = ""
) -> tuple[Authenticator, list[str]] | None:
    """Set up an authenticator app once its first code was typed: (device, ten recovery codes), or None on a wrong code."""
    device = Authenticator(user=person, name="Authenticator app", key=key, confirmed=False)
    device.save()
    if not device.verify_token(code):
        device.delete()
        return None
    Authenticator.objects.filter(user=person).exclude(pk=device.pk).delete()
    Authenticator.objects.filter(pk=device.pk).update(confirmed=True)
    device.refresh_from_db()
    notifications.notify_of_security(person, SecurityEvent.Kind.AUTHENTICATOR, device=device_in_words)
    audit.record("people.second_factor_set_up", person, by=person)
    return device, new_recovery_codes(person, device_in_words)


@transaction.atomic
def new_recovery_codes(person: "Person", device_in_words: str = "") -> list[str]:
    """Ten fresh codes, returned once and kept as hashes; the earlier ones stop working."""
    actions_security.withdraw_invitations(person)  # a way in dies with what it mends
    RecoveryCodes.objects.filter(user=person).delete()
    device = RecoveryCodes.objects.create(user=person, name="Recovery codes", confirmed=True)
    codes = [make_secret(5, 5) for _n in range(10)]
    for code in codes:
        RecoveryCode.objects.create(device=device, hashed=RecoveryCode.hash_of(code))
    notifications.notify_of_security(person, SecurityEvent.Kind.RECOVERY_CODES, device=device_in_words)
    audit.record("people.recovery_codes_made", person, by=person)
    return codes
