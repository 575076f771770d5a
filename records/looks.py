"""Looking is remembered: who opened which kind of record of which child, on which day, without a write per click."""

from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Lock

from django.db import transaction
from django.utils import timezone

from records.models import Look

OFTEN_ENOUGH = timedelta(minutes=10)
REMEMBERED = 5_000
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

_one_at_a_time = Lock()
_found = {}  # when somebody last looked, as this process knows it: the first in are the first out


def looked(person, child, kind, role=""):
    """Remember that `person` opened records of this `kind` of `child`, in a role in words; at most one write in ten minutes."""
    looked_at_each(person, [child], kind, role)


def looked_at_each(person, children, kind, role=""):
    """The same of several children at once, in as many queries whatever their number."""
    now = timezone.now()
    day = timezone.localdate(now)
    at_hand = {str(child.pk): (person.pk, str(child.pk), kind, day) for child in children}
    keys = [key for key, place in at_hand.items() if now - _found.get(place, LONG_AGO) > OFTEN_ENOUGH]
    if not keys:
        return
    there = {look.child: look for look in Look.objects.filter(person=person, kind=kind, day=day, child__in=keys)}
    facts = {"person": person, "kind": kind, "day": day, "role": role, "first_at": now, "last_at": now}
    new = [Look(child=key, **facts) for key in keys if key not in there]
    again = [look.pk for look in there.values() if now - look.last_at > OFTEN_ENOUGH]
    if new:  # two pages opened at the same moment: one row is enough
        Look.objects.bulk_create(new, ignore_conflicts=True)
    if again:
        Look.objects.filter(pk__in=again).update(last_at=now)
    for key in keys:
        last_at = there[key].last_at if key in there and there[key].pk not in again else now
        transaction.on_commit(partial(_remember, at_hand[key], last_at))


def _remember(at_hand, last_at):
    """It stands in the database, so it need not be asked for again so soon."""
    with _one_at_a_time:
        _found[at_hand] = last_at
        if len(_found) > REMEMBERED:
            _found.pop(next(iter(_found)))
