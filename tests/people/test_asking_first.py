"""One tap ends nothing: what cannot be taken back asks first, on a page that names who and what."""

import re
import uuid
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.urls import reverse

from documents import actions as papers
from documents.models import Form
from documents.samples import add_sample_forms
from people.accounts import actions_me
from people.accounts.actions_factors import new_recovery_codes
from people.accounts.models import Invitation
from people.accounts.sign_in import check_code
from people.families import actions_family
from people.families.access import RestrictionKind
from people.setting.models import RoleHeld
from portal.complaints.models import Complaint, Step
from tests.cast import signed_in
from tests.complaints.things import complaint_by
from tests.doors import table, things
from tests.doors.writes import Writes
from tests.progress import stories

pytestmark = pytest.mark.django_db


def asked_at(client, page, address):
    """The page that asks, reached by a link of `page` and not by a button."""
    found = BeautifulSoup(client.get(page).content.decode(), "html.parser")
    assert found.find("a", href=address) and not found.find("form", action=address)
    return client.get(address).content.decode()


def test_ending_a_role_names_person_and_effect_and_then_ends_it(cast):
    role, client = RoleHeld.objects.get(person=cast.key_person), signed_in(cast.manager)
    address = reverse("people:end_role", args=[role.pk])
    said = asked_at(client, reverse("people:staff"), address)
    assert f"End this role of {cast.key_person.full_name}" in said and "everything that belongs to this role" in said
    role.refresh_from_db()
    assert role.ended_at is None, "it was only asked"
    client.post(address)
    role.refresh_from_db()
    assert role.ended_at is not None


def test_taking_back_a_paper_names_whom_it_waits_for(cast):
    add_sample_forms()
    one = papers.ask(cast.maja, cast.mother, Form.objects.first(), by=cast.manager)
    client, address = signed_in(cast.manager), reverse("papers:withdraw", args=[one.pk])
    assert cast.mother.full_name in asked_at(client, reverse("papers:asked"), address)
    one.refresh_from_db()
    assert one.withdrawn_at is None
    client.post(address)
    one.refresh_from_db()
    assert one.withdrawn_at is not None
    assert signed_in(cast.key_person).get(address).status_code == 404


def test_a_fresh_invitation_is_made_after_it_was_asked_and_once(cast):
    cast.grandmother.set_unusable_password()
    cast.grandmother.save()
    before = Invitation.objects.count()
    client, address = signed_in(cast.manager), reverse("people:invite_again", args=[cast.grandmother.pk])
    page = client.get(address).content.decode()
    assert "does not work any more" in page and Invitation.objects.count() == before
    key = BeautifulSoup(page, "html.parser").find("input", attrs={"name": "submission"})["value"]
    for _twice in range(2):
        client.post(address, {"submission": key})
    assert Invitation.objects.count() == before + 1
    first = Invitation.objects.usable().get(person=cast.grandmother)
    client.post(address)
    assert Invitation.objects.usable().get(person=cast.grandmother) != first, "an earlier one does not work any more"


# Every address that takes only a POST, and every other to which a form of ours leads, has its verdict in the access.toml of
# its app: what a tap there does. What ends something has a page that asks, which one of the things shows.
ASKS, UNDONE, ASKS_OTHERWISE, NOTHING = (
    table.verdicts("taps", name) for name in ("asks", "undone", "asks_otherwise", "ends_nothing")
)
VERDICTS = {*ASKS, *UNDONE, *ASKS_OTHERWISE, *set().union(*NOTHING.values())}
FORM_GOES_TO = re.compile(r"<form(?=[^>]*method=\"post\")[^>]*\baction=\"{% url [\"']([\w:]+)[\"']")


def test_every_address_that_takes_a_tap_has_its_verdict(cast):
    client = signed_in(cast.manager)
    takes = {
        address.key
        for address in table.addresses()
        if address.key != table.CMS and "POST" in client.get(address.path).get("Allow", "")
    }
    goes = set()
    for template in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
        goes |= set(FORM_GOES_TO.findall(template.read_text(encoding="utf-8")))
    assert len(takes) > 20 and (takes | goes) - VERDICTS == set(), (
        "it takes a tap: does it ask, is it undone, ends it nothing?"
    )
    assert VERDICTS - {address.key for address in table.addresses()} == {"import_procedures"}, "that one is Wagtail's"
    assert takes & set(ASKS) == set(), "it ends something with one tap"


def test_what_ends_something_asks_on_a_page_that_says_of_whom_and_what(cast):
    """Nothing is written by asking; the page leads to the same address and has a way back."""
    made = things.make(cast)
    for key, (thing, who, says) in ASKS.items():
        where = made.get(key, {}).get(thing, {})
        address = where if isinstance(where, str) else reverse(key, kwargs=where)
        client, writes = signed_in(cast.people[who]), Writes()
        with connection.execute_wrapper(writes):
            response = client.get(address)
        page = BeautifulSoup(response.content.decode(), "html.parser").find("main")
        assert response.status_code == 200, f"{key}: {response.status_code} {response.get('Location', '')}"
        assert not writes.too_many(), f"{key}: {writes.too_many()}"
        assert says in page.get_text(), f"{key} does not say {says!r}"
        to_it = [form for form in page.find_all("form") if form.get("action", address) == address]
        assert len(to_it) == 1 and page.find("a"), f"{key} has no button, or no way back"


def test_what_one_step_undoes_has_a_test_that_shows_it():
    for path, name in UNDONE.values():
        assert f"def {name}(" in (Path(settings.BASE_DIR) / path).read_text(encoding="utf-8"), name


def test_no_page_has_the_button_that_ends_something_at_once():
    at_once = []
    for template in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
        goes = FORM_GOES_TO.findall(template.read_text(encoding="utf-8"))
        at_once += [f"{template.name}: {key}" for key in goes if key in ASKS]
    # where nobody has codes yet, there are none that stop working
    assert at_once == ["security.html: people:new_recovery_codes"]


def sure(response):
    """The fields of the button on the page that asks."""
    form = BeautifulSoup(response.content.decode(), "html.parser").find("main").find("form")
    return {field["name"]: field.get("value", "") for field in form.find_all("input")}


def test_taking_back_a_choice_asks_with_the_words_and_then_does_it(cast):
    actions_me.choose_to_be_shown(cast.father, "ewa@example.org")
    actions_me.choose_to_be_shown(cast.mother, "daniel@example.org")
    client, address = signed_in(cast.father), reverse("people:take_back")
    asked = client.post(address, {"words": "ewa@example.org"})
    assert asked.status_code == 200 and "ewa@example.org" in asked.content.decode()
    assert cast.mother in cast.father.shown_to()
    client.post(address, sure(asked))
    assert cast.mother not in cast.father.shown_to()


def test_whoever_lives_together_is_told_that_they_stay_shown(cast):
    """They are of one household: what one of them takes back hides nobody."""
    client, address = signed_in(cast.mother), reverse("people:take_back_from", args=[cast.stepfather.pk])
    assert "still shown to each other, because you live together" in client.get(address).content.decode()
    said = client.post(address, follow=True).content.decode()
    assert "still shown to each other" in said and "not shown to each other" not in said
    assert cast.stepfather in cast.mother.shown_to()


def test_a_complaint_is_closed_after_name_and_effect_were_shown(cast):
    complaint = complaint_by(cast.other_mother)
    client, address = signed_in(cast.manager), reverse("complaints:one", args=[complaint.pk])
    outcome = {"kind": Step.Kind.OUTCOME, "words": "The gate has a new lock.", "idempotency_key": uuid.uuid4()}
    asked = client.post(address, outcome)
    page = asked.content.decode()
    assert cast.other_mother.full_name in page and "That closes it" in page and "The gate has a new lock." in page
    assert Complaint.objects.still_open().filter(pk=complaint.pk).exists()
    client.post(address, sure(asked))
    assert not Complaint.objects.still_open().filter(pk=complaint.pk).exists()
    assert client.post(address, outcome | {"idempotency_key": uuid.uuid4()}).status_code == 403, (
        "and nothing can be added any more"
    )


def test_making_a_check_final_and_taking_it_back_ask_first(cast):
    check = stories.shared(cast.maja, cast.key_person)
    client = signed_in(cast.key_person)
    talked_about = reverse("progress:step", args=[check.pk, "finish"])
    assert client.get(talked_about).status_code == 403, "nobody has talked about it"
    back = reverse("progress:step", args=[check.pk, "take-back"])
    assert "from the parents of Maja" in asked_at(client, reverse("progress:one", args=[check.pk]), back)
    check.refresh_from_db()
    assert check.shared_at
    client.post(back)
    check.refresh_from_db()
    assert not check.shared_at


def test_a_restriction_that_stays_can_be_asked_about_again(cast):
    bar = actions_family.restrict(
        cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_COLLECTION, basis="Order, copy seen"
    )
    actions_family.ask_to_lift(bar, by=cast.deputy, why="The order ran out.")
    signed_in(cast.manager).post(reverse("people:keep_restriction", args=[bar.pk]))
    bar.refresh_from_db()
    assert bar.lift_asked_by is None and bar.ended_at is None
    signed_in(cast.deputy).post(reverse("people:ask_to_lift", args=[bar.pk]), {"why": "The order ran out."})
    bar.refresh_from_db()
    assert bar.lift_asked_by == cast.deputy


def test_a_room_gets_its_old_name_back(cast):
    room, client = cast.maja.room, signed_in(cast.manager)
    before = room.name
    for name in ("Chestnuts", before):
        client.post(reverse("people:rename_room", args=[room.pk]), {"name": name})
        room.refresh_from_db()
        assert room.name == name


def test_new_recovery_codes_end_the_earlier_ones_at_once_and_each_works_once(cast):
    earlier = new_recovery_codes(cast.manager)
    signed_in(cast.manager).post(reverse("people:new_recovery_codes"))
    assert not any(check_code(cast.manager, code) for code in earlier)
    code = new_recovery_codes(cast.manager)[0]
    assert check_code(cast.manager, code) and not check_code(cast.manager, code)
