"""The databases that are measured: ten families, five hundred, and the same entries in a bare Django.

They are made once and kept in var/bench under a hash of all migrations and of what makes them (bench/crowd.py), so that a
second run begins at once. Every run measures copies: it may write what it likes.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests import database

KEPT = database.PROJECT / "var" / "bench"
FEW, MANY = 10, 500  # families
PROJECT = database.PROJECT
SQLITE = {  # as in config/settings.py; a test holds it
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;",
}
KEY = "of no worth: nobody is ever served by this, it only measures what a page costs 0123456789"


def environment(folder):
    """The variables that make our own program live in this folder, as in a real setting and not as in the demo."""
    return {**database.environment(folder, ""), "SECRET_KEY": KEY, "BIGBOOK_DEMO": ""}


@cache
def fingerprint():
    digest = hashlib.sha256(database.fingerprint().encode())
    for path in sorted([*Path(__file__).parent.glob("*.py"), *Path(__file__).parent.glob("bare/*.py")]):
        if path.name in ("crowd.py", "models.py", "ground.py"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def kept(families):
    """The folder of a database with so many families; made when it is not there yet."""
    folder = KEPT / f"{families}-{fingerprint()}"
    if not folder.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        for old in KEPT.glob(f"{families}-*"):
            shutil.rmtree(old)
        print(f"making the database of {families:,} families once …", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(dir=KEPT) as draft:
            made = Path(draft) / "made"
            database.place_copy(made, "")
            run("crowd", environment(made), str(families))
            shutil.move(made, folder)
    return folder


def run(module, variables, *words):
    subprocess.run(  # noqa: S603 - our own Python, our own module
        [sys.executable, "-m", f"bench.{module}", *words],
        cwd=database.PROJECT,
        env={**os.environ, **variables},
        check=True,
    )


class Ground:
    """What the rows of one run share: each thing is begun when a row first asks for it."""

    def __init__(self, folder):
        self.folder, self.running = Path(folder), {}

    def portal(self, families=FEW):
        """Our own portal with so many families."""
        from bench.served import Served

        if families not in self.running:
            copy = self.folder / str(families)
            shutil.copytree(kept(families), copy)
            (copy / "static").mkdir(exist_ok=True)  # whitenoise warns where there is none
            self.running[families] = Served("config.settings", copy, **environment(copy))
        return self.running[families]

    def bare(self):
        """The bare Django project with the same entries."""
        from bench.served import Served

        if "bare" not in self.running:
            folder = self.folder / "bare"
            folder.mkdir()
            run("bare.filled", {"DJANGO_SETTINGS_MODULE": "bench.bare.settings", "DATA_DIR": str(folder)})
            self.running["bare"] = Served("bench.bare.settings", folder)
        return self.running["bare"]

    def address(self, name, families=FEW):
        """An address that the crowd has written down: of a child's journal, its last page, an observation."""
        return (kept(families) / f"address-{name}").read_text()

    def end(self):
        for each in self.running.values():
            each.end()


@contextmanager
def ground():
    with tempfile.TemporaryDirectory(prefix="bigbook-bench-") as folder:
        shared = Ground(folder)
        try:
            yield shared
        finally:
            shared.end()
