"""Which letters a paper can show, and what it shows in place of the others.

A letter that none of our fonts has is never dropped: its name stands in its place, in a box, and the record attached to
the paper keeps the letter itself.
"""

import re
import unicodedata
from functools import cache
from itertools import groupby
from xml.etree.ElementTree import Element

from documents import fonts

# Nothing to see, and the shaping of Urdu, Persian, Indian scripts and right-to-left lines needs them.
UNSEEN_BUT_NEEDED = frozenset("\t\n\r \u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060")
# They end a line wherever they stand; HTML knows them not.
LINE_ENDS = frozenset("\u2028\u2029\u0085\v\f")
# Only say how the letter before them should look: its form, the skin of a hand, the flag of a part of a country.
UNSEEN = frozenset(
    map(chr, (*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080), *range(0xE0100, 0xE01F0)))
) | {"\ufeff"}
# Turning the reading direction by hand could make a sentence on paper say something else than the record.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
NOT_SHOWN_ANYWAY = {"head", "style", "script", "title"}
NO_WORD = re.compile(r"(?<=\S{12})\S{12}(?=\S{5})")  # the middle of what has no end
MOST_NAMES = 20  # in one box; what is more stands there by its number


@cache
def shown():
    """Every character that stands in a paper as it is."""
    return (fonts.shown() | UNSEEN_BUT_NEEDED) - TURNING - UNSEEN - LINE_ENDS


def name_of(character):
    """The character's name in Unicode, in small letters; its number where it has no name."""
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()


def names_of(characters):
    """The names of characters that follow each other; the same one several times is named once."""
    runs = [(letter, len(list(run))) for letter, run in groupby(characters)]
    named = [name_of(letter) for letter, _n in runs[:MOST_NAMES]]
    named += [f"u+{ord(letter):04x}" for letter, _n in runs[MOST_NAMES:]]
    return ", ".join(f"{name} × {n}" if n > 1 else name for name, (_letter, n) in zip(named, runs, strict=True))


def kind_of(character, letters):
    """Whether a character is shown as it is, ends a line, or is named in a box."""
    if character in LINE_ENDS:
        return "line end"
    return "plain" if character in letters else "named"


def pieces(text, letters):
    """The text cut into plain strings, boxes and line ends, in order."""
    seen = [character for character in text if character not in UNSEEN]
    for kind, run in groupby(seen, lambda character: kind_of(character, letters)):
        if kind == "plain":
            yield "".join(run)
        elif kind == "line end":
            yield from [Element("br") for _each in run]
        else:
            box = Element("span", {"class": "unshown"})
            box.text = names_of(run)
            yield box


def set_pieces(parent, index, text, letters):
    """Put the pieces at this place among the parent's children; return the string that comes before the first of them."""
    first, last = "", None
    for piece in pieces(text, letters):
        if not isinstance(piece, str):
            parent.insert(index, piece)
            index, last = index + 1, piece
        elif last is None:
            first = piece
        else:
            last.tail = piece
    return first


def mark_the_unshown(element, missing=frozenset()):
    """Replace, everywhere in a parsed page, each character that no font has by a box with its name.

    `missing` are those that turned out to have no sign where they stand.
    """
    _mark(element, shown() - missing if missing else shown())


def _mark(element, letters):
    if element.tag in NOT_SHOWN_ANYWAY or not isinstance(element.tag, str):
        return
    for index in reversed(range(len(element))):
        child = element[index]
        _mark(child, letters)
        if child.tail and not letters.issuperset(child.tail):
            child.tail = set_pieces(element, index + 1, child.tail, letters)
    if element.text and not letters.issuperset(element.text):
        element.text = set_pieces(element, 0, element.text, letters)
    for name, value in element.items():
        if name.startswith("data-") and not letters.issuperset(value):  # what stands at the foot of a page
            element.set(name, "".join(_in_a_line(piece) for piece in pieces(value, letters)))


def let_addresses_break_in_tables(page):
    """A column is as wide as its longest word: one that is no word, an address say, may be broken, so that the others are not."""
    for cell in (each for name in ("td", "th") for each in page.iter(name)):
        for each in cell.iter():
            each.text = each.text and _broken(each.text)
            if each is not cell:
                each.tail = each.tail and _broken(each.tail)


def _broken(text):
    return NO_WORD.sub(lambda part: part[0] + "\u200b", text)


def _in_a_line(piece):
    return piece if isinstance(piece, str) else f"({piece.text})" if piece.text else " "
