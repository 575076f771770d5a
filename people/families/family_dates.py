"""Days in a spreadsheet of families as people write them, and what shows that the day and the month changed places."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
AS_A_CELL = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
IN_FIGURES = re.compile(r"(?P<day>\d{1,2})[/. -](?P<month>\d{1,2})[/. -](?P<year>\d{4}|\d{2})", re.ASCII)
WITH_A_WORD = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?P<month>[A-Za-z]{3,9})\.?,?[ -](?P<year>\d{4}|\d{2})", re.ASCII
)


def day_of(words: str) -> date | None:
    """Return the day in these words, in British order, or None."""
    if match := AS_A_CELL.fullmatch(words) or IN_FIGURES.fullmatch(words):
        month = int(match["month"])
    elif (match := WITH_A_WORD.fullmatch(words)) and match["month"][:3].lower() in MONTHS:
        month = MONTHS.index(match["month"][:3].lower()) + 1
    else:
        return None
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    try:
        return date(year, month, int(match["day"]))
    except ValueError:
        return None


def ask_about_mixture(rows: list, lines: list) -> None:
    """Ask about every day that could be meant the other way round, where the list shows that some have the month first.

    Either a day of the list makes sense with the month first only: then those that a spreadsheet set to British days has
    turned into cells are asked about as well. Or, in one column, a spreadsheet set to American days made cells of those
    that it could turn round and left the others as words.
    """
    pairs = list(zip(rows, lines, strict=True))
    columns = [[(row, line[key]) for row, line in pairs if line[key]] for key in ("born_on", "starts_on")]
    turned = next(((row, words) for written in columns for row, words in written if _is_month_first(words)), None)
    for written in columns:
        in_figures = [match for _row, words in written if (match := IN_FIGURES.fullmatch(words))]
        as_cells = [match for _row, words in written if (match := AS_A_CELL.fullmatch(words))]
        left_as_words = bool(in_figures) and all(int(match["day"]) > 12 for match in in_figures)
        made_cells = bool(as_cells) and all(int(match["day"]) <= 12 for match in as_cells)
        for row, words in written:
            match = IN_FIGURES.fullmatch(words) or AS_A_CELL.fullmatch(words)
            if not match or not _could_be_turned(match):
                continue
            if turned:
                _ask(row, words, _("“%(words)s” in %(row)s has the month first.") % _names(*turned))
            elif left_as_words and made_cells and AS_A_CELL.fullmatch(words):
                _ask(
                    row,
                    words,
                    _("The other days of this list were left as words, as where the month is expected first."),
                )


def _names(row, words):
    return {"words": words, "row": row.called}


def _is_month_first(words):
    match = IN_FIGURES.fullmatch(words)
    return bool(match) and int(match["day"]) <= 12 < int(match["month"]) <= 31


def _could_be_turned(match):
    day, month = int(match["day"]), int(match["month"])
    return day != month and day <= 12 and month <= 12


def _ask(row, words, why):
    read = day_of(words)
    if read:
        asked = _("“%(words)s” was read as %(day)s. Is that right, and not with the month first?")
        row.questions.append(asked % {"words": words, "day": date_format(read, "j F Y")} + " " + why)
