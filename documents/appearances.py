"""Children who appear in a record of somebody else's child, seen or named: their families decide, too, who reads it."""

from documents.consent import Purpose, ids_allowing
from people.accounts.models import Person
from people.families.access import access_of
from people.families.mentions import Mention
from people.families.models import Child


def strangers(among, own, on):
    """Those rows of a table of children whose child is not one's own and may not appear in another child's journal."""
    return among.exclude(child__in=own).exclude(child__in=ids_allowing(Purpose.OTHERS_JOURNALS, on))


def may_be_told(person: Person, child: Child) -> bool:
    """Whether this person may know if the child's family keeps it out of other journals: who looks after it as staff.

    Around a child of the own life it would be the answer of another adult, who may be hidden.
    """
    return child.pk not in access_of(person).related_children


def kept_out(mentions: list[Mention], person: Person) -> list[Mention]:
    """Those of the named whose families keep them out of other children's journals, as far as this person may know it."""
    willing = ids_allowing(Purpose.OTHERS_JOURNALS)
    return [each for each in mentions if each.child.pk not in willing and may_be_told(person, each.child)]
