"""Words as they read: one line without anything that cannot be seen. Needs neither Django nor the database."""

import re
import unicodedata

MOST_LETTERS = 2_000  # of one name or one cell
JOINERS = "\u200c\u200d"  # Persian, Sinhala and others write with them; between Latin letters they only deceive
FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # letters by their kind, and nothing to the eye
FIRST_JOINED = "\u0600"  # no script before Arabic writes with joiners


def tidy(text: str) -> str:
    """Return one line of the text in one form of Unicode, without control, zero-width and direction characters."""
    shown = "".join(" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", text[:MOST_LETTERS]))
    return re.sub(" +", " ", without_unseen(shown)).strip()


def without_unseen(text: str) -> str:
    """Return the text without control, zero-width and direction characters."""
    return "".join(letter for at, letter in enumerate(text) if not _is_unseen(text, at))


def _is_unseen(text: str, at: int) -> bool:
    letter = text[at]
    if letter in JOINERS:
        return not (0 < at < len(text) - 1 and _is_joined(text[at - 1]) and _is_joined(text[at + 1]))
    return letter in FILLERS or unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Cn"}


def _is_joined(letter: str) -> bool:
    return letter >= FIRST_JOINED and unicodedata.category(letter)[0] in "LM"
