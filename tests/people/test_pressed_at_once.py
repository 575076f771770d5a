"""Sixteen equal presses at the same moment make one thing, on SQLite and on PostgreSQL, whatever the button is."""

import threading
import uuid
from typing import NamedTuple

import pytest
from django.db import connection
from django.db.models import QuerySet

from documents.models import Consent, Form, SignatureRequest
from documents.samples import add_sample_forms
from people.accounts.models import Introduction, Invitation, Person
from people.families import actions_family
from people.families.models import Child, Relationship
from people.mail.models import OutgoingMail
from people.setting.models import RoleHeld
from portal.complaints.models import Complaint
from portal.demo.cast import build_cast
from portal.journal.models import Comment, Observation
from records.limits import use_daily_limit
from records.models import DailyUse as Use
from tests.cast import signed_in
from tests.journal.pages import shared

PRESSES = 16


def at_once(press, number=PRESSES):
    """Call `press` in so many threads at the same moment; what each gave."""
    ready, given = threading.Barrier(number), []

    def one():
        try:
            ready.wait()
            given.append(press())
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == number, "nothing broke"
    return given


def posted(person, path, form):
    """Sixteen browsers of one person post the same form; the places to which they were led."""
    clients = [signed_in(person) for _n in range(PRESSES)]

    def press():
        answer = clients.pop().post(path, form)
        return answer.get("Location") or answer.status_code

    return set(at_once(press))


class Button(NamedTuple):
    """What is pressed, where, with which form, and the rows it makes."""

    name: str
    path: str
    form: dict
    makes: QuerySet


def of_a_mother(cast, page):
    """Every button of hers that makes something."""
    maja = cast.maja.pk
    words = {"words": "A heron.", "idempotency_key": uuid.uuid4()}
    yield Button("a page", f"/journal/{maja}/add/", words, Observation.objects.filter(words="A heron."))
    words = {"words": "I saw.", "idempotency_key": uuid.uuid4()}
    yield Button("a comment", f"/journal/{maja}/{page.pk}/", words, Comment.objects.filter(words="I saw."))
    said = Consent.objects.filter(child=maja, adult=cast.mother)
    yield Button("a consent", f"/papers/permissions/{maja}/own_journal/", {"answer": "yes"}, said)
    told = {"category": "food", "words": "Chicken.", "wish": "", "child": "", "idempotency_key": uuid.uuid4()}
    path = "/complaints/write/?child_at_risk=no&concerns=nobody"
    yield Button("a complaint", path, told, Complaint.objects.all())
    chosen = Introduction.objects.filter(person=cast.mother, ended_at__isnull=True)
    yield Button("a choice", "/me/shown-to/", {"words": "daniel@example.org"}, chosen)


def of_the_manager(cast):
    """Every button of hers that makes something."""
    once = {"submission": uuid.uuid4()}
    child = {"full_name": "Zoe Berry", "known_as": "Zoe", "born_on": "2023-03-14", "starts_on": "2026-01-05"}
    yield Button("a child", "/families/add/", child | once, Child.objects.filter(full_name="Zoe Berry"))
    new = {"existing": "", "full_name": "Nils New", "email": "nils@example.org", "role": "staff"}
    yield Button("a role", "/staff/", new | once, RoleHeld.objects.filter(person__email="nils@example.org"))
    new = {"existing": "", "full_name": "Nadia New", "email": "nadia@example.org"}
    new |= {"kind": "other", "parental_responsibility": "no", "level": "1", "evidence_seen": ""}
    ties = Relationship.objects.filter(adult__email="nadia@example.org")
    yield Button("a relationship", f"/families/{cast.leon.pk}/invite/", new | once, ties)
    mails = OutgoingMail.objects.filter(person=cast.grandmother)
    yield Button("an invitation", f"/people/{cast.grandmother.pk}/invite/", once, mails)
    form = Form.objects.first()
    asked = SignatureRequest.objects.filter(adult=cast.mother, child=cast.maja, version__form=form)
    path = f"/papers/ask/?child={cast.maja.pk}&form={form.pk}"
    yield Button("a paper", path, {"adults": [cast.mother.pk], "due_on": ""} | once, asked)


def test_sixteen_presses_at_the_same_moment_make_one(own_database):
    cast = build_cast()
    add_sample_forms()
    page = shared(cast.key_person, cast.maja)
    made = {}
    pressed = [(cast.mother, each) for each in of_a_mother(cast, page)]
    pressed += [(cast.manager, each) for each in of_the_manager(cast)]
    for person, button in pressed:
        before = button.makes.count()
        led_to = posted(person, button.path, button.form)
        made[button.name] = (button.makes.count() - before, len(led_to), {str(where)[:1] for where in led_to})
    assert made == {name: (1, 1, {"/"}) for name in made}
    assert len(made) == 10


def test_a_daily_limit_holds_against_forty_at_once(own_database):
    """A look before it lets many through; the constraint lets exactly as many as there are places."""
    given = at_once(lambda: use_daily_limit("test", "somebody", 20), number=40)
    assert given.count(True) == 20
    assert Use.objects.filter(kind="test").count() == 20


def test_the_same_number_with_other_words_is_something_new_and_once_too(own_database):
    cast = build_cast()
    press = uuid.uuid4()
    first = {"words": "A heron.", "idempotency_key": press}
    posted(cast.mother, f"/journal/{cast.maja.pk}/add/", first)
    posted(cast.mother, f"/journal/{cast.maja.pk}/add/", first | {"words": "Two herons."})
    assert sorted(Observation.objects.values_list("words", flat=True)) == ["A heron.", "Two herons."]


@pytest.mark.django_db
def test_a_form_that_came_back_with_errors_can_be_sent_again_with_its_number(cast):
    client, once = signed_in(cast.manager), {"submission": uuid.uuid4()}
    child = {"full_name": "Zoe Berry", "known_as": "Zoe", "born_on": "2999-03-14", "starts_on": "2026-01-05"}
    assert client.post("/families/add/", child | once).status_code == 200
    right = child | once | {"born_on": "2023-03-14"}
    first, again = client.post("/families/add/", right), client.post("/families/add/", right)
    assert first["Location"] == again["Location"]
    assert Child.objects.filter(full_name="Zoe Berry").count() == 1


@pytest.mark.django_db
def test_a_letter_that_was_pressed_twice_is_one_and_the_page_says_so(cast):
    adult = Person.objects.create_user(None, "Lena Letter")
    tie = {"kind": "other", "parental_responsibility": "no", "level": 1}
    actions_family.relate(cast.leon, adult, by=cast.manager, **tie)
    client, once = signed_in(cast.manager), {"submission": uuid.uuid4()}
    assert "Lena Letter" in client.post(f"/people/{adult.pk}/invite/", once).content.decode()
    assert "counts once" in client.post(f"/people/{adult.pk}/invite/", once).content.decode()
    assert Invitation.objects.filter(person=adult).count() == 1
