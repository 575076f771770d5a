"""What a locked database really says is what our page for it listens for."""

import sqlite3

import pytest
from django.db import OperationalError, connection

from people.accounts import errors


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
