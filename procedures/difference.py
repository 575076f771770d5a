"""What an import would change on a page, in words: what is new, what is gone, and which words were changed."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from procedures.links import plain_words

COMPARED = ("heading", "paragraph", "commitment", "point", "subpoint", "table")


@dataclass
class Change:
    """One part of the page: "new", "gone" or "changed", with its words in pieces ("same", "new" or "gone", words)."""

    what: str
    kind: str
    pieces: list


def difference(before, after):
    """The changes from one list of (kind, id, value) parts to another, in the order of the page."""
    old = {identifier: value for kind, identifier, value in before if kind in COMPARED}
    kept = {identifier for kind, identifier, _value in after if kind in COMPARED}
    changes = [
        change_of(kind, old.get(identifier), value)
        for kind, identifier, value in after
        if kind in COMPARED and old.get(identifier) != value
    ]
    changes += [
        Change("gone", kind, [("gone", plain_words(value))])
        for kind, identifier, value in before
        if kind in COMPARED and identifier not in kept
    ]
    return changes


def change_of(kind, old, new):
    if old is None:
        return Change("new", kind, [("new", plain_words(new))])
    return Change("changed", kind, word_pieces(plain_words(old), plain_words(new)))


def word_pieces(old, new):
    """The words of both texts in one, each run of words marked as the same, gone or new."""
    old, new = old.split(), new.split()
    pieces = []
    for operation, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            pieces.append(("same", " ".join(new[start:end])))
            continue
        if first < last:
            pieces.append(("gone", " ".join(old[first:last])))
        if start < end:
            pieces.append(("new", " ".join(new[start:end])))
    return pieces


def counts_of(changes):
    """How many changes of each sort there are."""
    return {what: sum(change.what == what for change in changes) for what in ("new", "gone", "changed")}
