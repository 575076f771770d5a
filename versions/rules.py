"""Who may see and write down who has read what. Each rule answers; none writes."""

from typing import TYPE_CHECKING

from people.families.rules import may_keep_families
from people.setting.roles import Right, has_right

if TYPE_CHECKING:
    from people.accounts.models import Person


def may_see_readers(person: "Person") -> bool:
    """Manager, deputy and safeguarding lead may show who has read what."""
    return may_note_readers(person) or has_right(person, Right.HEAR_OF_CHILDREN_AT_RISK)


def may_note_readers(person: "Person") -> bool:
    """Manager and deputy write down who was told on paper or aloud, and remind the rest."""
    return may_keep_families(person)
