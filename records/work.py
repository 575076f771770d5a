"""What runs later: the queue is the rows that wait, so a killed scheduler loses nothing (docs/decisions/0003).

An app's tasks.py decorates functions with `soon` (called as soon as something was written, and every few seconds; each
does a small batch and returns how many things it did), `beside` (the same for what may take longer than a mail may wait),
`hourly` or `daily` (they may run twice and must not mind). `manage.py scheduler` calls them all.
"""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import close_old_connections, connection
from django.utils import timezone

from records.models import ScheduledRun

log = logging.getLogger("bigbook.work")

SOON, HOURLY, DAILY, APART, BESIDE = [], [], [], [], []
LOOKS_A_SECOND = 4  # whether anything was written
BETWEEN_LOOKS = 1 / LOOKS_A_SECOND
BETWEEN_ROUNDS = 10  # seconds, where nothing was written: a moment that was set may have come
BETWEEN_RINGS = 30  # seconds


def soon(function):
    """Register work for the next round."""
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

    def go_on(self, begin=True):
        """Begin the next call, or how many things the one that has ended did."""
        if self.going is None:
            if not begin:
                return 0
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


def one_round(begin=True):
    """Call all `soon` work once, look after what goes on beside it and begin it anew; the number of things done.

    One app's failure does not stop the others.
    """
    return sum(_called(function) or 0 for function in SOON) + sum(each.go_on(begin) for each in BESIDE)


def do_all():
    """Do everything that waits now."""
    begin = True
    while (done := one_round(begin)) or still_going():
        begin = bool(done)  # what one did may be work for another
        if not done:
            time.sleep(BETWEEN_LOOKS)


def run(stopped):
    """Do what waits and what is due, each in its time, until the event `stopped` is set."""
    ringing = threading.Thread(target=_keep_ringing, args=[stopped], name="ring")
    ringing.start()
    begin = True
    while not stopped.is_set():
        before = _called(last_write)
        if one_round(begin):
            begin = True
        else:
            going = _called(still_going)
            begin = _is_written_to(stopped, before, 1 if going else BETWEEN_ROUNDS * LOOKS_A_SECOND) or not going
    ringing.join()


def _is_written_to(stopped, before, looks):
    """Wait until the event or until somebody writes, so many looks at most; whether somebody did."""
    for _look in range(looks):
        if stopped.wait(BETWEEN_LOOKS):
            return False
        if _called(last_write) != before:
            return True
    return False


def _keep_ringing(stopped):
    """Hourly and daily work has a thread of its own: it may take longer than a mail may wait."""
    while not stopped.is_set():
        _called(ring)
        stopped.wait(BETWEEN_RINGS)


def last_write():
    """Return a value that is another one after each transaction of another connection."""
    with connection.cursor() as cursor:
        postgres = connection.vendor == "postgresql"
        cursor.execute("SELECT pg_current_wal_insert_lsn()" if postgres else "PRAGMA data_version")
        return cursor.fetchone()[0]


def ring(now=None):
    """Call the hourly and daily work that is due; the names of what was called."""
    now = now or timezone.now()
    due = [function for function in HOURLY if _is_due(function, now, timedelta(hours=1))]
    due += [function for function in DAILY if _is_due_today(function, now)]
    for function in due:
        if _called(function) is not False:
            ScheduledRun.objects.update_or_create(job=name_of(function), defaults={"done_at": now})
    return [name_of(function) for function in due]


def _called(function):
    close_old_connections()
    try:
        return function() or 0
    except Exception:
        log.exception("%s failed and will be tried again", name_of(function))
        return False


def _is_due(function, now, every):
    last = ScheduledRun.objects.filter(job=name_of(function)).first()
    # What seems to have been done in the future was done while the clock was wrong.
    return last is None or not timedelta() <= now - last.done_at < every


def _is_due_today(function, now):
    last = ScheduledRun.objects.filter(job=name_of(function)).first()
    return last is None or last.done_at > now or timezone.localdate(last.done_at) < timezone.localdate(now)
