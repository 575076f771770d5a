"""The page "Who may see what": levels, roles and rights in words, and what one person of the setting sees."""

import pytest

from people import features
from people.families import who_may
from people.families.access import Level, RestrictionKind
from people.families.actions_family import restrict
from people.families.models import Relationship
from people.setting.roles import Right, Role
from portal.demo.cast import CHILDREN, PEOPLE
from tests.cast import signed_in

PAGE = "/who-may-see-what/"


def page_about(person, by):
    return signed_in(by).get(PAGE, {"person": person.pk}).content.decode()


def test_every_level_and_every_right_is_said_in_words():
    silent = [each for each in (*list(Level)[1:], *Right) if not features.opened_by(each)]
    assert not silent


def test_it_names_levels_and_roles_and_nobody_of_the_demo(cast):
    page = signed_in(cast.manager).get(PAGE).content.decode()
    table = page[page.index("Parents, carers and others") :]
    assert all(str(role.label) in table for role in Role)
    named = [person.full_name for person in cast.people.values()] + [child.known_as for child in cast.children.values()]
    assert not [name for name in named if name in table]
    assert PEOPLE and CHILDREN
    assert "data-print" in page


def test_it_is_read_in_two_minutes(cast):
    """About 250 words a minute: what stands there before anything is unfolded or chosen."""
    words = [words for level in who_may.levels() for sentence in level.sentences for words in sentence.split()]
    assert len(words) < 300


def test_what_a_mother_sees_of_each_child(cast):
    page = page_about(cast.mother, cast.manager)
    about = page[page.index("What Ewa Nowicka sees today") : page.index("Parents, carers and others")]
    assert "Maja: Everything" in about and "forms" in about
    assert "Works here as" not in about


def test_what_is_closed_comes_first(cast):
    restrict(cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.FULL, basis="Order, copy seen")
    about = page_about(cast.father, cast.manager)
    assert "Everything is closed" in about
    assert "Nothing of this child opens in the portal." in about


def test_what_a_member_of_staff_sees(cast):
    about = page_about(cast.senco, cast.manager)
    assert "Works here as: SENCo" in about
    assert "None of this counts for a child with whom they have, or had, a relationship." in about


def test_the_answer_is_what_the_person_really_opens(cast):
    """The level that the page names is the one by which the journal opens, for everybody of the cast and every child."""
    for person in cast.people.values():
        _work, around = who_may.seen_by(person, cast.manager)
        for one in around:
            opens = signed_in(person).get(f"/journal/{one.child.pk}/").status_code == 200
            assert opens == (one.level.name in (str(Level.PARTICIPATE.label), str(Level.FULL.label))), (person, one)


def test_nobody_around_a_child_of_ones_own_family_can_be_asked_about(cast):
    Relationship.objects.create(
        child=cast.tobi, adult=cast.deputy, kind="other", level=Level.INFORMATION, entered_by=cast.manager
    )
    client = signed_in(cast.deputy)
    assert cast.other_mother not in who_may.people_to_ask_about(cast.deputy)
    assert client.get(PAGE, {"person": cast.other_mother.pk}).status_code == 404


@pytest.mark.parametrize("who", ["mother", "key_person", "senco", "chair", "editor"])
def test_only_those_who_keep_families_read_it(cast, who):
    assert signed_in(getattr(cast, who)).get(PAGE).status_code == 403


@pytest.mark.parametrize("asked", ["x", "0", "00000000-0000-0000-0000-000000000000", "9" * 40])
def test_somebody_who_is_not_there(cast, asked):
    assert signed_in(cast.manager).get(PAGE, {"person": asked}).status_code == 404
