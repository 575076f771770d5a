"""What one person is to every child, and to the setting, on one day. Every question of permission is answered from here.

A standing is read once and then asked in Python, so that the queries of `visible_to` stay short: lists of ids instead of
nested questions. The middleware lets one live as long as one request; everywhere else it is read afresh.
"""

import uuid
from datetime import date
from functools import cached_property, lru_cache

from django.apps import apps
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """What a relationship opens; each level includes the ones before it."""

    NONE = 0, _("Nothing in the portal")
    INFORMATION = 1, _("Information: the child's card and notices")
    PARTICIPATE = 2, _("Taking part: also reads and adds to the journal")
    FULL = 3, _("Everything: also forms, consents and papers")


class Bar(models.TextChoices):
    """What a restriction closes."""

    NO_PORTAL = "no_portal", _("No portal")
    NO_CONTACT_DETAILS = "no_contact_details", _("No contact details of others")
    NO_COLLECTION = "no_collection", _("May not collect")
    NO_TIMETABLE = "no_timetable", _("No days and times")
    NO_PHOTOGRAPHS = "no_photographs", _("No photographs")
    SUPERVISED_ONLY = "supervised_only", _("Supervised contact only")
    FULL = "full", _("Everything is closed")


CLOSES_THE_PORTAL = (Bar.NO_PORTAL, Bar.FULL)
HIDES_OTHERS = (*CLOSES_THE_PORTAL, Bar.NO_CONTACT_DETAILS)


def running_on(on):
    """The condition of a row with starts_on and ends_on being in force on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def in_force(starts_on, ends_on, on):
    """The same of one row's days."""
    return starts_on <= on and (ends_on is None or ends_on >= on)


# In SQL, because every page asks it: Django took ten times as long to write it as the database to answer it.
ABOUT_SOMEBODY = """
    SELECT 'tie', child_id, level, '', starts_on, ends_on, ended_at FROM people_relationship
    WHERE adult_id = %s AND undone_at IS NULL
    UNION ALL
    SELECT 'bar', child_id, 0, kind, starts_on, ends_on, ended_at FROM people_restriction
    WHERE adult_id = %s AND undone_at IS NULL
    UNION ALL
    SELECT 'role', NULL, 0, role, starts_on, ends_on, ended_at FROM people_roleheld WHERE person_id = %s
    UNION ALL
    SELECT 'factor', NULL, id, 'people.authenticator', NULL, NULL, NULL
    FROM people_authenticator WHERE user_id = %s AND confirmed
    UNION ALL
    SELECT 'factor', NULL, id, 'django_otp_webauthn.webauthncredential', NULL, NULL, NULL
    FROM django_otp_webauthn_webauthncredential WHERE user_id = %s AND confirmed
    UNION ALL
    SELECT 'key', child_id, 0, '', starts_on, ends_on, NULL FROM people_keyperson WHERE person_id = %s
    UNION ALL
    SELECT 'room', NULL, room_id, '', starts_on, ends_on, NULL FROM people_staffinroom WHERE person_id = %s
    UNION ALL
    SELECT 'large print', NULL, 0, '', NULL, NULL, NULL FROM people_aboutme WHERE person_id = %s AND large_print
    UNION ALL
    SELECT 'rooms', NULL, count(*), '', NULL, NULL, NULL FROM people_room
"""


def _id(written):
    """An id as Django gives it: SQLite keeps it as text."""
    return uuid.UUID(written) if isinstance(written, str) else written


def _day(written):
    """The same of a day."""
    return date.fromisoformat(written) if isinstance(written, str) else written


class Standing:
    """One person's roles, relationships, restrictions and rooms on one day, read together when one is first asked for."""

    def __init__(self, person, on):
        self.person, self.on = person, on

    @cached_property
    def _rows(self):
        """(what, child, level or key, word, first day, last day, moment of ending) of every row about this person.

        Second factors, key children and rooms are among them: nearly every request asks for those, too.
        """
        if not self.person.is_authenticated:
            return []
        with connection.cursor() as cursor:
            cursor.execute(ABOUT_SOMEBODY, [self.person.pk] * ABOUT_SOMEBODY.count("%s"))
            return [
                (what, _id(child), number, word, _day(starts_on), _day(ends_on), ended_at)
                for what, child, number, word, starts_on, ends_on, ended_at in cursor.fetchall()
            ]

    def _running(self, what):
        for row in self._rows:
            if row[0] == what and row[6] is None and in_force(row[4], row[5], self.on):
                yield row

    @property
    def second_factors(self):
        """The persistent ids (django-otp) of this person's authenticator apps and passkeys, set up and confirmed."""
        return {f"{label}/{pk}" for what, _child, pk, label, *_days in self._rows if what == "factor"}

    @property
    def large_print(self):
        """Whether this person asked for large print."""
        return any(row[0] == "large print" for row in self._rows)

    @property
    def has_second_factor(self):
        """Whether an authenticator app or a passkey is set up and confirmed."""
        return bool(self.second_factors)

    @cached_property
    def roles(self):
        """The roles held on this day, as they are written in the database."""
        return frozenset(word for _what, _child, _level, word, *_days in self._running("role"))

    @cached_property
    def bars(self):
        """What is closed to this person on this day: {child id: {Bar, …}}."""
        bars = {}
        for _what, child, _level, word, *_days in self._running("bar"):
            bars.setdefault(child, set()).add(Bar(word))
        return bars

    def barred_from(self, *kinds):
        """Ids of the children of whom one of these is closed to this person."""
        return {child for child, bars in self.bars.items() if bars & set(kinds)}

    @cached_property
    def shut_out_of(self):
        """Ids of the children whose portal is closed to this person."""
        return self.barred_from(*CLOSES_THE_PORTAL)

    @cached_property
    def levels(self):
        """What running relationships open: {child id: Level}. A restriction that closes the portal comes first."""
        levels = {}
        for _what, child, level, *_rest in self._running("tie"):
            if child not in self.shut_out_of:
                levels[child] = max(Level(level), levels.get(child, Level.NONE))
        return levels

    def family(self, at_least=Level.INFORMATION):
        """Ids of the children of this person's own family, with at least this level."""
        if getattr(self.person, "on_tablet", None):  # the room's tablet is no place for one's own family
            return set()
        least = max(at_least, Level.INFORMATION)
        return {child for child, level in self.levels.items() if level >= least}

    @cached_property
    def kin(self):
        """Ids of the children with whom there is, or ever was, a relationship or a restriction: no role counts there."""
        return {child for what, child, *_rest in self._rows if what in ("tie", "bar")}

    @cached_property
    def hidden_adults(self):
        """Ids of the adults around the children of the own family, and of those barred there, who are not shown to this person.

        No role opens anything of them, on any child's record: they may have another child here whom this person looks after.
        """
        if not self.kin:
            return frozenset()
        ties, bars = (apps.get_model("people", name).objects for name in ("Relationship", "Restriction"))
        around = (rows.filter(child__in=self.kin).order_by().values("adult") for rows in (ties, bars))
        found = apps.get_model("people", "Person").objects.filter(Q(pk__in=next(around)) | Q(pk__in=next(around)))
        shown = self.person.shown_to(self.on).order_by().values("pk")
        return frozenset(found.exclude(pk__in=shown).order_by().values_list("pk", flat=True))

    @cached_property
    def stands_outside(self):
        """Ids of the children with whom there was something, but nothing runs now, or whose portal is closed."""
        inside = {child for _what, child, *_rest in self._running("tie")}
        return (self.kin - inside) | self.shut_out_of

    @cached_property
    def key_children(self):
        """Ids of the children whose key person or back-up this person is on this day; never one of the own family."""
        return {child for _what, child, *_rest in self._running("key")} - self.kin

    @cached_property
    def one_room(self):
        """Whether the setting has a single room: then everybody who looks after children looks after all of them."""
        return any(row[0] == "rooms" and row[2] <= 1 for row in self._rows)

    @property
    def facts(self):
        """All that this person's questions as family are made of: who they are, where they sign in, ties, restrictions."""
        person = self.person
        return (person.pk, person.household_id, bool(getattr(person, "on_tablet", None)), self.on, tuple(self._rows))

    @cached_property
    def written(self):
        """SQL that other rooms have written for these facts, by name (records/written_once.py)."""
        return _written_for(self.facts)

    @cached_property
    def rooms(self):
        """Ids of the rooms this person works in on this day."""
        return {room for _what, _child, room, *_rest in self._running("room")}

    @cached_property
    def glass(self):
        """Ids of the children whose record this person opened out of turn, with a reason, within the last hour."""
        now = timezone.now()
        broken = self.person.broken_glass.filter(broken_at__lte=now, ends_at__gt=now)
        return set(broken.order_by().values_list("child", flat=True)) - self.kin


EVERYTHING = ~Q(pk__in=[])  # an empty condition joined by "or" to another is that other


def of_nobody_hidden(user, column, on=None):
    """The condition, wherever staff read what is an adult's own, that it is of nobody who is hidden from this person."""
    hidden = standing_of(user, on).hidden_adults
    return ~Q(**{f"{column}__in": hidden}) if hidden else EVERYTHING


@lru_cache(maxsize=500)
def _written_for(_facts):
    """A shelf for each set of facts, as long as it is among the last that were asked for."""
    return {}


def standing_of(person, on=None):
    """The person's standing on a day (today by default)."""
    on = on or timezone.localdate()
    known = getattr(person, "standing_this_request", None)  # people/second_factor.py starts it empty
    if known is None:
        return Standing(person, on)
    if on not in known:
        known[on] = Standing(person, on)
    return known[on]
