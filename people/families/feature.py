"""What persons and families add to the shared pages."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from people.families import waiting
from people.families.access import Level
from people.families.rules import looks_after
from people.features import FIRST, LATER, ChildLink, ChildPlace, Feature, Link, Place
from people.setting.roles import Right, has_right

if TYPE_CHECKING:
    from people.accounts.models import Person


def keeps_families(user: "Person") -> bool:
    return has_right(user, Right.KEEP_FAMILIES)


def keeps_staff(user: "Person") -> bool:
    return has_right(user, Right.KEEP_STAFF)


feature = Feature(
    name=_("People"),
    navigation=[
        Link(_("Families"), "people:families", order=400, shown_to=keeps_families),
        Link(_("Edit pages"), "/cms/", order=450, shown_to=lambda user: has_right(user, Right.EDIT_PAGES)),
        Link(_("About me"), "people:me", Place.FOOTER, LATER),
        Link(_("How you sign in"), "people:security", Place.FOOTER, LATER),
        Link(_("Children"), "people:tablet", Place.TABLET, FIRST),
        Link(
            _("Children of other rooms"),
            "people:other_rooms",
            Place.TODAY,
            FIRST,
            shown_to=lambda user: has_right(user, Right.SEE_CHILDREN),
        ),
        Link(_("Rooms"), "people:rooms", Place.MANAGERS, 100),
        Link(_("What is closed"), "people:restrictions", Place.MANAGERS, 110),
        Link(_("From a spreadsheet"), "people:choose_list", Place.MANAGERS, 120),
        Link(_("Invite families"), "people:invite_all", Place.MANAGERS, 130),
        Link(_("Who works here"), "people:staff", Place.MANAGERS, 140, shown_to=keeps_staff),
        Link(_("Tablets"), "people:tablets", Place.MANAGERS, 150, shown_to=keeps_staff),
        Link(_("Who has looked?"), "people:all_looks", Place.MANAGERS, 160),
        Link(_("Who may see what"), "people:who_may_see_what", Place.MANAGERS, 600),
        Link(
            _("The setting's facts"),
            "people:setting",
            Place.MANAGERS,
            610,
            shown_to=lambda user: has_right(user, Right.KEEP_SETTING),
        ),
    ],
    child_links=[
        ChildLink(_("Card"), "people:child", [ChildPlace.TODAY], hidden=_(" of %(name)s"), order=LATER),
        ChildLink(
            _("Emergency card"),
            "people:emergency_card",
            [ChildPlace.CARD],
            look="stop",
            order=FIRST,
            shown_to=looks_after,
        ),
        ChildLink(
            _("Emergency card"),
            "people:emergency_card",
            [ChildPlace.TABLET],
            hidden=_(" of %(name)s"),
            look="stop",
            order=LATER,
        ),
    ],
    waiting=waiting.for_you,
    today_sections=waiting.managers,
    access_log_kinds={
        "card": _("The card"),
        "family": _("The family's page, with addresses and what is closed"),
        "emergency": _("The emergency card"),
    },
    tablet_views=frozenset(
        {
            "people:tablet",
            "people:tablet_pin",
            "people:emergency_card",
            "people:sign_out",
            "people:still_here",
            "people:held",
            "people:keep_draft",
            "people:draft",
        }
    ),
    remembered_phone_views=frozenset(
        {
            "people:keep_draft",
            "people:draft",
            "people:sign_out",
            "people:prove",
            "people:still_here",
            "people:code",
        }
    ),
    background_views=frozenset({"people:still_here", "people:keep_draft"}),
    opens={
        Level.INFORMATION: _("The child's card: room, key person, allergies, diet and health."),
        Level.FULL: _("Who of the staff has looked at the child's records."),
        Right.SEE_CHILDREN: _("The cards of the children of their rooms."),
        Right.SEE_EVERY_ROOM: _("The same of the children of every room."),
        Right.KEEP_FAMILIES: _("Families: children, adults, relationships, what is closed, invitations."),
        Right.KEEP_STAFF: _("Who works here as what, and the rooms' tablets."),
        Right.HEAR_OF_CHILDREN_AT_RISK: _("What is closed to somebody around a child, and why."),
        Right.KEEP_SETTING: _("The setting's facts, the mail that did not arrive, the disk."),
    },
)
