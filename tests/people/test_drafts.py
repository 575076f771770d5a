"""Every text longer than a line is kept while it is typed: for whoever types it, on the server, until it is sent."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.accounts import actions_drafts
from people.accounts.models import Draft, HeldForm
from people.accounts.sessions import KEPT_FOR
from people.accounts.tasks import clear_up
from people.families import actions_family
from portal.complaints.models import Complaint
from portal.journal.models import Comment
from tests.cast import signed_in
from tests.journal.pages import shared
from tests.people.autosave import typed
from tests.people.test_held_forms import come_back, comment_of, in_minutes, prove_again
from tests.people.test_tablet import tapped
from tests.people.test_tablet_ways import tablet  # noqa: F401

pytestmark = pytest.mark.django_db
COMPLAINT = "/complaints/write/?child_at_risk=no&concerns=nobody"
WORDS = "She was left in a wet coat.\n“Twice”, <they> said."


def test_a_complaint_that_was_not_sent_is_offered_where_it_was_typed_and_forgotten_once_it_is_sent(cast):
    client = signed_in(cast.mother)
    key, answer = typed(client, COMPLAINT, {"category": "care", "words": WORDS, "idempotency_key": str(uuid.uuid4())})
    assert answer.json() == {"kept": True}
    page = client.get(COMPLAINT).content.decode()
    assert Draft.objects.get().begins == WORDS, "and not what stood on the page unseen"
    address = Draft.objects.get().get_absolute_url()
    assert "did not send it" in page and address.replace("&", "&amp;") in page
    assert "did not send it" in client.get("/today/").content.decode()
    form = (
        BeautifulSoup(client.get(address).content, "html.parser").find("input", {"name": "draft"}).find_parent("form")
    )
    assert form.find("textarea", {"name": "words"}).get_text().strip() == WORDS
    assert form.find("input", {"name": "draft"})["value"] == str(key) and form["action"] == COMPLAINT
    sent = {"category": "care", "words": WORDS, "idempotency_key": uuid.uuid4(), "draft": key}
    assert client.post(COMPLAINT, sent).status_code == 302
    assert Complaint.objects.get().words == WORDS and not Draft.objects.exists()
    assert typed(client, COMPLAINT, {"words": "too late"}, key=key)[1].json() == {"kept": False}
    assert "did not send it" not in client.get("/today/").content.decode()


def test_each_new_word_takes_the_place_of_the_one_before_and_no_words_are_no_draft(cast):
    client = signed_in(cast.mother)
    key, _answer = typed(client, COMPLAINT, {"words": "She"})
    typed(client, COMPLAINT, {"words": "She was"}, key=key)
    assert Draft.objects.get().fields == {"words": ["She was"]}
    _key, answer = typed(client, COMPLAINT, {}, key=key)
    assert answer.json() == {"kept": False} and not Draft.objects.exists()


def test_where_something_is_missing_it_goes_on_under_the_same_key(cast):
    client = signed_in(cast.mother)
    key, _answer = typed(client, COMPLAINT, {"words": WORDS})
    page = client.post(COMPLAINT, {"words": WORDS, "draft": key, "idempotency_key": uuid.uuid4()})
    assert page.status_code == 200 and f'data-draft="{key}"' in page.content.decode() and Draft.objects.exists()


def test_an_answer_comes_back_under_the_comment_that_it_answers(cast):
    page = shared(cast.key_person, cast.maja)
    one, two = (comment_of(cast.mother, page, cast.maja, words) for words in ("First", "Second"))
    client, address = signed_in(cast.key_person), f"/journal/{cast.maja.pk}/{page.pk}/"
    key, _answer = typed(
        client, address, {"words": "An answer", "answers": str(two.pk), "idempotency_key": str(uuid.uuid4())}
    )
    content = client.get(Draft.objects.get().get_absolute_url()).content.decode()
    form = BeautifulSoup(content, "html.parser").find("input", {"name": "draft"}).find_parent("form")
    assert form.find("input", {"name": "answers"})["value"] == str(two.pk) != str(one.pk)
    client.post(address, {"words": "An answer", "answers": two.pk, "idempotency_key": uuid.uuid4(), "draft": key})
    assert Comment.objects.get(answers=two).words == "An answer" and not Draft.objects.exists()


def test_nobody_else_finds_it_and_nobody_writes_over_it(cast):
    page = shared(cast.key_person, cast.maja)
    address = f"/journal/{cast.maja.pk}/{page.pk}/"
    key, _answer = typed(signed_in(cast.mother), address, {"words": "About Daniel"})
    for person in (cast.father, cast.stepfather, cast.manager, cast.key_person):
        client = signed_in(person)
        assert "About Daniel" not in client.get(address).content.decode()
        assert "About Daniel" not in client.get(f"{address}?draft={key}").content.decode()
        assert client.get(f"/drafts/{key}/").status_code == 404 == client.post(f"/drafts/{key}/").status_code
        typed(client, address, {"words": "Mine"}, key=key)
        client.post(address, {"words": "Sent", "draft": key, "idempotency_key": uuid.uuid4()})
    assert Draft.objects.get(person=cast.mother).fields == {"words": ["About Daniel"]}
    assert not Draft.objects.visible_to(cast.father).exists()
    assert typed(Client(), address, {"words": "x"})[1].status_code == 302


def test_where_the_page_was_closed_meanwhile_the_words_are_there_and_nothing_else(cast):
    page = shared(cast.key_person, cast.maja)
    address = f"/journal/{cast.maja.pk}/{page.pk}/"
    client = signed_in(cast.mother)
    key, _answer = typed(client, address, {"words": "A heron on the pond."})
    actions_family.restrict(cast.maja, cast.mother, by=cast.manager, kind="full", basis="An order")
    assert client.get(f"{address}?draft={key}").status_code == 404
    page = client.get(f"/drafts/{key}/").content.decode()
    assert "A heron on the pond." in page and "Maja" not in page
    assert client.post(f"/drafts/{key}/")["Location"] == "/today/" and not Draft.objects.exists()


@pytest.mark.parametrize(
    "page", ["/cms/pages/3/edit/", "https://elsewhere.example.org/", "//elsewhere.example.org/", "x"]
)
def test_only_words_on_pages_of_ours_are_kept(cast, page):
    assert typed(signed_in(cast.mother), page, {"words": "x"})[1].status_code == 400
    assert typed(signed_in(cast.mother), "/today/", {"words": "x"}, address=page)[1].status_code == 400


def test_passwords_are_never_kept_and_nobody_fills_the_disk(cast):
    client = signed_in(cast.mother)
    typed(client, "/me/", {"old_password": "kettle", "code": "123456", "words": "x y"})
    assert Draft.objects.get().fields == {"words": ["x y"]}
    key, _answer = typed(client, "/me/", {"words": "A long letter"})
    assert typed(client, "/me/", {"words": "w" * (actions_drafts.LONGEST + 1)}, key=key)[1].json() == {"kept": False}
    assert Draft.objects.get(key=key).fields == {"words": ["A long letter"]}, "what was kept before is still there"
    for number in range(actions_drafts.MOST_DRAFTS + 3):
        typed(client, "/me/", {"words": f"Number {number}"})
    assert Draft.objects.count() == actions_drafts.MOST_DRAFTS
    assert client.post(reverse("people:keep_draft"), {"fields_json": "[1, {}]"}).status_code == 400


def test_what_nobody_came_back_to_is_forgotten_and_it_is_unreadable_in_the_database(cast):
    typed(signed_in(cast.mother), COMPLAINT, {"words": WORDS})
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed FROM accounts_draft")
        assert "coat" not in cursor.fetchone()[0]
    Draft.objects.update(kept_at=timezone.now() - timedelta(days=13))
    clear_up()
    assert Draft.objects.exists()
    Draft.objects.update(kept_at=timezone.now() - timedelta(days=15))
    clear_up()
    assert not Draft.objects.exists()


def test_what_was_kept_and_then_held_at_the_end_of_a_session_is_one_thing_and_forgotten_with_it(cast):
    client = signed_in(cast.mother)
    key, _answer = typed(client, COMPLAINT, {"words": WORDS}, files=["coat.jpg"])
    with in_minutes(40):
        assert typed(client, COMPLAINT, {"words": "more"}, key=key)[1].status_code == 401
        sent = {"category": "care", "words": WORDS, "idempotency_key": uuid.uuid4(), "draft": key}
        answer = client.post(COMPLAINT, sent)
        address = prove_again(client, answer, cast.mother, to="/sign-in/")
        today = client.get("/today/").content.decode()
        assert "not sent yet: look" in today and "did not send it" not in today
        _content, goes_to, fields = come_back(client, address)
        assert fields["draft"] == [str(key)]
        client.post(goes_to, fields)
        assert Complaint.objects.exists() and not HeldForm.objects.exists() and not Draft.objects.exists()


def test_of_photographs_the_names_are_kept(cast):
    client = signed_in(cast.mother)
    typed(client, COMPLAINT, {"words": WORDS}, files=["heron.jpg"])
    content = client.get(Draft.objects.get().get_absolute_url()).content.decode()
    assert "Choose these again" in content and "heron.jpg" in content


def test_on_the_tablet_is_what_was_typed_on_its_pages_and_nothing_else(cast, tablet):  # noqa: F811
    page = shared(cast.key_person, cast.maja)
    address = f"/journal/{cast.maja.pk}/{page.pk}/"
    elsewhere, _answer = typed(signed_in(cast.key_person), COMPLAINT, {"words": WORDS})
    client = tapped(tablet, cast.key_person)
    here, answer = typed(client, address, {"words": "She built a bridge"})
    assert answer.json() == {"kept": True}
    names = client.get("/tablet/").content.decode()
    assert f"draft={here}" in names and str(elsewhere) not in names
    assert "She built a bridge" in client.get(f"{address}?draft={here}").content.decode()
    assert client.get(f"/drafts/{here}/").status_code == 200 and client.get(f"/drafts/{elsewhere}/").status_code == 404
    assert str(here) not in tapped(tablet, cast.manager).get("/tablet/").content.decode()


def test_a_phone_that_stays_signed_in_opens_what_was_typed_on_pages_that_it_opens_and_no_other(cast):
    client = signed_in(cast.mother)
    at_home, _answer = typed(client, f"/journal/{cast.maja.pk}/add/", {"words": "At bedtime"})
    complaint, _answer = typed(client, COMPLAINT, {"words": WORDS})
    session = client.session
    session["stays"] = True
    session.set_expiry(KEPT_FOR)
    session.save()
    with in_minutes(60 * 24):
        assert "At bedtime" in client.get(f"/drafts/{at_home}/").content.decode()
        for answer in (client.get(f"/drafts/{complaint}/"), client.post(f"/drafts/{complaint}/")):
            assert answer.status_code == 302 and answer["Location"].startswith("/prove/")
        assert client.post(f"/drafts/{at_home}/").status_code == 302
    assert Draft.objects.get().key == complaint
