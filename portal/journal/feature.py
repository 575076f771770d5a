"""What the learning journal adds to the shared pages."""

from typing import TYPE_CHECKING

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from people.families.access import Level, access_of
from people.families.rules import looks_after
from people.features import FIRST, ChildLink, ChildPlace, Feature, Link, PagesOfChild, Place
from people.setting.models import Setting
from people.setting.roles import Right, has_right
from portal.journal import plain_pages, waiting

if TYPE_CHECKING:
    from people.accounts.models import Person
    from people.families.models import Child


def writes(user: "Person") -> bool:
    return has_right(user, Right.WRITE_OBSERVATIONS)


def takes_part(user: "Person", child: "Child") -> bool:
    return child.pk in access_of(user).family(Level.PARTICIPATE)


journal_name = lazy(lambda: Setting.now().journal_name, str)()  # the setting's own word for it

feature = Feature(
    name=_("The learning journal"),
    navigation=[
        Link(_("Write"), "journal:write", order=200, shown_to=writes),
        Link(_("Write"), "journal:write", Place.TABLET, order=200),
        Link(_("Write an observation"), "journal:write", Place.TABLET_HOME, FIRST, look=""),
    ],
    child_links=[
        ChildLink(journal_name, "journal:pages", [ChildPlace.TODAY], look="", order=FIRST, shown_to=takes_part),
        ChildLink(
            _("Add from home"),
            "journal:add_from_home",
            [ChildPlace.TODAY],
            hidden=_(" for %(name)s"),
            shown_to=takes_part,
        ),
        ChildLink(journal_name, "journal:pages", [ChildPlace.CARD], shown_to=looks_after),
        ChildLink(journal_name, "journal:pages", [ChildPlace.FAMILY], shown_to=looks_after),
        ChildLink(_("Journal"), "journal:pages", [ChildPlace.TABLET], hidden=_(" of %(name)s"), order=FIRST),
    ],
    waiting=waiting.for_you,
    waiting_for_family=waiting.for_family,
    today_sections=waiting.key_children,
    access_log_kinds={"journal": _("The learning journal")},
    tablet_views=frozenset(
        {
            "journal:write",
            "journal:find",
            "journal:change",
            "journal:check",
            "journal:pages",
            "journal:page",
            "journal:thank",
            "journal:look",
            "journal:photograph",
            "journal:coverage",
            "journal:correct",
            "journal:withdraw",
        }
    ),
    remembered_phone_views=frozenset(
        {
            "journal:pages",
            "journal:page",
            "journal:photograph",
            "journal:look",
            "journal:thank",
            "journal:add_from_home",
        }
    ),
    pages_of_child=PagesOfChild("journal:pages", "journal", plain_pages.months, plain_pages.pages),
    background_views=frozenset({"journal:photograph"}),
    opens={
        Level.PARTICIPATE: _("The journal: reads its shared pages, adds pages from home, comments."),
        Right.SEE_CHILDREN: _("The journal of those children: shared pages, and drafts of key children."),
        Right.WRITE_OBSERVATIONS: _("Writes in the journal."),
        Right.SEE_DRAFTS: _("Drafts of every colleague in the journal."),
    },
)
