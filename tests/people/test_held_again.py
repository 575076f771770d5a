"""What was held comes back once, to whoever sent it, for what it was about; and a door never holds what others send there."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import get_resolver, reverse
from django.utils import timezone

from people.accounts import actions_invitations, sessions
from people.accounts import held as coming_back
from people.accounts.models import Draft, HeldForm
from people.accounts.tasks import clear_up
from people.families.access import Level
from people.families.models import Child, Kind, Responsibility
from people.setting.models import RoleHeld
from portal.complaints.models import Complaint
from portal.journal.models import Comment
from tests.cast import out_of_office, signed_in
from tests.journal.pages import shared
from tests.people.test_drafts import typed
from tests.people.test_held_forms import (
    COMPLAINT,
    browser_of,
    come_back,
    complaint_in,
    in_minutes,
    token_in,
)
from tests.people.test_tablet import tapped
from tests.people.test_tablet_ways import tablet  # noqa: F401

pytestmark = pytest.mark.django_db


def invitation_of(cast):
    """Where an invited grandmother comes in."""
    _invitation, link, _word = actions_invitations.invite(cast.grandmother, by=cast.manager)
    return f"/{link.split('/', 3)[3]}"


def views_open_to_all(resolver=None, within=""):
    """The names of the addresses that a visitor may open, and that take what is sent."""
    for pattern in (resolver or get_resolver()).url_patterns:
        name = ":".join(filter(None, (within, getattr(pattern, "namespace", None) or getattr(pattern, "name", None))))
        if hasattr(pattern, "url_patterns"):
            yield from views_open_to_all(pattern, name if pattern.namespace else within)
        elif not getattr(pattern.callback, "login_required", True):
            yield name


def test_what_an_invited_person_sends_on_a_shared_phone_is_never_held_for_whoever_signed_in_there(cast):
    client, sign_in = browser_of(cast.mother)
    address = invitation_of(cast)
    sent = {"email": "halina2@example.org", "csrfmiddlewaretoken": token_in(client.get(address).content.decode())}
    client.post("/sign-out/", {"csrfmiddlewaretoken": sent["csrfmiddlewaretoken"]})
    sign_in()
    assert client.post(address, sent).status_code == 403
    assert not HeldForm.objects.exists() and "not sent yet" not in client.get("/today/").content.decode()


def test_where_somebody_elses_session_has_run_out_an_invited_person_comes_in_all_the_same(cast):
    address, client = invitation_of(cast), signed_in(cast.mother)
    with in_minutes(40):
        page = client.post(address, {"born_on": cast.maja.born_on.strftime("%d/%m/%Y")})
        assert page.status_code in (200, 302) and not page.get("Location", "").startswith("/sign-in/")
        assert not HeldForm.objects.exists() and client.get("/today/")["Location"].startswith("/sign-in/")


def test_whoever_forgot_the_password_finds_the_way_on_a_kept_phone(cast):
    client = signed_in(cast.mother)
    session = client.session
    session["stays"] = True
    session.save()
    with in_minutes(60):
        assert client.get("/sign-in/lost-password/").status_code == 200


def test_every_door_that_takes_what_a_visitor_sends_is_known_as_one(cast):
    only_shown = {"search", "people:demo_mail", "wagtail_serve", "pictures"}
    only_shown |= {name for name in views_open_to_all() if name.startswith(("versions:", "signposts:", "told:"))}
    client, doors = browser_of(cast.mother)[0], set()
    for name in set(views_open_to_all()) - only_shown:
        if name.startswith("people:"):
            doors.add(name)
    assert doors == sessions.DOORS and client


def test_pressed_twice_at_the_end_of_a_session_it_is_held_once(cast):
    client, _sign_in = browser_of(cast.mother)
    words = complaint_in(client)
    with in_minutes(40):
        first, second = client.post(COMPLAINT, words), client.post(COMPLAINT, words)
    assert HeldForm.objects.count() == 1 and first["Location"] == second["Location"]


def test_what_was_sent_counts_once_though_it_came_back_and_is_sent_from_the_page_before_too(cast):
    client = signed_in(cast.manager)
    address = reverse("people:invite_adult", args=[cast.maja.pk])
    form = BeautifulSoup(client.get(address).content, "html.parser").find("input", {"name": "submission"})
    sent = {
        "submission": form["value"],
        "full_name": "Bea Berry",
        "kind": Kind.OTHER,
        "label": "Aunt",
        "level": Level.NONE,
    }
    sent |= {"parental_responsibility": Responsibility.NO, "by_letter": "1", "email": ""}
    with in_minutes(16):
        client.post(address, sent)
    client, held = signed_in(cast.manager), HeldForm.objects.get()
    _content, goes_to, _fields = come_back(client, f"/held/{held.pk}/")
    assert client.post(goes_to, sent | {"held": held.pk}).status_code == 200
    assert "sent already" in client.post(address, sent).content.decode()
    assert cast.maja.relationships.filter(adult__full_name="Bea Berry").count() == 1


def test_what_came_back_and_meets_the_end_of_a_session_again_is_one_thing_and_knows_its_page(cast):
    page = shared(cast.key_person, cast.maja)
    stands_on = f"/journal/{cast.maja.pk}/{page.pk}/"
    thank = f"{stands_on}thank/"
    client = signed_in(cast.mother)
    with in_minutes(40):
        client.post(thank, {}, headers={"Referer": f"http://testserver{stands_on}"})
    first = HeldForm.objects.get()
    client = signed_in(cast.mother)
    _content, _goes_to, fields = come_back(client, f"/held/{first.pk}/")
    with in_minutes(40):
        client.post(thank, fields | {"words": "Oh!"}, headers={"Referer": f"http://testserver/held/{first.pk}/"})
    second = HeldForm.objects.get()
    assert second.page == stands_on
    come_back(signed_in(cast.mother), f"/held/{second.pk}/")


def test_what_came_back_and_is_asked_for_the_password_again_is_still_there(cast):
    client, address = signed_in(cast.mother), "/me/contact/"
    with time_machine.travel(timezone.now()) as clock:
        for phone in ("01632 960 999", "01632 960 999", "01632 960 998"):
            clock.shift(timedelta(minutes=16))
            sent = {"phone": phone, "address": "The mill"}
            if earlier := HeldForm.objects.first():
                sent["held"] = str(earlier.pk)
            answer = client.post(address, sent)
            assert HeldForm.objects.get().fields["phone"] == [phone]
            assert str(HeldForm.objects.get().pk) in answer["Location"]


def test_whose_role_ended_while_they_wrote_on_the_tablet_finds_the_words_again(cast, tablet):  # noqa: F811
    page = shared(cast.key_person, cast.maja)
    client = tapped(tablet, cast.key_person)
    out_of_office(RoleHeld.objects.get(person=cast.key_person))
    answer = client.post(
        f"/journal/{cast.maja.pk}/{page.pk}/", {"words": "She laughed a lot.", "idempotency_key": uuid.uuid4()}
    )
    held = HeldForm.objects.get(person=cast.key_person)
    assert str(held.pk) in answer["Location"] and not Comment.objects.exists()
    words = signed_in(cast.key_person).get(f"/held/{held.pk}/").content.decode()
    assert "She laughed a lot." in words and "Maja" not in words


BOXES = """<form method="post" action="/x/"><input type="hidden" name="answers" value="{}">
<select name="child"><option value="1">Maja</option><option value="2">Leon</option></select>
<textarea name="words"></textarea></form>"""


def test_where_the_box_is_gone_to_which_it_belongs_it_is_put_into_no_others(cast):
    held = HeldForm(
        person=cast.mother, address="/x/", sent='{"fields": {"answers": ["7"], "words": ["Yes"]}, "files": []}'
    )
    assert coming_back.filled(BOXES.format(8), "/x/", held) is None
    assert coming_back.filled(BOXES.format(8) + BOXES.format(7), "/x/", held).count("Yes") == 1
    held.sent = '{"fields": {"words": ["Under no answer"]}, "files": []}'
    assert coming_back.filled(BOXES.format(8), "/x/", held) is None


def test_what_is_not_offered_any_more_is_chosen_again_and_never_the_first(cast):
    sent = '{"fields": {"answers": ["7"], "words": ["Yes"], "child": ["%s"]}, "files": []}'
    for child, chosen in (("2", "2"), ("3", "")):
        held = HeldForm(person=cast.mother, address="/x/", sent=sent % child)
        page = BeautifulSoup(coming_back.filled(BOXES.format(7), "/x/", held), "html.parser")
        assert [each["value"] for each in page.find_all("option", selected=True)] == [chosen]
        assert len(page.find_all("option")) == (3 if chosen == "" else 2)


def test_words_that_stood_on_a_page_are_not_read_in_what_was_kept_once_it_is_closed(cast):
    client, page = signed_in(cast.manager), reverse("people:change_child", args=[cast.maja.pk])
    form = BeautifulSoup(client.get(page).content, "html.parser").find("textarea").find_parent("form")
    fields = {}
    for each in form.find_all(["input", "textarea"]):
        if each.get("type") != "checkbox" and each.get("name") != "csrfmiddlewaretoken":
            fields.setdefault(each["name"], []).append(each.get("value", each.get_text().strip()))
    key, _answer = typed(client, page, fields)
    draft = Draft.objects.get()
    draft.typed = draft.typed.replace('"texts": ["words"]', '"texts": ["care_notes", "full_name"]')
    draft.save()
    with in_minutes(16):
        client.post(page, fields)
    held = HeldForm.objects.get()
    assert "blue inhaler" in held.sent and "blue inhaler" in draft.typed
    for role in RoleHeld.objects.filter(person=cast.manager):
        out_of_office(role)
    client = signed_in(cast.manager)
    for address in (f"/drafts/{key}/", f"/held/{held.pk}/"):
        words = client.get(address).content.decode()
        assert "blue inhaler" not in words and "Nowicka" not in words, address


def held_change_of_care_notes(cast, notes):
    """The form of Maja's facts as the manager opened it, with these notes in it, sent when her proof was over."""
    client, page = signed_in(cast.manager), reverse("people:change_child", args=[cast.maja.pk])
    form = BeautifulSoup(client.get(page).content, "html.parser").find("textarea").find_parent("form")
    sent = {
        "care_notes": notes or form.find("textarea").get_text().strip(),
        "born_on": form.find("input", {"name": "born_on"})["value"],
        "starts_on": form.find("input", {"name": "starts_on"})["value"],
        "room": form.find("option", selected=True)["value"],
        "began_with": [each["value"] for each in form.find_all("input", {"name": "began_with"})],
    }
    with in_minutes(16):
        client.post(page, sent)
    return page, f"/held/{HeldForm.objects.get().pk}/"


def test_what_came_back_puts_no_old_facts_over_new_ones(cast):
    page, address = held_change_of_care_notes(cast, "")
    Child.objects.filter(pk=cast.maja.pk).update(care_notes="New: an EpiPen in her bag.")
    content, goes_to, fields = come_back(signed_in(cast.manager), address)
    assert [each.strip() for each in fields["care_notes"]] == ["New: an EpiPen in her bag."]
    assert "changed by somebody else" not in content
    signed_in(cast.manager).post(goes_to, fields)
    cast.maja.refresh_from_db()
    assert cast.maja.care_notes == "New: an EpiPen in her bag." and goes_to == page


def test_where_two_changed_the_same_words_what_came_back_shows_both(cast):
    _page, address = held_change_of_care_notes(cast, "No nuts. Sleeps after lunch.")
    Child.objects.filter(pk=cast.maja.pk).update(care_notes="New: an EpiPen in her bag.")
    content, _goes_to, fields = come_back(signed_in(cast.manager), address)
    assert fields["care_notes"] == ["No nuts. Sleeps after lunch."]
    banner = BeautifulSoup(content, "html.parser").find(id="held").get_text()
    assert "changed by somebody else" in banner and "New: an EpiPen in her bag." in banner


def test_what_is_held_on_a_friday_evening_is_there_on_monday(cast):
    client = signed_in(cast.mother)
    with in_minutes(40):
        client.post(COMPLAINT, {"words": "A wet coat."})
    HeldForm.objects.update(held_at=timezone.now() - timedelta(days=13))
    clear_up()
    assert HeldForm.objects.exists()
    HeldForm.objects.update(held_at=timezone.now() - timedelta(days=15))
    clear_up()
    assert not HeldForm.objects.exists()


def test_signed_out_in_between_by_somebody_else_of_the_household_what_an_open_page_sends_is_kept(cast):
    client, sign_in = browser_of(cast.mother)
    words = complaint_in(client)
    client.post("/sign-out/", {"csrfmiddlewaretoken": words["csrfmiddlewaretoken"]})
    sign_in(cast.stepfather)
    token = token_in(client.get(COMPLAINT).content.decode())
    client.post("/sign-out/", {"csrfmiddlewaretoken": token})
    answer = client.post(COMPLAINT, words)
    held = HeldForm.objects.get()
    assert held.person == cast.mother and str(held.pk) in answer["Location"] and not Complaint.objects.exists()
    sign_in(cast.stepfather)
    assert client.get(f"/held/{held.pk}/").status_code == 404
