"""Papers are set in type in a process of their own (records/apart.py): mail and pages never wait for one.

It knows no database, no settings and no keys: it is given a page of HTML and gives back a PDF. It may take only so much
time and memory for one, and ends by itself when nobody has asked for a while.
"""

import json
import logging
import resource
import select
import signal
import sys
import threading
import time
from datetime import datetime

from records import apart

log = logging.getLogger("bigbook.prints")
SECONDS = 300  # of one paper; ten thousand letters take two
MOST_MEMORY = 2_500_000_000  # bytes of address space; a paper takes a tenth of it
MOST_LETTERS = 5_000_000  # bytes of a page; a form's longest answers are a tenth of it
IDLE_SECONDS = 60


class CannotTypeset(Exception):
    """There is no paper: it was "slow", "large" or "refused", or the process "ended"."""


class Typesetter(apart.Apart):
    """A typesetter in a process of its own, for one paper after the other; one that ends it costs only itself."""

    def __init__(self, seconds=SECONDS):
        super().__init__("documents.typesetting", seconds)
        self.turn, self.asked_at = threading.Lock(), 0.0

    def paper(self, html, *, record, record_name, record_says, made_at, large=False):
        """A page with its record inside, as documents.pdf.make_pdf makes it."""
        told = {"record_size": len(record), "record_name": record_name, "record_says": record_says}
        return self.made(html, record, {"kind": "paper", "made_at": made_at.isoformat(), "large": large, **told})

    def public(self, html, *, made_at, large=False):
        """A page of words that are nobody's record, as documents.pdf.make_public_pdf makes it."""
        return self.made(html, b"", {"kind": "public", "made_at": made_at.isoformat(), "large": large})

    def made(self, html, record, task):
        content = record + html.encode()
        if len(content) > MOST_LETTERS:
            raise CannotTypeset("large")
        with self.turn:
            if time.monotonic() - self.asked_at > IDLE_SECONDS / 2:  # it may be ending at this very moment
                self.end()
            try:
                said, pdf = self.ask(task, len(content), [content])
            except apart.NoAnswer as why:
                raise CannotTypeset(str(why)) from why
            self.asked_at = time.monotonic()
        if said["without_sign"]:
            log.warning("no font has a sign for %s where it stands", ", ".join(said["without_sign"]))
        if "why" in said:
            raise CannotTypeset(said["why"])
        return pdf


typesetters = threading.local()  # what goes on beside the others has one of its own


def typesetter():
    """The typesetter of this thread."""
    if not hasattr(typesetters, "mine"):
        typesetters.mine = Typesetter()
    return typesetters.mine


# The other process.


def limit_memory(most):
    """Take no more than so many bytes of address space, and leave nothing of a crash behind."""
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def typeset(task, content):
    """What can be said of a task, and its PDF."""
    from documents import pdf

    record, html = content[: task.get("record_size", 0)], content[task.get("record_size", 0) :].decode()
    shared = {"made_at": datetime.fromisoformat(task["made_at"]), "large": task["large"]}
    try:
        if task["kind"] == "public":
            return {}, pdf.make_public_pdf(html, **shared)
        named = {name: task[name] for name in ("record_name", "record_says")}
        return {}, pdf.make_pdf(html, record=record, **named, **shared)
    except pdf.OutsideAddress:
        return {"why": "refused"}, b""
    except MemoryError:
        return {"why": "large"}, b""
    except Exception as problem:
        return {"why": type(problem).__name__}, b""  # and no words of it: they could be somebody's


def letters_without_sign():
    """Numbers of letters that had to be named although a font has them; said once."""
    from documents import pdf

    letters = [f"U+{ord(letter):04X}" for letter in sorted(pdf.without_sign)]
    pdf.without_sign.clear()
    return letters


def serve(seconds):
    """Read tasks from standard input until it closes, or nobody has asked for a while."""
    limit_memory(MOST_MEMORY)
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    while select.select([given], [], [], IDLE_SECONDS)[0] and (header := given.readline()):
        task = json.loads(header)
        signal.alarm(seconds + 2)
        said, pdf = typeset(task, given.read(task["size"]))
        said |= {"size": len(pdf), "without_sign": letters_without_sign()}
        answers.write(json.dumps(said).encode() + b"\n")
        answers.write(pdf)
        answers.flush()
        signal.alarm(0)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
