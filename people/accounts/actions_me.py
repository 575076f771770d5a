"""What adults do on their own page: say how they like to be spoken to, how to reach them, and to whom they are shown."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.models import AboutMe, ContactDetails, Introduction, Person
from people.accounts.names import plain_name
from people.mail.notifications import notify
from records import audit
from records.limits import use_daily_limit
from records.refused import ActionRefused

CHOICES_A_DAY = 20  # enough for every family one knows, too few to go through a list of addresses
CHOSEN = "people.shown_to_chosen"


@transaction.atomic
def keep_about_me(person: Person, **facts: Any) -> AboutMe:
    """What somebody says of themselves."""
    about, _new = AboutMe.objects.update_or_create(person=person, defaults={**facts, "changed_at": timezone.now()})
    audit.record("people.about_me_kept", about, by=person)
    return about


@transaction.atomic
def keep_contact(person: Person, *, phone: str, address: str) -> ContactDetails:
    """How to reach somebody, in their own words."""
    contact, _new = ContactDetails.objects.update_or_create(
        person=person, defaults={"phone": phone, "address": address}
    )
    audit.record("people.contact_kept", contact, by=person)
    return contact


def _plain(words: str) -> str:
    return plain_name(words)[:254]


def _whose(words: str) -> Person | None:
    """Who signs in with this confirmed address or short name, or None. A shared address for mail names nobody."""
    confirmed = Q(email=words, email_confirmed_at__isnull=False)
    return Person.objects.filter(confirmed | Q(sign_in_name=words)).first()


@transaction.atomic
def choose_to_be_shown(person: Person, words: str) -> None:
    """`person` is willing to be shown to whoever signs in with these words, should they be willing, too.

    The answer is the same whoever exists, and so is the line in the audit log: it names only who asked.
    """
    if not use_daily_limit(CHOSEN, person.pk, CHOICES_A_DAY):
        raise ActionRefused(_("That is a lot of names for one day. Go on tomorrow, or ask us to help."))
    audit.record(CHOSEN, person, by=person)
    words = _plain(words)
    other = _whose(words)
    # A row in any case, so that the list of one's own choices tells nothing about who exists. Chosen once more, the words
    # are looked up again.
    Introduction.objects.filter(person=person, typed=words, ended_at__isnull=True).update(ended_at=timezone.now())
    chosen = Introduction(person=person, other=other if other != person else None, typed=words)
    Introduction.objects.bulk_create([chosen], ignore_conflicts=True)
    if (
        chosen.other and person.shown_to().filter(pk=chosen.other.pk).exists()
    ):  # not where a restriction keeps them apart
        notify(chosen.other)


@transaction.atomic
def take_back(person: Person, words: str) -> bool:
    """`person` is no longer willing; nobody learns of it. Whether there was such a choice of theirs."""
    audit.record("people.shown_to_taken_back", person, by=person)
    return _end(person, Q(typed=_plain(words)))


@transaction.atomic
def take_back_from(person: Person, other: Person) -> bool:
    """The same, of somebody to whom one is shown."""
    audit.record("people.shown_to_taken_back", person, by=person)
    return _end(person, Q(other=other))


def _end(person: Person, which: Q) -> bool:
    chosen = Introduction.objects.filter(which, person=person, ended_at__isnull=True)
    return bool(chosen.update(ended_at=timezone.now()))


@transaction.atomic
def leave_my_household(person: Person) -> None:
    """Whoever moves out is hidden from the others at once, and needs nobody for that."""
    Person.objects.filter(pk=person.pk).update(household=None)
    audit.record("people.household_left", person, by=person)
