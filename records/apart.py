"""Files of strangers are opened in a process of their own, which may take only so much time and memory and then ends.

What reads documents (procedures/apart.py) and what draws photographs anew (records/redrawing.py) share this: how such a
process is begun, asked and ended. It knows nothing of the database, of settings or of secrets: it is given bytes and
gives back an answer. Both ways that is one line of JSON, then as many bytes as its "size" says.
"""

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path

MOST_LARGE = 30_000_000  # bytes of one answer
LESS_URGENT = 5  # of the 19 steps in which Linux lets one process come after another


class NoAnswer(Exception):
    """The other process said nothing that can be used: it was "slow", or it "ended"."""


def after_pages(process):
    """Where the processor is short, a program of ours that makes or reads files comes after those that answer."""
    os.setpriority(os.PRIO_PROCESS, process.pid, LESS_URGENT)


class Apart:
    """A process of its own, running one of our modules, for one file after the other."""

    def __init__(self, module, seconds):
        self.module, self.seconds, self.process = module, seconds, None

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        self.end()

    def ask(self, task, size, pieces):
        """(what it said, its bytes) about a file of this size that comes in pieces; NoAnswer where there is none."""
        if self.process is None or self.process.poll() is not None:
            self.begin()
        until = time.monotonic() + self.seconds
        try:
            self.give(json.dumps({**task, "size": size}).encode() + b"\n", until)
            for piece in pieces:
                self.give(piece, until)
            return self.answer(until)
        except (OSError, ValueError) as problem:
            timed_out = time.monotonic() >= until
            self.end()
            raise NoAnswer("slow" if timed_out else "ended") from problem

    def begin(self):
        self.end()
        self.process = subprocess.Popen(  # noqa: S603 - our own Python, our own module
            [sys.executable, "-m", self.module, str(self.seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parent.parent,
            env={name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ},
        )
        os.set_blocking(self.process.stdin.fileno(), False)
        after_pages(self.process)

    def end(self):
        if self.process is not None:
            self.process.kill()
            for pipe in (self.process.stdin, self.process.stdout):
                try:
                    pipe.close()
                except OSError:
                    continue
            self.process.wait()
            self.process = None

    def give(self, content, until):
        position, pipe = 0, self.process.stdin.fileno()
        view = memoryview(content)
        while position < len(content):
            _read, ready, _error = select.select([], [pipe], [], max(0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            position += os.write(pipe, view[position : position + 65536])

    def answer(self, until):
        heard = bytearray()
        while (end := heard.find(b"\n")) < 0:
            heard += self.heard(until)
            if len(heard) > MOST_LARGE:
                raise OSError("the answer is too long")
        said = json.loads(heard[:end])
        del heard[: end + 1]
        if not 0 <= said.get("size", 0) <= MOST_LARGE:
            raise OSError("the answer is too long")
        while len(heard) < said.get("size", 0):
            heard += self.heard(until)
        return said, bytes(heard)

    def heard(self, until):
        pipe = self.process.stdout.fileno()
        ready, _write, _error = select.select([pipe], [], [], max(0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        if not (piece := os.read(pipe, 262144)):
            raise OSError("the process ended")
        return piece
