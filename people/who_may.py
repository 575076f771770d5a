"""The access table (config/access.toml) in words, for those who keep the setting. The tests read the same rows."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, get_resolver
from django.utils.translation import gettext as _

ACCESS = Path(settings.BASE_DIR) / "config" / "access.toml"
CMS = "cms/*"


@dataclass(frozen=True)
class Door:
    """One page and one thing on it: what it is, who gets in, and that everybody else does not."""

    what: str
    thing: str
    who: tuple


@cache
def _table():
    return tomllib.loads(ACCESS.read_text(encoding="utf-8"))


def people():
    """{name in the table: who that is}, in the table's order."""
    return dict(_table()["words"])


@cache
def _what_they_do():
    """{address key: the first sentence of what its page is for}."""
    found = {}

    def walk(patterns, spaces):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                key = ":".join([*spaces, pattern.name]) if pattern.name else str(pattern.pattern)
                found[key] = (pattern.callback.__doc__ or "").strip().split("\n")[0]
            else:
                walk(pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces)

    walk(get_resolver().url_patterns, ())
    return found


def _who(row):
    table = _table()
    words = tuple(table["groups_in_words"].get(name) or table["words"][name] for name in row["open"].split())
    if row.get("public"):
        return (_("everybody, signed in or not"),) if words else (_("nobody"),)
    return words or (_("nobody"),)


def sections():
    """[(heading, [Door, …])] in the table's order; the headings are the table's own."""
    heading, rows, headings = "", [], {}
    for line in ACCESS.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"# --- (.+?) -*$", line):
            heading = found[1].rstrip(" -")
        elif found := re.match(r'\["(.+?)"\."(.+?)"\]', line):
            headings[found[1], found[2]] = heading
    others = {
        CMS: _("Wagtail, where pages are edited"),
        "wagtail_serve": _("A page of words: notices and procedures"),
        "pictures": _("A picture in a page of words"),
    }
    for key, things in _table().items():
        if key in {"words", "groups", "groups_in_words"}:
            continue
        what = others.get(key) or _what_they_do().get(key, "")
        for thing, row in things.items():
            rows.append((headings.get((key, thing), ""), Door(what, _thing(thing), _who(row))))
    grouped = {}
    for name, door in rows:
        grouped.setdefault(name, []).append(door)
    return list(grouped.items())


def _thing(name):
    return "" if name == "page" else name.replace("_", " ")
