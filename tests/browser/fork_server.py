"""A process that has loaded the program once; each portal and each command of a browser test is forked from it.

Loading takes three seconds and forking a hundredth of one. A fork knows nothing of the tests before: whatever a module
remembers is as it was when the program was loaded. (Settings are read once, so every fork lives in the same folder, at the
same port; each test finds a fresh copy of the demo there.)
"""

import ctypes
import gc
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

PR_SET_PDEATHSIG = 1


class ForkServer:
    """The test's side: begins what is asked for in a fork, and tells how it ended."""

    def __init__(self, environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.fork_server"],
            cwd=Path(__file__).resolve().parent.parent.parent,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.answer()  # it has read its settings and keys: what stands in their folder may be changed from now on

    def ask(self, **what):
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self):
        answer = self.process.stdout.readline()
        assert answer, "the fork server has ended"
        return json.loads(answer)

    def begin(self, words, output, errors):
        """Run manage.py with these words in a fork that writes to these files."""
        return Forked(self, self.ask(words=list(map(str, words)), output=str(output), errors=str(errors))["pid"])

    def end(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


class Forked:
    """A process begun by the fork server, to be asked as one asks subprocess.Popen."""

    def __init__(self, server, pid):
        self.server, self.pid, self.returncode = server, pid, None

    def poll(self):
        if self.returncode is None:
            self.returncode = self.server.ask(pid=self.pid)["status"]
        return self.returncode

    def wait(self, timeout=None):
        deadline = time.monotonic() + (timeout or 600)
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.02)
        return self.returncode

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)


def load():
    """Everything that a portal needs before the first page is asked for."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections
    from django.template.loader import get_template
    from django.urls import get_resolver

    import config.checks
    import config.wsgi  # noqa: F401

    get_resolver().url_patterns  # noqa: B018  reads all of them
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        get_template(str(path.relative_to(settings.BASE_DIR / "templates")))
    connections.close_all()


def fork(words, output, errors):
    """The process id of a fork in which manage.py runs with these words."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)  # nothing goes on when the tests were killed
        for number, path, flags in ((0, os.devnull, os.O_RDONLY), (1, output, _APPEND), (2, errors, _APPEND)):
            opened = os.open(path, flags, 0o600)
            os.dup2(opened, number)
            os.close(opened)
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", *words])
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND


def ended(pid):
    """The exit status of a fork, negative for a signal; None while it runs."""
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def main():
    load()
    gc.freeze()  # what is shared with the forks stays shared
    print(json.dumps({"loaded": True}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        answer = {"status": ended(asked["pid"])} if "pid" in asked else {"pid": fork(**asked)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
