"""Which words stand on which procedure, so that a search need not read them all."""

from django.db import connection, models
from django.db.models import Q

from procedures.models.page import ProcedurePage
from records.retention import WORDS

# How much a word says about a page, by the place where it stands.
TITLE, OTHER_WORDS, HEADING, TEXT = 8, 6, 3, 1


class WordQuerySet(models.QuerySet["Word"]):
    def visible_to(self, user):
        """Words of procedures that this person may read now: nobody is led to, or offered, a word of another page."""
        return self.filter(page__in=ProcedurePage.objects.visible_to(user))

    def beginning_with(self, terms):
        """Words that begin with one of these; asked in the way in which each database can use the index."""
        beginning = Q()
        for term in terms:
            if connection.vendor == "postgresql":
                beginning |= Q(word__startswith=term)
            else:
                beginning |= Q(word__gte=term, word__lt=term + "\U0010ffff")
        return self.filter(beginning)


class Word(models.Model):
    """A word of a published procedure, and how much it says there. Made anew at every publishing."""

    page = models.ForeignKey(ProcedurePage, models.CASCADE, related_name="words_to_find")
    word = models.CharField(max_length=40, db_index=True)
    weight = models.PositiveSmallIntegerField()

    objects = WordQuerySet.as_manager()
    retention = WORDS

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "word"], name="one_row_per_word_and_procedure")]

    def __str__(self):
        return self.word
