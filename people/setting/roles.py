"""Who works here as what, and what that allows. The whole of it is the table below.

A role counts from a day to a day; it never counts for a child with whom the person has, or had, a relationship.
This file is also the only bridge to Wagtail: a role that edits pages puts the person into the group "Editors".
"""

from datetime import date
from enum import StrEnum, auto
from functools import lru_cache
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.families.access import access_of

if TYPE_CHECKING:
    from people.accounts.models import Person


class Role(models.TextChoices):
    STAFF = "staff", _("Member of staff")
    MANAGER = "manager", _("Manager")
    DEPUTY = "deputy", _("Deputy manager")
    SAFEGUARDING_LEAD = "safeguarding_lead", _("Designated safeguarding lead (DSL)")
    DEPUTY_SAFEGUARDING_LEAD = "deputy_safeguarding_lead", _("Deputy safeguarding lead")
    SENCO = "senco", _("SENCo")
    COMMITTEE = "committee", _("Committee member")
    CHAIR = "chair", _("Chair of the committee")
    EDITOR = "editor", _("Editor of pages")
    ADMINISTRATOR = "administrator", _("System administrator")


class Right(StrEnum):
    SEE_CHILDREN = auto()  # cards, shared journal; key children's and own drafts
    SEE_EVERY_ROOM = auto()  # the same for children of other rooms
    WRITE_OBSERVATIONS = auto()
    SEE_DRAFTS = auto()  # everybody's drafts of observations
    KEEP_FAMILIES = auto()  # children, adults, relationships, invitations
    KEEP_STAFF = auto()  # who works here, from when to when
    ASK_FOR_FORMS = auto()
    HANDLE_COMPLAINTS = auto()
    HANDLE_COMPLAINTS_ABOUT_LEADERS = auto()
    STAND_IN_FOR_THE_CHAIR = auto()  # complaints about leaders, when there is no chair
    HEAR_OF_CHILDREN_AT_RISK = auto()
    SEE_CHECKS = auto()  # progress checks of every child looked after here; key people see those of their own
    LOOK_AT_CONCERNS = auto()  # in a progress check, before parents read it
    KEEP_CHECKS = auto()  # who writes one when the key person cannot
    KEEP_SETTING = auto()  # the setting's facts: name, numbers, words
    EDIT_PAGES = auto()
    PUBLISH_PAGES = auto()
    WRITE_NOTICES = auto()  # in the portal's short form; without PUBLISH_PAGES as a draft for those who publish
    READ_STAFF_PAGES = auto()
    READ_COMMITTEE_PAGES = auto()


EDITORS, CHECKERS = "Editors", "Checkers"  # Wagtail's groups

_ROOM = {Right.SEE_CHILDREN, Right.WRITE_OBSERVATIONS, Right.WRITE_NOTICES, Right.READ_STAFF_PAGES}
_EVERYWHERE = _ROOM | {Right.SEE_EVERY_ROOM}
_LEAD = _EVERYWHERE | {
    Right.SEE_DRAFTS,
    Right.SEE_CHECKS,
    Right.LOOK_AT_CONCERNS,
    Right.KEEP_CHECKS,
    Right.KEEP_FAMILIES,
    Right.ASK_FOR_FORMS,
    Right.HANDLE_COMPLAINTS,
    Right.KEEP_SETTING,
    Right.PUBLISH_PAGES,  # notices, through the portal's short form; Wagtail is the editors'
}
_COMMITTEE = {Right.READ_STAFF_PAGES, Right.READ_COMMITTEE_PAGES}

RIGHTS: dict[Role, set[Right]] = {
    Role.STAFF: _ROOM,
    Role.MANAGER: _LEAD | {Right.KEEP_STAFF},
    Role.DEPUTY: _LEAD,
    Role.SAFEGUARDING_LEAD: _EVERYWHERE | {Right.HEAR_OF_CHILDREN_AT_RISK, Right.SEE_CHECKS},
    Role.DEPUTY_SAFEGUARDING_LEAD: _EVERYWHERE | {Right.HEAR_OF_CHILDREN_AT_RISK, Right.SEE_CHECKS},
    Role.SENCO: _EVERYWHERE | {Right.SEE_CHECKS, Right.LOOK_AT_CONCERNS},
    Role.COMMITTEE: _COMMITTEE | {Right.STAND_IN_FOR_THE_CHAIR},
    Role.CHAIR: _COMMITTEE | {Right.HANDLE_COMPLAINTS_ABOUT_LEADERS},
    Role.EDITOR: {Right.EDIT_PAGES, Right.PUBLISH_PAGES, Right.WRITE_NOTICES},
    Role.ADMINISTRATOR: set(),
}

# Whoever holds one of these decides about others: parents know them by name.
OFFICES = (
    Role.MANAGER,
    Role.DEPUTY,
    Role.SAFEGUARDING_LEAD,
    Role.DEPUTY_SAFEGUARDING_LEAD,
    Role.CHAIR,
    Role.COMMITTEE,
)

ON_THE_TABLET = _ROOM | {Right.SEE_EVERY_ROOM}


def roles_of(person: "Person", on: date | None = None) -> set[Role]:
    """The roles this person holds on this day (today by default), as a set."""
    return {Role(role) for role in access_of(person, on).roles}


def has_right(person: "Person", right: Right, on: date | None = None) -> bool:
    """Whether one of the person's roles on this day gives the right. On the room's tablet only those of a room count."""
    if getattr(person, "on_tablet", None) and right not in ON_THE_TABLET:
        return False
    return right in _rights_of(access_of(person, on).roles)


@lru_cache
def _rights_of(roles: frozenset[str]) -> frozenset[Right]:
    """Whatever one of these roles gives, together."""
    return frozenset().union(*(RIGHTS[Role(role)] for role in roles))


def works_here(person: "Person", on: date | None = None) -> bool:
    """Whether the person holds any role today: then the second factor is required."""
    return bool(roles_of(person, on))


def roles_with(*rights: Right) -> list[Role]:
    """The roles that give one of these rights."""
    return [role for role, given in RIGHTS.items() if given & set(rights)]


def in_words(person: "Person", on: date | None = None) -> str:
    """The person's roles as a reader would say them: "Manager, Member of staff"."""
    return ", ".join(str(role.label) for role in sorted(roles_of(person, on)))


def match_wagtail(person: "Person") -> None:
    """Bring Wagtail's groups in line with today's roles. Called by the actions that give and end roles, and each day.

    Editors write; checkers are those of them who lead. What checkers may more than editors stands in actions_checking.
    """
    edits = has_right(person, Right.EDIT_PAGES)
    for name, belongs in ((EDITORS, edits), (CHECKERS, edits and has_right(person, Right.KEEP_SETTING))):
        group, _made = Group.objects.get_or_create(name=name)
        if belongs:
            person.groups.add(group)
        else:
            person.groups.remove(group)
