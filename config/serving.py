"""The web server and the scheduler under one command: they start together and stop together."""

import ctypes
import os
import signal
import sys
import time
import traceback
from http.client import HTTPConnection, HTTPException

from django.core.management import call_command
from django.db import connections
from gunicorn.app.base import BaseApplication

from config import static_files

SECONDS_TO_STOP = 15
LONGEST_PAUSE = 60  # seconds between two tries to start a child that keeps failing
PR_SET_PDEATHSIG = 1


class WebServer(BaseApplication):
    """Gunicorn with our application, which the supervisor has already loaded."""

    def __init__(self, address, workers):
        self.options = {
            "bind": address,
            "workers": workers,
            "worker_class": "gthread",
            "threads": 4,
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": 5,
            "loglevel": "warning",
            "control_socket_disable": True,  # it would live in the home folder, which may be read-only
        }
        super().__init__()

    def load_config(self):
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        from config.wsgi import application

        return application


class Child:
    """One process of ours: how to start it, and whether it may be started again when it ends."""

    def __init__(self, name, work, restart):
        self.name, self.work, self.restart = name, work, restart
        self.pid = None
        self.due_at = 0.0
        self.pause = 1.0
        self.started_at = 0.0

    def start(self, supervisor):
        self.started_at = time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            run_child(self.work, supervisor)

    def ended(self):
        """Note the end, and when the next try is due: at once after a long life, later and later after short ones."""
        lived = time.monotonic() - self.started_at
        self.pause = 1.0 if lived > LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
        self.due_at = time.monotonic() + self.pause
        self.pid = None


def run_child(work, supervisor):
    """What a forked child does, and nothing else: never returns."""
    status = 1
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        os.setpgrp()  # Ctrl-C reaches the supervisor only, which stops the others in order
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)  # a killed supervisor takes its children along
        if os.getppid() == supervisor:
            work()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:  # the child has nobody above it to tell
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


class Supervisor:
    """Starts the children, restarts a scheduler that died, and stops them all together."""

    def __init__(self, children, say):
        self.children, self.say = children, say
        self.stopping = False

    def stop(self, *_):
        self.stopping = True

    def run(self, when_started):
        """Serve until told to stop; the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        connections.close_all()  # a connection must not be shared by two processes
        for child in self.children:
            child.start(os.getpid())
        when_started(self)
        failed = False
        while not self.stopping:
            for child in self.reap():
                if not child.restart:
                    self.say(f"The {child.name} ended; everything stops.")
                    failed = self.stopping = True
                else:
                    self.say(f"The {child.name} ended and starts again in {child.pause:.0f} s.")
            self.start_what_is_due()
            time.sleep(0.2)
        self.stop_all()
        return 1 if failed else 0

    def reap(self):
        """The children that have ended since the last look."""
        ended = []
        for child in self.children:
            if child.pid and os.waitpid(child.pid, os.WNOHANG)[0]:
                child.ended()
                ended.append(child)
        return ended

    def start_what_is_due(self):
        for child in self.children:
            if child.pid is None and not self.stopping and time.monotonic() >= child.due_at:
                child.start(os.getpid())

    def stop_all(self):
        for number, seconds in ((signal.SIGTERM, SECONDS_TO_STOP), (signal.SIGKILL, 5)):
            self.tell_all(number)
            deadline = time.monotonic() + seconds
            while any(child.pid for child in self.children) and time.monotonic() < deadline:
                self.reap()
                time.sleep(0.05)

    def tell_all(self, number):
        for child in self.children:
            if child.pid:
                os.kill(child.pid, number)


def answers(host, port):
    """Whether a page comes back, whatever it says."""
    connection = HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", "/", headers={"User-Agent": "big-book-start"})
        connection.getresponse().read()
        return True
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def wait_until_ready(supervisor, host, port, seconds=30):
    """True as soon as the web server answers; False when it does not or when we are told to stop."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not supervisor.stopping:
        if answers(host, port):
            return True
        time.sleep(0.05)
    return False


def serve(host, port, workers, say, when_ready):
    """Serve on host:port until SIGTERM or SIGINT; the exit status. `when_ready` is called once a page comes back."""
    static_files.collect()
    children = [
        Child("web server", WebServer(f"{host}:{port}", workers).run, restart=False),
        Child("scheduler", lambda: call_command("scheduler"), restart=True),
    ]

    def started(supervisor):
        if wait_until_ready(supervisor, "127.0.0.1" if host == "0.0.0.0" else host, port):  # noqa: S104  compared, not listened on
            when_ready()

    return Supervisor(children, say).run(started)
