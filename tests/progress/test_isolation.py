"""Families change at random, and after each change everybody is asked what they see of checks, parts, talks, remarks and copies.

The other side is plain Python from domain.md C2 and C3 (tests/progress/written_rules.py), and none of our querysets.
"""

import random

import pytest
from django.utils import timezone

from documents import actions as papers
from documents.models import SignatureRequest
from people.accounts.models import Introduction, Person
from people.families import actions_family
from people.families.models import Household, Relationship, Restriction
from people.setting import actions_roles
from people.setting.models import RoleHeld
from people.setting.roles import Role
from portal.progress.models import Check, Copy, Invitation, Kind, Part, Remark, Share, Talk
from tests.cast import out_of_office
from tests.facts import facts_now
from tests.progress.stories import asked, final, say, send_part, shared
from tests.progress.written_rules import may

pytestmark = pytest.mark.django_db


def agree(everybody):
    """Ask each person about each kind of row; the number of questions."""
    facts, questions = facts_now(), 0
    for model in (Check, Invitation, Part, Talk, Remark, Share, Copy):
        rows = list(model.objects.all() if model is Check else model.objects.select_related("check_of"))
        for reader in everybody:
            expected = {row.pk for row in rows if may(facts, row, reader.pk)}
            found = set(model.objects.visible_to(reader).order_by().values_list("pk", flat=True))
            assert found == expected, f"{model.__name__}: {reader} sees {found - expected}, misses {expected - found}"
            questions += len(rows)
    return questions


def something_happens(dice, cast, adults, children):
    child, adult, other = dice.choice(children), dice.choice(adults), dice.choice(adults)
    what = dice.randrange(7)
    if what == 0:
        Relationship.objects.filter(child=child, adult=adult).update(ended_at=timezone.now())
        tie = {"kind": "other", "parental_responsibility": "yes", "level": dice.randrange(4)}
        actions_family.relate(child, adult, by=cast.manager, second=cast.deputy, **tie)
    elif what == 1:
        kind = dice.choice(["full", "no_portal", "no_contact_details", "no_collection"])
        actions_family.restrict(child, adult, by=cast.manager, kind=kind, basis="An order")
    elif what == 2:
        Restriction.objects.filter(adult=adult).update(ended_at=timezone.now())
    elif what == 3:
        home = dice.choice([None, *Household.objects.order_by("pk")])
        Person.objects.filter(pk=adult.pk).update(household=home)
    elif what == 4 and adult != other:
        for one, two in ((adult, other), (other, adult)):
            Introduction.objects.get_or_create(person=one, other=two, ended_at=None)
    elif what == 5:
        actions_family.place_key_person(child, dice.choice([cast.key_person, cast.senco, adult]), by=cast.manager)
    elif what == 6:
        for held in RoleHeld.objects.running(timezone.localdate()).filter(person=adult):
            out_of_office(held)
        actions_roles.give_role(adult, dice.choice([Role.STAFF, Role.SENCO, Role.DEPUTY, Role.CHAIR]), by=None)


def tell_stories(cast):
    term = {"kind": Kind.TERM}
    parts_open = asked(cast.maja, cast.key_person, **term, title="1")
    send_part(parts_open, cast.stepfather, enjoys="Trains.")
    with_parents = shared(cast.maja, cast.key_person, **term, title="2")
    say(with_parents, cast.mother, "Yes.")
    say(with_parents, cast.father, "No.")
    both = [cast.mother, cast.father]
    final(cast.maja, cast.key_person, **term, title="3", adults=both)
    final(cast.alfie, cast.key_person, **term, title="4", adults=[cast.strict_father])
    shared(cast.leon, cast.senco, **term, title="5")


@pytest.mark.prove
@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_in_families_everybody_sees_what_the_written_rules_say(cast, seed):
    tell_stories(cast)
    dice = random.Random(seed)  # noqa: S311
    adults = [person for person in cast.people.values() if person != cast.manager]
    questions = agree([*adults, cast.manager])
    for _step in range(8):
        something_happens(dice, cast, adults, list(cast.children.values()))
        questions += agree(Person.objects.filter(pk__in=[person.pk for person in cast.people.values()]))
    assert questions > 3000


def test_the_requests_to_sign_are_their_adults_own(cast):
    tell_stories(cast)
    asks = SignatureRequest.objects.exclude(enclosed=[])
    assert {ask.adult for ask in asks} == {cast.mother, cast.father, cast.strict_father, cast.staff_parent}
    for ask in asks:
        readers = {
            person for person in cast.people.values() if SignatureRequest.objects.visible_to(person).filter(pk=ask.pk)
        }
        assert readers == {ask.adult, cast.manager, cast.deputy}
    papers.withdraw_ask(asks.get(adult=cast.father), by=cast.manager)
    assert not SignatureRequest.objects.waiting_for(cast.father).exclude(enclosed=[]).exists()
