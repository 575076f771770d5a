"""Keeping the words by which procedures are found. Called when one is published, and by the scheduler for what it missed."""

from django.db import transaction

from procedures.models import ProcedurePage, Word
from procedures.search import weighted_words


@transaction.atomic
def note_words(page: ProcedurePage) -> None:
    """Write down the words of a published procedure anew; of one that is no longer published, none."""
    Word.objects.filter(page=page.pk).delete()
    page = ProcedurePage.objects.live().filter(pk=page.pk).first()
    if page is not None:
        rows = [Word(page=page, word=word, weight=weight) for word, weight in weighted_words(page).items()]
        Word.objects.bulk_create(rows, batch_size=200)


def note_missing_words(at_most: int = 10) -> int:
    """The words of a few published procedures that have none yet, as after an upgrade; how many there were."""
    missing = list(ProcedurePage.objects.live().filter(words_to_find=None)[:at_most])
    for page in missing:
        note_words(page)
    return len(missing)
