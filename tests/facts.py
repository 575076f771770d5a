"""The facts of the database as tests/written_rules.py takes them: read row by row, without a question about permission."""

from collections import defaultdict
from datetime import date

from django.db import connection
from django.utils import timezone

from tests.written_rules import Facts


def rows(sql):
    """All rows of a query, past Django's own counting: tests that count queries must not count ours."""
    connection.ensure_connection()
    cursor = connection.connection.cursor()
    try:
        return cursor.execute(sql).fetchall()
    finally:
        cursor.close()


def as_day(value):
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


def key_of(child):
    """A child's id without its dashes, whatever the database makes of it."""
    return str(child).replace("-", "")


def is_running(starts, ends, ended, today):
    return ended is None and as_day(starts) <= today and (ends is None or as_day(ends) >= today)


def facts_now():
    """Everything that decides about permission today."""
    today, facts = timezone.localdate(), Facts()
    days = "starts_on, ends_on, ended_at"
    what = "kind, parental_responsibility"
    for child, adult, level, kind, responsibility, *when in rows(
        f"SELECT child_id, adult_id, level, {what}, {days} FROM families_relationship WHERE undone_at IS NULL"  # noqa: S608
    ):
        facts.tied.add((key_of(child), adult))
        if is_running(*when, today):
            facts.is_what[key_of(child), adult] = (kind, responsibility)
            facts.ties[key_of(child), adult] = max(level, facts.ties.get((key_of(child), adult), 0))
    facts.ever |= facts.tied
    for child, adult, kind, *when in rows(
        f"SELECT child_id, adult_id, kind, {days} FROM families_restriction WHERE undone_at IS NULL"  # noqa: S608
    ):
        facts.ever.add((key_of(child), adult))
        if is_running(*when, today):
            facts.bars.setdefault((key_of(child), adult), set()).add(kind)
    for adult, role, *when in rows(f"SELECT person_id, role, {days} FROM setting_roleheld"):  # noqa: S608
        if is_running(*when, today):
            facts.roles.setdefault(adult, set()).add(role)
    facts.households = dict(rows("SELECT id, household_id FROM accounts_person"))
    facts.chosen = set(map(tuple, rows("SELECT person_id, other_id FROM accounts_introduction WHERE ended_at IS NULL")))
    for child, adult, purpose, allows in rows(
        "SELECT child_id, adult_id, purpose, allows FROM documents_consent ORDER BY id"
    ):
        facts.words[key_of(child), adult, purpose] = bool(allows)
    for child, *when in rows(f"SELECT child_id, {days} FROM families_lookedafterstatus"):  # noqa: S608
        if is_running(*when, today):
            facts.in_care.add(key_of(child))
    for child, matter, decider in rows("SELECT child_id, matter, decider FROM families_delegateddecision ORDER BY id"):
        facts.agreed[key_of(child), matter] = decider
    facts.key = defaultdict(set)
    for child, adult, starts, ends in rows("SELECT child_id, person_id, starts_on, ends_on FROM families_keyperson"):
        if is_running(starts, ends, None, today):
            facts.key[key_of(child)].add(adult)
    facts.rooms = {key_of(child): room for child, room in rows("SELECT id, room_id FROM families_child")}
    facts.several_rooms = rows("SELECT COUNT(*) FROM setting_room")[0][0] > 1
    for adult, room, starts, ends in rows("SELECT person_id, room_id, starts_on, ends_on FROM setting_staffinroom"):
        if is_running(starts, ends, None, today):
            facts.works_in.setdefault(adult, set()).add(room)
    return facts
