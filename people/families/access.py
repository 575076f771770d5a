(
    """What a person is to each child, and to the setting, on one day. Every question of permission is answered from here.

All of it is read in one query and then asked in Python, so that the queries of `visible_to` compare columns with a few ids.
Within a request that only reads it is read once (people/accounts/second_factor.py starts that cache); everywhere else afresh.
"""
    """What a person is to each child, and to the setting, on one day. Every question of permission is answered from here.

All of it is read in one query and then asked in Python, so that the queries of `visible_to` compare columns with a few ids.
Within a request that only reads it is read once (people/second_factor.py starts that cache); everywhere else afresh.
"""
)

import uuid
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from people.accounts.models import Person


class Level(models.IntegerChoices):
    """What a relationship opens; each level includes the ones before it."""

    NONE = 0, _("Nothing in the portal")
    INFORMATION = 1, _("Information: the child's card and notices")
    PARTICIPATE = 2, _("Taking part: also reads and adds to the journal")
    FULL = 3, _("Everything: also forms, consents and papers")


class RestrictionKind(models.TextChoices):
    """What a restriction closes."""

    NO_PORTAL = "no_portal", _("No portal")
    NO_CONTACT_DETAILS = "no_contact_details", _("No contact details of others")
    NO_COLLECTION = "no_collection", _("May not collect")
    NO_TIMETABLE = "no_timetable", _("No days and times")
    NO_PHOTOGRAPHS = "no_photographs", _("No photographs")
    SUPERVISED_ONLY = "supervised_only", _("Supervised contact only")
    FULL = "full", _("Everything is closed")


CLOSES_THE_PORTAL = (RestrictionKind.NO_PORTAL, RestrictionKind.FULL)
HIDES_OTHERS = (*CLOSES_THE_PORTAL, RestrictionKind.NO_CONTACT_DETAILS)


def running_on(on: date) -> Q:
    """Return the condition that a row with starts_on and ends_on is in force on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def in_force(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Return whether these first and last days include a day."""
    return starts_on <= on and (ends_on is None or ends_on >= on)


# In SQL, because every page asks it: Django takes ten times as long to write these queries as the database to answer them.
ABOUT_A_PERSON = """
    SELECT 'relationship', child_id, level, '', starts_on, ends_on, ended_at FROM families_relationship
    WHERE adult_id = %s AND undone_at IS NULL
    UNION ALL
    SELECT 'restriction', child_id, 0, kind, starts_on, ends_on, ended_at FROM families_restriction
    WHERE adult_id = %s AND undone_at IS NULL
    UNION ALL
    SELECT 'role', NULL, 0, role, starts_on, ends_on, ended_at FROM setting_roleheld WHERE person_id = %s
    UNION ALL
    SELECT 'second factor', NULL, id, 'accounts.authenticator', NULL, NULL, NULL
    FROM accounts_authenticator WHERE user_id = %s AND confirmed
    UNION ALL
    SELECT 'second factor', NULL, id, 'django_otp_webauthn.webauthncredential', NULL, NULL, NULL
    FROM django_otp_webauthn_webauthncredential WHERE user_id = %s AND confirmed
    UNION ALL
    SELECT 'key child', child_id, 0, '', starts_on, ends_on, NULL FROM families_keyperson WHERE person_id = %s
    UNION ALL
    SELECT 'room', NULL, room_id, '', starts_on, ends_on, NULL FROM setting_staffinroom WHERE person_id = %s
    UNION ALL
    SELECT 'large print', NULL, 0, '', NULL, NULL, NULL FROM accounts_aboutme WHERE person_id = %s AND large_print
    UNION ALL
    SELECT 'number of rooms', NULL, count(*), '', NULL, NULL, NULL FROM setting_room
"""


class Row(NamedTuple):
    """One row about a person; which columns mean something depends on `what` it is."""

    what: str
    child: Any  # its id, or None where a row is about no child
    number: int  # a level, a primary key, or how many
    word: str
    starts_on: Any  # a day, or None where nothing begins
    ends_on: date | None
    ended_at: object  # set or not: only that matters


def _id(value: Any) -> Any:
    """Return an id as Django gives it: SQLite keeps it as text."""
    return uuid.UUID(value) if isinstance(value, str) else value


def _day(value: Any) -> Any:
    """Return a day as Django gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


class Access:
    """A person's roles, relationships, restrictions, rooms and key children on one day."""

    def __init__(self, person: "Person", on: date) -> None:
        self.person, self.on = person, on

    @cached_property
    def _rows(self) -> list[Row]:
        """All rows about this person; second factors are among them, because nearly every request asks for those, too."""
        if not self.person.is_authenticated:
            return []
        with connection.cursor() as cursor:
            cursor.execute(ABOUT_A_PERSON, [self.person.pk] * ABOUT_A_PERSON.count("%s"))
            return [
                Row(what, _id(child), number, word, _day(starts_on), _day(ends_on), ended_at)
                for what, child, number, word, starts_on, ends_on, ended_at in cursor.fetchall()
            ]

    def _running(self, what: str) -> Iterator[Row]:
        for row in self._rows:
            if row.what == what and row.ended_at is None and in_force(row.starts_on, row.ends_on, self.on):
                yield row

    @property
    def second_factors(self) -> set[str]:
        """The persistent ids (django-otp) of this person's authenticator apps and passkeys, set up and confirmed."""
        return {f"{row.word}/{row.number}" for row in self._rows if row.what == "second factor"}

    @property
    def large_print(self) -> bool:
        """Whether this person asked for large print."""
        return any(row.what == "large print" for row in self._rows)

    @property
    def has_second_factor(self) -> bool:
        """Whether an authenticator app or a passkey is set up and confirmed."""
        return bool(self.second_factors)

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles held on this day, as they are written in the database."""
        return frozenset(row.word for row in self._running("role"))

    @cached_property
    def restrictions(self) -> dict[uuid.UUID, set[RestrictionKind]]:
        """What is closed to this person on this day, by child."""
        found: dict[uuid.UUID, set[RestrictionKind]] = {}
        for row in self._running("restriction"):
            found.setdefault(row.child, set()).add(RestrictionKind(row.word))
        return found

    def children_closed_by(self, *kinds: RestrictionKind) -> set[uuid.UUID]:
        """Return the ids of the children around whom one of these is closed to this person."""
        return {child for child, closed in self.restrictions.items() if closed & set(kinds)}

    @cached_property
    def closed_children(self) -> set[uuid.UUID]:
        """Ids of the children whose portal is closed to this person."""
        return self.children_closed_by(*CLOSES_THE_PORTAL)

    @cached_property
    def levels(self) -> dict[uuid.UUID, Level]:
        """What running relationships open, by child. A restriction that closes the portal comes first."""
        levels: dict[uuid.UUID, Level] = {}
        for row in self._running("relationship"):
            if row.child not in self.closed_children:
                levels[row.child] = max(Level(row.number), levels.get(row.child, Level.NONE))
        return levels

    def family(self, at_least: Level = Level.INFORMATION) -> set[uuid.UUID]:
        """Return the ids of the children of this person's own family, with at least this level."""
        if getattr(self.person, "on_tablet", None):  # the room's tablet is no place for one's own family
            return set()
        least = max(at_least, Level.INFORMATION)
        return {child for child, level in self.levels.items() if level >= least}

    @cached_property
    def related_children(self) -> set[uuid.UUID]:
        """Ids of the children with whom there is, or ever was, a relationship or a restriction: no role counts there."""
        return {row.child for row in self._rows if row.what in ("relationship", "restriction")}

    @cached_property
    def shown_to(self) -> frozenset[int]:
        """Ids of the people to whom this person may be shown, themselves among them."""
        return frozenset(self.person.shown_to(self.on).order_by().values_list("pk", flat=True))

    @cached_property
    def hidden_adults(self) -> frozenset[int]:
        """Ids of the adults around the children of the own family, and of those barred there, who are not shown to this person.

        No role opens anything of them, on any child's record: they may have another child here whom this person looks after.
        """
        if not self.related_children:
            return frozenset()
        rows_of = (apps.get_model("families", name).objects for name in ("Relationship", "Restriction"))
        around = (rows.filter(child__in=self.related_children).order_by().values("adult") for rows in rows_of)
        found = apps.get_model("accounts", "Person").objects.filter(Q(pk__in=next(around)) | Q(pk__in=next(around)))
        return frozenset(found.order_by().values_list("pk", flat=True)) - self.shown_to

    @cached_property
    def former_children(self) -> set[uuid.UUID]:
        """Ids of the children with whom there was something, but nothing runs now, or whose portal is closed."""
        return (self.related_children - {row.child for row in self._running("relationship")}) | self.closed_children

    @cached_property
    def key_children(self) -> set[uuid.UUID]:
        """Ids of the children whose key person or back-up this person is on this day; never one of the own family."""
        return {row.child for row in self._running("key child")} - self.related_children

    @cached_property
    def one_room(self) -> bool:
        """Whether the setting has a single room: then everybody who looks after children looks after all of them."""
        return any(row.what == "number of rooms" and row.number <= 1 for row in self._rows)

    @cached_property
    def rooms(self) -> set[int]:
        """Ids of the rooms this person works in on this day."""
        return {row.number for row in self._running("room")}

    @cached_property
    def opened_with_a_reason(self) -> set[uuid.UUID]:
        """Ids of the children whose record this person opened out of turn, with a reason, within the last hour."""
        now = timezone.now()
        opened = self.person.broken_glass.filter(broken_at__lte=now, ends_at__gt=now)
        return set(opened.order_by().values_list("child", flat=True)) - self.related_children


EVERYTHING = ~Q(pk__in=[])  # an empty condition joined by "or" to another is that other


def of_nobody_hidden(user: "Person", column: str, on: date | None = None) -> Q:
    """Return the condition, wherever staff read what is an adult's own, that it is of nobody who is hidden from this person."""
    hidden = access_of(user, on).hidden_adults
    return ~Q(**{f"{column}__in": hidden}) if hidden else EVERYTHING


def access_of(user: "Person", on: date | None = None) -> Access:
    """Return what this person is to each child and to the setting on a day (today by default)."""
    on = on or timezone.localdate()
    cache: dict[date, Access] | None = getattr(user, "access_cache", None)
    if cache is None:
        return Access(user, on)
    if on not in cache:
        cache[on] = Access(user, on)
    return cache[on]
