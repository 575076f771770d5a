"""Whether days and times are closed to a reader of a journal, so that its pages tell only their month."""

from django.db.models import Q

from people.accounts.models import Person
from people.families.access import RestrictionKind, access_of
from people.families.models import Child
from portal.journal.models import Observation, Photograph
from portal.journal.models.observation import inside_of


def tells_months_only(child: Child, reader: Person) -> bool:
    """Return whether days are closed to the reader here: the child's own, or those of another child on a page of it.

    Then all of the journal hides its dates: a page without a day, between two that have one, would tell it all the same.
    """
    closed = access_of(reader).children_closed_by(RestrictionKind.NO_TIMETABLE)
    if not closed or child.pk in closed:
        return bool(closed)
    named, since = (
        way.through.objects.filter(child__in=closed).values("observation")
        for way in (Observation.named, Observation.named_for_orders)
    )
    seen = Photograph.children.through.objects.filter(child__in=closed).values("photograph__observation")
    with_them = Q(pk__in=inside_of(closed)) | Q(pk__in=named) | Q(pk__in=since) | Q(pk__in=seen)
    return Observation.objects.visible_to(reader).filter(with_them, pk__in=inside_of([child.pk])).exists()
