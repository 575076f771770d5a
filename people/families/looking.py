"""Who has looked: which staff opened a child's record, in words that a parent can read, and what is unusual about it."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.families.access import RestrictionKind, access_of
from people.families.models import Child, EmergencyAccess, Restriction
from people.features import access_log_kinds
from people.setting.models import RoleHeld, StaffInRoom
from people.setting.roles import Right, has_right, roles_with
from records.models import AccessLogEntry

OPENS, CLOSES = 7, 19  # hours between which looking is part of an ordinary day
MAY_NOT_COLLECT = (RestrictionKind.NO_COLLECTION, RestrictionKind.FULL, RestrictionKind.SUPERVISED_ONLY)
UNUSUAL_FOR = timedelta(days=30)
AT_LEAST_MANY = 10  # children on one day


def _by_staff():
    """What staff opened, of the kinds that the features name: safeguarding work is none, so that nothing can be inferred."""
    return AccessLogEntry.objects.filter(kind__in=list(access_log_kinds())).exclude(role="").select_related("person")


def _outside_safeguarding():
    """The same without whoever held a safeguarding role that day: nobody can tell why such a person looked."""
    held = RoleHeld.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("day")),
        Q(ended_at__isnull=True) | Q(ended_at__gte=OuterRef("first_at")),
        Q(given_at__isnull=True) | Q(given_at__lte=OuterRef("last_at")),
        person=OuterRef("person"),
        role__in=roles_with(Right.HEAR_OF_CHILDREN_AT_RISK),
        starts_on__lte=OuterRef("day"),
    )
    return _by_staff().exclude(Exists(held))


def looks_at(child):
    """What staff opened of one child, newest first. What somebody opened once they were of the child's family never shows.

    A tie that is entered later takes nothing away that was seen before.
    """
    as_family = child.relationships.filter(adult=OuterRef("person"), entered_at__lte=OuterRef("first_at"))
    return _outside_safeguarding().filter(child=str(child.pk)).exclude(Exists(as_family))


def by_month(looks):
    """The same for whoever may not know days: one line for each month, person, kind and role, and not how often."""
    months = looks.annotate(month=TruncMonth("day"), name=F("person__full_name")).order_by(
        "-month", "name", "kind", "role"
    )
    return months.values("month", "name", "kind", "role").distinct()


def looks_for(user):
    """What staff opened of all children but those of the reader's own family, newest first.

    Looks in a safeguarding role are there only for those who hold one.
    """
    found = _by_staff() if has_right(user, Right.HEAR_OF_CHILDREN_AT_RISK) else _outside_safeguarding()
    return found.exclude(child__in=[str(pk) for pk in access_of(user).related_children])


def broken_glass_for(user):
    """Records opened out of turn, newest first; not those of the reader's own family."""
    found = EmergencyAccess.objects.exclude(child__in=access_of(user).related_children)
    return found.select_related("person", "child").order_by("-broken_at")


def in_a_hurry(child, on, user):
    """(relationships of those to ring, restrictions on collecting), for the emergency card; the restricted are not rung.

    Of whoever is hidden from this reader it says that they are there, and who knows their phone.
    """
    barred = Restriction.objects.running(on).filter(child=child, kind__in=MAY_NOT_COLLECT).select_related("adult")
    ties = child.relationships.running(on).select_related("adult__contact").order_by("-lives_with", "pk")
    to_ring = [tie for tie in ties if tie.adult_id not in {bar.adult_id for bar in barred}]
    return mark_hidden(to_ring, user), barred


def mark_hidden(rows, user):
    """The same relationships or restrictions, each with `is_hidden`: a colleague keeps what there is about its adult."""
    rows, hidden = list(rows), access_of(user).hidden_adults
    for row in rows:
        row.is_hidden = row.adult_id in hidden
    return rows


@dataclass
class Unusual:
    """One person's day of looking, and what is unusual about it."""

    person: object
    day: object
    children: set = field(default_factory=set)
    hours: bool = False
    other_room: bool = False

    def reasons(self, many):
        """Why this day is brought up, in words."""
        found = []
        if self.hours:
            found.append(_("outside the day's hours"))
        if len(self.children) >= many:
            found.append(_("%(n)d children on one day") % {"n": len(self.children)})
        if self.other_room:
            found.append(_("a child of another room"))
        return found


def unusual_looking(user, now=None):
    """[(Unusual, reasons)] of the last 30 days, newest first: out of hours, many children at once, another room."""
    now = now or timezone.now()
    rooms = {}
    for person, room in StaffInRoom.objects.running(timezone.localdate(now)).values_list("person", "room"):
        rooms.setdefault(person, set()).add(room)
    room_of = {str(pk): room for pk, room in Child.objects.as_staff_of(user).order_by().values_list("pk", "room")}
    many = max(AT_LEAST_MANY, len(room_of) // 2)
    days = {}
    for look in looks_for(user).filter(day__gte=timezone.localdate(now) - UNUSUAL_FOR).exclude(kind="emergency"):
        entry = days.setdefault((look.day, look.person_id), Unusual(look.person, look.day))
        entry.children.add(look.child)
        entry.hours |= any(_out_of_hours(moment) for moment in (look.first_at, look.last_at))
        entry.other_room |= look.person_id in rooms and room_of.get(look.child) not in {None, *rooms[look.person_id]}
    found = [(entry, entry.reasons(many)) for _key, entry in sorted(days.items(), reverse=True)]
    return [(entry, reasons) for entry, reasons in found if reasons]


def _out_of_hours(moment):
    local = timezone.localtime(moment)
    return local.weekday() >= 5 or not OPENS <= local.hour < CLOSES
