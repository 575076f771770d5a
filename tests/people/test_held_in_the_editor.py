"""What an editor wrote in Wagtail is not lost when the session is over; and what its pages ask for by themselves is no use."""

import json
from urllib.parse import unquote

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from home.models import NoticePage, NoticesPage
from people.accounts.models import HeldForm
from people.setting import actions_roles
from people.setting.models import RoleHeld
from tests.cast import signed_in
from tests.home.stories import notice
from tests.people.test_held_forms import NOTHING, fields_in, form_in, in_minutes

pytestmark = pytest.mark.django_db


def written_in(content):
    """What a browser would send of the editor's own form when "Publish" is pressed."""
    form = BeautifulSoup(content, "html.parser").find(id="page-edit-form")
    return {**fields_in(form), "action-publish": ["1"]}


def body(words):
    block = {"key": "a1", "type": "unstyled", "text": words, "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


@pytest.fixture
def pond(cast):
    return notice("The pond in autumn")


@pytest.fixture
def left_open(cast, pond):
    """(the editor's browser, the address, what it sends): the notice was opened and rewritten, and nothing sent yet."""
    client = signed_in(cast.editor)
    address = f"/cms/pages/{pond.pk}/edit/"
    fields = written_in(client.get(address).content.decode())
    name = next(name for name, values in fields.items() if "blocks" in values[0])
    fields |= {"title": ["The heron and the pond"], name: [body("Wellingtons, please: the pond is full.")]}
    return client, address, fields


def at_the_end(left_open, minutes=16, **headers):
    client, address, fields = left_open
    with in_minutes(minutes):
        return client.post(address, fields, headers={"Referer": f"http://testserver{address}"} | headers)


def comes_back_at(answer):
    """Where the sign-in page leads to; she needs her second factor on the way."""
    way, _next, back = answer["Location"].partition("?next=")
    assert way == "/sign-in/"
    return unquote(back)


def test_a_page_in_the_editor_comes_back_and_is_saved_as_a_draft(cast, pond, left_open):
    client, address, _fields = left_open
    answer = at_the_end(left_open)
    with in_minutes(16):
        client, back = signed_in(cast.editor), comes_back_at(answer)
        page = client.get(back)
        content = page.content.decode()
        assert NOTHING in content
        assert "The heron and the pond" in content
        assert "Wellingtons, please: the pond is full." in content
        assert "&quot;blocks&quot;" not in BeautifulSoup(content, "html.parser").get_text()
        to, fields = form_in(content)
        assert to == address
        assert "action-publish" not in fields, "what was to be published is looked at first"
        saved = client.post(address, fields)
    assert saved.status_code == 302
    assert saved["Location"] == address, "she goes on in the editor"
    pond.refresh_from_db()
    assert pond.title != "The heron and the pond", "a draft is not published"
    assert pond.get_latest_revision_as_object().title == "The heron and the pond"
    assert not HeldForm.objects.exists()


def test_what_a_colleague_saved_meanwhile_stays_beside_it(cast, pond, left_open):
    client, address, fields = left_open
    first = signed_in(cast.editor)
    first.post(address, fields | {"title": ["What the colleague wrote"]})
    before = pond.revisions.count()
    fields["overwrite_revision_id"] = [str(pond.revisions.order_by("-pk").first().pk)]
    answer = at_the_end(left_open)
    with in_minutes(16):
        client, back = signed_in(cast.editor), comes_back_at(answer)
        _to, sent = form_in(client.get(back).content.decode())
        assert "overwrite_revision_id" not in sent
        client.post(address, sent)
    assert pond.revisions.count() == before + 1
    assert "What the colleague wrote" in [each.as_object().title for each in pond.revisions.all()]


def test_it_comes_back_only_to_whoever_wrote_it_and_still_edits(cast, left_open):
    answer = at_the_end(left_open)
    held = HeldForm.objects.get()
    assert held.person == cast.editor
    assert str(held.pk) in answer["Location"]
    for other in (cast.manager, cast.mother, cast.chair):
        assert signed_in(other).get(f"/held/{held.pk}/").status_code == 404
    for role in RoleHeld.objects.filter(person=cast.editor):
        actions_roles.end_role(role, by=cast.manager)
    content = signed_in(cast.editor).get(f"/held/{held.pk}/").content.decode()
    assert 'name="held"' not in content
    assert "Wellingtons, please: the pond is full." in content, "her words stay hers"


def test_a_verb_of_the_editor_asks_its_question_again(cast, pond):
    client = signed_in(cast.editor)
    address = f"/cms/pages/{pond.pk}/unpublish/"
    client.get(address)
    answer = at_the_end((client, address, {}))
    assert "next=/cms/pages/" in answer["Location"].replace("%2F", "/")
    assert not HeldForm.objects.exists()


@pytest.mark.parametrize("headers", [{"accept": "application/json"}, {"x-requested-with": "XMLHttpRequest"}])
def test_what_the_editor_saves_by_itself_ends_no_session_and_is_not_held(cast, left_open, headers):
    answer = at_the_end(left_open, **headers)
    assert answer.status_code == 401
    assert answer.json()["kept"] is False
    assert not HeldForm.objects.exists()
    at_the_end(left_open)
    assert HeldForm.objects.get().person == cast.editor, "what she presses next is still known to be hers"


def test_an_editor_left_open_does_not_keep_its_session_alive(cast, pond):
    """Wagtail's page says every ten seconds that it is still there: that is no use by a person."""
    client = signed_in(cast.editor)
    page = client.get(f"/cms/pages/{pond.pk}/edit/").content.decode()
    address = BeautifulSoup(page, "html.parser").find(class_="w-editing-sessions")["data-w-swap-src-value"]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.get(f"/cms/pages/{pond.pk}/edit/")
        for _minute in range(14):
            clock.shift(60)
            assert client.post(address).status_code == 200
        clock.shift(120)
        assert client.post(address).status_code == 401
        assert client.get(f"/cms/pages/{pond.pk}/edit/")["Location"].startswith("/sign-in/")


def test_a_new_page_of_the_editor_comes_back_too(cast):
    client = signed_in(cast.editor)
    parent = NoticesPage.objects.get()
    address = f"/cms/pages/add/home/noticepage/{parent.pk}/"
    fields = written_in(client.get(address).content.decode())
    fields |= {"title": ["Harvest supper, with soup"], "slug": ["harvest"], "words": [body("Bring a spoon.")]}
    fields |= {"audience": ["public"], "posted_on": ["2026-11-28"], "telling": ["quiet"]}
    answer = at_the_end((client, address, fields))
    with in_minutes(16):
        client, back = signed_in(cast.editor), comes_back_at(answer)
        _to, sent = form_in(client.get(back).content.decode())
        answer = client.post(address, sent)
    assert answer.status_code == 302, answer.content.decode()
    made = NoticePage.objects.get(title="Harvest supper, with soup")
    assert not made.live
