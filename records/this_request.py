"""What is read once and then holds for the rest of a request. Outside of requests everything is read afresh."""

from contextvars import ContextVar

_shelf = ContextVar("what this request has read", default=None)


def begin():
    """An empty shelf for the request that begins; `end` takes what this gives."""
    return _shelf.set({})


def end(token):
    _shelf.reset(token)


def kept(name, read):
    """What `read()` gives, asked once in a request."""
    shelf = _shelf.get()
    if shelf is None:
        return read()
    if name not in shelf:
        shelf[name] = read()
    return shelf[name]


def forget(name):
    """It was changed: the next question reads it again."""
    (_shelf.get() or {}).pop(name, None)


def put(name, value):
    """Write something down for the rest of this request."""
    shelf = _shelf.get()
    if shelf is not None:
        shelf[name] = value
