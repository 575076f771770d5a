"""What changed between two versions, part by part and word by word."""

from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, NEW, GONE = "same", "new", "gone"


@dataclass(frozen=True)
class Change:
    """One part of the page: what became of it, and its words as (same, new or gone; text)."""

    kind: str
    fate: str  # "same", "new", "gone" or "changed"
    pieces: list


def changes(before, after):
    """Every part of both versions ([kind, anchor, text]), in the order of the later one, with what became of it."""
    pairs = pair(before, after)
    kept = {position for position, _ in pairs if position is not None}
    lost = [position for position in range(len(before)) if position not in kept]
    found = []
    for position, now in pairs:
        while lost and position is not None and lost[0] < position:
            found.append(_gone(before[lost.pop(0)]))
        if position is None:
            found.append(Change(now[0], NEW, [(NEW, now[2])]))
        elif before[position][2] == now[2]:
            found.append(Change(now[0], SAME, [(SAME, now[2])]))
        else:
            found.append(Change(now[0], "changed", word_by_word(before[position][2], now[2])))
    return found + [_gone(before[position]) for position in lost]


def _gone(part):
    return Change(part[0], GONE, [(GONE, part[2])])


def pair(before, after):
    """(position of the same part in the earlier version or None, part): by anchor, else by the very same words."""
    by_anchor = {anchor: position for position, (_kind, anchor, _text) in enumerate(before) if anchor}
    by_words = {}
    for position, (kind, _anchor, text) in enumerate(before):
        by_words.setdefault((kind, text), []).append(position)
    taken, pairs = set(), []
    for part in after:
        position = by_anchor.get(part[1])
        if position is None or position in taken:
            same = [place for place in by_words.get((part[0], part[2]), ()) if place not in taken]
            position = same[0] if same else None
        if position is not None:
            taken.add(position)
        pairs.append((position, part))
    return pairs


def word_by_word(before, after):
    """Two texts as pieces that are the same, new or gone."""
    old, new = before.split(), after.split()
    pieces = []
    for what, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append((SAME, " ".join(old[start:end])))
        else:
            pieces += [(GONE, " ".join(old[start:end]))] if start < end else []
            pieces += [(NEW, " ".join(new[begin:stop]))] if begin < stop else []
    return pieces


def has_changed(found):
    return any(change.fate != SAME for change in found)
