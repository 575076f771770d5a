"""What the scheduler calls for this app: imports, words to be found by, PDFs, and reviews.

The queue is the rows that wait, so a killed scheduler loses nothing.
"""

import logging
import math
import subprocess
import sys
import time

from django.conf import settings

from people.setting.models import Setting
from procedures import actions_folder, actions_import, actions_review
from procedures.actions_search import note_missing_words
from procedures.models import Print
from records.apart import after_pages
from records.work import beside, daily, soon

log = logging.getLogger("bigbook.prints")
AT_ONCE = 2
SECONDS_A_ROUND = 5
MINUTES = 30  # for a folder; a thousand procedures take five
state = {
    "name": None,
    "folder": None,
    "row": None,
    "until": 0,
}  # of this worker: the name in all files, and the program that makes a folder


@soon
def find_words():
    """Procedures that were published before they could be searched."""
    return note_missing_words()


@beside
def make_procedures():
    """The next few PDFs of single procedures: a fifth of a second each."""
    if state["name"] != (name := Setting.now().name):
        actions_folder.want_all_procedures()
        state["name"] = name
    rows = Print.objects.waiting().filter(procedure__live=True, failures__lt=actions_folder.TRIES)[:AT_ONCE]
    for row in list(rows):
        try:
            actions_folder.make(row)
        except Exception:  # one that cannot be made must not stop the others
            log.exception("the PDF of a procedure could not be made")
            actions_folder.fail(row)
    return len(rows)


@soon
def make_folder():
    """The next folder, in a program of its own: it takes long and much memory, and a signed paper must not wait for it."""
    if (running := state["folder"]) is not None and running.poll() is None:
        if time.monotonic() > state["until"]:
            running.kill()
            state["until"] = math.inf
            actions_folder.fail(state["row"])  # begun anew; after three times only when somebody asks
        return 0
    row = Print.objects.waiting().filter(procedure=None, failures__lt=actions_folder.TRIES).first()
    if row is None:
        return 0
    state["folder"] = subprocess.Popen(  # noqa: S603  our own command, and an audience from our own table
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "print_folder", row.folder_for]
    )
    state["row"], state["until"] = row, time.monotonic() + 60 * MINUTES
    after_pages(state["folder"])
    return 1


@daily
def clear_away_prints():
    return actions_folder.clear_away()


@beside
def go_on_importing():
    """Read the next files, and keep the next ones that were chosen: one document may take twenty seconds."""
    return actions_import.read_waiting(SECONDS_A_ROUND) + actions_import.keep_waiting(SECONDS_A_ROUND)


@daily
def forget_imports():
    """What an editor left lying for a month is deleted."""
    actions_import.forget_imports()


@daily
def begin_reviews():
    """Begin the reviews that are due within six weeks, and say so when one has run over its day."""
    actions_review.open_due()
    actions_review.notify_of_overdue()
