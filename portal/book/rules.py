"""Who may have a book made, and whether a made one may still be opened."""

from django.utils.translation import gettext as _

from people.accounts.models import Person
from people.families.access import Level, access_of
from people.families.models import Child
from portal.book.contents import Period, fingerprint, pages, periods
from portal.book.models import Book


def may_ask(person: Person, child: Child) -> bool:
    """Return whether this adult takes part in what is written about the child today."""
    return child.pk in access_of(person).family(Level.PARTICIPATE)


def why_not_ask(person: Person, child: Child, period: str) -> str:
    """Return why this person cannot have a book of this period, or an empty string."""
    if not may_ask(person, child):
        return _("You can have a book made only of the journal of your own family's child.")
    if period not in {each.code for each in periods(child, person)}:
        return _("There are no pages in that time yet. Choose another year.")
    return ""


def may_still_be_opened(book: Book) -> bool:
    """Return whether everything in a made book may still be read by its owner, in the same words.

    New pages do not matter. A consent taken back, a page withdrawn or corrected, a restriction: each of them closes it.
    """
    if book.made_at is None:
        return False
    now = pages(book.child, book.asked_by, Period(book.period), book.holds)
    return fingerprint(now) == book.fingerprint
