"""Looking is remembered: who opened which kind of record of which child, on which day, without a write per click."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from records.models import Look

OFTEN_ENOUGH = timedelta(minutes=10)


def looked(person, child, kind, role=""):
    """Remember that `person` opened records of this `kind` of `child`, in a role in words; at most one write in ten minutes."""
    now = timezone.now()
    key = {"person": person, "child": str(child.pk), "kind": kind, "day": timezone.localdate(now)}
    look = Look.objects.filter(**key).first()
    if look is None:
        try:
            with transaction.atomic():
                Look.objects.create(**key, role=role, first_at=now, last_at=now)
        except IntegrityError:  # two pages opened at the same moment: one row is enough
            return
    elif now - look.last_at > OFTEN_ENOUGH:
        Look.objects.filter(pk=look.pk).update(last_at=now)
