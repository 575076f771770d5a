"""Web server and scheduler start together under one command and stop together."""

import os
import signal
import time
from pathlib import Path

import pytest

from config.serving import Child


def children_of(pid):
    """The process ids of the supervisor's children, in the order in which they were started."""
    return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def soon(question, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(0.05)
    return False


def gone(pids):
    """Whether these processes have ended (one that nobody has waited for yet has ended, too)."""
    return all(state_of(pid) in {"", "Z"} for pid in pids)


def state_of(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def test_both_stop_together(portal):
    children = children_of(portal.server.pid)
    assert len(children) == 2
    everyone = children + children_of(children[0])
    portal.stop()
    assert portal.server.returncode == 0, portal.log()
    assert soon(lambda: gone(everyone))


def test_a_killed_scheduler_starts_again_and_the_web_server_goes_on(portal):
    web, scheduler = children_of(portal.server.pid)
    os.kill(scheduler, signal.SIGKILL)
    assert soon(lambda: len(children_of(portal.server.pid)) == 2 and scheduler not in children_of(portal.server.pid))
    assert web in children_of(portal.server.pid)
    assert portal.answers()
    assert "The scheduler ended and starts again" in portal.log()


SEND_THREE = """
import time
from people.accounts.models import Person
from people.mail.models import OutgoingMail
person, waited = Person.objects.first(), []
for number in range(3):
    time.sleep(1.5)  # so that the scheduler is asleep
    mail = OutgoingMail.objects.create(person=person, address=person.email, subject="New", body="x", kind="urgent")
    began = time.monotonic()
    while not OutgoingMail.objects.filter(pk=mail.pk, sent_at__isnull=False).exists() and time.monotonic() < began + 20:
        time.sleep(0.02)
    waited.append(time.monotonic() - began)
print("waited", max(waited))
"""


def test_what_somebody_writes_wakes_the_scheduler(portal):
    assert float(portal.manage("shell", "--verbosity", "0", "-c", SEND_THREE).split("waited ")[1]) < 3


def test_without_its_web_server_everything_stops(portal):
    web, scheduler = children_of(portal.server.pid)
    os.kill(web, signal.SIGKILL)
    assert portal.server.wait(60) == 1
    assert soon(lambda: gone([web, scheduler]))


def test_a_killed_supervisor_leaves_nobody_behind(portal):
    children = children_of(portal.server.pid)
    os.kill(portal.server.pid, signal.SIGKILL)
    portal.server.wait()
    assert soon(lambda: gone(children))


def test_a_child_that_keeps_failing_is_tried_less_and_less_often():
    child = Child("scheduler", work=None, restart=True)
    pauses = []
    for _ in range(8):
        child.started_at = time.monotonic()
        child.ended()
        pauses.append(child.pause)
    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]
    child.started_at = time.monotonic() - 120
    child.ended()
    assert child.pause == 1


def test_a_taken_port_is_said_in_words(portal):
    with pytest.raises(RuntimeError, match=f"Port {portal.port} cannot be used"):
        portal.manage("serve", "--port", portal.port)
