"""Files of strangers are opened in a process of their own, which may take only so much time and memory and then ends.

The answer is lines (procedures/lines.py) or one word that says what is the matter. The other process knows nothing of
the database, of settings or of secrets: it is given bytes and gives back words.
"""

import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from procedures.lines import Line, Trouble, packed

SECONDS = 20
MOST_MEMORY = 1_500_000_000  # bytes of address space; a real procedure takes a tenth of it
MOST_LARGE = 30_000_000  # bytes of one answer
KINDS = ("pdf", "word")


class Apart:
    """A reader in a process of its own, for one file after the other; a file that ends it costs only itself."""

    def __init__(self, seconds=SECONDS):
        self.seconds, self.process = seconds, None

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        self.end()

    def lines(self, kind, content):
        """The lines of a PDF or Word document; Trouble with a word that says why there are none."""
        if self.process is None or self.process.poll() is not None:
            self.begin()
        until = time.monotonic() + self.seconds
        try:
            self.give(json.dumps({"kind": kind, "size": len(content)}).encode() + b"\n" + content, until)
            answer = json.loads(self.answer(until))
        except (OSError, ValueError) as problem:
            timed_out = time.monotonic() >= until
            self.end()
            raise Trouble("slow" if timed_out else "damaged") from problem
        if "why" in answer:
            raise Trouble(answer["why"])
        return [Line(**each) for each in answer["lines"]]

    def begin(self):
        self.end()
        self.process = subprocess.Popen(  # noqa: S603 - our own Python, our own module
            [sys.executable, "-m", "procedures.apart", str(self.seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parent.parent,
            env={name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ},
        )
        os.set_blocking(self.process.stdin.fileno(), False)

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
        pieces, pipe, size = [], self.process.stdout.fileno(), 0
        while True:
            ready, _write, _error = select.select([pipe], [], [], max(0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            piece = os.read(pipe, 65536)
            size += len(piece)
            if not piece or size > MOST_LARGE:
                raise OSError("the reader ended")
            pieces.append(piece)
            if piece.endswith(b"\n"):
                return b"".join(pieces)


# The other process.


def understood(kind, content):
    """The answer to one file, whatever happens to be in it."""
    try:
        if kind == "pdf":
            from procedures.reading_pdf import lines_of
        else:
            from procedures.reading_word import lines_of
        return {"lines": [packed(line) for line in lines_of(content)]}
    except Trouble as why:
        return {"why": str(why)}
    except MemoryError:
        return {"why": "large"}
    except Exception:
        return {"why": "damaged"}


def serve(seconds):
    """Read files from standard input until it closes. Nobody need wait for this process: it ends itself."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.setrecursionlimit(1500)
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    while header := given.readline():
        task = json.loads(header)
        signal.alarm(seconds + 2)
        content = given.read(task["size"])
        answers.write(json.dumps(understood(task["kind"], content)).encode() + b"\n")
        answers.flush()
        signal.alarm(0)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
