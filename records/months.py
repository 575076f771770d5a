"""Whole months before and after a day, in the two ways that are right for different things."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day so many months later (or earlier); the last of a shorter month. For cycles: a review each year."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def months_complete(day: date, months: int) -> date:
    """The day on which this many months are complete; where a month lacks the day, the first of the next one. For ages.

    So a child born on 29 February has a birthday on 1 March in a common year, as English law has it.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)
