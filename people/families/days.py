"""Between which days a child's own days lie, however they come in: typed by hand or from a spreadsheet."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2100  # of any day that somebody types
OLDEST = 8  # years; a child born before that is a slip in the year
FURTHEST = 5  # years ahead


def within_a_lifetime(day: date) -> None:
    """Refuse a day whose year is a slip: 0022, or 2206."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(_("Check the year: it has four digits, like 2026."))


def why_not_born_on(born_on: date, today: date) -> str:
    """Return why a child here cannot be born on this day, in words, or nothing."""
    if born_on > today:
        return _("The date of birth lies in the future. Check day, month and year.")
    if born_on.year < today.year - OLDEST:
        return _("The date of birth lies more than %(n)d years back. Check the year.") % {"n": OLDEST}
    return ""


def why_not_first_day(starts_on: date, born_on: date | None, today: date) -> str:
    """Return why this cannot be a child's first day here, in words, or nothing."""
    earliest = born_on or date(today.year - OLDEST, 1, 1)
    if starts_on < earliest or starts_on.year > today.year + FURTHEST:
        return _("The first day lies before the date of birth, or far away. Check day, month and year.")
    return ""
