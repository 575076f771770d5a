"""What a command that takes long says meanwhile to whoever waits for it."""

import time
from collections.abc import Callable

SECONDS_BETWEEN = 5


def silent(words: str) -> None:
    """Say nothing: for callers that have nobody waiting."""


class Progress:
    """Passes on how far something has come, at most every few seconds; what is over sooner says nothing."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say, self.said_at = say, time.monotonic()

    def __call__(self, words: str) -> None:
        if time.monotonic() - self.said_at >= SECONDS_BETWEEN:
            self.said_at = time.monotonic()
            self.say(f"  {words}")
