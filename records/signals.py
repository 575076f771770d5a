"""A command that goes on until it is told to stop hears SIGTERM and Ctrl-C, and gives them back when it ends."""

import signal
from contextlib import contextmanager

STOP = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stopped_by(stop):
    """While this lasts, SIGTERM and Ctrl-C call `stop` and nothing else; afterwards they do what they did before."""
    before = {number: signal.signal(number, lambda *_: stop()) for number in STOP}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
