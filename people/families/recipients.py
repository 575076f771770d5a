"""For whom words can be meant: people, found from roles, rooms and relationships as they are on one day.

They are more than those who can sign in: whoever has no password or no address is told on paper or aloud. Restrictions
come first here as everywhere: an adult to whom a child's portal is closed receives nothing because of that child.
"""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from people.accounts.models import Person
from people.families.access import CLOSES_THE_PORTAL, Level, RestrictionKind
from people.families.models import Child, Relationship, Restriction
from people.setting.models import Room, Session, StaffInRoom
from people.setting.role_holders import people_with
from people.setting.roles import Right


def families(on):
    """The adults of all families, as far as the portal is open to them."""
    return _adults_of(Child.objects.all(), on)


def taking_part(child: Child, on: date) -> QuerySet[Person]:
    """The adults who take part in this child's life here, living with the child or apart; nobody barred."""
    ties = Relationship.objects.running(on).filter(child=child, level__gte=Level.PARTICIPATE)
    closed = Restriction.objects.running(on).filter(child=child, kind__in=CLOSES_THE_PORTAL)
    return Person.objects.filter(pk__in=ties.values("adult")).exclude(pk__in=closed.values("adult"))


def with_somebody_taking_part(children, on):
    """Ids of those of these children with whom some adult takes part in the portal."""
    closed = Restriction.objects.running(on).filter(
        child=OuterRef("child"), adult=OuterRef("adult"), kind__in=CLOSES_THE_PORTAL
    )
    ties = Relationship.objects.running(on).filter(child__in=children, level__gte=Level.PARTICIPATE)
    return set(ties.exclude(Exists(closed)).values_list("child", flat=True))


def of_rooms(rooms, on, weekday=None):
    """The adults of the children in these rooms, and the staff who work there; `None` stands for every room.

    With a weekday only children who come on that day count. Then an adult from whom days and times are hidden is not in
    the recipients because of that child: being told would tell when the child comes.
    """
    rooms = Room.objects.all() if rooms is None else Room.objects.filter(pk__in=[_pk(room) for room in rooms])
    return adults_of_rooms(rooms, on, weekday) | staff_of_rooms(rooms, on)


def adults_of_rooms(rooms, on, weekday=None):
    """The same without the staff."""
    children, closes = Child.objects.here(on).filter(room__in=rooms), CLOSES_THE_PORTAL
    if weekday is not None:
        coming = Session.objects.running(on).filter(weekday=weekday)
        children, closes = (
            children.filter(pk__in=coming.order_by().values("child")),
            (*closes, RestrictionKind.NO_TIMETABLE),
        )
    return _adults_of(children, on, closes)


def staff_of_rooms(rooms, on):
    """Those who work in these rooms; in a setting with one room all who look after children."""
    if Room.objects.count() <= 1:
        return staff(on)
    placed = StaffInRoom.objects.running(on).filter(room__in=rooms)
    return staff(on).filter(pk__in=placed.order_by().values("person"))


def staff(on):
    """All who look after children here, the leads too."""
    return people_with(Right.SEE_CHILDREN, on)


def committee(on):
    """The committee, with its chair."""
    return people_with(Right.READ_COMMITTEE_PAGES, on)


def _pk(room):
    return getattr(room, "pk", room)


def _adults_of(children, on, closes=CLOSES_THE_PORTAL):
    closed = Restriction.objects.running(on).filter(child=OuterRef("child"), adult=OuterRef("adult"), kind__in=closes)
    ties = Relationship.objects.running(on).filter(
        level__gte=Level.INFORMATION, child__in=children.order_by().values("pk")
    )
    ties = ties.exclude(Exists(closed))
    return Person.objects.filter(is_active=True, pk__in=ties.order_by().values("adult"))
