"""What the book of a child adds to the shared pages."""

from django.utils.translation import gettext_lazy as _

from people.families.access import Level
from people.features import ChildLink, ChildPlace, Feature
from portal.book.rules import may_ask

feature = Feature(
    name=_("The book of a child"),
    child_links=[ChildLink(_("Make a book"), "book:choose", [ChildPlace.PAGES], shown_to=may_ask)],
    opens={Level.PARTICIPATE: _("The book: makes one of the pages that are open to them.")},
)
