"""Looking is remembered: who opened which kind of record of which child, on which day, without a write per click."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model
from django.utils import timezone

from records.models import AccessLogEntry

OFTEN_ENOUGH = timedelta(minutes=10)


def log_access(person: AbstractBaseUser, child: Model, kind: str, role: str = "") -> None:
    """Remember that `person` opened records of this `kind` of `child`, in a role in words; at most one write in ten minutes."""
    log_access_to_each(person, [child], kind, role)


def log_access_to_each(person: AbstractBaseUser, children: Iterable[Model], kind: str, role: str = "") -> None:
    """The same of several children at once, in as many queries whatever their number."""
    now = timezone.now()
    day = timezone.localdate(now)
    keys = [str(child.pk) for child in children]
    there = {
        look.child: look
        for look in AccessLogEntry.objects.filter(person_id=person.pk, kind=kind, day=day, child__in=keys)
    }
    facts = {"person": person, "kind": kind, "day": day, "role": role, "first_at": now, "last_at": now}
    new = [AccessLogEntry(child=key, **facts) for key in keys if key not in there]
    again = [look.pk for look in there.values() if now - look.last_at > OFTEN_ENOUGH]
    if new:  # two pages opened at the same moment: one row is enough
        AccessLogEntry.objects.bulk_create(new, ignore_conflicts=True)
    if again:
        AccessLogEntry.objects.filter(pk__in=again).update(last_at=now)
