"""What the scheduler calls for progress checks: sealed copies. The queue is the copies without a file."""

from portal.progress import actions_copies, paper
from portal.progress.models import Copy
from records.turns import Later
from records.work import beside

AT_ONCE = 3
later = Later()  # copies that could not be made


@beside
def make_copies():
    """Make the next few missing PDFs, oldest first; how many were made."""
    made, failure = 0, None
    for copy in Copy.objects.without_file().exclude(pk__in=later.waiting())[:AT_ONCE]:
        try:
            actions_copies.keep_file(copy, paper.make(copy))
            later.done(copy.pk)
            made += 1
        except Exception as error:  # one that cannot be made must not stop the others
            later.failed(copy.pk)
            failure = error
    if failure:
        raise failure
    return made
