"""What stands in a book: the pages about a child that its reader may read, from every feature that keeps some.

A book is read through the eyes of whoever asked for it, so it can hold no more than they could read page by page.
Nothing here writes.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.models import Person
from people.families.models import Child
from people.features import Held, PlainPage, pages_of_child
from portal.book.models import EVERYTHING

FIRST_MONTH = 9  # the school year begins in September


class BookPage(PlainPage):
    """A page of a book, with the label of the app that keeps it."""

    kept_by: str


@dataclass(frozen=True)
class Period:
    """A school year by the year in which it began, or everything."""

    code: str

    @property
    def words(self) -> str:
        """How it is called on screen."""
        if self.code == EVERYTHING:
            return _("Everything")
        year = int(self.code)
        if year == year_of(timezone.localdate()):
            return _("This year, from September %(year)d") % {"year": year}
        return _("September %(year)d to August %(next)d") % {"year": year, "next": year + 1}

    @property
    def ends(self) -> tuple[datetime | None, datetime | None]:
        """The moment in which it begins, and the first one after it; None for everything."""
        if self.code == EVERYTHING:
            return None, None
        begins, ends = (midnight(date(int(self.code) + more, FIRST_MONTH, 1)) for more in (0, 1))
        return begins, ends


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def year_of(day: date) -> int:
    """Return the year in which the school year of this day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def periods(child: Child, reader: Person) -> list[Period]:
    """Return what can be chosen: each school year that has a page for this reader, the newest first, and everything."""
    found = {year_of(month) for source in pages_of_child().values() for month in source.months(child, reader)}
    years = sorted(found, reverse=True)
    return [Period(str(year)) for year in years] + ([Period(EVERYTHING)] if years else [])


def pages(child: Child, reader: Person, period: Period, holds: dict[str, Held] | None = None) -> list[BookPage]:
    """Return the pages of a period, oldest first; of `holds` only, where that is given."""
    found: list[BookPage] = []
    for label, source in pages_of_child().items():
        if holds is None or label in holds:
            only = None if holds is None else holds[label]
            found += [{**page, "kept_by": label} for page in source.pages(child, reader, *period.ends, only)]
    return sorted(found, key=lambda page: page["month"])


def held(found: list[BookPage]) -> dict[str, Held]:
    """Return the ids of everything in these pages, by who keeps it."""
    holds: dict[str, Held] = {}
    for page in found:
        ids = holds.setdefault(page["kept_by"], {"pages": [], "photographs": [], "comments": []})
        ids["pages"].append(page["id"])
        ids["photographs"] += [photograph["id"] for photograph in page["photographs"]]
        ids["comments"] += [comment["id"] for comment in page["comments"]]
    return holds


def fingerprint(found: list[BookPage]) -> str:
    """Return a digest of all that these pages say and show."""
    return hashlib.sha256(json.dumps(found, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def by_month(found: list[dict]) -> list[tuple[date, list[dict]]]:
    """Return (first day of the month, its pages), in order."""
    found_by_month: dict[str, list[dict]] = {}
    for each in found:
        found_by_month.setdefault(each["month"], []).append(each)
    return [(date.fromisoformat(f"{month}-01"), pages) for month, pages in found_by_month.items()]
