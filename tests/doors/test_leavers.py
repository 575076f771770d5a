"""Whoever leaves stands outside with the very next request: in every browser left open, at every link ever opened."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from people.families import actions_family
from people.families.models import Relationship
from people.setting import actions_roles
from people.setting.models import RoleHeld
from people.setting.roles import Role
from tests.cast import out_of_office
from tests.doors import table
from tests.doors.test_doors import Turned, as_expected, doors, meet, sessions_of

STAFF = (
    "key_person manager deputy safeguarding_lead senco chair trustee editor administrator".split()  # none has family here
)
FAMILY = "mother father stepfather other_mother foster_carer strict_father".split()
STAYS_THEIRS = table.verdicts("stays_theirs")
DIES_WITH = {("people:arrive", "manager")}  # an invitation opens nothing once whoever made it has left
NOBODY_TO_ANYBODY = "grandmother"  # signed in, and nothing is open to her but what every signed-in person has


def leaves(cast, name):
    """End every role and every relationship of this person."""
    person, today = getattr(cast, name), timezone.localdate()
    if name == "manager":  # somebody else has to be manager first
        actions_roles.give_role(cast.deputy, Role.MANAGER, by=None)
    by = cast.deputy if name == "manager" else cast.manager
    for held in RoleHeld.objects.running(today).filter(person=person):
        out_of_office(held)
    for tie in Relationship.objects.running(today).filter(adult=person):
        actions_family.end_relationship(tie, by=by)


def left_open(cast, people, stays_theirs=()):
    """(cells that were open before, those that are still): after leaving, each must answer as it does a stranger."""
    cookies, before, still = sessions_of(cast), 0, []
    client, all_doors = Client(raise_request_exception=False), list(doors(cast))
    for name in people:
        mine = [door for door in all_doors if name in door[3].open | door[3].refused and door[0] != table.CMS]
        mine += [door for door in all_doors if door[0] == table.CMS and name == "editor"]
        try:
            with transaction.atomic():
                leaves(cast, name)
                for key, thing, path, row in mine:
                    before += 1
                    expected = "not there" if (key, name) in DIES_WITH else row.expected(NOBODY_TO_ANYBODY, "get")
                    got, _lacks = meet(client, cookies[name], "get", path)
                    if not as_expected(key, path, row, expected, got) and key not in stays_theirs:
                        still.append(f"{key} [{thing}] {path} as {name}: {got}, not {expected}")
                raise Turned
        except Turned:
            pass
    return before, still


@pytest.mark.prove
@pytest.mark.django_db
def test_whoever_stops_working_here_meets_what_a_stranger_meets(cast, record_property):
    before, still = left_open(cast, STAFF, stays_theirs=STAYS_THEIRS["own_to_end"])
    record_property("doors", [before, len(still)])
    assert not still, "\n".join(still)
    assert before >= 400


@pytest.mark.prove
@pytest.mark.django_db
def test_whoever_stops_being_family_meets_what_a_stranger_meets(cast, record_property):
    """But for what they sent and signed themselves: that stays theirs."""
    before, still = left_open(cast, FAMILY, stays_theirs=STAYS_THEIRS["own_words"] + STAYS_THEIRS["own_to_end"])
    record_property("doors", [before, len(still)])
    assert not still, "\n".join(still)
    assert before >= 60
