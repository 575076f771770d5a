"""What adults do on their own page: say how they like to be spoken to, how to reach them, and to whom they are shown."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import AboutMe, ContactDetails, Introduction, Person
from people.notifications import tell
from records.audit import note
from records.models import AuditLine
from records.refused import Refused

CHOICES_A_DAY = 20  # enough for every family one knows, too few to go through a list of addresses
CHOSEN = "people.shown_to_chosen"


@transaction.atomic
def keep_about_me(person, **facts):
    """What somebody says of themselves."""
    about, _new = AboutMe.objects.update_or_create(person=person, defaults={**facts, "changed_at": timezone.now()})
    note("people.about_me_kept", about, by=person)
    return about


@transaction.atomic
def keep_contact(person, *, phone, address):
    """How to reach somebody, in their own words."""
    contact, _new = ContactDetails.objects.update_or_create(
        person=person, defaults={"phone": phone, "address": address}
    )
    note("people.contact_kept", contact, by=person)
    return contact


def _typed(words):
    """Whose sign-in address or short name this is. A shared address for mail names nobody."""
    words = words.strip().lower()
    return Person.objects.filter(Q(email=words) | Q(sign_in_name=words))


@transaction.atomic
def choose_to_be_shown(person, words):
    """`person` is willing to be shown to whoever signs in with these words, should they be willing, too.

    The answer is the same whoever exists, and so is the line in the audit log: it names only who asked.
    """
    lately = timezone.now() - timedelta(days=1)
    if AuditLine.objects.filter(verb=CHOSEN, by=str(person.pk), at__gte=lately).count() >= CHOICES_A_DAY:
        raise Refused(_("That is a lot of names for one day. Go on tomorrow, or ask us to help."))
    note(CHOSEN, person, by=person)
    found = list(_typed(words).exclude(pk=person.pk))
    chosen = set(person.introductions.filter(ended_at__isnull=True).values_list("other", flat=True))
    fresh = [other for other in found if other.pk not in chosen]
    Introduction.objects.bulk_create(
        [Introduction(person=person, other=other) for other in fresh], ignore_conflicts=True
    )
    for other in fresh:
        if person.shown_to().filter(pk=other.pk).exists():  # not where a restriction keeps them apart
            tell(other)


@transaction.atomic
def take_back(person, words):
    """`person` is no longer willing; nobody learns of it, and from now on they are hidden from each other."""
    note("people.shown_to_taken_back", person, by=person)
    _end(person, _typed(words))


@transaction.atomic
def take_back_from(person, other):
    """The same, of somebody to whom one is shown."""
    note("people.shown_to_taken_back", person, by=person)
    _end(person, Person.objects.filter(pk=other.pk))


def _end(person, others):
    chosen = Introduction.objects.filter(person=person, other__in=others, ended_at__isnull=True)
    chosen.update(ended_at=timezone.now())


@transaction.atomic
def leave_my_household(person):
    """Whoever moves out is hidden from the others at once, and needs nobody for that."""
    Person.objects.filter(pk=person.pk).update(household=None)
    note("people.household_left", person, by=person)
