"""The access table: every address from the URLconf, and from access.toml who may open it."""

import re
import tomllib
import uuid
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils.regex_helper import normalize

OTHER_TABLES = ("groups", "access_log", "no_access_log", "taps", "stays_theirs")
CMS = "cms/*"
STAND_INS = {
    "int": "987654",
    "uuid": str(uuid.UUID(int=987654)),
    "slug": "nothing",
    "str": "987654",
    "path": "nothing/",
}
OPEN, SIGN_IN, NO, NOT_THERE = "open", "sign-in", "no", "not there"


@dataclass(frozen=True)
class Row:
    """One thing behind one address: who gets in, who gets a kind no, what the others get."""

    open: frozenset
    refused: frozenset = frozenset()
    only_looks: frozenset = frozenset()
    otherwise: str = NOT_THERE
    public: bool = False
    before_second_factor: bool = False
    asks_first: bool = False
    exists: bool = True

    def expected(self, person, method="get"):
        """The verdict for a person of the cast, for `signed_out` or for `password_only`."""
        if method == "post" and self.exists and person in self.only_looks:
            return NO
        if person == "signed_out":
            if self.public and (self.exists or not self.asks_first):
                return OPEN if self.open and self.exists else NOT_THERE
            return SIGN_IN
        if person == "password_only":
            return OPEN if self.before_second_factor else SIGN_IN
        if person in self.open:
            return OPEN if self.exists else NOT_THERE
        return NO if person in self.refused and self.exists else self.otherwise

    def without_the_thing(self):
        """The same address where the thing does not exist: whoever would get in finds nothing."""
        return replace(self, exists=False)


@dataclass
class Address:
    """One pattern of the URLconf: its key in access.toml, and a path made with stand-ins for its arguments."""

    key: str
    path: str
    arguments: tuple = field(default=())


def addresses():
    """Every pattern of the URLconf, Wagtail's included."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns, before, spaces):
    for pattern in patterns:
        path, arguments = _with_stand_ins(pattern.pattern)
        if isinstance(pattern, URLPattern):
            whole = (before + path).replace("//", "/nothing/")  # Wagtail's last pattern catches whatever is left over
            key = ":".join([*spaces, pattern.name]) if pattern.name else str(pattern.pattern)
            yield Address(CMS if whole.startswith("cms/") else key, "/" + whole, arguments)
        else:
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, before + path, inside)


def _with_stand_ins(pattern):
    if isinstance(pattern, RoutePattern):
        names = re.findall(r"<(?:\w+:)?(\w+)>", pattern._route)
        path = re.sub(r"<(?:(\w+):)?\w+>", lambda found: STAND_INS[found[1] or "str"], pattern._route)
        return path, tuple(names)
    path, names = normalize(pattern._regex.replace("\\Z", "$"))[0]
    stand_ins = {name: "nothing/" if pattern._regex.startswith("^((?:") else "987654" for name in names}
    return path % stand_ins, tuple(names)


def tables():
    """The access.toml of config and of each app, one after the other."""
    folders = [Path(settings.BASE_DIR) / "config", *(Path(app.path) for app in apps.get_app_configs())]
    return [
        tomllib.loads((folder / "access.toml").read_text(encoding="utf-8"))
        for folder in folders
        if (folder / "access.toml").exists()
    ]


def verdicts(*names):
    """What all of them say together in one of the other tables, {key: words, or lists one after the other}."""
    found = {}
    for table in tables():
        for name in names:
            table = table.get(name, {})
        for key, value in table.items():
            found[key] = found.get(key, []) + value if isinstance(value, list) else value
    return found


def rows():
    """Every access.toml as {address key: {thing: Row}}, with its groups spelled out."""
    table, groups = {}, {}
    for each in tables():
        groups |= {name: words.split() for name, words in each.get("groups", {}).items()}
        table |= {key: things for key, things in each.items() if key not in OTHER_TABLES}

    def people(words):
        return frozenset(person for word in words.split() for person in groups.get(word, [word]))

    return {
        key: {
            thing: Row(
                people(row["open"]),
                people(row.get("refused", "")),
                people(row.get("only_looks", "")),
                row.get("otherwise", NOT_THERE),
                row.get("public", False),
                row.get("before_second_factor", False),
                row.get("asks_first", False),
            )
            for thing, row in things.items()
        }
        for key, things in table.items()
    }


def verdict(response):
    """What somebody met: open, sign-in, no or not there. A method that an address does not know (405) tells nothing."""
    if "Allow" in response and response.status_code == 302:  # led to the page above, whatever is there
        return "no such method"
    if response.status_code in (301, 302):
        path = response["Location"].split("?")[0]
        if path.startswith(("/sign-in/", "/security/authenticator/", "/cms/login/")):
            return SIGN_IN
        return OPEN
    return {403: NO, 404: NOT_THERE, 405: "no such method"}.get(
        response.status_code, OPEN if response.status_code < 500 else "broken"
    )
