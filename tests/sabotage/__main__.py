"""Do our tests find what they promise to find? Each fault of faults_*.toml is planted in a copy of the project, by itself.

A fault counts as found when one of its named tests goes red: not when the copy cannot start, and only if the same tests
are green on an untouched copy. A text that is not there any more is an error: then the fault has to be written anew.
"""

import argparse
import ast
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".bootstrap", "var", "__pycache__", "*.pyc")
SECONDS = 900  # the longest that the tests of one fault may take
TESTS_FAILED = 1  # pytest's word for "ran, and some were red"; every other code is our own mistake


class Mistake(Exception):
    """The list of faults, or the project, is not fit for this."""


@dataclass(frozen=True)
class Fault:
    """One thing broken on purpose: in `file`, `text` becomes `instead`, and one of the tests of `found_by` must go red."""

    name: str
    file: str
    text: str
    instead: str
    found_by: tuple

    def planted(self, copy):
        """The file's words with the fault in them; Mistake where the text is not there exactly once, or it is no Python."""
        words = (copy / self.file).read_text(encoding="utf-8")
        if words.count(self.text) != 1:
            raise Mistake(f"{self.name}: this text stands {words.count(self.text)} times in {self.file}:\n{self.text}")
        broken = words.replace(self.text, self.instead)
        if self.file.endswith(".py"):
            try:
                ast.parse(broken)
            except SyntaxError as problem:
                raise Mistake(f"{self.name}: {self.file} would be no Python any more: {problem}") from None
        return broken


def faults(word=""):
    """All faults of all lists, or those with this word in their name or in their list's."""
    found, chosen = [], []
    for path in sorted(Path(__file__).parent.glob("faults_*.toml")):
        for said in tomllib.loads(path.read_text(encoding="utf-8"))["fault"]:
            found.append(Fault(**said | {"found_by": tuple(said["found_by"])}))
            if word in found[-1].name or word in path.stem:
                chosen.append(found[-1])
    names = [fault.name for fault in found]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise Mistake(f"Named twice: {', '.join(sorted(doubled))}")
    return chosen


def copied_to(folder):
    """A copy of the project, with our packages and the prepared databases, so that nothing is migrated again."""
    shutil.copytree(PROJECT, folder, ignore=NOT_COPIED)
    (folder / ".venv").symlink_to((PROJECT / ".venv").resolve())
    (folder / "var" / "test").mkdir(parents=True)
    for path in (PROJECT / "var" / "test").glob("prepared-*.sqlite3"):
        shutil.copyfile(path, folder / "var" / "test" / path.name)
    return folder


def tests_in(copy, names):
    """(pytest's exit code, what it said) of these tests."""
    command = [sys.executable, "-B", "-m", "pytest", "-m", "prove or not prove", "-n", "0", "-x", "--tb=line", *names]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    for name in list(environment):
        if name.startswith(("BIGBOOK_TEST", "PYTEST_", "DJANGO_SETTINGS")):
            del environment[name]
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return None, f"took longer than {SECONDS} s"
    return done.returncode, done.stdout + done.stderr


def is_found(fault, copy):
    """Plant the fault, run its tests, take it out again."""
    path = copy / fault.file
    before = path.read_text(encoding="utf-8")
    path.write_text(fault.planted(copy), encoding="utf-8")
    try:
        code, said = tests_in(copy, fault.found_by)
    finally:
        path.write_text(before, encoding="utf-8")
    if code in (0, TESTS_FAILED):
        return code == TESTS_FAILED
    raise Mistake(f"{fault.name}: the tests could not be run (pytest said {code}):\n{said[-2000:]}")


class Round:
    """All faults, shared by a few workers with a copy each."""

    def __init__(self, found, folder, workers):
        self.waiting, self.folder, self.workers = queue.SimpleQueue(), folder, workers
        for fault in found:
            self.waiting.put(fault)
        self.found, self.missed, self.mistakes = [], [], []

    def run(self):
        threads = [threading.Thread(target=self.work, args=(number,)) for number in range(self.workers)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]

    def work(self, number):
        copy = copied_to(self.folder / f"copy-{number}")
        while True:
            try:
                fault = self.waiting.get_nowait()
            except queue.Empty:
                return
            began = time.monotonic()
            try:
                (self.found if is_found(fault, copy) else self.missed).append(fault)
                said = "found" if fault in self.found else "MISSED"
            except Mistake as mistake:
                self.mistakes.append(mistake)
                said = "NOT TRIED"
            print(f"{said:9} {fault.name} ({time.monotonic() - began:.0f} s)", flush=True)


def first_green(found, folder):
    """Mistake where a text is missing or a named test is red before anything is broken."""
    copy = copied_to(folder / "untouched")
    for fault in found:
        fault.planted(copy)
    names = sorted({name for fault in found for name in fault.found_by})
    code, said = tests_in(copy, names)
    if code != 0:
        raise Mistake(f"The named tests are not green on an untouched copy:\n{said[-3000:]}")
    print(f"{len(names)} named tests are green on an untouched copy.", flush=True)


def main():
    words = argparse.ArgumentParser(prog="make sabotage", description=__doc__.splitlines()[0])
    words.add_argument(
        "-k", default="", metavar="WORD", help="only faults with this word in their name or in their list's"
    )
    words.add_argument("--list", action="store_true", help="name the faults and run nothing")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="bigbook-sabotage-") as folder:
        try:
            found = faults(asked.k)
            if asked.list:
                print("\n".join(f"{fault.name} ({fault.file})" for fault in found))
                return 0
            first_green(found, Path(folder))
        except Mistake as mistake:
            print(mistake, file=sys.stderr)
            return 1
        this_round = Round(found, Path(folder), min(2, os.cpu_count() or 1))
        this_round.run()
    for mistake in this_round.mistakes:
        print(mistake, file=sys.stderr)
    for fault in this_round.missed:
        print(f"missed: {fault.name} in {fault.file}; it should be found by {', '.join(fault.found_by)}")
    print(f"{len(this_round.found)} of {len(found)} found")
    return 0 if len(this_round.found) == len(found) > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
