"""So many times a day and not once more, however many requests come at the same moment."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from records.models import DailyUse


def use_daily_limit(kind: str, key: object, most: int, on: date | None = None) -> bool:
    """Take one of the `most` uses that `key` has on this day (today by default); False when all are taken.

    The unique constraint decides and not a count that was made before: of two requests that see the same free place one
    meets the conflict and takes the next.
    """
    on = on or timezone.localdate()
    used = DailyUse.objects.filter(kind=kind, key=str(key), day=on).count()
    for number in range(used + 1, most + 1):
        try:
            with transaction.atomic():
                DailyUse.objects.create(kind=kind, key=str(key), day=on, number=number)
        except IntegrityError:
            continue
        return True
    return False


def forget_old_uses() -> None:
    """Uses of earlier days go; the scheduler calls this."""
    DailyUse.objects.filter(day__lt=timezone.localdate() - timedelta(days=1)).delete()
