"""Which letters a paper can show, and what it shows in place of the others.

A letter that none of the shipped fonts has is never dropped: its name stands in its place, in a box, and the
record attached to the paper keeps the letter itself.
"""

import unicodedata
from functools import cache
from xml.etree.ElementTree import Element

# Nothing to see, and the shaping of Urdu, Persian and right-to-left lines needs them.
UNSEEN_BUT_NEEDED = frozenset("\t\n\r \u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060")
# Only say how the letter before them should look.
UNSEEN = frozenset(map(chr, range(0xFE00, 0xFE10))) | {"\ufeff"}
NOT_SHOWN_ANYWAY = {"head", "style", "script", "title"}


@cache
def shown():
    """Every character that at least one shipped font has."""
    from fontTools.ttLib import TTFont

    from documents.pdf import font_path

    found = set(UNSEEN_BUT_NEEDED)
    for name in ("atkinson", "noto", "noto-arabic"):
        with TTFont(font_path(name), lazy=True) as font:
            found.update(map(chr, font.getBestCmap()))
    # Turning the reading direction by hand could make a sentence on paper say something else than the record.
    return frozenset(found) - set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def name_of(character):
    """The character's name in Unicode, in small letters; its number where it has no name."""
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()


def pieces(text):
    """The text cut into plain strings and boxes, in order."""
    letters, plain = shown(), ""
    for character in text:
        if character in letters:
            plain += character
        elif character not in UNSEEN:
            if plain:
                yield plain
            plain = ""
            box = Element("span", {"class": "unshown"})
            box.text = name_of(character)
            yield box
    if plain:
        yield plain


def set_pieces(parent, index, text):
    """Put the pieces at this place among the parent's children; return the string that comes before the first box."""
    first, last = "", None
    for piece in pieces(text):
        if not isinstance(piece, str):
            parent.insert(index, piece)
            index, last = index + 1, piece
        elif last is None:
            first = piece
        else:
            last.tail = piece
    return first


def mark_the_unshown(element):
    """Replace, everywhere in a parsed page, each character that no shipped font has by a box with its name."""
    if element.tag in NOT_SHOWN_ANYWAY or not isinstance(element.tag, str):
        return
    letters = shown()
    for index in reversed(range(len(element))):
        child = element[index]
        mark_the_unshown(child)
        if child.tail and not letters.issuperset(child.tail):
            child.tail = set_pieces(element, index + 1, child.tail)
    if element.text and not letters.issuperset(element.text):
        element.text = set_pieces(element, 0, element.text)
