"""What an app adds to the pages that all apps share: navigation, Today, a child's page, the tablet, kept phones, the access log.

Each app says it once, in a `Feature` in its `feature.py`; Django's `autodiscover_modules` finds them. Pages loop over them and
know none of them, so that a new feature is one package and changes nothing here.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TYPE_CHECKING, Any, TypedDict

from django.apps import apps
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.module_loading import autodiscover_modules

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from people.accounts.models import Person
    from people.families.models import Child

FIRST, SETTING, DUTY, USUAL, LATER = 100, 200, 300, 500, 700  # where a row stands on Today


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody on Today: its words, and where it leads, if anywhere."""

    words: str
    link: str = ""
    order: int = USUAL


class Place(StrEnum):
    """Where a link stands."""

    MAIN = auto()  # the bar of every page
    FOOTER = auto()  # the foot of every page
    TABLET = auto()  # the bar on the room's tablet
    TABLET_HOME = auto()  # the first page of the room's tablet, above the children
    TODAY = auto()  # the end of Today
    MANAGERS = auto()  # above the list of families


@dataclass(frozen=True)
class Link:
    """A link to a page of a feature, for those for whom `shown_to` is true; visitors ask with an anonymous user."""

    words: "StrOrPromise"
    view: str  # the name of a URL, or a path that begins with "/"
    place: Place = Place.MAIN
    order: int = USUAL
    shown_to: Callable[["Person"], bool] = lambda user: user.is_authenticated
    look: str = "quiet"

    @property
    def address(self) -> str:
        """The path that it leads to."""
        return self.view if self.view.startswith("/") else reverse(self.view)


class ChildPlace(StrEnum):
    """Where a link to something about one child stands."""

    TODAY = auto()  # on Today, the card of an own child
    CARD = auto()  # the child's card, for family and staff
    FAMILY = auto()  # the page of the child's family, for those who keep it
    TABLET = auto()  # the room's tablet, beside the child's name
    PAGES = auto()  # above the pages that are written about the child, once there are some


@dataclass(frozen=True)
class ChildLink:
    """A link to a feature's page about a child, for those for whom `shown_to` is true; its view takes the child's id."""

    words: "StrOrPromise"
    view: str
    places: Sequence[ChildPlace]
    hidden: "StrOrPromise" = ""  # the rest of its name for those who do not see where it stands: " of %(name)s"
    look: str = "quiet"  # the style of its button
    order: int = USUAL
    shown_to: Callable[["Person", "Child"], bool] = lambda user, child: True


@dataclass(frozen=True)
class ShownLink:
    """A link as a template draws it."""

    words: str
    address: str
    hidden: str = ""
    look: str = "quiet"


@dataclass(frozen=True)
class Section:
    """A part of Today that is more than a line: a template, and what it shows."""

    template: str
    context: Mapping[str, object]
    order: int = USUAL


class PlainPhotograph(TypedDict):
    """A photograph by the digests of its sizes: `full` is the largest, `sheet` empty where there is none for print."""

    id: str
    words: str
    width: int
    height: int
    alone: bool  # no other child is meant
    small: str
    large: str
    sheet: str
    full: str


class PlainComment(TypedDict):
    """What somebody said about a page; `printed` is False for what belongs to the record and not to a memory."""

    id: int
    author: str
    words: str
    about: str
    printed: bool


class PlainPage(TypedDict):
    """A page about a child in plain words and numbers, as one person of the family may read it."""

    id: str
    month: str  # 2026-03
    day: str  # 2026-03-14; empty where days are closed to the reader
    origin: str  # home or setting
    author: str
    words: str
    child_says: str
    alone: bool  # no other child is meant
    areas: list[str]
    characteristics: list[str]
    next_step: str
    home_idea: str
    photographs: list[PlainPhotograph]
    comments: list[PlainComment]


class Held(TypedDict):
    """The ids of pages, and of what stands on them."""

    pages: list[str]
    photographs: list[str]
    comments: list[int]


@dataclass(frozen=True)
class PagesOfChild:
    """The pages that a feature keeps about a child, for another feature that puts them together.

    `view` is the name of the URL where they are read one by one; it takes the child's id. `access_log_kind` is what
    reading them leaves in the access log. `months` gives a day of each month in which the reader has a page. `pages` gives
    the pages, the oldest first: from the first moment on and before the second, and only the named ones, where these are
    given.
    """

    view: str
    access_log_kind: str
    months: Callable[["Child", "Person"], "Iterable[date]"]
    pages: Callable[["Child", "Person", "datetime | None", "datetime | None", "Held | None"], list[PlainPage]]


@dataclass(frozen=True, kw_only=True)
class Feature:
    """What one app adds to the shared pages. Everything but the name may be left out."""

    name: "StrOrPromise"
    navigation: Sequence[Link] = ()
    child_links: Sequence[ChildLink] = ()
    # Rows for Today: what waits for somebody in their role or for themselves, and what waits on the card of an own child.
    waiting: Callable[["Person"], Iterable[Waiting]] | None = None
    waiting_for_family: Callable[["Person"], Mapping["UUID", list[Waiting]]] | None = None
    today_sections: Callable[["Person"], Iterable[Section]] | None = None
    before_today: Callable[["HttpRequest"], "HttpResponse | None"] | None = None
    # What the access log calls the kinds of record that staff open here: only these are ever listed.
    access_log_kinds: "Mapping[str, StrOrPromise] | None" = None
    # Names of URLs: what opens on the room's tablet, what on a family's phone that stays signed in, and what a page asks
    # for by itself, so that it ends no session.
    tablet_views: frozenset[str] = frozenset()
    remembered_phone_views: frozenset[str] = frozenset()
    background_views: frozenset[str] = frozenset()
    # What a level of a relationship, or a right of a role, opens here: a sentence each, for "Who may see what".
    opens: "Mapping[Any, StrOrPromise] | None" = None
    emergency_card: Callable[["Child"], Iterable[tuple[str, str]]] | None = None
    # Pages about a child that its family may take home.
    pages_of_child: PagesOfChild | None = None


_features: dict[str, Feature] = {}


def discover() -> None:
    """Import `feature.py` of every installed app and register its `feature`; called once, when all apps are ready."""
    autodiscover_modules("feature")
    for app in apps.get_app_configs():
        module = sys.modules.get(f"{app.name}.feature")
        if module is not None:
            _features[app.label] = module.feature


def features() -> Iterator[Feature]:
    """Yield the features of all installed apps, in their order."""
    yield from _features.values()


def first_page() -> str:
    """Return the path of the page on which everybody begins who has signed in."""
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def links(place: Place, user: "Person") -> list[Link]:
    """Return the links at a place that this person is shown, in their order."""
    found = [
        link for feature in features() for link in feature.navigation if link.place == place and link.shown_to(user)
    ]
    return sorted(found, key=lambda link: link.order)


def child_links(place: ChildPlace, user: "Person", child: "Child") -> list[ShownLink]:
    """Return the links about this child at a place that this person is shown, in their order."""
    every = (link for feature in features() for link in feature.child_links if place in link.places)
    found = sorted((link for link in every if link.shown_to(user, child)), key=lambda link: link.order)
    named = {"name": child.known_as}
    return [
        ShownLink(
            str(link.words), reverse(link.view, args=[child.pk]), link.hidden % named if link.hidden else "", link.look
        )
        for link in found
    ]


def views(kind: str) -> frozenset[str]:
    """Return the names of URLs that all features together list under `tablet_views`, `remembered_phone_views` and so on."""
    return frozenset().union(*(getattr(feature, kind) for feature in features()))


def pages_of_child() -> dict[str, PagesOfChild]:
    """Return {label of the app: the pages that it keeps about a child} of all features that keep some."""
    return {label: feature.pages_of_child for label, feature in _features.items() if feature.pages_of_child}


def where_pages_are_read(child: "Child") -> list[str]:
    """Return the paths on which the pages about this child are read one by one."""
    return [reverse(source.view, args=[child.pk]) for source in pages_of_child().values()]


def emergency_lines(child: "Child") -> list[tuple[str, str]]:
    """Return (label, words) of what the features know of this child and may matter in a hurry."""
    return [line for feature in features() if feature.emergency_card for line in feature.emergency_card(child)]


def opened_by(level_or_right: object) -> "list[StrOrPromise]":
    """Return what this level of a relationship, or this right of a role, opens in each feature, in sentences."""
    return [
        feature.opens[level_or_right] for feature in features() if feature.opens and level_or_right in feature.opens
    ]


def access_log_kinds() -> "dict[str, StrOrPromise]":
    """Return {kind: what the access log calls it} of all features."""
    return {kind: words for feature in features() for kind, words in (feature.access_log_kinds or {}).items()}


def waiting_for(user: "Person") -> list[Waiting]:
    """Return everything that waits for somebody, the most urgent first."""
    found = [row for feature in features() if feature.waiting for row in feature.waiting(user)]
    return sorted(found, key=lambda row: row.order)


def waiting_for_family(user: "Person") -> "dict[UUID, list[Waiting]]":
    """Return what waits on the card of each own child, by the child's id."""
    found: dict[UUID, list[Waiting]] = {}
    for feature in features():
        for child, rows in (feature.waiting_for_family(user) if feature.waiting_for_family else {}).items():
            found.setdefault(child, []).extend(rows)
    return {child: sorted(rows, key=lambda row: row.order) for child, rows in found.items()}


def today_sections(user: "Person") -> list[Section]:
    """Return the parts of Today that are more than a line, in their order."""
    found = [part for feature in features() if feature.today_sections for part in feature.today_sections(user)]
    return sorted(found, key=lambda part: part.order)


def before_today(request: "HttpRequest") -> "HttpResponse | None":
    """Return what comes before Today for this person, or None: the first feature that has something wins."""
    answers = (feature.before_today(request) for feature in features() if feature.before_today)
    return next((answer for answer in answers if answer is not None), None)
