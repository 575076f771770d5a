"""Nobody can tell a record that is not theirs from one that does not exist: same status, same page, same headers."""

import re

import pytest
from django.urls import reverse

from tests.cast import signed_in
from tests.doors import table, things

CHANGES = re.compile(r"csrfmiddlewaretoken\W+value\W+\w+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|/\d+/|nonce-\S+")
NOT_COMPARED = {"Content-Length", "Set-Cookie", "Date"}  # the body is compared without its ids


def told(client, method, path):
    """Everything an answer tells, without the id that was asked for and the token of its forms."""
    answer = getattr(client, method)(path)
    headers = {name: CHANGES.sub("", value) for name, value in answer.items() if name not in NOT_COMPARED}
    return answer.status_code, CHANGES.sub("", answer.content.decode(errors="replace").replace(path, "")), headers


def pairs(made, who):
    """(address of something that exists and is not this person's, the same address with an id that nothing has)."""
    rows = table.rows()
    for address in table.addresses():
        for thing, where in made.get(address.key, {}).items():
            row = rows[address.key].get(thing)
            closed = row and who not in row.open | row.refused and row.otherwise == table.NOT_THERE
            if closed and isinstance(where, dict) and where:
                yield reverse(address.key, kwargs=where), address.path


@pytest.mark.django_db
def test_what_is_not_yours_looks_like_what_is_not_there(cast):
    made, compared = things.make(cast), 0
    for who in ("other_mother", "grandmother", "chair"):
        client, of_nothing = signed_in(getattr(cast, who)), {}
        for theirs, nothing in pairs(made, who):
            for method in ("get", "post", "head", "put", "options"):
                compared += 1
                if (method, nothing) not in of_nothing:
                    of_nothing[method, nothing] = told(client, method, nothing)
                assert told(client, method, theirs) == of_nothing[method, nothing], (who, method, theirs)
    assert compared >= 200
