"""Paging by the last row seen: page 500 costs what page 1 costs, and nothing is counted."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q


def after(rows, mark):
    """Rows older than the mark (`2026-11-21T10:00:00+00:00_<uuid>`); all rows where the mark cannot be read."""
    moment, _sep, key = (mark or "").partition("_")
    try:
        moment, key = datetime.fromisoformat(moment), UUID(key)
    except ValueError:
        return rows
    if moment.tzinfo is None:
        return rows
    return rows.filter(Q(dated_at__lt=moment) | Q(dated_at=moment, pk__lt=key))


def page_of(rows, size):
    """(the first `size` rows, the mark of the next page or "")."""
    rows = list(rows[: size + 1])
    page = rows[:size]
    more = len(rows) > size
    return page, f"{page[-1].dated_at.isoformat()}_{page[-1].pk}" if more else ""
