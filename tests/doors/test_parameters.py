"""No query of an address breaks its page: whatever is written there, it is understood, passed over, or not there."""

import inspect
import re
import sys
from urllib.parse import urlencode

import pytest
from django.urls import resolve

from tests.cast import signed_in
from tests.doors import table
from tests.doors.test_doors import doors
from tests.house.reading import PROJECT, sources

PARAMETERS = (
    "page before month area q span section search child go_on next child_at_risk first look-again everyone recovery press "
    "about form category concerns concerns_other after person"
).split()
NASTY = [
    "0000-01",
    "9999-12",
    "2026-13",
    "2026-1",
    "-1",
    "0",
    "99999999999999999999",
    "1e9",
    "½",
    "\x00",
    "\ud83d\ude00' OR 1=1 --".encode("utf-16", "surrogatepass").decode("utf-16"),
    "١٢",
    "00000000-0000-0000-0000-000000000000",
    "a" * 5_000,
    "../../etc",
    "[]",
]
APPS = {"portal", "people", "home", "documents", "procedures", "versions"}
READS_THE_QUERY = re.compile(r"request\.GET|self\.request\.GET")
QUERY_NAME = re.compile(r"request\.GET(?:\.get|\.getlist)?[\(\[]\s*\"([\w-]+)\"|\"([\w-]+)\" in request\.GET")


def queries():
    """Every parameter with every nasty value, in as many queries as there are values."""
    for shift in range(len(NASTY)):
        yield urlencode({name: NASTY[(place + shift) % len(NASTY)] for place, name in enumerate(PARAMETERS)})


def test_every_parameter_that_a_view_reads_is_in_the_list():
    found = set()
    for path in sources():
        words = (PROJECT / path).read_text(encoding="utf-8")
        found |= {name for pair in QUERY_NAME.findall(words) for name in pair if name}
    assert found - set(PARAMETERS) == set()
    assert {"before", "page", "q"} <= found, "the search for names finds some"


def view_reads_the_query(path):
    view = inspect.unwrap(resolve(path).func)
    module = sys.modules[getattr(view, "__module__", None) or type(view).__module__]
    return module.__name__.split(".")[0] in APPS and bool(READS_THE_QUERY.search(inspect.getsource(module)))


def broken(cast, wanted):
    """(how many answers, those that were errors) of the addresses for which `wanted(path)`, asked as one who gets in."""
    clients, seen, asked, found = {}, set(), 0, []
    for key, thing, path, row in doors(cast):
        if key in {table.CMS, *seen} or thing == "one that does not exist" or not row.open or not wanted(path):
            continue
        seen.add(key)
        name = sorted(row.open)[0]
        if name not in clients:
            clients[name] = signed_in(getattr(cast, name))
            clients[name].raise_request_exception = False
        for query in queries():
            answer = clients[name].get(f"{path}?{query}")
            asked += 1
            if answer.status_code >= 500:
                found.append(f"{path} as {name}: {answer.status_code} for ?{query[:200]}")
    return asked, found


@pytest.mark.django_db
def test_nothing_that_stands_in_an_address_breaks_a_page_that_reads_it(cast):
    asked, found = broken(cast, view_reads_the_query)
    assert asked > 200
    assert not found, "\n".join(found)


@pytest.mark.prove
@pytest.mark.django_db
def test_nor_any_other_page(cast):
    asked, found = broken(cast, lambda path: True)
    assert asked > 1_500
    assert not found, "\n".join(found)


@pytest.mark.django_db
def test_a_wrong_month_is_not_here_and_no_error(cast):
    client = signed_in(cast.mother)
    for month in ("0000-01", "9999-12", "2026-13", "next"):
        assert client.get(f"/journal/{cast.maja.pk}/?month={month}").status_code == 404, month
    assert client.get(f"/journal/{cast.maja.pk}/?month=2026-01").status_code == 200
