"""Papers, made by the scheduler. The queue is the signatures without one, so a killed scheduler loses nothing."""

import fcntl
from contextlib import contextmanager

from django.conf import settings

from documents import actions, paper
from documents.models import Signature
from records.turns import Later
from records.work import beside

AT_ONCE = 3
later = Later()  # signatures of which a paper could not be made


@beside
def make_papers():
    """Make the next few missing papers, oldest first; how many were made."""
    made, failure = 0, None
    with the_only_one() as alone:
        if not alone:
            return 0
        for signature in due()[:AT_ONCE]:
            try:
                make_paper(signature)
                made += 1
            except Exception as error:  # one paper that cannot be made must not stop the others
                later.failed(signature.pk)
                failure = error
    if failure:
        raise failure
    return made


def due():
    """Signatures whose paper is missing, but for those that failed a moment ago."""
    waiting = Signature.objects.without_paper().exclude(pk__in=later.waiting())
    return waiting.select_related("ask__version", "ask__child", "ask__adult")


def make_paper(signature):
    """Make and keep one paper. Killed at any point, the next round makes the same bytes again and ends with one row."""
    kept = actions.keep_paper(signature, paper.make(signature))
    later.done(signature.pk)
    return kept


@contextmanager
def the_only_one():
    """Whether no other process is making papers at this moment. The lock goes with the process that held it."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with open(settings.DATA_DIR / "papers.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
