"""Looking is remembered: who opened which kind of record of which child, on which day, without a write per click."""

from datetime import timedelta
from functools import partial
from threading import Lock

from django.db import IntegrityError, transaction
from django.utils import timezone

from records.models import Look

OFTEN_ENOUGH = timedelta(minutes=10)
REMEMBERED = 5_000

_one_at_a_time = Lock()
_found = {}  # when somebody last looked, as this process knows it: the first in are the first out


def looked(person, child, kind, role=""):
    """Remember that `person` opened records of this `kind` of `child`, in a role in words; at most one write in ten minutes."""
    now = timezone.now()
    key = {"person": person, "child": str(child.pk), "kind": kind, "day": timezone.localdate(now)}
    at_hand = (person.pk, key["child"], kind, key["day"])
    last_at = _found.get(at_hand)
    if last_at and now - last_at <= OFTEN_ENOUGH:
        return
    look = Look.objects.filter(**key).first()
    if look is None:
        try:
            with transaction.atomic():
                look = Look.objects.create(**key, role=role, first_at=now, last_at=now)
        except IntegrityError:  # two pages opened at the same moment: one row is enough
            return
    elif now - look.last_at > OFTEN_ENOUGH:
        Look.objects.filter(pk=look.pk).update(last_at=now)
        look.last_at = now
    transaction.on_commit(partial(_remember, at_hand, look.last_at))


def _remember(at_hand, last_at):
    """It stands in the database, so it need not be asked for again so soon."""
    with _one_at_a_time:
        _found[at_hand] = last_at
        if len(_found) > REMEMBERED:
            _found.pop(next(iter(_found)))
