"""Values that are read once for each request. Outside of requests everything is read afresh.

Nothing else in the program remembers the words of a child or what somebody may see, and nothing here outlives its request.
"""

from collections.abc import Callable
from contextvars import ContextVar, Token
from typing import Any

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
READS_ONLY = "reads only"  # the key under which a request says that it writes nothing

_cache: ContextVar[dict | None] = ContextVar("values read in this request", default=None)


def begin(method: str = "POST") -> Token:
    """Start an empty cache for a request with this method; pass what is returned to `end`."""
    return _cache.set({READS_ONLY: method in SAFE_METHODS})


def end(token: Token) -> None:
    """Throw the cache of this request away."""
    _cache.reset(token)


def cached(name: Any, read: Callable[[], Any]) -> Any:
    """Return the value of `read()`, which is called once in a request."""
    cache = _cache.get()
    if cache is None:
        return read()
    if name not in cache:
        cache[name] = read()
    return cache[name]


def cached_while_reading(name: Any, read: Callable[[], Any]) -> Any:
    """Return the same, but call `read()` each time in a request that may write.

    A body can take minutes to arrive and pictures seconds to be cleaned: what decides about a write is asked when it counts.
    """
    cache = _cache.get()
    return cached(name, read) if cache is not None and cache[READS_ONLY] else read()


def forget(name: Any) -> None:
    """Drop a value that was changed: the next question reads it again."""
    (_cache.get() or {}).pop(name, None)


def put(name: Any, value: Any) -> None:
    """Set a value for the rest of this request."""
    cache = _cache.get()
    if cache is not None:
        cache[name] = value
