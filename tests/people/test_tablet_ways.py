"""On the room's tablet every way leads somewhere, and after the PIN everything that was typed is there again."""

import json
import re
import uuid
from collections import deque
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from home import actions_notices
from home.audiences import Audience
from people import features
from people.accounts.actions_tablet import enrol_tablet, set_pin
from people.accounts.models import Draft, HeldForm
from portal.demo.drawings import drawn
from portal.journal import actions as journal
from portal.journal.models import Observation
from records.pictures import clean
from tests.cast import signed_in
from tests.journal.pages import let_photographs, shared, write
from tests.people.autosave import typed
from tests.people.test_tablet import PIN, tapped
from tests.progress import stories

pytestmark = pytest.mark.django_db
WORDS = "She poured the tea without spilling."


@pytest.fixture
def tablet(cast):
    tablet, tablet.token = enrol_tablet(by=cast.manager, name="Blue tablet")
    for person in (cast.key_person, cast.staff_parent, cast.manager):
        set_pin(person, PIN)
    return tablet


def a_working_day(cast):
    """Something on every kind of page that the tablet opens."""
    page = shared(cast.key_person, cast.maja, pictures=[clean(drawn("tower", 1, (80, 60))) for _twice in range(2)])
    journal.comment(page, cast.maja, by=cast.mother, words="How lovely.", idempotency_key=uuid.uuid4())
    let_photographs(cast.tobi)
    draft = write(cast.key_person, cast.maja, cast.tobi, pictures=[clean(drawn("garden", 2, (80, 60)))])
    journal.correct(page, by=cast.key_person, why="A wrong word", words="Two friends built a tower.")
    typed(signed_in(cast.key_person), "/journal/write/", {"words": "She was just about to"})
    stories.asked(stories.make_two(cast.maja), cast.key_person)
    stories.begun(stories.make_two(cast.tobi), cast.manager, author=cast.key_person)
    actions_notices.write_notice(by=cast.key_person, words="Wellies\n\nBring wellies.", audience=Audience.FAMILIES)
    return draft


def ways_on(content, address):
    """(addresses that can be gone to or are shown, addresses that forms send to) of a page, without other sites."""
    page = BeautifulSoup(content, "html.parser")
    links = {each["href"] for each in page.select("a[href]")} | {each["src"] for each in page.select("img[src]")}
    links |= {form.get("action", "") for form in page.select("form") if form.get("method", "get").lower() == "get"}
    sent = {form.get("action", "") for form in page.select("form") if form.get("method", "get").lower() == "post"}
    sent |= {each["data-keep-draft"] for each in page.select("[data-keep-draft]")}
    found = [{urljoin(address, each).partition("#")[0] for each in several} for several in (links, sent)]
    return [{each for each in several if each.startswith("/") and not each.startswith("/static/")} for several in found]


@pytest.mark.parametrize("name", ["key_person", "manager", "staff_parent"])
def test_every_way_of_every_page_of_the_tablet_opens_there(cast, tablet, name):
    a_working_day(cast)
    client = tapped(tablet, getattr(cast, name))
    waiting, seen, kinds = deque(["/tablet/"]), {"/tablet/"}, set()
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        assert answer.status_code == 200, f"{address} is linked on the tablet, and answers {answer.status_code}"
        kinds.add(resolve(urlsplit(address).path).view_name)
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        links, sent = ways_on(answer.content.decode(), address)
        for each in sent:
            assert resolve(urlsplit(each).path).view_name in features.views("tablet_views"), (
                f"{address} has a form for {each}"
            )
        kinds |= {resolve(urlsplit(each).path).view_name for each in sent}
        waiting.extend(links - seen)
        seen |= links
    lately = {"journal:look", "journal:coverage", "journal:find", "people:emergency_card", "progress:due"}
    assert lately <= kinds, lately - kinds
    if name == "key_person":
        assert {"journal:correct", "people:keep_draft", "people:draft", "progress:write", "notices:look"} <= kinds


def test_the_card_with_the_family_is_no_way_of_the_tablet_and_the_emergency_card_is(cast, tablet):
    page = tapped(tablet, cast.key_person).get(f"/journal/{cast.maja.pk}/").content.decode()
    assert f'"/children/{cast.maja.pk}/"' not in page and f"/children/{cast.maja.pk}/emergency/" in page
    assert (
        f'"/children/{cast.maja.pk}/"' in signed_in(cast.key_person).get(f"/journal/{cast.maja.pk}/").content.decode()
    )


def test_what_is_typed_is_kept_on_the_tablet_and_there_again_after_the_pin(cast, tablet):
    client, files = tapped(tablet, cast.key_person), ["heron.jpg", "pond.jpg"]
    key, answer = typed(client, "/journal/write/", {"idempotency_key": uuid.uuid4(), "words": WORDS}, files=files)
    assert answer.json() == {"kept": True} and Draft.objects.get().person == cast.key_person
    page = tapped(tablet, cast.key_person).get(f"/journal/write/?draft={key}").content.decode()
    assert WORDS in page and "Choose these again" in page and "heron.jpg, pond.jpg" in page
    assert WORDS in tapped(tablet, cast.key_person).get("/journal/write/").content.decode()
    other = tapped(tablet, cast.manager)
    assert WORDS not in other.get("/journal/write/").content.decode()
    assert other.post(f"/drafts/{key}/").status_code == 404
    tapped(tablet, cast.key_person).post(f"/drafts/{key}/")
    assert not Draft.objects.exists()


def taps(client, person, digits=PIN):
    """The person taps her name and types the PIN in this browser; where that leads."""
    assert client.get("/tablet/").status_code == 200
    return client.post(f"/tablet/{person.pk}/", {"digits": digits})["Location"]


def in_minutes(number):
    return time_machine.travel(timezone.now() + timedelta(minutes=number))


def test_after_five_minutes_the_pin_leads_back_to_the_page_that_was_open(cast, tablet):
    page = f"/journal/{cast.maja.pk}/?area=world"
    client = tapped(tablet, cast.key_person)
    with in_minutes(6):
        assert client.get(page)["Location"] == "/tablet/"
        assert "Maja" not in client.get("/tablet/").content.decode()
        assert taps(client, cast.key_person) == page
        assert client.get(page).status_code == 200
    with in_minutes(12):
        client.get(page)
        assert taps(client, cast.manager) == "/tablet/", "whoever else taps begins at the children"
        client.post("/sign-out/")
        assert taps(client, cast.key_person) == "/tablet/"
    with in_minutes(18):
        assert client.post("/sign-out/")["Location"] == "/tablet/"
        assert taps(client, cast.key_person) == "/tablet/", "it is no page"


def test_a_page_sent_after_five_minutes_comes_back_filled_in_after_the_pin(cast, tablet):
    client = tapped(tablet, cast.key_person)
    sent = {"words": WORDS, "children": [str(cast.maja.pk)], "areas": ["world"], "idempotency_key": str(uuid.uuid4())}
    with in_minutes(6):
        file = SimpleUploadedFile("heron.jpg", b"x")
        assert client.post("/journal/write/", sent | {"photographs": file})["Location"] == "/tablet/"
        held = HeldForm.objects.get()
        address = taps(client, cast.key_person)
        assert address == reverse("people:held", args=[held.pk])
        content = client.get(address).content.decode()
        assert "Nothing was sent yet" in content and WORDS in content and "heron.jpg" in content
        form = BeautifulSoup(content, "html.parser").find("input", attrs={"name": "held"}).find_parent("form")
        assert form.find("input", attrs={"name": "children", "value": str(cast.maja.pk)}).has_attr("checked")
        assert client.post("/journal/write/", sent | {"held": held.pk})["Location"].endswith("/check/")
        assert Observation.objects.get().words == WORDS and not HeldForm.objects.exists()


def test_what_was_held_waits_on_the_tablet_for_whoever_sent_it_and_for_nobody_else(cast, tablet):
    client = tapped(tablet, cast.key_person)
    with in_minutes(6):
        client.post("/journal/write/", {"words": WORDS, "idempotency_key": uuid.uuid4()})
        address = reverse("people:held", args=[HeldForm.objects.get().pk])
        other = tapped(tablet, cast.manager)
        assert address not in other.get("/tablet/").content.decode() and other.get(address).status_code == 404
        mine = tapped(tablet, cast.key_person)
        assert address in mine.get("/tablet/").content.decode() and mine.get(address).status_code == 200


def test_what_was_held_elsewhere_opens_no_page_on_the_tablet_that_is_shut_there(cast, tablet):
    sent = json.dumps({"fields": {"words": ["A wet coat."]}, "files": []})
    for page in ("/complaints/write/?concerns=nobody", f"/children/{cast.maja.pk}/", "/me/"):
        held = HeldForm.objects.create(person=cast.key_person, address=page, page=page, sent=sent)
        address = reverse("people:held", args=[held.pk])
        client = tapped(tablet, cast.key_person)
        assert address not in client.get("/tablet/").content.decode()
        assert client.get(address).status_code == 404 and client.post(address).status_code == 404


def test_without_an_enrolled_tablet_nothing_of_a_tablet_is_remembered(cast, tablet):
    client = tapped(tablet, cast.key_person)
    client.cookies.pop("tablet")
    assert re.match("/sign-in/", client.get(f"/journal/{cast.maja.pk}/")["Location"])
    assert Client().get("/tablet/").status_code == 404
