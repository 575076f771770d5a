"""What a family allows. The strictest word counts: at least one yes and no no, among those with a say today."""

from functools import lru_cache

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from documents.models import Consent
from documents.purposes import Purpose
from people.models import Child, Level, Relationship
from records.written_once import written_once

__all__ = ["Purpose", "allowed", "children_allowing"]


def children_allowing(purpose, on=None):
    """Ids of the children for whom `purpose` is allowed on this day (today by default), as a subquery.

    `Observation.objects.filter(children__in=children_allowing(Purpose.OTHERS_JOURNALS))`, or in an Exists with
    `.filter(pk=OuterRef("child"))`. An adult has a say while their relationship is full. Whoever is barred can
    still say no, but their yes opens nothing.
    """
    with_a_say = Relationship.objects.running(on or timezone.localdate()).filter(level__gte=Level.FULL)
    said = (
        Consent.objects.latest(on)
        .filter(purpose=purpose, child=OuterRef("pk"))
        .filter(Exists(with_a_say.filter(child=OuterRef("child"), adult=OuterRef("adult"))))
    )
    yes = said.filter(~Exists(barred(on)), allows=True)
    return Child.objects.filter(Exists(yes), ~Exists(said.filter(allows=False))).order_by().values("pk")


def children_allowing_ready(purpose, on=None):
    """The same ids, their SQL written once a day: for conditions in which they stand again and again."""
    return _written(purpose, on or timezone.localdate(), connection.vendor)


@lru_cache(maxsize=16)
def _written(purpose, day, _vendor):
    return written_once(children_allowing(purpose, day))


def barred(on):
    """Restrictions that close the portal to the adult of the consent in the outer query."""
    from people.models import Restriction
    from people.standing import CLOSES_THE_PORTAL

    today = on or timezone.localdate()
    return Restriction.objects.running(today).filter(
        kind__in=CLOSES_THE_PORTAL, child=OuterRef("child"), adult=OuterRef("adult")
    )


def allowed(child, purpose, on=None):
    """Whether `purpose` is allowed for this child on this day (today by default)."""
    return children_allowing(purpose, on).filter(pk=child.pk).exists()
