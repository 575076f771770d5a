"""What stands in a book: the pages of a child's journal as one person may read them. Nothing here writes.

A book is read through the eyes of whoever asked for it, so it can hold no more than they could read page by page.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from people.eyfs import areas_in_words, characteristics_in_words
from people.models import Child, Level
from portal.journal.answering import in_order
from portal.journal.days import tells_months_only
from portal.journal.models import Comment, Observation, Photograph
from portal.journal.models.book import EVERYTHING

FIRST_MONTH = 9  # the school year begins in September


@dataclass(frozen=True)
class Period:
    """A school year by the year in which it began, or everything."""

    code: str

    @property
    def words(self):
        if self.code == EVERYTHING:
            return _("Everything")
        year = int(self.code)
        if year == year_of(timezone.localdate()):
            return _("This year, from September %(year)d") % {"year": year}
        return _("September %(year)d to August %(next)d") % {"year": year, "next": year + 1}

    def of(self, observations):
        """Those of these pages that belong to it."""
        if self.code == EVERYTHING:
            return observations
        begins, ends = (midnight(date(int(self.code) + more, FIRST_MONTH, 1)) for more in (0, 1))
        return observations.filter(dated_at__gte=begins, dated_at__lt=ends)


def midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def year_of(day):
    """The year in which the school year of this day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def pages_for(child, reader):
    """The shared pages of a child's journal that this person reads as family."""
    own = Child.objects.as_family_of(reader, at_least=Level.PARTICIPATE).filter(pk=child.pk)
    return Observation.objects.visible_to(reader).filter(children__in=own, shared_at__isnull=False)


def periods(child, reader):
    """What can be chosen: each school year that has a page for this reader, the newest first, and everything."""
    months = pages_for(child, reader).datetimes("dated_at", "month")
    years = sorted({year_of(timezone.localdate(month)) for month in months}, reverse=True)
    return [Period(str(year)) for year in years] + ([Period(EVERYTHING)] if years else [])


def leaves(child, reader, period, holds=None):
    """The pages, oldest first, each as plain words and numbers; of `holds` only, where that is given."""
    pages = period.of(pages_for(child, reader))
    photographs = (
        Photograph.objects.visible_to(reader)
        .select_related("small", "sheet", "large", "print")
        .prefetch_related("children")
    )
    comments = Comment.objects.visible_to(reader).filter(child=child).select_related("author")
    if holds is not None:
        pages = pages.filter(pk__in=holds["pages"])
        photographs = photographs.filter(pk__in=holds["photographs"])
        comments = comments.filter(pk__in=holds["comments"])
    pages = (
        pages.order_by("dated_at", "pk")
        .select_related("author")
        .prefetch_related("children", "own_words", Prefetch("photographs", photographs), Prefetch("comments", comments))
    )
    coarse = tells_months_only(child, reader)
    return [leaf(page, child, coarse) for page in pages]


def leaf(page, child, coarse):
    """One page. Where days are closed to the reader, it knows only its month."""
    day = timezone.localdate(page.dated_at)
    alone = len(page.children.all()) == 1
    return {
        "id": str(page.pk),
        "month": f"{day:%Y-%m}",
        "day": "" if coarse else f"{day:%Y-%m-%d}",
        "origin": page.origin,
        "author": page.author.full_name,
        "words": page.words_for(child),
        "child_says": page.child_says,
        "alone": alone,
        "areas": [str(name) for name in areas_in_words(page.areas)],
        "characteristics": [str(name) for name in characteristics_in_words(page.characteristics)],
        "next_step": page.next_step,
        "home_idea": page.home_idea,
        "photographs": [picture(photograph, child, alone) for photograph in page.photographs.all()],
        "comments": [
            {"id": comment.pk, "author": comment.author.full_name, "words": comment.words, "about": comment.about}
            for comment in in_order(page.comments.all())
        ],
    }


def picture(photograph, child, alone):
    """A photograph by the digests of its sizes; `full` is the largest there is, `alone` where nobody else is meant."""
    full = photograph.print or photograph.large
    return {
        "id": str(photograph.pk),
        "words": photograph.words,
        "width": photograph.width,
        "height": photograph.height,
        "alone": alone and all(each.pk == child.pk for each in photograph.children.all()),
        "small": photograph.small.sha256,
        "large": photograph.large.sha256,
        "sheet": photograph.sheet.sha256 if photograph.sheet else "",
        "full": full.sha256,
    }


def held(found):
    """The ids of everything in these pages."""
    return {
        "pages": [each["id"] for each in found],
        "photographs": [photograph["id"] for each in found for photograph in each["photographs"]],
        "comments": [comment["id"] for each in found for comment in each["comments"]],
    }


def fingerprint(found):
    """A digest of all that these pages say and show."""
    return hashlib.sha256(json.dumps(found, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def may_still_be_opened(book):
    """Whether everything in a made book may still be read by its owner, in the same words.

    New pages do not matter. A consent taken back, a page withdrawn or corrected, a restriction: each of them closes it.
    """
    if book.made_at is None:
        return False
    now = leaves(book.child, book.asked_by, Period(book.period), book.holds)
    return fingerprint(now) == book.fingerprint


def months(found):
    """(first day of the month, its pages), in order."""
    by_month = {}
    for each in found:
        by_month.setdefault(each["month"], []).append(each)
    return [(date.fromisoformat(f"{month}-01"), pages) for month, pages in by_month.items()]
