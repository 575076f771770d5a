"""What the worker does for progress checks: sealed copies. The queue is the copies without a file."""

import time

from portal.progress import actions_copies, paper
from portal.progress.models import Copy
from records.work import beside

AT_ONCE = 3
not_before = {}  # copy -> when to try again one that failed, so that it holds up no other


@beside
def make_copies():
    """Make the next few missing PDFs, oldest first; how many were made."""
    made, failure = 0, None
    later = [pk for pk, moment in not_before.items() if moment > time.monotonic()]
    for copy in Copy.objects.without_file().exclude(pk__in=later)[:AT_ONCE]:
        try:
            actions_copies.keep_file(copy, paper.make(copy))
            not_before.pop(copy.pk, None)
            made += 1
        except Exception as error:  # one that cannot be made must not stop the others
            not_before[copy.pk] = time.monotonic() + 60
            failure = error
    if failure:
        raise failure
    return made
