"""Lines for signatures and dates at the end of a procedure: no words of it, though the day of adoption may stand there."""

import datetime
import re

from procedures.review import month_named

BLANK = re.compile(r"_{3,}|\.{5,}|…{2,}")
SIGNING = re.compile(
    r"(?:this|the) (?:policy|procedure|document) was (?:adopted|agreed|approved|written|issued)\b.*"
    r"|(?:policy |procedure )?(?:adopted|approved|agreed|ratified) (?:by|on|at)\b.*"
    r"|(?:date |last )?(?:adopted|approved|agreed|ratified|updated|issued|implemented)\s*[:|–-].*"
    r"|(?:date of )?(?:adoption|approval|issue|implementation)(?: date)?\s*[:|–-].*"
    r"|signed(?: on behalf of.*| by.*|\s*[:|–-].*)?"
    r"|signature\b.{0,60}"
    r"|(?:name|role|position|title) of (?:signatory|the provider)\b.*"
    r"|date (?:to be reviewed|of (?:next )?review|reviewed|signed)\b.*"
    r"|(?:on behalf of|print(?:ed)? name|position held?)\b.{0,60}"
    r"|held on\b.{0,60}"
    r"|(?:name|role|position|date|manager|chair(?:person)?|designation)\s*[:|]\s*.{0,40}"
    r"|(?:version|issue|revision)(?: (?:no|number)\.?)?\s*[:.]?\s*\d.{0,50}"
    r"|(?:policy |procedure )?(?:owner|lead|author|written by|prepared by|responsible person)\s*[:|]\s*.{0,60}",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?:print(?:ed)? |policy |procedure |date |next |last |full )*(?:signed|signature|name|date|role|position|version|adopted|"
    r"approved|agreed|review(?:ed)?|issued?|author|owner|amendments?|changes?|adoption|designation|job title|signatory|on|by|of|"
    r"to be|behalf|the|provider|for|chair(?:person)?|manager|comments?|\s|[:.()/&])+",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"\(.{3,60}\)")
DATE = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"(?:[./-](?P<month>\d{1,2})[./-]|\s+(?:of )?(?P<name>[A-Za-z]{3,9})\s+)(?P<year>\d{4}|\d{2})\b"
)
LONGEST = 130


def is_fill_in(text):
    """A line with a blank to write on."""
    return bool(BLANK.search(text))


def is_signing(text):
    """Whether a line is for a signature, a name or a date, and no sentence of the procedure."""
    if len(text) > LONGEST:
        return False
    if is_fill_in(text) and re.match(
        r"\W*(?:signed|signature|date|name|role|position|on behalf|print)", text, re.IGNORECASE
    ):
        return True
    return bool(SIGNING.fullmatch(text.strip(" |"))) and (len(text.split()) > 1 or text.casefold().startswith("sign"))


def may_follow_signing(text):
    """Whether a line under a signature line belongs to it: a label, a date, a name to be put in."""
    if len(text) > 60 or (text.endswith(".") and len(text.split()) > 6):
        return False
    return bool(LABEL.fullmatch(text) or BRACKETED.fullmatch(text) or DATE.search(text) or is_fill_in(text)) or (
        len(text.split()) <= 5 and not text.endswith((".", ":"))
    )


def is_signing_table(rows):
    """Whether a table is there to be signed, or tells only who adopted what when."""
    cells = [cell for row in rows for cell in row if cell.strip(" _.…")]
    if not cells:
        return True
    labels = [cell for cell in cells if len(cell) <= 60 and LABEL.fullmatch(cell)]
    return bool(labels) and len(labels) * 2 >= len(cells) and sum(len(cell.split()) for cell in cells) <= 60


def adopted_on(text):
    """The day on which the procedure was adopted, as 2025-11-12; empty where the words do not tell one."""
    if not re.search(r"\b(?:adopted|adoption|approved|agreed|held on)\b", text, re.IGNORECASE):
        return ""
    match = DATE.search(text)
    if not match:
        return ""
    month = int(match["month"]) if match["month"] else month_named(match["name"])
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    try:
        return datetime.date(year, month or 0, int(match["day"])).isoformat()
    except ValueError:
        return ""
