"""Whom a notice has reached: by name for those who look after children, and by phone for those who keep families."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from home.audiences import families_of, recipients_of
from home.models import NoticeRead
from people.families import recipients
from people.families.access import of_nobody_hidden
from people.families.models import Child, Relationship
from people.mail.undelivered import relatives_of


def named_to(user, people, on):
    """Those of these people whom this person may see by name: colleagues, adults of children looked after, those shown.

    Never, as staff, adults around a child with whom this person has or had to do: there no role counts.
    """
    colleagues = recipients.staff(on) | recipients.committee(on)
    children = Child.objects.as_staff_of(user, on).order_by().values("pk")
    adults = Relationship.objects.running(on).filter(child__in=children).order_by().values("adult")
    looked_after = Q(pk__in=adults) & ~Q(pk__in=relatives_of(user)) & of_nobody_hidden(user, "pk", on)
    return people.filter(Q(pk__in=colleagues.order_by().values("pk")) | looked_after | Q(pk__in=user.shown_to(on)))


def readers_of(notice, user):
    """(what is known of those whom it has reached, the people whom it has not), as far as this person may see them."""
    on = timezone.localdate()
    people = named_to(user, recipients_of(notice, on), on).order_by("full_name", "pk")
    reads = NoticeRead.objects.filter(notice=notice, person__in=people).select_related("person", "entered_by")
    return list(reads.order_by("person__full_name", "pk")), list(people.exclude(pk__in=notice.reads.values("person")))


@dataclass
class ToRing:
    """One household to ring once: its adults, and under which phones."""

    adults: list

    @property
    def phones(self):
        """[(name, phone), …] of those who have one."""
        found = [(adult.full_name, getattr(getattr(adult, "contact", None), "phone", "")) for adult in self.adults]
        return [(name, phone) for name, phone in found if phone]


def to_ring(notice, user):
    """Households of which nobody has read it, each once. Whoever is kept from the portal is not among its recipients at all."""
    recipients_among_families = families_of(notice)
    read = recipients_among_families.filter(pk__in=notice.reads.values("person"))
    rest = recipients_among_families.exclude(pk__in=read.order_by().values("pk")).exclude(pk=user.pk)
    rest = (
        rest.exclude(pk__in=relatives_of(user))
        .filter(of_nobody_hidden(user, "pk"))
        .select_related("contact")
        .order_by("full_name", "pk")
    )
    reached = set(read.exclude(household=None).order_by().values_list("household", flat=True))
    households = {}
    for adult in rest:
        if adult.household_id not in reached:
            households.setdefault(adult.household_id or f"alone {adult.pk}", []).append(adult)
    return [ToRing(adults) for adults in households.values()]
