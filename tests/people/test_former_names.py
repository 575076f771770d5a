"""The new name never reaches whoever may not know it, in whatever order bar, name, end and lift come."""

from datetime import timedelta
from itertools import permutations

import pytest
import time_machine
from django.utils import timezone

from people.families import actions_care, actions_family
from people.families.actions_family import end_relationship
from people.families.former_names import call_as_known
from people.families.models import Child, Restriction

pytestmark = pytest.mark.django_db
OLD, NEW = "Noor Hussain", "Amina Whitby"


def known_to(person, child):
    found = Child.objects.get(pk=child.pk)
    call_as_known(person, [found])
    return found.full_name


def do(step, cast):
    tie = cast.foster_carer.relationships.get()
    if step == "bar":
        actions_family.restrict(cast.noor, cast.foster_carer, by=cast.manager, kind="full", basis="An order")
    if step == "name":
        actions_care.change_name(cast.noor, by=cast.manager, full_name=NEW, known_as="Mina", why="Adoption")
    if step == "end":
        end_relationship(tie, by=cast.manager, why="Adoption")
    if step == "lift":
        Restriction.objects.filter(adult=cast.foster_carer).update(ended_at=timezone.now())


ORDERS = [order for order in permutations(["bar", "name", "end", "lift"]) if order.index("bar") < order.index("lift")]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_the_new_name_reaches_only_who_was_inside_when_it_was_there(cast, order):
    inside, barred, knows, named = True, False, False, False
    start = timezone.now() + timedelta(minutes=1)
    for number, step in enumerate(order):
        with time_machine.travel(start + timedelta(hours=number), tick=False):
            do(step, cast)
            inside &= step != "end"
            barred = step == "bar" or (barred and step != "lift")
            named |= step == "name"
        with time_machine.travel(start + timedelta(hours=number, minutes=30), tick=False):
            knows |= named and inside and not barred
            assert known_to(cast.foster_carer, cast.noor) == (NEW if knows else OLD), order[: number + 1]
            assert known_to(cast.manager, cast.noor) == (NEW if named else OLD)
