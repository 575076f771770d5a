"""A page of the journal as one reader finds it: a value with all that its template shows, and nothing else.

It is made after the querysets have decided who may read what (docs/decisions/0017).
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone

from people.families.eyfs import areas_in_words, characteristics_in_words, stage_name
from portal.journal.answering import threads


@dataclass(frozen=True)
class Picture:
    """A photograph that this reader may see."""

    pk: uuid.UUID
    words: str
    width: int
    height: int


@dataclass(frozen=True)
class Said:
    """A comment that this reader may read, or the answer to the one before; `only` tells staff who else can."""

    words: str
    by: str
    is_answer: bool = False
    only: str = ""


@dataclass(frozen=True)
class Entry:
    """One page as one reader finds it in one child's journal; `hide_dates`: of its moment, only the month is told."""

    pk: uuid.UUID
    child: uuid.UUID | None
    origin: str
    by: str
    at: datetime
    hide_dates: bool
    words: str
    child_says: str
    areas: tuple
    characteristics: tuple
    band: str
    next_step: str
    home_idea: str
    pictures: tuple
    said: tuple
    is_draft: bool
    is_new: bool

    @property
    def month(self):
        """The month in which it stands, as (year, month)."""
        at = timezone.localtime(self.at)
        return at.year, at.month

    @property
    def area_names(self):
        """The areas of learning in words."""
        return areas_in_words(self.areas)

    @property
    def characteristic_names(self):
        """How the child learned, in words."""
        return characteristics_in_words(self.characteristics)

    @property
    def band_name(self):
        """The stage of development in words, where one was named."""
        return stage_name(self.band)

    @property
    def html(self):
        """How it looks among the others of a journal."""
        return render_to_string("journal/entry.html", {"entry": self})


def picture_of(photograph) -> Picture:
    """The value of a photograph that its reader may see."""
    return Picture(photograph.pk, photograph.words, photograph.width, photograph.height)


def entry_of(observation, child=None, *, hide_dates=False, is_new=False, found=None):
    """The value of an observation as it stands in a child's journal, or before it stands in any.

    :param observation: with the photographs and comments that its reader may see; with a child also with `text` and
        `by` (`ObservationQuerySet.in_journal_of`)
    :param found: its comments as threads, where it is known already who reads them
    """
    return Entry(
        pk=observation.pk,
        child=child.pk if child else None,
        origin=observation.origin,
        by=observation.by if child else observation.author.full_name,
        at=observation.dated_at,
        hide_dates=hide_dates,
        words=observation.text if child else observation.words,
        child_says=observation.child_says,
        areas=tuple(observation.areas),
        characteristics=tuple(observation.characteristics),
        band=observation.band,
        next_step=observation.next_step,
        home_idea=observation.home_idea,
        pictures=tuple(map(picture_of, observation.photographs.all())),
        said=tuple(_said(threads(observation.comments.all()) if found is None else found)) if child else (),
        is_draft=not observation.shared_at,
        is_new=is_new,
    )


def _said(found):
    for thread in found:
        yield Said(thread.comment.words, thread.comment.by, only=thread.only)
        yield from (Said(answer.words, answer.by, is_answer=True) for answer in thread.answers)
