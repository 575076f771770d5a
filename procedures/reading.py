"""The first step of an import: from the bytes of a file to clean lines, with headers, footers and page numbers left out."""

import re
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST = 1_000_000  # characters; the longest real procedure we have met has 60,000
MOST_LINES = 20_000

LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x0b": "\n",
        "\u200b": None,
        "\u2060": None,
        "\ufeff": None,
    }
)
PAGE_NUMBER = re.compile(r"(?:page\s*)?(?:-\s*)?\d{1,4}(?:\s*-)?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
ENDS_WITH_PAGE_NUMBER = re.compile(r".{0,90}\bpage\s*\d{1,4}\s*(?:of|/)\s*\d{1,4}", re.IGNORECASE)
TABLE = re.compile(r"\|.*\||\S.*?(?: {3,}|\t)\S.*?(?: {3,}|\t)\S.*")
RULER = re.compile(r"[-=_*~.·]{3,}")
STARTS_WITH_CODE = re.compile(r"(?:\w+\s+)?\d{1,2}\.\d")
KINDS_OF_FILE = [
    (b"%PDF", gettext_lazy("a PDF")),
    (b"PK\x03\x04", gettext_lazy("a Word document or a ZIP")),
    (b"\xd0\xcf\x11\xe0", gettext_lazy("an old Word document")),
    (b"{\\rtf", gettext_lazy("a rich-text document")),
    (b"\x89PNG", gettext_lazy("a picture")),
    (b"\xff\xd8\xff", gettext_lazy("a picture")),
]


class CannotRead(Exception):
    """A document that cannot be read; its text is a sentence for the person who chose it."""


@dataclass
class Line:
    text: str
    indent: int = 0
    gap: int = 0  # empty lines before it
    new_page: bool = False
    is_table: bool = False


def words_of(content):
    """The text of an uploaded file's bytes, or CannotRead with a sentence that says what to do."""
    for beginning, kind in KINDS_OF_FILE:
        if content.startswith(beginning):
            raise CannotRead(
                _("This file is %(kind)s. Open it, select all its words, copy them and paste them here.")
                % {"kind": kind}
            )
    if len(content) > 4 * LARGEST:
        raise CannotRead(_("This file is too large for one procedure. Import one procedure at a time."))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    return check_words(text)


def check_words(text):
    """The same text if it can be a procedure; CannotRead otherwise."""
    if len(text) > LARGEST or text.count("\n") > MOST_LINES:
        raise CannotRead(_("This text is too long for one procedure. Import one procedure at a time."))
    strange = sum(1 for character in text if character < " " and character not in "\t\n\r\f\v")
    strange += text.count("\ufffd")
    if "\x00" in text or strange * 50 > len(text):
        raise CannotRead(
            _("This file does not hold readable words. Save the procedure as plain text (.txt) and try again.")
        )
    if not re.search(r"[^\W\d_]{2}", text):
        raise CannotRead(_("There are no words in this file."))
    return text


def clean_lines(text):
    """The lines that belong to the procedure, and those that were left out as decoration of a page."""
    lines = split_lines(text)
    decoration = repeated_decoration(lines)
    kept, left_out = [], []
    gap, new_page = 0, False
    for position, line in enumerate(lines):
        if position in decoration or is_page_decoration(line.text):
            left_out.append(line.text)
            gap, new_page = gap + line.gap, True
            continue
        line.gap += gap
        line.new_page |= new_page
        gap, new_page = 0, False
        kept.append(line)
    return kept, left_out


def split_lines(text):
    """Non-empty lines with what stood before them."""
    lines, gap, new_page = [], 0, False
    text = text.translate(LIGATURES).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f\n")
    for raw in text.split("\n"):
        if raw == "\f":
            new_page = True
            continue
        is_table = bool(TABLE.fullmatch(raw.strip()))
        raw = "".join(character for character in raw.expandtabs(4) if character >= " ")
        words = " ".join(raw.split())
        if not words:
            gap += 1
            continue
        lines.append(Line(words, len(raw) - len(raw.lstrip()), gap, new_page, is_table))
        gap, new_page = 0, False
    return lines


def is_page_decoration(text):
    return bool(PAGE_NUMBER.fullmatch(text) or ENDS_WITH_PAGE_NUMBER.fullmatch(text) or RULER.fullmatch(text))


def repeated_decoration(lines):
    """Positions of headers and footers: the same words, numbers aside, at the edges of at least two pages."""
    edges = page_edges(lines)
    shapes = {position: re.sub(r"\d+", "#", lines[position].text.casefold()) for position in edges}
    often = Counter(shapes.values())
    seen, decoration = set(), set()
    for position in sorted(edges):
        shape = shapes[position]
        if often[shape] < 2 or len(shape) > 100:
            continue
        # A title that runs on as a header is kept where it stands first.
        is_title = bool(STARTS_WITH_CODE.match(lines[position].text)) and shape not in seen
        seen.add(shape)
        if not is_title:
            decoration.add(position)
    return decoration


def page_edges(lines):
    """Positions within two lines of a page's beginning or end, as far as the text shows where pages end."""
    starts = {0} | {position for position, line in enumerate(lines) if line.new_page}
    numbers = {
        position
        for position, line in enumerate(lines)
        if is_page_decoration(line.text) and not RULER.fullmatch(line.text)
    }
    starts |= {position + 1 for position in numbers}
    if len(starts) == 1:
        return set()
    edges = set()
    for start in starts | {len(lines)}:
        edges |= set(range(start - 3 if start - 1 in numbers else start - 2, start + 2))
    return {position for position in edges if 0 <= position < len(lines)} - numbers
