"""Who may do what with families, staff and invitations. Each rule answers; none writes."""

from django.utils.translation import gettext as _

from people.models import Level, Responsibility
from people.roles import Right, has_right


def may_keep_families(person):
    """Add children, adults and what ties them together; invite them."""
    return has_right(person, Right.KEEP_FAMILIES)


def may_keep_family_of(person, child):
    """The same for one child: never for a child of one's own family."""
    return may_keep_families(person) and not child.relationships.filter(adult=person).exists()


def may_keep_staff(person):
    """Say who works here as what."""
    return has_right(person, Right.KEEP_STAFF)


def why_not_related(level, responsibility, evidence):
    """Why this level cannot be given, in words, or nothing. Full belongs to parental responsibility or a paper that says so."""
    if level == Level.FULL and responsibility != Responsibility.YES and not evidence.strip():
        return _(
            "“Everything” belongs to people with parental responsibility. If a court or a parent has given it to this "
            "person in writing, say in “Evidence seen” which paper you saw."
        )
    return ""
