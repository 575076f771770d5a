"""What the rows of a spreadsheet of families mean. Pure: it reads words and says what they are or what is wrong with them."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.accounts.names import name_key, plain_name, turned_round, why_not_short_name
from people.accounts.slips import holds_two_addresses, likely_domain, written_address
from people.families.access import Level
from people.families.days import why_not_born_on, why_not_first_day
from people.families.family_dates import ask_about_mixture, day_of
from people.families.models import Kind, Responsibility
from people.families.odd_names import what_is_odd
from people.families.rules import why_not_related
from people.families.spreadsheets import ADULTS

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
AS = re.compile(r"(?:the )?(?:same )?as (?P<whom>.+)|(?P<row>row \d{1,5}(?:,? (?:adult )?[1-9])?)", re.IGNORECASE)
BROKEN_CELL = re.compile(r"#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)")
LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@")
LOST = ("?", "\ufffd")  # what stands in a file where a letter could not be saved


@dataclass(eq=False)
class Adult:
    """One adult of a row: with facts of their own, or `said` to be somebody else of the list, by name or address.

    `who` is the same for all places of the list where one person stands (people/families/look_alikes.py).
    """

    number: int
    full_name: str = ""
    email: str = ""
    sign_in_name: str = ""
    mail_to: str = ""
    said: str = ""
    who: tuple | None = None
    also_in: list = field(default_factory=list)
    tie: dict = field(default_factory=dict)


@dataclass(eq=False)
class FamilyRow:
    """One row and what becomes of it: `child` is new, or the adults are added to the child of the row `of_row`."""

    number: int
    sheet: str = ""
    child: dict = field(default_factory=dict)
    said: str = ""  # whose child this is, where the row only adds adults
    of_row: "FamilyRow | None" = None
    adults: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def is_good(self):
        return not self.problems and not self.questions

    @property
    def asks(self):
        """Whether it comes in only when somebody has looked at it and said that it is right."""
        return bool(self.questions) and not self.problems

    @property
    def place(self):
        """Where it stands, for a heading."""
        row = _("Row %(n)d") % {"n": self.number}
        return f"{self.sheet}, {row}" if self.sheet else row

    @property
    def called(self):
        """Where it stands, inside a sentence."""
        if self.sheet:
            return _("row %(n)d of “%(sheet)s”") % {"n": self.number, "sheet": self.sheet}
        return _("row %(n)d") % {"n": self.number}

    @property
    def token(self):
        """What a tick beside this row says yes to: the row as it stood there, with its questions."""
        people = [(adult.full_name, adult.email, adult.mail_to, str(adult.tie)) for adult in self.adults]
        seen = repr((self.sheet, self.number, str(self.child), people, self.questions))
        return hashlib.sha256(seen.encode()).hexdigest()[:24]

    @property
    def outcome(self):
        """What will happen, in words."""
        if self.said:
            many = ngettext(
                "%(n)d adult added to the child of %(row)s",
                "%(n)d adults added to the child of %(row)s",
                len(self.adults),
            )
            return many % {"n": len(self.adults), "row": self.of_row.called if self.of_row else self.said}
        many = ngettext("New child, with %(n)d adult", "New child, with %(n)d adults", len(self.adults))
        return many % {"n": len(self.adults)}


def understand(lines, today=None):
    """A FamilyRow for each line, with what is wrong in it taken by itself, and what has to be asked."""
    today = today or timezone.localdate()
    rows = [_row(line, today) for line in lines]
    ask_about_mixture(rows, lines)
    return rows


def _row(line, today):
    row = FamilyRow(line.number, line.sheet)
    if line.hidden:
        row.questions.append(_("This row is hidden in your spreadsheet, by hand or by a filter. Does it belong here?"))
    if again := AS.fullmatch(line["child"]):
        row.said = again["whom"] or again["row"]
        row.child = {"full_name": line["child"], "born_on": day_of(line["born_on"]), "known_as": ""}
    else:
        _read_child(row, line, today)
    for number in range(1, ADULTS + 1):
        _read_adult(row, line, number)
    if not row.said and not row.adults:
        row.notes.append(
            _("There is no adult in this row. Merged cells of a CSV file keep their words in the first row only.")
        )
    if row.said and not row.adults:
        row.problems.append(
            _("There is no adult in this row to add to the child “%(name)s”.") % {"name": row.said[:60]}
        )
    for words in line.cells.values():
        if BROKEN_CELL.fullmatch(words):
            row.problems.append(
                _("A cell shows %(words)s: the spreadsheet could not work it out. Type what belongs there.")
                % {"words": words}
            )
        elif words.startswith(LOOKS_LIKE_A_FORMULA) and len(words) > 1:
            row.notes.append(_("“%(words)s” is kept as plain words. Is it what you meant?") % {"words": words[:60]})
    return row


def _name(row, words):
    """A name as it is said, with a question where it stood “Surname, First” or has lost a letter."""
    name = turned_round(words)
    if name is None:
        row.problems.append(
            _("“%(words)s” has more than one comma. Write the first name, then the surname.") % {"words": words[:60]}
        )
        return words
    if name != words:
        row.questions.append(
            _("“%(words)s” was read as %(name)s, first name first. Is that right?")
            % {"words": words[:60], "name": name[:60]}
        )
    _ask_about_lost(row, name)
    if odd := what_is_odd(name):
        row.questions.append(odd)
    return name


def _ask_about_lost(row, name):
    if any(sign in name for sign in LOST) and not BROKEN_CELL.fullmatch(name):
        row.questions.append(
            _("“%(words)s” holds a sign in place of a letter: it was lost when the list was saved. Save it as XLSX.")
            % {"words": name[:60]}
        )


def _read_child(row, line, today):
    full_name = _name(row, line["child"])
    _ask_about_lost(row, line["known_as"])
    if line["known_as"] and (odd := what_is_odd(line["known_as"])):
        row.questions.append(odd)
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
    if born_on and (why_not := why_not_born_on(born_on, today)):
        row.problems.append(why_not)
    if born_on and starts_on and (why_not := why_not_first_day(starts_on, born_on, today)):
        row.problems.append(why_not)


def _day(row, words, what):
    """The day in these words, British order; None, with a problem, when it is none."""
    found = day_of(words)
    if words and not found:
        row.problems.append(
            _("The %(what)s “%(words)s” is not a day. Write day, month and year, like 14/03/2022.")
            % {"what": what, "words": words[:40]}
        )
    return found


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
    if again := AS.fullmatch(named):
        adult.said, adult.full_name = again["whom"] or again["row"], named
    else:
        adult.full_name = _name(row, named)
        if named and name_key(adult.full_name) == name_key(row.child.get("full_name", "")):
            row.questions.append(_("Adult %(n)d has the child's own name. Is that right?") % {"n": number})
        _read_way_in(row, adult, cells)
    row.adults.append(adult)


def _read_way_in(row, adult, cells):
    """How the adult signs in and where their mail goes."""
    adult.email = _address(row, adult, cells.get("email", ""), _("e-mail address"))
    adult.mail_to = _address(row, adult, cells.get("mail", ""), _("shared mail address"))
    if adult.email and adult.mail_to:
        row.notes.append(
            _("Adult %(n)d has an address of their own, so the shared one is not needed.") % {"n": adult.number}
        )
        adult.mail_to = ""
    adult.sign_in_name = plain_name(cells.get("short", ""))
    if adult.sign_in_name and (why_not := why_not_short_name(adult.sign_in_name)):
        row.problems.append(_("Adult %(n)d: %(why)s") % {"n": adult.number, "why": why_not})


def _address(row, adult, words, what):
    """The address in a cell, in its one form; with a question where it looks like a slip of the finger."""
    if holds_two_addresses(words):
        row.problems.append(
            _(
                "The %(what)s of adult %(n)d holds two addresses: “%(words)s”. Write one; another person's stands in the "
                "columns of that adult."
            )
            % {"what": what, "n": adult.number, "words": words[:60]}
        )
        return ""
    address = plain_name(written_address(words))
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError:
        row.problems.append(
            _("The %(what)s “%(words)s” of adult %(n)d is not an address. It looks like name@example.org.")
            % {"what": what, "words": words[:60], "n": adult.number}
        )
    if meant := likely_domain(address):
        row.questions.append(
            _("Did adult %(n)d mean %(likely)s? The list says %(address)s.")
            % {"n": adult.number, "likely": f"{address.rpartition('@')[0]}@{meant}"[:80], "address": address[:80]}
        )
    return address


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
