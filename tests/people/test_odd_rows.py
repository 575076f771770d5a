"""Start of term: what stands in the wrong column, holds two people or was misread asks first, and is never simply good."""

import pytest

from people.families import actions_term
from people.families.models import Child
from people.families.odd_names import as_it_was, what_is_odd
from people.setting.models import Setting
from portal.demo.cast import build_cast
from tests.people.test_pressed_at_once import at_once
from tests.people.test_start_of_term import ZOE, listed, outcomes

ODD = [
    "ZoÃ« BrontÃ«",
    "Zo√´ Berry",
    "PaweÅ‚ Berry",
    "=A2&B2",
    "bea@example.org",
    "07700 900123",
    "14/03/1990",
    "yes",
    "Mother",
    "n/a",
    "not known",
    "Oâ€™Malley Ann",
    "Bea and Tom Berry",
    "Bea Berry & Tom Berry",
    "Bea Berry / Tom Berry",
    "Zoe Berry (left)",
]
PLAIN = [
    "Zoë Brontë-Şun",
    "Paweł Łoś",
    "L’École Berry",
    "Ngọc Ánh",
    "Мария",
    "李小龙",
    "X Æ",
    "José Ortega y Gasset",
    "Alexandra Sandy",
    "Siân O’Neil-Dunne",
    "Ava-Grace",
]


@pytest.mark.parametrize("name", ODD)
def test_a_cell_that_is_most_likely_no_name_of_one_person_is_asked_about(name):
    assert what_is_odd(name)


@pytest.mark.parametrize("name", PLAIN)
def test_a_name_is_not_asked_about(name):
    assert not what_is_odd(name)


def test_misread_letters_are_shown_as_they_were():
    assert (as_it_was("ZoÃ« BrontÃ«"), as_it_was("Zo√´"), as_it_was("PaweÅ‚")) == ("Zoë Brontë", "Zoë", "Paweł")


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["child", "known_as", "1_name"])
def test_such_a_row_does_not_come_in_by_itself(cast, place):
    asked = outcomes(cast, ZOE | {place: "ZoÃ«"})[4]
    assert asked.asks and not asked.is_good and "Zoë" in asked.questions[0]
    kept = listed(cast, ZOE | {place: "ZoÃ«"})
    assert actions_term.bring_in(kept, by=cast.manager)[:2] == (0, 0)


@pytest.mark.django_db
def test_an_adult_with_the_childs_own_name_is_asked_about(cast):
    assert "child's own name" in outcomes(cast, ZOE | {"1_name": "zoe  berry"})[4].questions[0]


@pytest.mark.django_db
def test_one_name_with_two_dates_of_birth_is_asked_about_in_the_list_and_beside_the_books(cast):
    rows = outcomes(cast, ZOE, ZOE | {"born_on": "15/03/2023"})
    assert all(row.asks and "another date of birth" in row.questions[0] for row in rows.values())
    books = outcomes(cast, ZOE | {"child": cast.maja.full_name})[4]
    assert books.asks and "the books" in books.questions[0]


@pytest.mark.django_db
def test_days_that_a_british_spreadsheet_turned_round_are_asked_about(cast):
    american = [ZOE | {"born_on": "03/14/2023"}, ZOE | {"child": "Ann Berry", "born_on": "2023-04-03"}]
    rows = outcomes(cast, *american)
    assert rows[4].problems and rows[5].asks and "month first" in rows[5].questions[0]


@pytest.mark.django_db
def test_a_column_of_right_days_does_not_hide_one_that_was_turned_round(cast):
    """A spreadsheet set to American days: 3 April became a cell of March; the first days came from somewhere else."""
    days = {"starts_on": "2026-09-14"}
    rows = [ZOE | days | {"born_on": "2023-03-04"}, ZOE | days | {"child": "Ann Berry", "born_on": "14/03/2023"}]
    found = outcomes(cast, *rows)
    assert found[4].asks and "left as words" in found[4].questions[0] and found[5].is_good


def test_one_child_in_the_lists_of_two_colleagues_comes_in_once(own_database):
    cast = build_cast()
    lists = [(listed(cast, ZOE, by=by), by) for by in (cast.manager, cast.deputy)]

    def press():
        kept, by = lists.pop()
        return actions_term.bring_in(kept, by=by)[0]

    assert sorted(at_once(press, 2)) == [0, 1]
    assert Child.objects.filter(full_name=ZOE["child"]).count() == 1 and Setting.objects.count() == 1
