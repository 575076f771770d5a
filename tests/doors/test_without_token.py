"""No door takes a form without its token: the request ends before any view has seen it."""

import pytest
from django.test import Client

from tests.doors import table
from tests.doors.test_doors import doors, sessions_of


@pytest.mark.prove
@pytest.mark.django_db
def test_every_door_refuses_a_form_without_its_token(cast, record_property):
    cookies, tried, start_session = sessions_of(cast), 0, []
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    for key, thing, path, row in doors(cast):
        who = "editor" if key == table.CMS else min(row.open & set(cookies), default="manager")
        client.cookies.clear()
        for name in cookies[who]:
            client.cookies[name] = cookies[who][name].value
        answer, tried = client.post(path), tried + 1
        if answer.status_code not in (403, 404):  # 404: the fence before the view found nothing there
            start_session.append(f"{key} [{thing}] {path} as {who}: {answer.status_code}")
    record_property("doors", [tried, len(start_session)])
    assert not start_session, "\n".join(start_session)
    assert tried > 350
