"""What stands in a cell for a name and is most likely none, or not one person's. Pure: it reads words and says what is odd."""

import re
import unicodedata

from django.utils.translation import gettext as _

NO_NAMES = frozenset(
    "yes no y n x none n/a na nil unknown tbc tba mother mum mummy mom mama father dad daddy papa parent parents guardian "
    "carer grandmother grandfather gran granny nan grandad boy girl name child adult".split()
) | {"not known", "as above", "same as above"}
TWO_PEOPLE = re.compile(r"\s(?:and|und)\s|[/;&+]", re.IGNORECASE)
MISREAD_AS = ("cp1252", "latin-1", "mac_roman")  # how letters in UTF-8 are read by mistake


def what_is_odd(name: str) -> str:
    """Return what is odd about these words as somebody's name, in a sentence that asks, or nothing."""
    told = {"words": name[:60]}
    if meant := as_it_was(name):
        return _(
            "“%(words)s” looks like %(meant)s, whose letters were changed when the list was saved. Type it again."
        ) % (told | {"meant": meant[:60]})
    if name.startswith("="):
        return _("“%(words)s” is a formula and no name. Type the name that it shows.") % told
    if "@" in name:
        return _("“%(words)s” is an address and no name. Is it in the right column?") % told
    if any(letter.isdigit() for letter in name):
        return _("“%(words)s” holds figures. Is it a name, and in the right column?") % told
    if name.casefold().strip(".?- ") in NO_NAMES:
        return _("“%(words)s” does not look like a name. Is it in the right column?") % told
    if TWO_PEOPLE.search(name):
        return _("“%(words)s” may be two people. Each has a place of their own in the list.") % told
    if "(" in name or "[" in name:
        return _("“%(words)s” holds a remark in brackets. Is it part of the name?") % told
    return ""


def as_it_was(name: str) -> str:
    """The name before its letters were misread (“ZoÃ«” was “Zoë”), or an empty string where they were not."""
    if name.isascii():
        return ""
    for encoding in MISREAD_AS:
        try:
            meant = name.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if all(map(_is_of_a_name, meant)):
            return meant
    return ""


def _is_of_a_name(letter):
    return letter.isascii() or "LATIN" in unicodedata.name(letter, "") or unicodedata.category(letter)[0] == "P"
