"""How words are found: folded, in part, in singular and plural; and the sentence in which they stand. No tables here."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Chinese and Japanese have no spaces between words: each sign counts as one.
SIGN = r"\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORD = re.compile(rf"[{SIGN}]|[^\W_{SIGN}]+(?:['’][^\W_{SIGN}]+)*")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\s])")
LONGEST_WORD = 40
MOST_TERMS = 6
LONGEST_SENTENCE = 320
# They stand everywhere and find nothing; asked alone they still count.
SMALL = frozenset(
    "a an and are at by do for how i if in is it my of on or our the to we what when where who with you your".split()
)


@lru_cache(maxsize=20_000)  # the same words come again and again
def folded(word: str) -> str:
    """The word without capitals, accents and apostrophes: "Café’s" and "cafes" are one."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))
    return plain.casefold().replace("ł", "l").replace("'", "").replace("’", "")[:LONGEST_WORD]


def words_in(text: str) -> list[str]:
    """Every word of a text, folded."""
    return [folded(match.group()) for match in WORD.finditer(text)]


def terms_of(asked: str) -> list[str]:
    """What somebody searches for: the beginnings that a word may have. Small words go, and a plural finds its singular."""
    words = list(dict.fromkeys(words_in(asked)))
    telling = [word for word in words if word not in SMALL] or words
    return [stem(word) for word in telling[:MOST_TERMS]]


def stem(word: str) -> str:
    """The part that singular, plural and the like share: "nappies" and "nappy" are "napp", "complaints" is "complaint"."""
    for ending in ("ies", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word


def is_found(word: str, terms: list[str]) -> bool:
    return any(word.startswith(term) for term in terms)


@dataclass(frozen=True)
class Passage:
    """A piece of a page that has an address of its own, or none."""

    words: str
    anchor: str = ""


def best_passage(passages, terms):
    """The passage with the most of the words, its sentence cut into (words, is it one of them); None where none has any."""

    def worth(passage: Passage) -> int:
        here = words_in(passage.words)
        return sum(any(word.startswith(term) for word in here) for term in terms)

    found = max(passages, key=worth, default=None)
    if found is None or not worth(found):
        return None, []
    sentences = SENTENCE.split(" ".join(found.words.split()))
    best = max(sentences, key=lambda sentence: worth(Passage(sentence)))
    return found, marked(shortened(best, terms), terms)


def shortened(sentence: str, terms: list[str]) -> str:
    """At most so much of a long sentence, around the first word that was looked for."""
    if len(sentence) <= LONGEST_SENTENCE:
        return sentence
    first = next((m.start() for m in WORD.finditer(sentence) if is_found(folded(m.group()), terms)), 0)
    start = (
        max(0, sentence.rfind(" ", 0, max(0, first - LONGEST_SENTENCE // 3)) + 1)
        if first > LONGEST_SENTENCE // 3
        else 0
    )
    end = sentence.rfind(" ", start, start + LONGEST_SENTENCE)
    end = end if end > start else start + LONGEST_SENTENCE
    return ("… " if start else "") + sentence[start:end] + (" …" if end < len(sentence) else "")


def marked(text: str, terms: list[str]) -> list[tuple[str, bool]]:
    """The text cut into (words, is it what was looked for)."""
    cut, position = [], 0
    for match in WORD.finditer(text):
        if is_found(folded(match.group()), terms):
            if match.start() > position:
                cut.append((text[position : match.start()], False))
            cut.append((match.group(), True))
            position = match.end()
    return [*cut, (text[position:], False)] if position < len(text) else cut
