"""The program refuses to start where it would lose or show records."""

import hashlib
import sqlite3

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection, connections

from config import checks
from records.actions import mark_installation
from tests import database

STRONG = hashlib.sha512(b"as if it were random").hexdigest()


def ids(problems):
    return [problem.id for problem in problems]


@pytest.mark.parametrize(
    ("secret", "expected"),
    [
        (STRONG, []),
        ("missing", ["bigbook.E001"]),
        (STRONG[:49], ["bigbook.E002"]),
        ("ab" * 40, ["bigbook.E002"]),
        ("django-insecure-" + STRONG, ["bigbook.E002"]),
    ],
)
def test_a_real_setting_needs_a_strong_secret(settings, secret, expected):
    settings.DEMO, settings.SECRET_KEY = False, secret
    assert ids(checks.secret_is_strong()) == expected


def test_the_demo_makes_its_own_secret(settings):
    settings.DEMO, settings.SECRET_KEY = True, "missing"
    assert checks.secret_is_strong() == []


@pytest.mark.parametrize(
    ("debug", "hosts", "expected"),
    [
        (True, ["localhost", "127.0.0.1", "[::1]"], []),
        (False, ["portal.example.org"], []),
        (True, ["localhost", "portal.example.org"], ["bigbook.E003"]),
        (True, ["*"], ["bigbook.E003"]),
        (True, ["192.168.1.7"], ["bigbook.E003"]),
    ],
)
def test_debug_is_refused_where_others_can_reach_the_portal(settings, debug, hosts, expected):
    settings.DEBUG, settings.ALLOWED_HOSTS = debug, hosts
    assert ids(checks.debug_stays_at_home()) == expected


@pytest.mark.parametrize(
    ("demo", "debug", "expected"),
    [
        (True, True, []),
        (True, False, ["bigbook.E010"]),
        (False, True, ["bigbook.E010"]),
        (False, False, ["bigbook.E010"]),
    ],
)
def test_the_debug_toolbar_is_refused_outside_a_developers_demo(settings, demo, debug, expected):
    settings.DEMO, settings.DEBUG = demo, debug
    assert checks.toolbar_stays_in_the_demo() == [], "it is not there without being asked for"
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "debug_toolbar"]
    assert ids(checks.toolbar_stays_in_the_demo()) == expected


def test_a_real_setting_does_not_start_with_the_debug_toolbar(tmp_path):
    with pytest.raises(RuntimeError, match=r"bigbook\.E010"):
        database.manage(tmp_path, "unused", "check", BIGBOOK_TOOLBAR="1")


def test_the_developers_server_serves_no_real_setting():
    with pytest.raises(CommandError, match="for the demo alone"):
        call_command("dev")


@pytest.mark.parametrize(
    ("kind", "demo", "expected"),
    [
        (None, True, []),
        ("demo", True, []),
        ("real", False, []),
        ("demo", False, ["bigbook.E004"]),
        ("real", True, ["bigbook.E004"]),
    ],
)
def test_a_demo_folder_and_a_real_one_never_mix(settings, tmp_path, kind, demo, expected):
    settings.DATA_DIR, settings.DEMO = tmp_path, demo
    if kind:
        (tmp_path / "kind").write_text(kind + "\n")
    assert ids(checks.folder_is_of_this_kind()) == expected


@pytest.mark.parametrize(
    ("mark", "demo", "expected"),
    [
        ("demo", True, []),
        ("real", False, []),
        ("real", True, ["bigbook.E006"]),
        ("demo", False, ["bigbook.E006"]),
        (None, False, []),
        (None, True, ["bigbook.E006"]),  # people, and nobody said whose: never a demo's
    ],
)
def test_a_demo_never_runs_on_the_records_of_a_real_setting(cast, settings, tmp_path, mark, demo, expected):
    """The folder may be the demo's: the database that an address in the environment names is asked, too."""
    settings.DATA_DIR, settings.DEMO = tmp_path, demo
    if mark:
        mark_installation(mark)
    assert ids(checks.database_is_of_this_kind(databases=["default"])) == expected
    if expected:
        for command in (["demo"], ["demo_code", "helen@example.org"], ["migrate"]):
            with pytest.raises((SystemCheckError, CommandError)):
                call_command(*command, skip_checks=False)


@pytest.mark.skipif(bool(database.SERVER), reason="only on sqlite")
class TestSqlite:
    def test_the_settings_as_they_are_are_safe(self, db):
        assert checks.sqlite_is_durable(databases=["default"]) == []

    @pytest.mark.parametrize(
        ("pragma", "said"),
        [
            ("journal_mode=DELETE", "journal_mode is delete"),
            ("synchronous=NORMAL", "synchronous is 1"),
            ("foreign_keys=OFF", "foreign_keys is 0"),
        ],
    )
    def test_an_unsafe_pragma_is_refused(self, own_database, pragma, said):
        connection.close()
        options = connection.settings_dict["OPTIONS"]
        safe = options["init_command"]
        options["init_command"] = f"{safe}PRAGMA {pragma};"
        try:
            (problem,) = checks.sqlite_is_durable(databases=["default"])
            assert said in problem.msg
            with pytest.raises(SystemCheckError, match="could lose what it acknowledged"):
                call_command("migrate", verbosity=0, skip_checks=False)
        finally:
            options["init_command"] = safe
            connection.close()

    def test_deferred_transactions_are_refused(self, db, monkeypatch):
        monkeypatch.setattr(connections["default"], "transaction_mode", None)
        (problem,) = checks.sqlite_is_durable(databases=["default"])
        assert "IMMEDIATE" in problem.msg

    def test_the_file_itself_says_wal(self, own_database):
        connection.ensure_connection()
        with sqlite3.connect(connection.settings_dict["NAME"]) as other:
            assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_web_server_of_somebody_elses_is_refused_too(db, settings):
    checks.refuse_unsafe_start()
    settings.DEMO, settings.SECRET_KEY = False, "short"
    with pytest.raises(ImproperlyConfigured, match="easy to guess"):
        checks.refuse_unsafe_start()
