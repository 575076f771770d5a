"""What a locked database really says is what our page for it listens for."""

import sqlite3
import time

import pytest
from django.db import OperationalError, connection

from people.accounts import errors
from portal.demo.cast import build_cast
from tests.cast import signed_in


def test_a_locked_database_is_recognised_by_what_it_really_says(own_database):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no lock of the whole database")
    where = connection.settings_dict["NAME"]
    holder = sqlite3.connect(where)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
            with pytest.raises(OperationalError) as problem:
                cursor.execute("UPDATE records_scheduledrun SET job = job")
        assert errors.is_busy(problem.value)
    finally:
        holder.rollback()
        holder.close()


def test_a_page_that_is_read_does_not_wait_for_those_who_write(own_database):
    """That somebody is here is written about once a minute: not where the database is busy, but with the next page."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no lock of the whole database")
    client = signed_in(build_cast().mother)
    client.get("/today/")
    session = client.session
    session["seen_at"] = before = int(time.time()) - 120
    session.save()
    holder = sqlite3.connect(connection.settings_dict["NAME"])
    holder.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    try:
        assert client.get("/today/").status_code == 200
    finally:
        holder.rollback()
        holder.close()
    assert time.monotonic() - began < 10, "a writer would have waited for 20 seconds"
    assert client.session["seen_at"] == before
    assert client.get("/today/").status_code == 200
    assert client.session["seen_at"] > before
