"""Comments with what was answered to each, and for staff who of the family reads them: said before anything is written."""

from dataclasses import dataclass, field

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from people.families.models import Child
from people.families.recipients import taking_part
from portal.journal.models import Comment


@dataclass
class Thread:
    """A comment with its answers. For staff `readers` are the adults of the family who can read both; else None."""

    comment: Comment
    answers: list = field(default_factory=list)
    child: Child | None = None
    readers: list | None = None
    everybody: bool = True  # every adult who takes part in the journal is among the readers
    form: object = None

    @property
    def only(self) -> str:
        """Who can read the comment where not everybody in the journal can; for staff."""
        if self.readers is None or self.everybody:
            return ""
        if not self.readers:
            return _("Nobody in the family can read this at present.")
        return _("Only %(names)s can read this.") % {"names": in_words(self.readers)}

    @property
    def box(self) -> str:
        """Who will read an answer, said above the box in which it is written."""
        if not self.readers:
            return _("Nobody in the family reads this at present.")
        if self.child and self.everybody:
            return everybody_reads(self.child)
        author, names = self.comment.author, in_words(self.readers)
        if len(self.readers) == 1:
            return _("Only %(name)s reads this.") % {"name": names}
        if all(author.household_id and each.household_id == author.household_id for each in self.readers):
            return _("%(name)s's household reads this: %(names)s.") % {"name": author.get_short_name(), "names": names}
        return _("%(names)s read this, and nobody else in the family.") % {"names": names}


def everybody_reads(child: Child) -> str:
    """What stands above the box for a comment that answers nobody."""
    return _("Everybody in %(name)s's journal reads this.") % {"name": child.known_as}


def in_words(people: list) -> str:
    return get_text_list([person.full_name for person in people], _("and"))


def threads(comments) -> list[Thread]:
    """Comments in their order, each answer under what it answers."""
    found = {comment.pk: Thread(comment) for comment in comments if not comment.answers_id}
    for comment in comments:
        if comment.answers_id in found:
            found[comment.answers_id].answers.append(comment)
        elif comment.answers_id:  # what it answers is not among them
            found[comment.pk] = Thread(comment)
    return list(found.values())


def in_order(comments) -> list[Comment]:
    """The same as one list."""
    return [each for thread in threads(comments) for each in (thread.comment, *thread.answers)]


def say_who_reads(found: list[Thread], child: Child, on) -> None:
    """Give each comment of the family its readers, asked of the same rule as when they read it."""
    of_family = [thread for thread in found if thread.comment.from_family]
    if not of_family:
        return
    adults = list(taking_part(child, on))
    for adult in adults:
        adult.access_cache = {}  # asked several times in the question below, read once
    asked = Comment.objects.filter(pk__in=[thread.comment.pk for thread in of_family]).order_by()
    read = {adult: set(asked.visible_to(adult, on).values_list("pk", flat=True)) for adult in adults}
    for thread in of_family:
        thread.child = child
        thread.readers = [adult for adult in adults if thread.comment.pk in read[adult]]
        thread.everybody = len(thread.readers) == len(adults)
