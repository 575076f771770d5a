"""Names as people type them: one plain form for signing in, and what makes two names look alike."""

import re
import unicodedata
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from people.accounts.tidying import without_unseen

# Letters that no decomposition turns into the plain one, and letters of other scripts that look the same on paper.
SAME_TO_THE_EYE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict(zip("абвгеёзіїјкмнорстухуѕԁɡ", "a b b r e e 3 i i j k m h o p c t y x y s d g".split(), strict=True))
    | dict(zip("αβεικνορτυχ", "a b e i k v o p t u x".split(), strict=True))
)
ALIKE = (
    0.7  # how much of two first names has to be the same: Maja and Maya (0.75) are alike, Ella and Emma (0.5) are not
)


def plain_name(typed: str | None) -> str:
    """An address or short name in the one form under which it is kept, looked up and counted: case and width do not matter."""
    plain = unicodedata.normalize("NFKC", without_unseen(typed or "")).strip().lower()
    return unicodedata.normalize("NFKC", plain).strip()


COMMAS = ",،，、"


def turned_round(name: str) -> str | None:
    """Return “Surname, First” as it is said, any other name as it is, and None where commas leave no such choice."""
    parts = [part.strip() for part in re.split(f"[{COMMAS}]", name)]
    if len(parts) == 1:
        return name
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) else None


def why_not_short_name(plain):
    """Why somebody cannot sign in with this, in words, or nothing."""
    fits = 3 <= len(plain) <= 40 and any(letter.isalpha() for letter in plain)
    if fits and all(unicodedata.category(letter)[0] in "LMN" or letter in ".-_" for letter in plain):
        return ""
    return _(
        "A short name has 3 to 40 letters, figures, dots or dashes, without spaces and without an @. It looks like ewa.n"
    )


def offered_short_name(full_name, taken):
    """A short name made from somebody's name that is not among the taken ones."""
    words = [seen for word in full_name.split() if (seen := "".join(c for c in to_the_eye(word) if c.isalnum()))]
    stem = ".".join(words)[:34].strip(".")
    if why_not_short_name(stem):
        stem = f"{stem}.home".strip(".")
    return next(name for number in range(1, 10_000) if (name := f"{stem}{number if number > 1 else ''}") not in taken)


def to_the_eye(words):
    """The words as a quick reader sees them: without case, accents, signs, and look-alike letters of other scripts."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", without_unseen(words)).casefold())
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter)).translate(SAME_TO_THE_EYE)
    return " ".join("".join(letter if letter.isalnum() else " " for letter in folded).split())


def same_name(one, other):
    """Whether two adults' names read the same, in whatever order their parts stand."""
    return sorted(to_the_eye(one).split()) == sorted(to_the_eye(other).split())


def name_key(words):
    """The same for two names that `same_name` calls the same; for looking up many at once."""
    return " ".join(sorted(to_the_eye(words).split()))


def alike_children(one, other):
    """Whether two children born on one day may be one child; each is (full name, known as). Twins have other first names."""
    if same_name(one[0], other[0]):
        return True
    firsts = [{*to_the_eye(full).split()[:1], *to_the_eye(known).split()[:1]} for full, known in (one, other)]
    return any(SequenceMatcher(None, a, b).ratio() >= ALIKE for a in firsts[0] for b in firsts[1])
