"""Every date rule of the check at two, at both ends and across leap years (domain.md P1, P7, trap 13)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.progress.when import (
    BEST_FROM,
    BEST_UNTIL,
    ONE_TERM,
    SEEN_COMING,
    Timing,
    age_in_months,
    months_complete,
    window,
)

DAY = timedelta(days=1)
BIRTHDAYS = st.dates(date(2015, 1, 1), date(2036, 12, 31))
EVERY_DAY = [date(2019, 12, 1) + n * DAY for n in range(366 * 5)]  # with both leap years, 2020 and 2024


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 24, date(2026, 3, 1)),
        (date(2024, 2, 29), 36, date(2027, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2023, 3, 1), 24, date(2025, 3, 1)),
        (date(2024, 8, 31), 26, date(2026, 10, 31)),
        (date(2024, 12, 31), 26, date(2027, 3, 1)),
        (date(2023, 12, 30), 26, date(2026, 3, 1)),
        (date(2024, 1, 31), 1, date(2024, 3, 1)),
        (date(2024, 11, 30), 1, date(2024, 12, 30)),
    ],
)
def test_months_are_complete_when_their_day_has_come(day, months, there):
    assert months_complete(day, months) == there
    assert age_in_months(day, there) == months
    assert age_in_months(day, there - DAY) == months - 1


def test_a_child_is_two_on_the_second_birthday_and_not_a_day_before_whatever_day_that_is():
    for born_on in EVERY_DAY:
        two, three = months_complete(born_on, 24), months_complete(born_on, 36)
        assert (two.year, three.year) == (born_on.year + 2, born_on.year + 3)
        if (born_on.month, born_on.day) != (2, 29):
            assert (two.month, two.day) == (three.month, three.day) == (born_on.month, born_on.day)
        assert age_in_months(born_on, two - DAY) == 23
        assert age_in_months(born_on, two) == 24
        assert age_in_months(born_on, three - DAY) == 35


@pytest.mark.parametrize("born_on", EVERY_DAY[::3])
def test_whoever_was_always_here_is_due_from_26_to_30_months(born_on):
    found = window(born_on, starts_on=born_on + timedelta(days=300))
    assert found.opens_on == months_complete(born_on, 24)
    assert found.begin_on == months_complete(born_on, BEST_FROM)
    assert found.due_on == months_complete(born_on, BEST_UNTIL)
    assert found.last_on == months_complete(born_on, 36) - DAY
    assert found.timing(found.begin_on - SEEN_COMING - DAY) == Timing.NOT_YET
    assert found.timing(found.begin_on - SEEN_COMING) == Timing.COMING
    assert found.timing(found.begin_on - DAY) == Timing.COMING
    assert found.timing(found.begin_on) == Timing.DUE
    assert found.timing(found.due_on) == Timing.DUE
    assert found.timing(found.due_on + DAY) == Timing.LATE
    assert not found.is_over(found.last_on)
    assert found.is_over(found.last_on + DAY)


def test_it_waits_for_a_term_here():
    born_on, starts_on = date(2024, 1, 10), date(2026, 4, 20)
    found = window(born_on, starts_on)
    assert found.begin_on == starts_on + ONE_TERM == date(2026, 7, 13)
    assert found.due_on == date(2026, 8, 10), "four weeks to write, as the 30 months end before that"


def test_a_child_who_joins_at_34_months_is_due_before_36_the_limit_wins():
    born_on = date(2023, 5, 15)
    starts_on = months_complete(born_on, 34)
    found = window(born_on, starts_on)
    assert starts_on + ONE_TERM > found.last_on
    assert (found.begin_on, found.due_on, found.last_on) == (starts_on, date(2026, 5, 14), date(2026, 5, 14))
    assert found.timing(starts_on) == Timing.DUE


def test_both_ends_of_the_term_that_still_fits():
    born_on = date(2023, 5, 15)
    last_on = date(2026, 5, 14)
    fits = window(born_on, last_on - ONE_TERM)
    assert (fits.begin_on, fits.due_on) == (last_on, last_on)
    too_late = window(born_on, last_on - ONE_TERM + DAY)
    assert (too_late.begin_on, too_late.due_on) == (last_on - ONE_TERM + DAY, last_on)


@pytest.mark.parametrize("born_on", [date(2023, 5, 15), date(2024, 2, 29), date(2023, 3, 1), date(2021, 2, 28)])
def test_who_comes_after_the_third_birthday_or_leaves_before_the_second_has_none(born_on):
    two, three = months_complete(born_on, 24), months_complete(born_on, 36)
    assert window(born_on, three) is None
    assert window(born_on, three - DAY).last_on == three - DAY
    assert window(born_on, born_on, ends_on=two - DAY) is None
    assert window(born_on, born_on, ends_on=two) is not None


def test_born_on_29_february():
    found = window(date(2024, 2, 29), date(2024, 9, 1))
    assert (found.opens_on, found.last_on) == (date(2026, 3, 1), date(2027, 2, 28))
    before_a_leap_year = window(date(2025, 3, 1), date(2025, 9, 1))
    assert before_a_leap_year.last_on == date(2028, 2, 29)


@given(BIRTHDAYS, st.integers(0, 36 * 31))
def test_whatever_the_days_the_order_holds_and_the_limit_wins(born_on, after):
    starts_on = born_on + timedelta(days=after)
    found = window(born_on, starts_on)
    three = months_complete(born_on, 36)
    assert (found is None) == (starts_on >= three)
    if found:
        assert found.opens_on <= found.begin_on <= found.due_on <= found.last_on < three
        assert found.begin_on >= starts_on
        a_term_fits = starts_on + ONE_TERM <= found.last_on
        assert not a_term_fits or found.begin_on >= starts_on + ONE_TERM
        assert age_in_months(born_on, found.last_on) == 35
