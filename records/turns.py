"""Heavy work on files of strangers takes turns, so that one person cannot stop the whole setting.

In each process of ours only so many requests at once may be busy with files: the other threads stay free for everybody
else. And within an hour one person may cause only so much work.
"""

import threading
import time
from collections import defaultdict, deque
from contextlib import contextmanager

from records import request_cache

SENDER = "sender"  # under which the middleware notes for whom this request is; a form's field knows no request
AN_HOUR = 3600


class Busy(Exception):
    """There is no free place now."""


class Spent(Busy):
    """This person has caused enough work for this hour."""


class Turns:
    """So many requests at once (`places`), one more that waits a moment, and so many seconds of work for each person.

    It is kept in memory by each process: a limit of work and not of access.
    """

    def __init__(self, places: int, seconds_a_person: float, wait: float = 5):
        self.free, self.waiting = threading.BoundedSemaphore(places), threading.BoundedSemaphore(1)
        self.seconds_a_person, self.wait = seconds_a_person, wait
        self.done, self.lock = defaultdict(deque), threading.Lock()

    @contextmanager
    def turn(self):
        """Hold a place while the files of one request are worked on; Busy where there is none, Spent after too much work."""
        if self.spent() >= self.seconds_a_person:
            raise Spent
        if not self._place():
            raise Busy
        began = time.monotonic()
        try:
            yield
        finally:
            self.free.release()
            with self.lock:
                self.done[request_cache.cached(SENDER, lambda: None)].append((began, time.monotonic() - began))

    def _place(self) -> bool:
        if self.free.acquire(blocking=False):
            return True
        if not self.waiting.acquire(blocking=False):
            return False
        try:
            return self.free.acquire(timeout=self.wait)
        finally:
            self.waiting.release()

    def spent(self) -> float:
        """Seconds of work that the sender of this request has caused within the hour; nothing outside of requests."""
        sender = request_cache.cached(SENDER, lambda: None)
        if sender is None:
            return 0
        with self.lock:
            mine = self.done[sender]
            while mine and mine[0][0] < time.monotonic() - AN_HOUR:
                mine.popleft()
            return sum(seconds for _began, seconds in mine)


class WhoseTurn:
    """Among those who wait for work outside of requests it is the turn of whoever was served longest ago.

    So three hundred documents or fifteen books of one person hold up nobody else's one.
    """

    def __init__(self):
        self.served = {}  # person: when, in the clock of this process

    def of(self, people):
        """One of these people, who counts as served from now on."""
        person = min(people, key=lambda each: self.served.get(each, 0))
        self.served[person] = time.monotonic()
        return person


class Later:
    """What failed is tried again a minute later, then after twice as long each time, at most a day: it holds up nothing else."""

    FIRST, LONGEST = 60, 24 * 3600

    def __init__(self):
        self.failures = {}  # thing: (how often, when to try again in the clock of this process)

    def failed(self, thing):
        times = self.failures.get(thing, (0, 0))[0] + 1
        self.failures[thing] = times, time.monotonic() + min(self.FIRST * 2 ** (times - 1), self.LONGEST)

    def done(self, thing):
        self.failures.pop(thing, None)

    def waiting(self):
        """The things whose time has not come."""
        return [thing for thing, (_times, moment) in self.failures.items() if moment > time.monotonic()]

    def clear(self):
        self.failures.clear()
