"""SQLite reads questions that are nested only so deep. The deepest of ours leave room for one level more."""

import pytest
from django.db import OperationalError, connection

from portal.journal import actions
from portal.journal.models import Observation
from tests.cast import signed_in
from tests.journal.pages import allow, shared

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has such a limit"),
]


class Questions:
    """Keeps each question that is asked, as its SQL and its values."""

    def __init__(self):
        self.asked = []

    def __call__(self, execute, sql, values, many, context):
        if sql.lstrip().startswith("SELECT") and values is not None:
            self.asked.append((sql, values))
        return execute(sql, values, many, context)


def is_read(sql, values, more):
    """Whether SQLite understands it, nested in so many levels more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + "SELECT 1 WHERE EXISTS (" * more + sql + ")" * more, values)
    except OperationalError as problem:
        if "parser stack overflow" not in str(problem):
            raise
        return False
    return True


def pages_of(child, page):
    journal = f"/journal/{child.pk}/"
    return ["/today/", journal, f"{journal}?q=tower+bridge", f"{journal}?before={page.pk}", f"{journal}{page.pk}/"]


@pytest.mark.parametrize("who, whose", [("mother", "maja"), ("staff_parent", "alfie"), ("key_person", "maja")])
def test_the_longest_questions_leave_room(cast, who, whose):
    allow(cast.mother, cast.maja)
    page = shared(cast.key_person, cast.maja, cast.alfie, words="A tower and a bridge.")
    actions.correct(page, by=cast.key_person, why="One word.", words="A tower and a long bridge.")
    client, questions = signed_in(getattr(cast, who)), Questions()
    with connection.execute_wrapper(questions):
        for address in pages_of(getattr(cast, whose), page):
            assert client.get(address).status_code == 200, address
    assert any(Observation._meta.db_table in sql for sql, _values in questions.asked)
    assert [sql for sql, values in questions.asked if not is_read(sql, values, more=1)] == []


def test_the_limit_is_there():
    assert is_read("SELECT 1", (), more=5)
    assert not is_read("SELECT 1", (), more=60)
