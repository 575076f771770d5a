"""Spreadsheets of families as people have them: CSV or XLSX in, rows of plain words out; and an empty one to fill in.

Nothing here asks the database, and nothing in a file is ever run: a cell is words, whatever sign it begins with.
"""

import csv
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass, field
from functools import cache

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from people.accounts.tidying import tidy
from people.families.decoding import texts_of
from people.families.reading_workbook import MOST_COLUMNS, MOST_LINES
from records.apart import Apart, NoAnswer
from records.turns import Busy, Turns

SECONDS = 10  # that one workbook may take on a busy machine
turns = Turns(places=1, seconds_a_person=120)
MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 500
MOST_UNPACKED = 40 * 1024 * 1024  # bytes of a workbook once unpacked; a small file can hold a very large one
ADULTS = 4

OLD_EXCEL, ZIPPED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
SEPARATORS = (",", ";", "\t")
DOUBTLESS = ("utf-8-sig", "utf-16", "cp1252")  # what a file is saved as here; anything else is asked about


class Unreadable(Exception):
    """The file cannot be read; its text says what would be right."""


@dataclass(frozen=True)
class Column:
    """One column of the template; `key` is our word for it."""

    key: str
    heading: str
    hint: str
    example: str = ""
    choices: str = ""


@dataclass(frozen=True)
class Line:
    """One row of the file under the number that the spreadsheet shows beside it; `sheet` only where there are several."""

    number: int
    cells: dict
    sheet: str = ""
    hidden: bool = False

    def __getitem__(self, key):
        return self.cells.get(key, "")

    def stored(self):
        """The row as plain words and numbers."""
        more = {name: kept for name in ("sheet", "hidden") if (kept := getattr(self, name))}
        return {"number": self.number, "cells": self.cells, **more}


@dataclass
class Sheet:
    """What a file holds: its rows, and what somebody should know about it.

    Where the letters of a file can be read in more than one way, or in an unusual one, `readings` holds
    (encoding, rows) of each, and `lines` those of the likeliest.
    """

    lines: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    readings: list = field(default_factory=list)


@dataclass
class Page:
    """One sheet of a workbook, or the whole of a CSV file, as rows of words."""

    rows: list
    name: str = ""
    hidden: bool = False
    hidden_rows: frozenset = frozenset()
    hidden_columns: frozenset = frozenset()


HELP, EXAMPLE = gettext_lazy("Help:"), gettext_lazy("Example:")


def columns():
    """The columns of the template, in their order."""
    return [
        Column("child", _("Child's full name"), _("One row for each child."), "Maja Example"),
        Column("known_as", _("Known as"), _("What the child is called here. Empty: the first name."), "Maja"),
        Column("born_on", _("Date of birth"), _("Day, month, year: 14/03/2022"), "14/03/2022"),
        Column("starts_on", _("First day"), _("Day, month, year. Empty: today."), "07/09/2026"),
        Column("room", _("Room"), _("The name of the room. Empty where there is only one."), ""),
        *[column for number in range(1, ADULTS + 1) for column in _columns_of_an_adult(number)],
    ]


def _columns_of_an_adult(number):
    again = _("Full name. The parent of another child in this list? Write the same name and address again.")
    kinds = _("Mother, father, step-parent, grandparent, guardian, foster carer, or the family's own word.")
    own = _("An address of their own that nobody else reads. Empty: a letter is printed.")
    short = _("Only without an address of their own. Empty: they choose one themselves.")
    shared = _("Where mail may go if they share an address.")
    level = _("None, information, participate or full. Full needs parental responsibility. Empty: information.")
    asked = [  # key, heading, hint, example, choices
        ("name", _("full name"), again, "Ewa Example", ""),
        ("kind", _("relationship"), kinds, "Mother", ""),
        ("responsibility", _("parental responsibility"), _("Yes, no or not known."), "yes", "yes,no,not known"),
        ("email", _("e-mail address"), own, "ewa@example.org", ""),
        ("short", _("short name to sign in with"), short, "", ""),
        ("mail", _("shared mail address"), shared, "", ""),
        ("lives", _("lives with the child"), _("Yes or no."), "yes", "yes,no"),
        ("collects", _("may collect"), _("Yes or no."), "yes", "yes,no"),
        ("level", _("level"), level, "full", "none,information,participate,full"),
    ]
    called = _("Adult %(n)d") % {"n": number}
    return [
        Column(f"{number}_{key}", f"{called}: {heading}", hint, example if number == 1 else "", choices)
        for key, heading, hint, example, choices in asked
    ]


def _opening_rows():
    """Headings, help and an example that says so; both are passed over when the file comes back."""
    all_columns = columns()
    hints = [column.hint for column in all_columns]
    examples = [column.example for column in all_columns]
    hints[0], examples[0] = f"{HELP} {hints[0]}", f"{EXAMPLE} {examples[0]}"
    return [[column.heading for column in all_columns], hints, examples]


def template_csv():
    """The empty list as CSV; the mark at its beginning tells Excel that it is UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(_opening_rows())
    return out.getvalue().encode("utf-8-sig")


def template_xlsx():
    """The empty list as a workbook, with choices to pick from where there are few."""
    return _template_xlsx(get_language())


@cache
def _template_xlsx(language):
    """The workbook in the language that is spoken now: made once, since it takes a third of a second."""
    book = Workbook()
    page = book.active
    page.title = "Families"
    for words in _opening_rows():
        page.append(words)
    for at, column in enumerate(columns(), start=1):
        letter = get_column_letter(at)
        page.column_dimensions[letter].width = 32 if column.key in {"child", "1_name"} else 22
        page.cell(1, at).font, page.cell(1, at).fill = Font(bold=True), PatternFill("solid", fgColor="E4F0E6")
        page.cell(1, at).alignment = page.cell(2, at).alignment = Alignment(wrap_text=True, vertical="top")
        page.cell(2, at).font = page.cell(3, at).font = Font(italic=True, color="56625B")
        for row in range(4, MOST_ROWS + 4):  # words stay words: Excel shall not turn a name into a number
            page.cell(row, at).number_format = "dd/mm/yyyy" if column.key.endswith("_on") else "@"
        if column.choices:
            pick = DataValidation(type="list", formula1=f'"{column.choices}"', allow_blank=True)
            pick.add(f"{letter}4:{letter}{MOST_ROWS + 3}")
            page.add_data_validation(pick)
    page.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content):
    """The Sheet in a file's bytes. Unreadable, with a sentence, when it is not one that we can read."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 2 MB. Keep only the families in it, without pictures."))
    if not content.strip():
        raise Unreadable(_("The file is empty. Fill in the template and choose it again."))
    if content.startswith(OLD_EXCEL):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable(_("The file is locked with a password. Save it without one and choose it again."))
        raise Unreadable(_("This is an old Excel file (.xls). Open it and save it as “Excel workbook (.xlsx)”."))
    if content.startswith(ZIPPED):
        return _understood(_pages_of_workbook(content))
    texts = _texts(content)
    sheets = [_understood([Page(_rows_of_csv(text))]) for _encoding, text in texts]
    if len(texts) > 1 or texts[0][0] not in DOUBTLESS:
        encodings = [encoding for encoding, _text in texts]
        sheets[0].readings = [(name, sheet.lines) for name, sheet in zip(encodings, sheets, strict=True)]
    return sheets[0]


def _pages_of_workbook(content):
    _look_into(content)
    try:
        with turns.turn(), Apart("people.families.reading_workbook", SECONDS) as reader:
            answer, _nothing = reader.ask({}, len(content), [content])
    except Busy:
        raise Unreadable(_("Other lists are being read at this moment. Choose the file again in a minute.")) from None
    except NoAnswer as why:  # too much work or memory: the process ended
        raise Unreadable(_too_much()) from why
    if answer.get("why") == "large":
        raise Unreadable(_too_much())
    if "sheets" not in answer:
        raise Unreadable(
            _("The file is damaged. Open it in your spreadsheet program, save it as XLSX or CSV and choose it again.")
        )
    return [
        Page(
            [(number, row) for number, row in each["rows"]],
            each["name"],
            each["hidden"],
            frozenset(each["hidden_rows"]),
            frozenset(each["hidden_columns"]),
        )
        for each in answer["sheets"]
    ]


def _too_much():
    return _("There is far more in this file than a list of families. Copy only the list into a new file.")


def _look_into(content):
    """Refuse what is zipped but no workbook, locked, or far larger than it looks."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as problem:
        raise Unreadable(
            _("The file is damaged. Open it in your spreadsheet program, save it as XLSX or CSV and choose it again.")
        ) from problem
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(_("The file is locked with a password. Save it without one and choose it again."))
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Unreadable(_("This is not an Excel workbook. Save the list as XLSX or CSV and choose it again."))
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable(_too_much())


def _rows_of_csv(text):
    lines = text.splitlines(keepends=True)
    told = re.fullmatch(r"sep=(.)\s*", lines[0]) if lines else None  # what Excel writes for itself
    text = "".join(lines[1:] if told else lines)
    separators = [told[1]] if told else SEPARATORS
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text, separators), strict=True)
    rows, number = [], 1 if told else 0
    try:
        for row in reader:
            number += 1
            rows.append((number, [tidy(words) for words in row[:MOST_COLUMNS]]))
            if number > MOST_LINES:
                break
    except csv.Error as problem:
        raise Unreadable(
            _("A quotation mark in row %(n)d or after it is not closed. Mend it, or save the list as XLSX.")
            % {"n": number + 1}
        ) from problem
    return rows


def _texts(content):
    """The likely readings of a CSV file as (encoding, text); at least one."""
    readings = texts_of(content)
    if content.startswith(b"%PDF") or any("\0" in text for _encoding, text in readings) or _is_binary(content):
        raise Unreadable(_("This is not a list of families. Choose the filled-in template, as XLSX or CSV."))
    if not readings:
        raise Unreadable(_("The letters in this file cannot be read. Save it as “CSV UTF-8” or as XLSX."))
    return readings


def _is_binary(content):
    return b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff"))


def _separator(text, separators):
    """The sign between the cells: the one with which most headings are ours."""

    def ours(sign):
        try:
            first = next((row for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign) if any(row)), [])
        except csv.Error:
            return 0
        return len(_plain_headings() & {_plain(words) for words in first})

    return max(separators, key=ours)


def _plain(words):
    """A heading without case, spaces and signs."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", words).casefold() if letter.isalnum())


def _plain_headings():
    return {_plain(column.heading) for column in columns()}


def _understood(pages):
    """The rows of every sheet with our headings, under our own words for the columns."""
    for page in pages:
        if page.rows and page.rows[-1][0] >= MOST_LINES:
            raise Unreadable(
                _("The list goes on for more than %(n)d rows. Copy only the families into a new file.")
                % {"n": MOST_LINES}
            )
        page.rows = [(number, words) for number, words in page.rows if any(words)]
    shown = [page for page in pages if page.rows and not page.hidden]
    if not shown:
        raise Unreadable(_("The file is empty. Fill in the template and choose it again."))
    ours = [page for page in shown if {"child", "born_on"} <= set(_keys(page))] or shown[:1]
    found = Sheet(remarks=_remarks(pages, ours))
    for page in ours:
        _check_headings(_keys(page))
        found.lines += _lines_of(page, page.name if len(ours) > 1 else "")
    if len(found.lines) > MOST_ROWS:
        raise Unreadable(
            _("There are more than %(n)d rows. Divide the list and bring in one part after the other.")
            % {"n": MOST_ROWS}
        )
    if not found.lines:
        raise Unreadable(_("There is no family in the file yet. Fill in a row for each child under the example."))
    return found


def _keys(page):
    """Our word for each column of a sheet, by its headings; None where the column is not ours."""
    known = {_plain(column.heading): column.key for column in columns()}
    return [known.get(_plain(heading)) for heading in page.rows[0][1]]


def _lines_of(page, sheet):
    keys, lines = _keys(page), []
    for number, words in page.rows[1:]:
        cells = {key: cell for key, cell in zip(keys, words, strict=False) if key and cell}
        if cells and not cells.get("child", "").casefold().startswith((HELP.casefold(), EXAMPLE.casefold())):
            lines.append(Line(number, cells, sheet, number in page.hidden_rows))
    return lines


def _remarks(pages, ours):
    """What was passed over in a file, and what somebody who looks at it cannot see there."""
    remarks, headings = (
        [],
        [(page, at, heading) for page in ours for at, heading in enumerate(page.rows[0][1], start=1)],
    )
    unread = [heading for page, at, heading in headings if heading and not _keys(page)[at - 1]]
    unseen = [heading for page, at, heading in headings if at in page.hidden_columns and _keys(page)[at - 1]]
    others = [page.name for page in pages if page.rows and page not in ours]
    if others:
        remarks.append(
            _("These sheets were not read, because they are hidden or hold other headings: %(sheets)s.")
            % {"sheets": ", ".join(others)}
        )
    if len(ours) > 1:
        remarks.append(_("Read: the sheets %(sheets)s.") % {"sheets": ", ".join(page.name for page in ours)})
    if unread:
        remarks.append(
            _("These columns are not ours and were passed over: %(columns)s.")
            % {"columns": ", ".join(dict.fromkeys(unread))}
        )
    if unseen:
        remarks.append(
            _("These columns are hidden in your spreadsheet, and were read: %(columns)s.")
            % {"columns": ", ".join(dict.fromkeys(unseen))}
        )
    return remarks


def _check_headings(keys):
    heading_of = {column.key: column.heading for column in columns()}
    if missing := [heading_of[key] for key in ("child", "born_on") if key not in keys]:
        raise Unreadable(
            _("The first row has to hold the headings of the template. Not found: %(headings)s.")
            % {"headings": ", ".join(missing)}
        )
    if twice := {heading_of[key] for key in keys if key and keys.count(key) > 1}:
        raise Unreadable(
            _("These headings stand there twice: %(headings)s. Keep one of each.")
            % {"headings": ", ".join(sorted(twice))}
        )
