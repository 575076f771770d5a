"""Rows 13 and 14: the book of a child with 60 and with 300 photographs, and the portal while one is made."""

import os
import shutil
import statistics
import subprocess
import sys
import time

from bench.ground import FEW, PROJECT, environment, kept, run
from bench.measure import Line, in_turn

NUMBER = 13
ROUNDS = 3  # a book takes seconds, and its pairs lie close together


class Presses:
    """Books that are laid out once; each making takes a copy, for the press clears up behind itself."""

    def __init__(self, ground):
        self.folder, self.memory = ground.folder / "books", 0
        shutil.copytree(kept(FEW), self.folder)
        self.variables = {**os.environ, **environment(self.folder)}

    def laid_out(self, photographs):
        folder = self.folder / f"laid-out-{photographs}"
        run(
            "books",
            {**self.variables, "DJANGO_SETTINGS_MODULE": "config.settings"},
            "lay-out",
            folder,
            str(photographs),
        )
        return folder

    def begin(self, module, folder, *words):
        copy = self.folder / "making"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
        return subprocess.Popen(  # noqa: S603 - our own Python, our own module
            [sys.executable, "-m", module, *words, copy], cwd=PROJECT, env=self.variables
        )

    def seconds(self, module, folder, *words):
        """A function that gives the seconds of the processor of one making, and notes its memory."""

        def made():
            process = self.begin(module, folder, *words)
            _pid, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                raise RuntimeError(f"{module} ended with {process.returncode}")
            self.memory = used.ru_maxrss * 1024 / 1e6
            return used.ru_utime + used.ru_stime

        return made

    def press(self, folder):
        return self.seconds("portal.book.press", folder)


def waited(portal, address, while_running):
    """The seconds on the clock of a family's journal, one after the other, as long as `while_running()` holds."""
    took = []
    while while_running(len(took)):
        began = time.monotonic()
        portal.ask("ewa", address)
        took.append(time.monotonic() - began)
        time.sleep(0.05)
    return statistics.quantiles(took, n=20)[-1], len(took)


def lines(ground):
    presses = Presses(ground)
    sixty, many = presses.laid_out(60), presses.laid_out(300)
    press, raw = presses.press(sixty), presses.seconds("bench.books", sixty, "raw")
    yield in_turn("13 book of 60 photographs : raw WeasyPrint", 1.35, press, raw, rounds=ROUNDS)
    press()
    yield Line("13 its memory", presses.memory, 150, "MB")
    size = (presses.folder / "making" / "screen.pdf").stat().st_size
    yield Line("13 its file for the screen", size / 1e6, 10, "MB")
    longer = presses.press(many)
    yield in_turn("14 book of 300 photographs : own of 60", 5.5, longer, press, rounds=ROUNDS)
    longer()
    yield Line("14 its memory", presses.memory, 200, "MB")

    portal, address = ground.portal(), ground.address("journal")
    idle, number = waited(portal, address, lambda count: count < 60)
    process = presses.begin("portal.book.press", many)
    busy, meanwhile = waited(portal, address, lambda count: process.poll() is None)
    note = f"{idle * 1000:.0f} ms over {number} pages; {busy * 1000:.0f} ms over {meanwhile}"
    yield Line("14 the journal while it is made, 95 of 100 : idle", busy / idle, 1.6, note=note)
