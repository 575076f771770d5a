"""The queryset of every record about a child: who may see it is asked in one order that no feature can get wrong."""

from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar, final

from django.db.models import Model, Q, QuerySet

from people.families.access import Access, Level, access_of
from people.families.models import Child
from people.families.told import names_nobody_closed

if TYPE_CHECKING:
    from people.accounts.models import Person


Record = TypeVar("Record", bound=Model)


def looked_after(access: Access) -> QuerySet:
    """Return the ids of the children whom this person looks after here as staff; never one of their own family."""
    return Child.objects.as_staff_of(access.person, access.on).order_by().values("pk")


class ChildRecordQuerySet(QuerySet[Record]):
    """Records about the `child` of their row.

    A feature says in `for_family` and `for_staff` what each side may see, and in `open_to` what closes a record to both;
    by default that is an order around a child whom its words name. `visible_to` puts them together, and is final.
    """

    family_level = Level.PARTICIPATE

    @final
    def visible_to(self, user: "Person", on: date | None = None) -> Self:
        """Return the records that this person may see on a day (today by default)."""
        if not user.is_authenticated:
            return self.none()
        access = access_of(user, on)
        return self.filter(self.for_family(access) | self.for_staff(access), self.open_to(access))

    @final
    def as_staff_of(self, user: "Person", on: date | None = None) -> Self:
        """Return those of them that this person may see as a member of staff."""
        if not user.is_authenticated:
            return self.none()
        access = access_of(user, on)
        return self.filter(self.for_staff(access), self.open_to(access))

    def for_family(self, access: Access) -> Q:
        """Return the condition of what somebody sees as family."""
        return Q(child__in=access.family(self.family_level))

    def for_staff(self, access: Access) -> Q:
        """Return the condition of what somebody sees as a member of staff."""
        return Q(child__in=looked_after(access))

    def open_to(self, access: Access) -> Q:
        """Return the condition that closes a record to somebody in every part they have."""
        return names_nobody_closed(access.person, self.model, access.on)
