"""Looking through a journal: by month, by area of learning, by words."""

from datetime import date, datetime, time

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from portal.journal.models.finding import having
from records.finding import terms_of


def found_in(rows, child, asked):
    """Those pages of a child's journal that fit what was asked: q (words), month ("2026-10") and area."""
    if month := asked.get("month"):
        first = date(int(month[:4]), int(month[5:]), 1)
        rows = rows.filter(dated_at__gte=midnight(first), dated_at__lt=midnight(following(first)))
    if area := asked.get("area"):
        rows = rows.alias(their_areas=Cast("areas", TextField())).filter(their_areas__contains=f'"{area}"')
    if words := asked.get("q"):
        rows = rows.filter(having(terms_of(words), child))
    return rows


def following(first):
    """The first day of the next month."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def midnight(day):
    """The moment at which a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def months_since(day):
    """Every month from that of a day until now, newest first, as its first day; at least this one."""
    last = timezone.localdate().replace(day=1)
    month, months = min(day.replace(day=1), last), []
    while month <= last:
        months.append(month)
        month = following(month)
    return months[::-1]
