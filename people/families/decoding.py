"""Which letters the bytes of a CSV file are. Where only a person can say, every likely reading is offered with its names."""

import unicodedata

# Windows and the Mac in English first; the others are asked about where neither of those makes names.
USUAL = ("cp1252", "mac_roman")
OTHERS = ("cp1250", "cp1254", "mac_latin2", "mac_turkish", "cp850")
RARE = frozenset("ÐÝÞðýþŒœ")  # in Western letters; the same bytes are Turkish or Polish letters elsewhere
SIGNS = frozenset("‘’“”–—…£€°·«» ")


def texts_of(content: bytes) -> list[tuple[str, str]]:
    """Return the likely readings as (encoding, text), the likeliest first: one where the bytes leave no doubt, or none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, ("utf-16",))
    if known := _decoded(content, ("utf-8-sig",)):
        return known
    usual = [reading for reading in _decoded(content, USUAL) if is_likely(reading[1])]
    if [encoding for encoding, _text in usual] == ["cp1252"] and not RARE & set(usual[0][1]):
        return usual
    readings, seen = [], set()
    for encoding, text in usual + _decoded(content, OTHERS):
        if text not in seen and is_likely(text):
            readings.append((encoding, text))
            seen.add(text)
    return readings


def _decoded(content, encodings):
    found = []
    for encoding in encodings:
        try:
            found.append((encoding, content.decode(encoding)))
        except UnicodeDecodeError:
            continue
    return found


def is_likely(text: str) -> bool:
    """Whether every letter beyond the English ones stands where a name could have it."""
    return all(letter.isascii() or _fits(text, at) for at, letter in enumerate(text))


def _fits(text, at):
    letter, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if letter in SIGNS:
        return _sign_fits(letter, before, after)
    if letter == "ƒ" or unicodedata.category(letter) not in {"Lu", "Ll"} or "LATIN" not in unicodedata.name(letter, ""):
        return False
    if letter.isupper():  # a capital stands at the beginning of a word, or among capitals
        return not before.isalpha() or (before.isupper() and not after.islower())
    return not after.isupper()


def _sign_fits(letter, before, after):
    if letter in "‘“«":
        return not before.isalnum()
    if letter in "–—":
        return not after.islower()
    return not (letter in "…°·€£»" and after.isalpha())
