"""Every address × every person: who gets in, who is kindly refused, who finds nothing. The rows are in access.toml."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from portal.demo.cast import PEOPLE
from tests.cast import signed_in
from tests.doors import headers, table, things
from tests.doors.writes import Writes

EVERYBODY = [*PEOPLE, "signed_out", "password_only"]
ONLY_LOOKING = ("get", "head", "options")
ALL_METHODS = ["get", "head", "options", "post", "put", "patch", "delete"]


# In `make test` these stand for all the others before Wagtail's own addresses.
AT_THE_FENCE = {
    "editor",
    "mother",
    "barred_father",
    "key_person",
    "manager",
    "administrator",
    "signed_out",
    "password_only",
}
# In `make prove` these come by all seven methods, to Wagtail's own addresses and to the others; whoever else comes, comes by
# GET and POST, and of those who do not edit pages only two more than once to Wagtail's: one fence stands before all of them.
BY_ALL_METHODS = {"mother", "barred_father", "key_person", "manager", "signed_out", "password_only"}
BY_ALL_METHODS_AT_WAGTAILS = {"editor", "mother", "signed_out"}
TWICE_AT_WAGTAILS = {"administrator", "password_only"}


ROWS = table.rows()


class Turned(Exception):
    """Ends a cell, so that nothing it did stays."""


def sessions_of(cast):
    """A session cookie for each person, for the manager without her second factor, and none for somebody signed out."""
    cookies = {name: signed_in(person).cookies for name, person in cast.people.items()}
    cookies["password_only"] = signed_in(cast.manager, second_factor=False).cookies
    return cookies | {"signed_out": {}}


def meet(client, cookies, method, path):
    """(what the holder of these cookies meets there, what is wrong with the answer); whatever it changed is undone."""
    client.cookies.clear()
    for name in cookies:
        client.cookies[name] = cookies[name].value
    found, lacks, writes = None, [], Writes()
    try:
        with transaction.atomic(), connection.execute_wrapper(writes):
            response = getattr(client, method)(path, {} if method in ("get", "head", "post") else "")
            found, lacks = table.verdict(response), headers.missing(path, response)
            if method in ONLY_LOOKING and not path.startswith("/cms/"):  # there a look is Wagtail's affair
                lacks += writes.too_many()
            raise Turned
    except Turned:
        return found, lacks


def doors(cast):
    """(key, thing, path, Row) for every address: each thing of its rows, and one that does not exist."""
    rows, made = table.rows(), things.make(cast)
    for address in table.addresses():
        for thing, row in rows[address.key].items():
            where = made.get(address.key, {}).get(thing)
            if address.key == table.CMS or not address.arguments:
                yield address.key, thing, address.path, row
            elif isinstance(where, str):
                yield address.key, thing, where, row
            elif where:
                yield address.key, thing, reverse(address.key, kwargs=where), row
            else:
                yield address.key, thing, address.path, row
        if address.arguments and address.key != table.CMS:
            row = next(iter(rows[address.key].values()))
            yield address.key, "one that does not exist", address.path, row.without_the_thing()


def surprises(cast, people, methods_of, share=slice(None)):
    """(number of cells, the cells that were not as the table says), for a share of the doors.

    `methods_of` gives the methods of a key and a person.
    """
    cache.clear()  # Wagtail remembers the sizes of pictures there, even those of a test that was undone
    cookies, cells, found = sessions_of(cast), 0, []
    client = Client(raise_request_exception=False)
    for key, thing, path, row in list(doors(cast))[share]:
        for person in people:
            for method in methods_of(key, person):
                cells += 1
                expected, (got, lacks) = row.expected(person, method), meet(client, cookies[person], method, path)
                found += [f"{key} [{thing}] {method.upper()} {path} as {person}: {lack}" for lack in lacks]
                if not as_expected(key, path, row, expected, got):
                    found.append(f"{key} [{thing}] {method.upper()} {path} as {person}: {got}, not {expected}")
    return cells, found


def as_expected(key, path, row, expected, got):
    if got == expected or (got == "no such method" and expected != table.SIGN_IN):
        return True
    if got == "no such method":  # an address with public things says so to everybody, whatever is there
        return any(each.public for each in ROWS[key].values())
    if key == table.CMS:
        # What an editor meets there is Wagtail's affair: one page breaks on purpose, and some stumble over an empty form.
        # For a signed-out visitor a page that is not there is as good as shut.
        return expected == table.OPEN or (expected == table.SIGN_IN and got == table.NOT_THERE)
    return False


def test_every_address_has_its_row_and_every_row_its_address():
    keys = {address.key for address in table.addresses()}
    assert keys - set(table.rows()) == set(), "addresses without a row in access.toml"
    assert set(table.rows()) - keys == set(), "rows whose address is gone"


def test_every_row_names_people_of_the_cast():
    named = set().union(*(row.open | row.refused for things_of in table.rows().values() for row in things_of.values()))
    assert named - set(PEOPLE) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(2))
def test_every_door_opens_to_whom_the_table_says_and_to_nobody_else(cast, record_property, part):
    """In two parts, so that two workers share them."""

    def by_get(key, person):
        return ["get"] if key != table.CMS or person in AT_THE_FENCE else []

    cells, found = surprises(cast, EVERYBODY[part::2], by_get)
    record_property("doors", [cells, len(found)])
    assert not found, "\n".join(found)
    assert cells > 1_200


@pytest.mark.prove
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(4))
def test_every_door_by_every_method(cast, record_property, part):
    """In four parts, so that two workers share them: together at least 30,000 cells."""

    def methods_of(key, person):
        if key == table.CMS and person not in BY_ALL_METHODS_AT_WAGTAILS:
            return ["get", "post"] if person in TWICE_AT_WAGTAILS else ["get"]
        return ALL_METHODS if person in BY_ALL_METHODS or key == table.CMS else ["get", "post"]

    cells, found = surprises(cast, EVERYBODY, methods_of, slice(part, None, 4))
    record_property("doors", [cells, len(found)])
    assert not found, "\n".join(found)
    assert cells >= 7_500
