"""The page "Who may see what" tells of every door in words, and of nobody who is not in the cast."""

from people import who_may
from portal.demo.cast import PEOPLE
from tests.cast import signed_in
from tests.doors import table


def test_every_row_of_the_table_is_told_in_words():
    doors = [door for _heading, doors in who_may.sections() for door in doors]
    assert len(doors) == sum(len(things) for things in table.rows().values())
    silent = [door for door in doors if not door.what and door.thing != "nothing"]
    assert not silent, f"views without a sentence on what they are for: {silent}"
    assert all(heading for heading, _doors in who_may.sections())


def test_everybody_of_the_cast_has_words():
    assert set(who_may.people()) == set(PEOPLE)


def test_the_manager_reads_and_prints_it(cast):
    page = signed_in(cast.manager).get("/who-may-see-what/").content.decode()
    assert "barred by a court order" in page
    assert "data-print" in page
    assert signed_in(cast.mother).get("/who-may-see-what/").status_code == 403
