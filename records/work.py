"""What runs later: the queue is the rows that wait, so a killed worker loses nothing (docs/decisions/0003).

A room's tasks.py decorates functions with `soon` (the worker calls them about once a second; each does a small batch
and returns how many things it did), `beside` (the same for what may take longer than a mail may wait), `hourly` or `daily`
(the clock calls them; they may run twice and must not mind).
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import close_old_connections
from django.utils import timezone

from records.models import Ring

log = logging.getLogger("bigbook.work")

SOON, HOURLY, DAILY, APART, BESIDE = [], [], [], [], []


def soon(function):
    """Register work for the worker's next round."""
    SOON.append(function)
    return function


def beside(function):
    """Register work that may take longer than a mail may wait: documents to read, papers to set in type."""
    BESIDE.append(Beside(function))
    return function


class Beside:
    """Work that goes on in a thread of its own, one call after the other; a round only begins it and looks after it."""

    def __init__(self, function):
        self.function, self.thread, self.going = function, None, None

    def go_on(self):
        """Begin the next call, or how many things the one that has ended did."""
        if self.going is None:
            self.thread = self.thread or ThreadPoolExecutor(1)
            self.going = self.thread.submit(_called, self.function)
            return 0
        if not self.going.done():
            return 0
        done, self.going = self.going.result(), None
        return done or 0


def apart(function):
    """Register a question: whether something still waits for a program of its own, which a round only looks after."""
    APART.append(function)
    return function


def still_going():
    """Whether anything does."""
    return any(each.going for each in BESIDE) or any(function() for function in APART)


def hourly(function):
    """Register work for each hour."""
    HOURLY.append(function)
    return function


def daily(function):
    """Register work for each day, soon after the first hour of the day in the setting's time zone."""
    DAILY.append(function)
    return function


def name_of(function):
    return f"{function.__module__}.{function.__name__}"


def one_round():
    """Call all `soon` work once and look after what goes on beside it; the number of things done.

    One room's failure does not stop the others.
    """
    return sum(_called(function) or 0 for function in SOON) + sum(each.go_on() for each in BESIDE)


def ring(now=None):
    """Call the hourly and daily work that is due; the names of what was called."""
    now = now or timezone.now()
    due = [function for function in HOURLY if _is_due(function, now, timedelta(hours=1))]
    due += [function for function in DAILY if _is_due_today(function, now)]
    for function in due:
        if _called(function) is not False:
            Ring.objects.update_or_create(job=name_of(function), defaults={"done_at": now})
    return [name_of(function) for function in due]


def _called(function):
    close_old_connections()
    try:
        return function() or 0
    except Exception:
        log.exception("%s failed and will be tried again", name_of(function))
        return False


def _is_due(function, now, every):
    last = Ring.objects.filter(job=name_of(function)).first()
    # What seems to have been done in the future was done while the clock was wrong.
    return last is None or not timedelta() <= now - last.done_at < every


def _is_due_today(function, now):
    last = Ring.objects.filter(job=name_of(function)).first()
    return last is None or last.done_at > now or timezone.localdate(last.done_at) < timezone.localdate(now)
