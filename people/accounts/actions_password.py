"""Actions of a forgotten password: ask with an address, follow the link in the mail, choose a new one."""

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from people.accounts import actions_security
from people.accounts.models import PasswordRequest, Person
from people.accounts.names import plain_name
from people.families.access import Access
from people.mail import notifications
from records import audit
from records.limits import use_daily_limit
from records.refused import ActionRefused

NEW_PASSWORD = "people.new_password"  # noqa: S105 - the salt of a signature, no password
LASTS = 60 * 60  # seconds
# Requests a day: for one address from one network and from all, and from one network for all addresses.
OF_AN_ADDRESS, OF_AN_ADDRESS_IN_ALL, OF_A_NETWORK = 3, 12, 30


@transaction.atomic
def ask_for_new_password(typed: str, *, network: str) -> None:
    """Somebody has forgotten their password and typed this address. The same happens whether anybody has it or not.

    Each network has three a day for an address, so that a stranger elsewhere cannot use up its owner's. What goes beyond
    is quietly left out, since the mails before it say all.
    """
    typed = plain_name(typed)[:254]
    address = salted_hmac(NEW_PASSWORD, typed, algorithm="sha256").hexdigest()
    of_both = salted_hmac(NEW_PASSWORD, f"{typed}|{network}", algorithm="sha256").hexdigest()
    if (
        use_daily_limit("people.password_requests_of_network", network, OF_A_NETWORK)
        and use_daily_limit(NEW_PASSWORD, of_both, OF_AN_ADDRESS)
        and use_daily_limit(f"{NEW_PASSWORD}.in_all", address, OF_AN_ADDRESS_IN_ALL)
    ):
        PasswordRequest.objects.create(typed=typed)


def answer_password_requests() -> int:
    """Write to everybody whose confirmed address was typed; the requests go. Their number."""
    done = 0
    for asked in PasswordRequest.objects.order_by("pk")[:20]:
        with transaction.atomic():
            person = Person.objects.filter(email=asked.typed, email_confirmed_at__isnull=False, is_active=True).first()
            if person and person.has_usable_password():
                notifications.send_new_password(person, new_password_token(person))
                audit.record("people.new_password_asked", person)
            PasswordRequest.objects.filter(pk=asked.pk).delete()
        done += 1
    return done


def _state_of_way_in(person: Person) -> str:
    """A keyed hash of all that a link for a new password must not outlive: password, address, second factors."""
    factors = sorted(Access(person, timezone.localdate()).second_factors)
    return salted_hmac(NEW_PASSWORD, f"{person.password}|{person.email}|{factors}", algorithm="sha256").hexdigest()


def new_password_token(person: Person) -> str:
    """What the link to a new password carries, signed: whose it is, and how their way in stood when it was made."""
    return signing.dumps([person.pk, _state_of_way_in(person)], salt=NEW_PASSWORD)


def whose_new_password(token: str) -> Person | None:
    """The person who may choose a new password with this token, or None when it is too old, used, or was overtaken."""
    try:
        pk, state = signing.loads(token, salt=NEW_PASSWORD, max_age=LASTS)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=pk, is_active=True, email_confirmed_at__isnull=False).first()
    return person if person and constant_time_compare(state, _state_of_way_in(person)) else None


@transaction.atomic
def choose_new_password(token: str, password: str, *, device: str = "") -> Person:
    """The person chooses a new password with the link from their mail. Every browser of theirs is signed out.

    The second factor stays, and is asked for as ever.
    """
    person = whose_new_password(token)
    locked = Person.objects.select_for_update().filter(pk=person.pk).first() if person else None
    if locked is None or whose_new_password(token) is None:  # of two presses at one moment, one
        raise ActionRefused(_("This link has run out or was used already. Ask for a new one."))
    actions_security.change_password(locked, password, session_key=None, device=device)
    return locked
