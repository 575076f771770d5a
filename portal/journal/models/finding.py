"""Which words stand in which child's journal, so that a search reads no page that it does not show."""

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q

from people.families.models import Child
from portal.journal.models.kept import WITH_THE_JOURNAL
from portal.journal.models.observation import Observation

# Places from which a word counts as common. Measured in docs/decisions/0034: neither way alone does with 50,000 pages.
COMMON = 10_000


class JournalWordQuerySet(models.QuerySet["Word"]):
    def beginning_with(self, term):
        """Words that begin like this; asked in the way in which each database can use the index."""
        if connection.vendor == "postgresql":
            return self.filter(word__startswith=term)
        return self.filter(word__gte=term, word__lt=term + "\U0010ffff")


class Word(models.Model):
    """A word of a shared page, as it stands in one child's journal. Made anew when the page changes."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="words_to_find")
    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    word = models.CharField(max_length=40)

    objects = JournalWordQuerySet.as_manager()
    retention = WITH_THE_JOURNAL

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "word", "observation"], name="journal_word_once")]
        # For staff, who ask all journals at once. Without its own order PostgreSQL could not find beginnings of words by it.
        indexes = [
            models.Index(
                fields=["word", "observation"],
                opclasses=["varchar_pattern_ops", "uuid_ops"],
                name="journal_word_anywhere",
            )
        ]

    def __str__(self):
        return f"word {self.pk}"


def having(terms, child):
    """The condition of a page on which all of these words stand in this child's journal."""
    condition = Q()
    for term in terms:
        words = Word.objects.filter(child=child).beginning_with(term)
        condition &= Q(pk__in=words.values("observation"))
    return condition


def anywhere(terms):
    """The condition of a page on which all of these words stand in some child's journal.

    A database finds a rare word by its list of pages; for a common one it is quicker to go through the pages, newest
    first, until enough have it. So the list is asked of one word at most, of a rare one.
    """
    rare = next((term for term in sorted(terms, key=len, reverse=True) if is_rare(term)), None)
    condition = Q()
    for term in terms:
        words = Word.objects.all().beginning_with(term)
        listed = Q(pk__in=words.values("observation"))
        condition &= listed if term == rare else Q(Exists(words.filter(observation=OuterRef("pk"))))
    return condition


def is_rare(term):
    """Whether words that begin like this stand at few places."""
    return not Word.objects.all().beginning_with(term)[COMMON : COMMON + 1].exists()
