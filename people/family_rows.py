"""What the rows of a spreadsheet of families mean. Pure: it reads words and says what they are or what is wrong with them."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Kind, Level, Responsibility
from people.names import plain_name, why_not_short_name
from people.rules import why_not_related
from people.spreadsheets import ADULTS

OLDEST = 8  # years; a child born before that is a slip in the year
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
LEVELS = {
    **dict.fromkeys(["none", "nothing"], Level.NONE),
    **dict.fromkeys(["", "information", "info"], Level.INFORMATION),
    **dict.fromkeys(["participate", "taking part", "takes part"], Level.PARTICIPATE),
    **dict.fromkeys(["full", "everything", "all"], Level.FULL),
}
RESPONSIBILITIES = {
    **dict.fromkeys(["yes", "y"], Responsibility.YES),
    **dict.fromkeys(["no", "n"], Responsibility.NO),
    **dict.fromkeys(["", "not known", "unknown", "don't know", "?"], Responsibility.NOT_KNOWN),
}
YES_OR_NO = {**dict.fromkeys(["yes", "y", "x", "✓"], True), **dict.fromkeys(["", "no", "n"], False)}
KINDS = {
    **dict.fromkeys(["mother", "mum", "mummy", "mam", "mom", "mama"], Kind.MOTHER),
    **dict.fromkeys(["father", "dad", "daddy", "papa"], Kind.FATHER),
    "parent": Kind.PARENT,
    **dict.fromkeys(["step-parent", "step-mother", "step-father", "step-mum", "step-dad"], Kind.STEP_PARENT),
    **dict.fromkeys(
        ["grandparent", "grandmother", "grandfather", "gran", "granny", "nan", "grandad"], Kind.GRANDPARENT
    ),
    "guardian": Kind.GUARDIAN,
    **dict.fromkeys(["foster carer", "foster mother", "foster father"], Kind.FOSTER_CARER),
    **dict.fromkeys(["someone else", "other"], Kind.OTHER),
}
AS_ROW = re.compile(r"(?:(?:the )?(?:same )?as )?row (\d{1,5})(?:,? (?:adult )?([1-9]))?", re.IGNORECASE)
BROKEN_CELL = re.compile(r"#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)")
LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@")


@dataclass
class Adult:
    """One adult of a row. `same_as` is (row, adult) of the one a person said it is; nothing else ever makes two one."""

    number: int
    full_name: str = ""
    email: str = ""
    sign_in_name: str = ""
    mail_to: str = ""
    same_as: tuple | None = None
    tie: dict = field(default_factory=dict)


@dataclass
class FamilyRow:
    """One row and what becomes of it: `child` is new, or the adults are added to the child of row `of_row`."""

    number: int
    child: dict = field(default_factory=dict)
    of_row: int | None = None
    adults: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def is_good(self):
        return not self.problems

    @property
    def outcome(self):
        """What will happen, in words."""
        if self.of_row:
            many = ngettext(
                "%(n)d adult added to the child of row %(row)d",
                "%(n)d adults added to the child of row %(row)d",
                len(self.adults),
            )
            return many % {"n": len(self.adults), "row": self.of_row}
        many = ngettext("New child, with %(n)d adult", "New child, with %(n)d adults", len(self.adults))
        return many % {"n": len(self.adults)}


def understand(lines, today=None):
    """A FamilyRow for each line, with what is wrong in it taken by itself."""
    today = today or timezone.localdate()
    return [_row(line, today) for line in lines]


def _row(line, today):
    row = FamilyRow(line.number)
    again = AS_ROW.fullmatch(line["child"])
    if again and not again[2]:
        row.of_row = int(again[1])
        row.child = {"full_name": line["child"]}
    else:
        _read_child(row, line, today)
    for number in range(1, ADULTS + 1):
        _read_adult(row, line, number)
    if row.of_row and not row.adults:
        row.problems.append(_("There is no adult in this row to add to the child of row %(n)d.") % {"n": row.of_row})
    for words in line.cells.values():
        if BROKEN_CELL.fullmatch(words):
            row.problems.append(
                _("A cell shows %(words)s: the spreadsheet could not work it out. Type what belongs there.")
                % {"words": words}
            )
        elif words.startswith(LOOKS_LIKE_A_FORMULA) and len(words) > 1:
            row.notes.append(_("“%(words)s” is kept as plain words. Is it what you meant?") % {"words": words[:60]})
    return row


def _read_child(row, line, today):
    full_name = line["child"]
    row.child = {
        "full_name": full_name,
        "known_as": line["known_as"] or (full_name.split() or [""])[0],
        "born_on": _day(row, line["born_on"], _("date of birth")),
        "starts_on": _day(row, line["starts_on"], _("first day")) if line["starts_on"] else today,
        "room": line["room"],
    }
    if not full_name:
        row.problems.append(_("There is no child's name. Write the full name in the first column."))
    if len(full_name) > 150 or len(row.child["known_as"]) > 60:
        row.problems.append(_("The child's name is too long: at most 150 letters, and 60 for “known as”."))
    if not line["born_on"]:
        row.problems.append(_("There is no date of birth. Write day, month and year, like 14/03/2022."))
    born_on, starts_on = row.child["born_on"], row.child["starts_on"]
    if born_on and born_on > today:
        row.problems.append(_("The date of birth lies in the future. Check day, month and year."))
    elif born_on and born_on.year < today.year - OLDEST:
        row.problems.append(_("The date of birth lies more than %(n)d years back. Check the year.") % {"n": OLDEST})
    if born_on and starts_on and not (born_on <= starts_on and starts_on.year <= today.year + 5):
        row.problems.append(_("The first day lies before the date of birth, or far away. Check day, month and year."))


def _day(row, words, what):
    """The day in these words, British order; None, with a problem, when it is none."""
    found = _day_of(words)
    if words and not found:
        row.problems.append(
            _("The %(what)s “%(words)s” is not a day. Write day, month and year, like 14/03/2022.")
            % {"what": what, "words": words[:40]}
        )
    return found


def _day_of(words):
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", words, re.ASCII):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})", words, re.ASCII):
        day, month, year = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4}|\d{2})", words, re.ASCII):
        if match[2][:3].lower() not in MONTHS:
            return None
        day, month, year = int(match[1]), MONTHS.index(match[2][:3].lower()) + 1, int(match[3])
    else:
        return None
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _read_adult(row, line, number):
    mine = f"{number}_"
    cells = {key.removeprefix(mine): words for key, words in line.cells.items() if key.startswith(mine) and words}
    if not cells:
        return
    named = cells.get("name", "")
    if not named and not {"email", "short", "mail"} & cells.keys():  # a column filled in downwards makes nobody
        row.notes.append(_("Adult %(n)d has no name and is passed over.") % {"n": number})
        return
    adult = Adult(number, tie=_tie(row, cells, number))
    if not named:
        row.problems.append(_("Adult %(n)d has no name. Write the full name.") % {"n": number})
    if len(named) > 150:
        row.problems.append(_("The name of adult %(n)d is too long: at most 150 letters.") % {"n": number})
    if again := AS_ROW.fullmatch(named):
        adult.same_as = (int(again[1]), int(again[2] or 1))
    else:
        _read_way_in(row, adult, cells)
    adult.full_name = named
    row.adults.append(adult)


def _read_way_in(row, adult, cells):
    """How the adult signs in and where their mail goes."""
    for key, what in (("email", _("e-mail address")), ("mail", _("shared mail address"))):
        if address := cells.get(key, ""):
            try:
                validate_email(plain_name(address))
            except ValidationError:
                row.problems.append(
                    _("The %(what)s “%(words)s” of adult %(n)d is not an address. It looks like name@example.org.")
                    % {"what": what, "words": address[:60], "n": adult.number}
                )
    adult.email, adult.mail_to = plain_name(cells.get("email", "")), plain_name(cells.get("mail", ""))
    if adult.email and adult.mail_to:
        row.notes.append(
            _("Adult %(n)d has an address of their own, so the shared one is not needed.") % {"n": adult.number}
        )
        adult.mail_to = ""
    adult.sign_in_name = plain_name(cells.get("short", ""))
    if adult.sign_in_name and (why_not := why_not_short_name(adult.sign_in_name)):
        row.problems.append(_("Adult %(n)d: %(why)s") % {"n": adult.number, "why": why_not})


def _tie(row, cells, number):
    def chosen(key, choices, otherwise, said):
        words = cells.get(key, "")
        found = choices.get(words.casefold().replace("’", "'"))
        if found is None:
            row.problems.append(said % {"n": number, "words": words[:40]})
            return otherwise
        return found

    kind, label = _kind(row, cells.get("kind", ""), number)
    level = chosen(
        "level",
        LEVELS,
        Level.NONE,
        _("The level “%(words)s” of adult %(n)d is unknown. Write none, information, participate or full."),
    )
    responsibility = chosen(
        "responsibility",
        RESPONSIBILITIES,
        Responsibility.NOT_KNOWN,
        _("Parental responsibility of adult %(n)d is “%(words)s”. Write yes, no or not known."),
    )
    if why_not := why_not_related(level, responsibility, ""):
        row.problems.append(_("Adult %(n)d: %(why)s") % {"n": number, "why": why_not})
    return {
        "kind": kind,
        "label": label,
        "parental_responsibility": responsibility,
        "level": level,
        "lives_with": chosen(
            "lives", YES_OR_NO, False, _("“Lives with” of adult %(n)d is “%(words)s”. Write yes or no.")
        ),
        "may_collect": chosen(
            "collects", YES_OR_NO, False, _("“May collect” of adult %(n)d is “%(words)s”. Write yes or no.")
        ),
    }


def _kind(row, words, number):
    """(kind, the family's own word). A word that is none of ours is kept as theirs."""
    plain = unicodedata.normalize("NFKC", words).casefold().replace("stepf", "step-f").replace("stepm", "step-m")
    plain = plain.replace("step ", "step-").replace("stepparent", "step-parent")
    if not words:
        return Kind.OTHER, ""
    if len(words) > 60:
        row.problems.append(_("The relationship of adult %(n)d is too long: at most 60 letters.") % {"n": number})
    if kind := KINDS.get(plain):
        return kind, "" if plain == kind.label.casefold() else words
    row.notes.append(_("Adult %(n)d is kept as “someone else (%(words)s)”.") % {"n": number, "words": words[:60]})
    return Kind.OTHER, words
