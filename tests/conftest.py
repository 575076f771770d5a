"""Every test's ground: a data folder and a database of its own, quick passwords, no network."""

import logging
import os
import sys
from contextlib import ExitStack, contextmanager

import django

django.setup()

import pytest  # noqa: E402
from django.conf import settings as the_settings  # noqa: E402
from django.db import connections  # noqa: E402

from documents import typesetting  # noqa: E402
from portal.demo.cast import build_cast, load_cast  # noqa: E402
from tests import canaries, clients, database  # noqa: E402
from tests.canaries import pytest_runtest_call, pytest_runtest_protocol  # noqa: E402, F401
from tests.counts import note_database, pytest_sessionfinish, say_last  # noqa: E402, F401

logging.getLogger("django.request").setLevel(logging.ERROR)  # a test that is refused on purpose is no news

assert str(the_settings.DATA_DIR) == os.environ["DATA_DIR"], "somebody loaded the settings before this file could speak"

canaries.begin_to_listen()
clients.share_middlewares()

# Argon2 is slow by design; tests that are about passwords name it themselves.
the_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *the_settings.PASSWORD_HASHERS]


# Long walks through every address that need not be gone on both databases; the other half of the doors is.
ON_ONE_DATABASE = (
    "tests/doors/test_doors.py::test_every_door_opens_to_whom_the_table_says_and_to_nobody_else[0]",
    "tests/doors/test_existence.py::",
)


# In this order: every other one to each of two workers. The first makes the demo for all browser tests; meanwhile the other
# has something to do that needs none.
FIRST = (
    "tests/browser/test_every_page.py::test_axe_finds_nothing_on_any_page_of_others_who_work_here",
    "tests/doors/test_doors.py::",
    "tests/browser/test_every_page.py::test_axe_finds_nothing_on_any_page_of_the_manager",
    "tests/doors/",
    "tests/browser/test_every_page.py::",
    "tests/browser/test_separated.py::",
    "tests/browser/test_progress.py::",
    "tests/browser/",
)


def when(item):
    """The place of a test in the order of a run: the long ones first."""
    return next((place for place, start in enumerate(FIRST) if item.nodeid.startswith(start)), len(FIRST))


def pytest_collection_modifyitems(config, items):
    """The longest tests come first, and half of them to each of two workers, so that they end together; and nobody flushes.

    On PostgreSQL only those run that touch a database: the others ran already, and cannot differ. Of the doors half of the
    people go through: that finds a query which that database does not take; who gets in was asked of everybody before.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        flushing = marker and (marker.kwargs.get("transaction") or any(marker.args))
        if flushing or {"transactional_db", "live_server"} & set(item.fixturenames):
            raise pytest.UsageError(f"{item.nodeid}: a flush would break the triggers; use the fixture own_database.")
    if database.VENDOR == "postgresql":
        kept = [item for item in items if touches_a_database(item) and not item.nodeid.startswith(ON_ONE_DATABASE)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
    items.sort(key=when)
    items[:] = items[::2] + items[1::2]  # each worker begins with one half of the list, and steals from the other's end


@pytest.hookimpl(tryfirst=True)  # before any fixture
def pytest_runtest_setup(item):
    """What the browser tests of a worker share ends before any other test begins (tests/browser/shared.py)."""
    shared = sys.modules.get("tests.browser.shared")
    if shared and not item.nodeid.startswith("tests/browser/"):
        shared.end()
    note_database(item)


def touches_a_database(item):
    return bool(item.get_closest_marker("django_db") or {"db", "own_database"} & set(item.fixturenames))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes():
    """Each parallel worker sets up Django itself, with a folder of its own: it must not find our settings loaded."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_unconfigure(config):
    say_last(config)
    if forking := sys.modules.get("tests.browser.server"):
        forking.end_forks()
    database.forget_run()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Instead of migrating: a copy of the prepared database, where the settings already look for it."""
    with django_db_blocker.unblock():
        database.place_copy(the_settings.DATA_DIR, connections["default"].settings_dict["NAME"])
        build_cast()
    yield
    connections.close_all()


@pytest.fixture
def cast(db):
    """The people and children everybody's story is about (portal/demo/cast.py), fresh from the database."""
    return load_cast()


@pytest.fixture
def own_database(django_db_setup, django_db_blocker, settings, tmp_path):
    """A data folder and database for this test alone, with real commits and room for threads and other processes.

    Gives the environment variables with which another process sees the same folder and database.
    """
    name = f"own_{os.getpid()}_{tmp_path.name}".lower().replace("-", "_")[:60]
    folder = tmp_path / "own"
    database.place_copy(folder, name)
    settings.DATA_DIR = folder
    settings.KEYS_DIR, settings.FILES_DIR, settings.MEDIA_ROOT = folder / "keys", folder / "files", folder / "media"
    of_the_connection = connections.settings["default"]
    before = of_the_connection["NAME"]
    with django_db_blocker.unblock():
        connections.close_all()
        of_the_connection["NAME"] = name if database.SERVER else str(folder / "bigbook.sqlite3")
        yield {**os.environ, **database.environment(folder, name)}
        connections.close_all()
        of_the_connection["NAME"] = before
    database.drop(name)


@contextmanager
def running_portal(tmp_path, **environment):
    """A portal with variables of its own in its environment, on a copy of the demo that is this test's own."""
    from tests.browser.server import Portal

    name = f"portal_{os.getpid()}_{tmp_path.name}".lower().replace("-", "_")[:60]
    portal = Portal(tmp_path / "portal", name, **environment)
    portal.start()
    yield portal
    portal.stop()
    database.drop(name)


@pytest.fixture
def portal():
    """The real portal as `make run` starts it, on a copy of the demo that is this test's own."""
    from tests.browser.server import ForkedPortal

    portal = ForkedPortal()
    portal.start()
    yield portal
    portal.end()


@pytest.fixture
def portal_behind(tmp_path):
    """A function that starts the portal, told that so many proxies of its own stand in front."""
    with ExitStack() as running:
        yield lambda proxies: running.enter_context(
            running_portal(tmp_path, BEHIND_PROXY="1", TRUSTED_PROXIES=str(proxies))
        )


class TypesetHere:
    """Papers of most tests are set in this process: the one apart comes after all others where the processor is short.

    tests/documents/test_letters.py tries the one apart, and that both give the same bytes.
    """

    def paper(self, html, **more):
        from documents import pdf

        return pdf.make_pdf(html, **more)

    def public(self, html, **more):
        from documents import pdf

        return pdf.make_public_pdf(html, **more)


@pytest.fixture(autouse=True, scope="session")
def typeset_here():
    typesetting.typesetters.mine = TypesetHere()


class NoMissingSigns(logging.Handler):
    """A letter without a sign must never be in a paper: a test in which WeasyPrint says so has failed."""

    def emit(self, record):
        assert ".notdef" not in str(record.msg) and "no font has a sign" not in str(record.msg), record.getMessage()


@pytest.fixture(autouse=True, scope="session")
def no_missing_signs():
    logs, listener = [logging.getLogger(name) for name in ("weasyprint", "bigbook.prints")], NoMissingSigns()
    for log in logs:
        log.addHandler(listener)
    yield
    for log in logs:
        log.removeHandler(listener)
