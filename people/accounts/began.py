(
    """What stood in a form when its page was opened: each field that was not empty says so in a hidden one, as name and digest.

So what comes back later, or was kept while it was typed, never puts old facts over new ones unseen (people/accounts/held.py), and
words that somebody else wrote are not taken for those of whoever sends them.
"""
    """What stood in a form when its page was opened: each field that was not empty says so in a hidden one, as name and digest.

So what comes back later, or was kept while it was typed, never puts old facts over new ones unseen (people/held.py), and
words that somebody else wrote are not taken for those of whoever sends them.
"""
)

import hashlib

BEGAN = "began_with"  # the name of the hidden fields


def digest_of(words) -> str:
    """A short sign of what stands in a field, as a browser sends it; empty where nothing does."""
    several = words if isinstance(words, list | tuple) else [words]
    found = sorted(_as_sent(each) for each in several if each not in (None, False, ""))
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:12] if any(found) else ""


def marks_in(values: list[str]) -> dict[str, str]:
    """{the name of a field: the sign of what stood there}, of what the hidden fields say."""
    return {name: sign for name, _colon, sign in (value.rpartition(":") for value in values)}


def _as_sent(value):
    return "on" if value is True else str(value).replace("\r\n", "\n").strip()
