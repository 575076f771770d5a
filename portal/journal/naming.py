"""Children who are named in a text, so that a family's journal does not tell of somebody else's child by accident."""

import re

WORD = re.compile(r"[^\W\d_]+")


def named_in(words, children):
    """Those of the children whose first name, or the name they are known by, stands in the words.

    A name is a word that does not begin with a small letter: "will" and "rose" are words, "Will" may be a child.
    "Tobi's" and "TOBI" name Tobi.
    """
    said = {word.casefold() for word in WORD.findall(words) if not word[0].islower()}
    return [child for child in children if first_names(child) & said]


def first_names(child):
    """The first word of each of a child's names, in small letters."""
    names = (WORD.search(name) for name in (child.known_as, child.full_name))
    return {found.group().casefold() for found in names if found}
