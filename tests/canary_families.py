"""Twenty families (and as many as one likes) of whom every word, name, address, photograph and paper is a canary.

What is written about them comes from `tests/<feature>/canary_words.py`.
"""

import random
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from people.accounts.models import AboutMe, ContactDetails, Person
from people.families import actions_care, actions_family
from people.families.models import Household
from people.setting.models import Room
from tests.canaries import known, token
from tests.facts import key_of
from tests.found import found
from tests.written_rules import EVERYTHING, INFORMATION, NOTHING, TAKING_PART

# What the second adult of a family is to the child: (level, shares the home, what is closed).
SECOND = [
    (EVERYTHING, True, None),
    (EVERYTHING, False, None),
    (TAKING_PART, False, "no_timetable"),
    (EVERYTHING, False, "full"),
    (INFORMATION, False, "no_contact_details"),
    (NOTHING, False, None),
    (EVERYTHING, False, "no_photographs"),
    (TAKING_PART, True, "no_portal"),
]


@dataclass
class Family:
    """One child (or two) with the adults around it."""

    children: list
    adults: list


def plant(cast, families=20, seed=7, signing=None):
    """Bring the families into the setting of the cast, the first of them (all by default) `signing` a form; their list."""
    dice, room = random.Random(seed), Room.objects.first()  # noqa: S311
    made = [_family(cast, number, room) for number in range(families)]
    for feature in found("canary_words"):
        feature.plant(cast, made, dice=dice, signing=signing)
    return made


def _family(cast, number, room):
    level, at_home, closed = SECOND[number % len(SECOND)]
    home = Household.objects.create(name="A home")
    adults = [_adult(home), _adult(home if at_home else None)]
    children = [_child(cast, room, number) for _ in range(2 if number % 5 == 0 else 1)]
    for child in children:
        _tie(cast, child, adults[0], EVERYTHING)
        _tie(cast, child, adults[1], level)
    if closed:
        basis = token(kind="basis", child=key_of(children[0].pk))
        actions_family.restrict(children[0], adults[1], by=cast.manager, kind=closed, basis=basis)
    return Family(children, adults)


def _adult(home):
    person = Person.objects.create_user(None, "To be named", "a password nobody types", household=home)
    name = {"kind": "adult's name", "adult": person.pk}
    person.full_name = f"{token(**name)} {token(**name)}"
    person.email = f"{token(kind='contact', adult=person.pk)}@example.org"
    person.save()
    about = {"kind": "contact", "adult": person.pk}
    ContactDetails.objects.create(person=person, phone=token(**about), address=token(**about))
    needs = {"kind": "about me", "adult": person.pk}
    AboutMe.objects.create(person=person, languages_spoken=token(**needs), access_needs=token(**needs))
    return person


def _child(cast, room, number):
    born = timezone.localdate() - timedelta(days=900 + 20 * number)
    before = former_name(number)
    child = actions_family.add_child(by=cast.manager, full_name=before, known_as=before, born_on=born, room=room)
    about = {"kind": "card", "child": key_of(child.pk)}
    new = {"full_name": token(**about), "known_as": token(**about)}
    actions_care.change_name(child, by=cast.manager, why="Deed poll", **new)
    child.refresh_from_db()
    child.care_notes = token(**about)
    child.save()
    known(child.pk, **about)
    actions_family.place_key_person(child, cast.key_person if number % 2 else cast.senco, by=cast.manager)
    return child


def former_name(number):
    """By which the children of a family are named in other children's journals: no token, so that words may hold it."""
    return f"Formerly{number}"


def _tie(cast, child, adult, level):
    evidence = token(kind="kept by leads", child=key_of(child.pk))
    actions_family.relate(
        child,
        adult,
        by=cast.manager,
        kind="parent",
        label=token(kind="adult's name", adult=adult.pk),
        parental_responsibility="yes",
        evidence_seen=evidence,
        level=level,
    )
