"""What two rows say together: two wishes to be shown, two restrictions."""

import pytest
from django.utils import timezone

from people.accounts.models import Introduction
from people.families import actions_family
from people.families.access import RestrictionKind, access_of
from people.families.models import Child

pytestmark = pytest.mark.django_db


def test_adults_who_live_apart_are_shown_to_each_other_when_both_chose_it(cast):
    assert cast.mother not in cast.father.shown_to()
    one = Introduction.objects.create(person=cast.father, other=cast.mother)
    assert cast.mother not in cast.father.shown_to(), "one wish is not enough"
    assert cast.father not in cast.mother.shown_to()
    Introduction.objects.create(person=cast.mother, other=cast.father)
    assert cast.mother in cast.father.shown_to()
    assert cast.father in cast.mother.shown_to()
    Introduction.objects.filter(pk=one.pk).update(ended_at=timezone.now())
    assert cast.mother not in cast.father.shown_to()
    assert cast.father not in cast.mother.shown_to()


@pytest.mark.parametrize(
    "bars",
    [[RestrictionKind.FULL, RestrictionKind.NO_COLLECTION], [RestrictionKind.NO_COLLECTION, RestrictionKind.FULL]],
)
def test_of_several_restrictions_each_counts(cast, bars):
    for bar in bars:
        actions_family.restrict(cast.maja, cast.father, by=cast.manager, kind=bar, basis="An order")
    access = access_of(cast.father)
    assert access.restrictions[cast.maja.pk] == set(bars)
    assert not Child.objects.visible_to(cast.father).exists()


@pytest.mark.parametrize("bar", [RestrictionKind.NO_PORTAL, RestrictionKind.FULL, RestrictionKind.NO_CONTACT_DETAILS])
def test_an_order_keeps_apart_even_those_who_once_chose_to_be_shown(cast, bar):
    Introduction.objects.create(person=cast.father, other=cast.mother)
    Introduction.objects.create(person=cast.mother, other=cast.father)
    actions_family.restrict(cast.maja, cast.father, by=cast.manager, kind=bar, basis="An order")
    assert cast.mother not in cast.father.shown_to()
    assert cast.father not in cast.mother.shown_to()
