"""Children who appear in a record of somebody else's child, seen or named: their families decide, too, who reads it."""

from django.db.models import Exists, Model, OuterRef, Q

from documents.consent import Purpose, children_allowing, children_allowing_ready
from people.mentions import Mention
from people.models import Child, Person
from people.standing import standing_of


def strangers(among, own, on):
    """Those rows of a table of children whose child is not one's own and may not appear in another child's journal."""
    return among.exclude(child__in=own).exclude(child__in=children_allowing_ready(Purpose.OTHERS_JOURNALS, on))


def reaches_nobody_closed(user, among, on):
    """No child among these, seen or named, from whom a restriction shuts the reader out: not on a sibling's page either."""
    shut_out_of = standing_of(user, on).shut_out_of
    return Q(~Exists(among.filter(child__in=shut_out_of))) if shut_out_of else Q()


def names_nobody_closed(user, model: type[Model], on, record="pk"):
    """The same of the children whom the words of such a record name: found when it was written, or looked for since.

    The second kind only an order asks for (people/actions_mentions.py).
    """
    condition = Q()
    for way in ("named", "named_for_orders"):
        if field := getattr(model, way, None):
            among = field.through.objects.filter(**{model._meta.model_name: OuterRef(record)})
            condition &= reaches_nobody_closed(user, among, on)
    return condition


def may_be_told(person: Person, child: Child) -> bool:
    """Whether this person may know if the child's family keeps it out of other journals: who looks after it as staff.

    Around a child of the own life it would be the answer of another adult, who may be hidden.
    """
    return child.pk not in standing_of(person).kin


def kept_out(mentions: list[Mention], person: Person) -> list[Mention]:
    """Those of the named whose families keep them out of other children's journals, as far as this person may know it."""
    willing = set(children_allowing(Purpose.OTHERS_JOURNALS).values_list("pk", flat=True))
    return [each for each in mentions if each.child.pk not in willing and may_be_told(person, each.child)]
