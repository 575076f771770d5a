"""The shared pages of a child's journal in plain words and numbers, for whoever puts them together outside of it.

They are read through the eyes of one person of the family, so they hold no more than that person reads page by page.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from people.accounts.models import Person
from people.families.access import Level
from people.families.eyfs import areas_in_words, characteristics_in_words
from people.families.models import Child
from people.features import Held, PlainPage, PlainPhotograph
from portal.journal.answering import in_order
from portal.journal.days import tells_months_only
from portal.journal.models import About, Comment, Observation, Photograph


def shared_with(child: Child, reader: Person) -> QuerySet:
    """Return the shared pages of a child's journal that this person reads as family."""
    own = Child.objects.as_family_of(reader, at_least=Level.PARTICIPATE).filter(pk=child.pk)
    return Observation.objects.visible_to(reader).filter(children__in=own, shared_at__isnull=False)


def months(child: Child, reader: Person) -> Iterable[date]:
    """Return the first day of each month that has a page for this reader."""
    return [timezone.localdate(month) for month in shared_with(child, reader).datetimes("dated_at", "month")]


def pages(
    child: Child, reader: Person, since: datetime | None, until: datetime | None, only: Held | None
) -> list[PlainPage]:
    """Return the pages of this time, the oldest first; of `only` these, where that is given."""
    found = shared_with(child, reader)
    found = found.filter(dated_at__gte=since) if since else found
    found = found.filter(dated_at__lt=until) if until else found
    photographs = (
        Photograph.objects.visible_to(reader)
        .select_related("small", "sheet", "large", "print")
        .prefetch_related("children")
    )
    comments = Comment.objects.visible_to(reader).filter(child=child).select_related("author")
    if only is not None:
        found = found.filter(pk__in=only["pages"])
        photographs = photographs.filter(pk__in=only["photographs"])
        comments = comments.filter(pk__in=only["comments"])
    found = (
        found.order_by("dated_at", "pk")
        .select_related("author")
        .prefetch_related("children", "own_words", Prefetch("photographs", photographs), Prefetch("comments", comments))
    )
    hide_days = tells_months_only(child, reader)
    return [plain(page, child, hide_days) for page in found]


def plain(page: Observation, child: Child, hide_days: bool) -> PlainPage:
    """Return one page. Where days are closed to the reader, it knows only its month."""
    day = timezone.localdate(page.dated_at)
    alone = len(page.children.all()) == 1
    return {
        "id": str(page.pk),
        "month": f"{day:%Y-%m}",
        "day": "" if hide_days else f"{day:%Y-%m-%d}",
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
            {
                "id": comment.pk,
                "author": comment.author.full_name,
                "words": comment.words,
                "about": comment.about,
                "printed": comment.about != About.CORRECTION,  # a request, not a memory
            }
            for comment in in_order(page.comments.all())
        ],
    }


def picture(photograph: Photograph, child: Child, alone: bool) -> PlainPhotograph:
    """Return a photograph by the digests of its sizes."""
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
