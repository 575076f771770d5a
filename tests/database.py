"""Prepared databases: migrated once, copied for each run, worker and browser test. Nothing is ever flushed.

Migrating takes 14 s, and a flush would take Wagtail's first pages and stumble over the audit log's triggers. So a
migrated database waits in var/test under a name made of all migrations, and each test process gets a copy.
"""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PREPARED = PROJECT / "var" / "test"
NOT_OURS = {".venv", ".bootstrap", "var", "tests", ".git"}

# Given by bin/with-postgres: a server of our own. Without it everything runs on SQLite.
SERVER = os.environ.get("BIGBOOK_TEST_SERVER", "")
VENDOR = "postgresql" if SERVER else "sqlite"


def set_environment():
    """Point this process (one pytest worker) at a data folder and a database of its own, before Django starts."""
    run = os.environ.get("BIGBOOK_TEST_RUN")
    if not run:
        run = os.environ["BIGBOOK_TEST_RUN"] = tempfile.mkdtemp(prefix="bigbook-test-")
        os.environ["BIGBOOK_TEST_RUN_BY"] = str(os.getpid())
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    folder = Path(run) / worker
    (folder / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns where there is none
    os.environ.update(environment(folder, f"test_{worker}"), SECRET_KEY=secrets.token_urlsafe(64))
    os.environ.pop("BIGBOOK_DEMO", None)


def environment(folder, name):
    """The variables that make the program live in `folder` (and, on PostgreSQL, in the database `name`)."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"{SERVER.rpartition('/')[0]}/{name}" if SERVER else "",
        "SITE_URL": "",
        "BIGBOOK_HOSTS": "",
        "DEBUG": "",
    }


def forget_run():
    """Remove the run's folder; only the process that made it does."""
    if os.environ.get("BIGBOOK_TEST_RUN_BY") == str(os.getpid()):
        shutil.rmtree(os.environ["BIGBOOK_TEST_RUN"], ignore_errors=True)


def fingerprint():
    """A short hash of everything that decides what a freshly migrated database looks like."""
    paths = [path for path in PROJECT.glob("**/migrations/*.py") if path.relative_to(PROJECT).parts[0] not in NOT_OURS]
    digest = hashlib.sha256()
    for path in [PROJECT / "uv.lock", PROJECT / "config" / "settings.py", *sorted(paths)]:
        digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@contextlib.contextmanager
def one_at_a_time(name):
    """Of several processes, one goes in and the others wait."""
    PREPARED.mkdir(parents=True, exist_ok=True)
    with open(PREPARED / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def manage(folder, name, *words, **variables):
    """Run a manage.py command in a process of its own; what it printed. A failure shows all that was said."""
    command = [sys.executable, str(PROJECT / "manage.py"), *map(str, words)]
    done = subprocess.run(
        command,
        env={**os.environ, **environment(folder, name), **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(map(str, words))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def migrate(folder, name):
    manage(folder, name, "migrate", "--verbosity", "0", BIGBOOK_DEMO="1", SECRET_KEY="")


def copy_sqlite(source, target):
    """A consistent copy of a SQLite file, even while somebody writes to it; the copy is one plain file."""
    with contextlib.closing(sqlite3.connect(source)) as old, contextlib.closing(sqlite3.connect(target)) as new:
        old.backup(new)


def prepared():
    """The migrated database to copy from: a path (SQLite) or a database name (PostgreSQL), made when missing."""
    with one_at_a_time(f"prepared-{VENDOR}"):
        return _prepared_on_server() if SERVER else _prepared_file()


def _prepared_file():
    target = PREPARED / f"prepared-{fingerprint()}.sqlite3"
    if not target.exists():
        with tempfile.TemporaryDirectory(dir=PREPARED) as folder:
            migrate(folder, "")
            draft = Path(folder) / "draft.sqlite3"
            copy_sqlite(Path(folder) / "bigbook.sqlite3", draft)
            draft.replace(target)
        old = sorted(PREPARED.glob("prepared-*.sqlite3"), key=lambda path: path.stat().st_mtime)
        for path in old[:-3]:
            path.unlink(missing_ok=True)
    return target


def _prepared_on_server():
    name = f"prepared_{fingerprint()}"
    with _server() as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            draft = f"draft_{secrets.token_hex(4)}"
            server.execute(f"CREATE DATABASE {draft}")
            with tempfile.TemporaryDirectory() as folder:
                migrate(folder, draft)
            server.execute(f"ALTER DATABASE {draft} RENAME TO {name}")
    return name


@contextlib.contextmanager
def _server():
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as server:
        yield server


def place_copy(folder, name, source=None):
    """Put a copy of `source` (the prepared database by default) where `environment(folder, name)` looks for it."""
    source = source or prepared()
    Path(folder).mkdir(parents=True, exist_ok=True)
    if not SERVER:
        shutil.copyfile(source, Path(folder) / "bigbook.sqlite3")
        return
    with one_at_a_time("template"), _server() as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {source}")


def create_empty(name):
    """An empty PostgreSQL database of this name; on SQLite there is nothing to do."""
    if SERVER:
        with _server() as server:
            server.execute(f"CREATE DATABASE {name}")


def drop(name):
    """Remove a copy from the server; on SQLite it goes with its folder."""
    if SERVER:
        with _server() as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
