"""The real portal for one browser test: its own copy of the demo, served on a free port."""

import contextlib
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from base64 import b32decode
from functools import cache
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from tests import database
from tests.browser.fork_server import ForkServer

DEMO_DATABASE = "demo_to_copy"
AXE = "axe.min.js"  # among the portal's own files, for tests/browser/conftest.py
STEP, LEFT = 30, 12  # seconds that a code is shown; and those that the code of the step before must still be good for
# The demo makes its own secret; everything else is as on a machine where nothing was set.
DEMO = {"BIGBOOK_DEMO": "1", "SECRET_KEY": "", "PYTHONUNBUFFERED": "1", "BIGBOOK_STARTED": ""}

# By the command that people use; and what each portal would do at its start is done once: to collect the static files, and
# what waits after that (mail, papers, the jobs of the day). All in one process: to load the program takes three seconds.
MAKE_DEMO = """
from django.core.management import call_command
from config import static_files
static_files.collect()
call_command("demo")
call_command("scheduler", once=True)
"""


def demo_to_copy():
    """A data folder with the whole demo in it, made once per run."""
    folder = Path(os.environ["BIGBOOK_TEST_RUN"]) / "demo"
    with database.one_at_a_time(f"demo-{Path(os.environ['BIGBOOK_TEST_RUN']).name}"):
        if not (folder / "demo-is-loaded").exists():
            database.place_copy(folder, DEMO_DATABASE)
            (folder / "kind").write_text("demo\n")
            database.manage(folder, DEMO_DATABASE, "shell", "--verbosity", "0", "-c", MAKE_DEMO, **DEMO)
            (folder / "static" / AXE).write_text(Axe().axe_script)
            (folder / "demo-is-loaded").touch()
    return folder


def copy_demo(folder, name):
    """The demo once more, as it was made; the files of the portal's own look, which nobody changes, are shared."""
    demo = demo_to_copy()
    shutil.copytree(demo, folder, ignore=lambda where, _names: {"static"} if Path(where) == demo else set())
    (folder / "static").symlink_to(demo / "static")
    if database.SERVER:
        database.place_copy(folder, name, source=DEMO_DATABASE)


def free_port():
    """A port that no other worker takes, and no connection that goes out: those have numbers above 32,767."""
    for port in PORTS:
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


_FIRST = 21_000 + 2_000 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
PORTS = itertools.cycle(range(_FIRST, _FIRST + 2_000))


class Portal:
    """A running portal: where it is, who is in it, and what it said."""

    def __init__(self, folder, name, **environment):
        self.folder, self.name, self.environment = folder, name, environment
        copy_demo(folder, name)
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.log_path = folder.with_name(f"{folder.name}.log")
        self.server = None
        self.last_step = {}  # of each secret's codes, the last that was used

    def start(self):
        self.server = self.launch("serve", "--port", str(self.port))
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.server.poll() is None:
            if self.answers():
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"The portal did not start:\n{self.log()}")

    def launch(self, *words):
        with open(self.log_path, "ab") as log:
            return subprocess.Popen(
                [sys.executable, str(database.PROJECT / "manage.py"), *words],
                env={**self.surroundings(), "PORT": str(self.port), **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def surroundings(self):
        return {**os.environ, **database.environment(self.folder, self.name), **DEMO}

    def answers(self):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return True
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def stop(self):
        """As a person stops it; SIGKILL only when that does not help."""
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            try:
                self.server.wait(25)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        self.wait_until_silent()

    def wait_until_silent(self):
        """Wait for the web server's own processes: the next portal on this port must not be mistaken for this one."""
        for _try in range(500):
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", self.port)):
                    return
            time.sleep(0.02)

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def manage(self, *words):
        """A manage.py command on this portal's records; what it printed."""
        return database.manage(self.folder, self.name, *words, **DEMO)

    def session(self, email, user_agent):
        """The key of a new session in which this person is signed in."""
        words = f"from tests.browser.inside import print_session; print_session({email!r}, {user_agent!r})"
        return json.loads(self.manage("shell", "--verbosity", "0", "-c", words))

    def people(self):
        """The demo's people as `manage.py demo --people --json` lists them; asked once in a run."""
        listed = demo_to_copy() / "people.json"
        if not listed.exists():
            listed.write_text(self.manage("demo", "--people", "--json"))
        return json.loads(listed.read_text())

    def code(self, secret):
        """Six digits that count now and were not used yet. The portal takes those of the step before and of the next, too."""
        from django_otp.oath import hotp

        padded = secret.replace(" ", "").upper()
        padded += "=" * (-len(padded) % 8)
        now, gone = divmod(time.time(), STEP)
        step = max(self.last_step.get(secret, 0) + 1, int(now) - (gone < STEP - LEFT))
        while step > time.time() // STEP + 1:
            time.sleep(0.2)
        self.last_step[secret] = step
        return f"{hotp(b32decode(padded), step):06d}"


class ForkedPortal(Portal):
    """A portal that begins in a fraction of a second: forked from this worker's fork server, in the one folder of those."""

    def __init__(self):
        place, self.forks = forks()
        self.folder, self.name, self.port = place.folder, place.name, place.port
        self.base_url, self.log_path = f"http://127.0.0.1:{self.port}", place.folder.with_suffix(".log")
        self.log_path.unlink(missing_ok=True)
        self.server, self.last_step = None, {}
        place.copy_demo()

    def launch(self, *words):
        return self.forks.begin(words, self.log_path, self.log_path)

    def end(self):
        """At once: its folder is thrown away. How a person stops it is tried in tests/config/test_serving.py."""
        if self.server.poll() is None:
            os.kill(self.server.pid, signal.SIGSTOP)  # so that it begins nothing anew
            for pid in (*processes_below(self.server.pid), self.server.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.server.wait(20)
        self.wait_until_silent()

    def manage(self, *words):
        output, errors = self.folder.with_suffix(".output"), self.folder.with_suffix(".errors")
        failed = self.forks.begin(words, output, errors).wait()
        said, complained = output.read_text(), errors.read_text()
        output.unlink(), errors.unlink()
        if failed:
            raise RuntimeError(f"manage.py {' '.join(map(str, words))} failed:\n{said}{complained}")
        return said


def processes_below(pid):
    """Everything that this process has begun, and what that has begun."""
    begun = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
            begun += map(int, children.read_text().split())
    return [*begun, *(below for each in begun for below in processes_below(each))]


class Place:
    """Where the forked portals of this worker live, one after the other."""

    def __init__(self):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self.folder, self.name = Path(os.environ["BIGBOOK_TEST_RUN"]) / worker / "portal", f"portal_{worker}"
        self.port = free_port()

    def copy_demo(self):
        """The demo as it was made, in the place of whatever an earlier test has left."""
        if self.folder.exists():
            left = self.folder.with_name(f"left-{time.monotonic_ns()}")
            self.folder.rename(left)  # at once, also while a process that was killed still writes
            shutil.rmtree(left, ignore_errors=True)
        copy_demo(self.folder, self.name)


@cache
def forks():
    """(the place of this worker's portals, the server that forks them)."""
    place = Place()
    place.copy_demo()
    surroundings = {**os.environ, **database.environment(place.folder, place.name), **DEMO, "PORT": str(place.port)}
    return place, ForkServer(surroundings)


def end_forks():
    """End the fork server and drop its database, where there is one."""
    if forks.cache_info().currsize:
        place, server = forks()
        server.end()
        database.drop(place.name)
