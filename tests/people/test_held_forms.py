"""What somebody sent when their session was over, or before they had shown that it is them, is not lost: it comes back."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import features
from people.accounts import actions_held, actions_sessions
from people.accounts.models import Draft, HeldForm
from people.accounts.tasks import clear_up
from people.families import actions_family
from people.setting.models import RoleHeld
from portal.complaints.models import Complaint
from portal.demo.cast import PASSWORD
from portal.demo.drawings import drawn
from portal.journal.models import Comment, Observation
from records.pictures import clean
from tests.cast import signed_in
from tests.doors.table import addresses
from tests.journal.pages import shared
from tests.people.autosave import typed

pytestmark = pytest.mark.django_db
NOTHING = "Nothing was sent yet: look, and press once more."
COMPLAINT = "/complaints/write/?child_at_risk=no&concerns=nobody"


def in_minutes(number):
    return time_machine.travel(timezone.now() + timedelta(minutes=number))


def prove_again(client, answer, person, to="/prove/"):
    """The person types the password where the answer led; where that leads."""
    way = answer["Location"]
    assert way.startswith(to), way
    form = {"email": person.email, "password": PASSWORD, "next": way.partition("next=")[2].replace("%2F", "/")}
    answer = client.post(to, form)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def fields_in(form):
    """The fields of a form as a browser would send them, without the button that is pressed."""
    fields = {}
    for control in form.find_all(["input", "textarea", "select"]):
        name, kind = control.get("name"), control.get("type", "")
        if not name or kind in ("file", "submit") or (kind in ("checkbox", "radio") and control.get("checked") is None):
            continue
        if control.name == "select":
            values = [each.get("value") for each in control.find_all("option") if each.get("selected") is not None]
        elif control.name == "textarea":
            values = [control.get_text()]
        else:
            values = [control.get("value", "on" if kind in ("checkbox", "radio") else "")]
        fields.setdefault(name, []).extend(values)
    return fields


def form_in(content):
    """(where the form goes that came back, its fields)."""
    form = BeautifulSoup(content, "html.parser").find("input", attrs={"name": "held"}).find_parent("form")
    return form["action"], fields_in(form)


def come_back(client, address):
    """Open what came back: its page, and where its form goes with which fields."""
    page = client.get(address)
    assert page.status_code == 200
    content = page.content.decode()
    assert NOTHING in content
    return content, *form_in(content)


def test_a_complaint_that_took_forty_minutes_comes_back_after_signing_in_and_is_sent_once(cast):
    client = signed_in(cast.mother)
    said = "She was left in a wet coat.\n“Twice”, <they> said."
    words = {"category": "care", "words": said, "wish": "A dry one", "idempotency_key": uuid.uuid4()}
    with in_minutes(40):
        answer = client.post(COMPLAINT, words)
        assert not Complaint.objects.exists()
        assert "What you sent is kept." in client.get(answer["Location"]).content.decode()
        address = prove_again(client, answer, cast.mother, to="/sign-in/")
        _content, goes_to, fields = come_back(client, address)
        assert (
            goes_to == COMPLAINT
            and fields["words"] == [words["words"]]
            and fields["idempotency_key"] == [str(words["idempotency_key"])]
        )
        assert "not sent yet" in client.get("/today/").content.decode()
        for _twice in range(2):
            client.post(goes_to, fields)
        assert Complaint.objects.get().wish == "A dry one"
        assert not HeldForm.objects.exists() and "not sent yet" not in client.get("/today/").content.decode()


def test_where_something_in_it_is_not_right_yet_it_is_held_until_it_is_taken(cast):
    client = signed_in(cast.mother)
    with in_minutes(40):
        answer = client.post(COMPLAINT, {"category": "", "words": "A wet coat.", "idempotency_key": uuid.uuid4()})
        address = prove_again(client, answer, cast.mother, to="/sign-in/")
        _content, goes_to, fields = come_back(client, address)
        page = client.post(goes_to, fields)
        assert page.status_code == 200 and not Complaint.objects.exists() and HeldForm.objects.exists()
        del fields["held"]  # the page with what is missing is the form's own, and knows nothing of this
        client.post(goes_to, fields | {"category": ["care"]})
        assert Complaint.objects.exists() and not HeldForm.objects.exists()
        assert "not sent yet" not in client.get("/today/").content.decode()


BY_ITSELF = ["/still-here/", "/drafts/"]


@pytest.mark.parametrize("address", BY_ITSELF)
def test_what_a_page_asks_by_itself_ends_no_session_so_that_one_sign_in_is_enough(cast, address):
    client = signed_in(cast.mother)
    with in_minutes(40):
        answer = client.post(address, {"idempotency_key": uuid.uuid4(), "words": "A wet"})
        assert answer.status_code == 401 and "still on this page" in answer.json()["words"]
        answer = client.post(COMPLAINT, {"category": "care", "words": "A wet coat.", "idempotency_key": uuid.uuid4()})
        _content, goes_to, fields = come_back(client, prove_again(client, answer, cast.mother, to="/sign-in/"))
        client.post(goes_to, fields)
        assert Complaint.objects.get().words == "A wet coat."


def test_each_address_that_a_page_asks_by_itself_says_that_the_time_is_up_and_ends_nothing(cast):
    paths = {address.key: address.path for address in addresses()}
    client = signed_in(cast.mother)
    with in_minutes(40):
        for name in sorted(features.views("background_views")):
            assert client.post(paths[name]).status_code == 401, name
        assert client.session["seen_at"], "whatever she does next is still known to be hers"


def test_what_a_page_asks_by_itself_opens_nothing_when_the_time_is_up(cast):
    page = shared(cast.key_person, cast.maja, pictures=[clean(drawn("tower", 1, (80, 60)))])
    address = f"/journal/photographs/{page.photographs.get().pk}/small/"
    client = signed_in(cast.mother)
    assert client.get(address).status_code == 200
    with in_minutes(40):
        assert client.get(address).status_code == 401
        typed(client, f"/journal/{cast.maja.pk}/add/", {"words": "Still typing"})
        assert client.get("/today/")["Location"].startswith("/sign-in/") and not Draft.objects.exists()


def test_what_asks_for_the_password_first_comes_back_as_it_was_pressed(cast):
    client = signed_in(cast.mother)
    with in_minutes(20):
        answer = client.post("/me/contact/", {"phone": "01632 960 999", "address": "The mill"})
        _content, goes_to, fields = come_back(client, prove_again(client, answer, cast.mother))
        assert fields["phone"] == ["01632 960 999"]
        client.post(goes_to, fields)
        cast.mother.refresh_from_db()
        assert cast.mother.contact.phone == "01632 960 999"


def test_a_button_that_has_no_page_of_its_own_comes_back_where_it_stood(cast):
    role = RoleHeld.objects.get(person=cast.key_person)
    client = signed_in(cast.manager)
    way = reverse("people:end_role", args=[role.pk])
    page = reverse("people:staff")
    assert way in client.get(page).content.decode()
    with in_minutes(16):
        answer = client.post(way, {}, headers={"Referer": f"http://testserver{page}"})
        address = answer["Location"].partition("next=")[2].replace("%2F", "/")
        held = HeldForm.objects.get()
        assert address == reverse("people:held", args=[held.pk]) and held.page == page
    content = signed_in(cast.manager).get(address).content.decode()
    assert NOTHING in content and form_in(content)[0] == way


def test_of_two_boxes_with_one_address_the_right_one_comes_back(cast):
    page = shared(cast.key_person, cast.maja)
    one, two = (comment_of(cast.mother, page, cast.maja, words) for words in ("First", "Second"))
    client, address = signed_in(cast.key_person), f"/journal/{cast.maja.pk}/{page.pk}/"
    sent = {"words": "An answer to the second", "answers": str(two.pk), "idempotency_key": str(uuid.uuid4())}
    with in_minutes(16):
        answer = client.post(address, sent)
    assert answer["Location"].startswith("/sign-in/")
    held = HeldForm.objects.get()
    content, goes_to, fields = come_back(signed_in(cast.key_person), reverse("people:held", args=[held.pk]))
    assert goes_to == address and fields["answers"] == [str(two.pk)] and fields["words"] == [sent["words"]]
    assert fields["idempotency_key"] == [sent["idempotency_key"]]
    assert one.pk != two.pk and content.count(sent["words"]) == 1
    box = BeautifulSoup(content, "html.parser").find("input", attrs={"name": "held"}).find_parent("li")
    assert "Second" in box.find_previous_sibling("li").get_text(), "it stands under the comment that it answers"


def comment_of(person, page, child, words):
    signed_in(person).post(
        f"/journal/{child.pk}/{page.pk}/", {"words": words, "about": "page", "idempotency_key": uuid.uuid4()}
    )
    return Comment.objects.get(words=words)


def test_nobody_else_gets_it_back_also_not_on_the_same_phone(cast):
    client = signed_in(cast.mother)
    with in_minutes(40):
        answer = client.post(COMPLAINT, {"category": "care", "words": "About Daniel", "idempotency_key": uuid.uuid4()})
        address = prove_again(client, answer, cast.father, to="/sign-in/")
        assert client.get(address).status_code == 404
    for person in (cast.father, cast.stepfather, cast.manager, cast.key_person):
        assert signed_in(person).get(address).status_code == 404
        assert not HeldForm.objects.visible_to(person).exists()
    assert Client().get(address).status_code == 302


def test_passwords_and_codes_are_never_held(cast):
    client = signed_in(cast.mother)
    with in_minutes(20):
        client.post(
            "/security/password/", {"old_password": "kettle", "password": "seven kites", "code": "123456", "x": "y"}
        )
    assert HeldForm.objects.get().fields == {"x": ["y"]}


def test_only_a_form_of_ours_is_held(cast):
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(cast.mother).cookies
    with in_minutes(40):
        answer = client.post(COMPLAINT, {"words": "Sent by another site"})
    assert answer.status_code == 302 and not HeldForm.objects.exists()


def test_photographs_that_were_chosen_are_named(cast):
    client = signed_in(cast.mother)
    file = SimpleUploadedFile("heron.jpg", b"x")
    with in_minutes(40):
        sent = {"words": "A heron.", "photographs": file, "idempotency_key": uuid.uuid4(), "child": cast.maja.pk}
        client.post(f"/journal/{cast.maja.pk}/add/", sent)
    held = HeldForm.objects.get()
    content, _goes_to, fields = come_back(signed_in(cast.mother), reverse("people:held", args=[held.pk]))
    assert "heron.jpg" in content and fields["words"] == ["A heron."] and not Observation.objects.filter(origin="home")


def test_words_and_photographs_are_held_as_a_browser_sends_them_with_its_token(cast):
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(cast.mother).cookies
    address = f"/journal/{cast.maja.pk}/add/"
    token = BeautifulSoup(client.get(address).content, "html.parser").find("input", {"name": "csrfmiddlewaretoken"})
    sent = {"words": "A heron.", "idempotency_key": uuid.uuid4(), "csrfmiddlewaretoken": token["value"]}
    with in_minutes(40):
        client.post(address, sent | {"photographs": SimpleUploadedFile("heron.jpg", b"x")})
    held = HeldForm.objects.get()
    assert held.fields["words"] == ["A heron."] and held.files == ["heron.jpg"]


def test_where_the_page_was_closed_meanwhile_the_words_are_there_and_nothing_else(cast):
    client = signed_in(cast.mother)
    with in_minutes(40):
        client.post(f"/journal/{cast.maja.pk}/add/", {"words": "A heron on the pond.", "idempotency_key": uuid.uuid4()})
    actions_family.restrict(cast.maja, cast.mother, by=cast.manager, kind="full", basis="An order")
    address = reverse("people:held", args=[HeldForm.objects.get().pk])
    page = signed_in(cast.mother).get(address).content.decode()
    assert "A heron on the pond." in page and "Maja" not in page and NOTHING not in page
    assert signed_in(cast.mother).post(address)["Location"] == "/today/"
    assert not HeldForm.objects.exists()


def test_what_nobody_came_back_to_is_forgotten_and_nobody_fills_the_disk(cast):
    client = signed_in(cast.mother)
    with in_minutes(40):
        client.post(COMPLAINT, {"words": "w" * (actions_held.LONGEST + 1)})
        assert not HeldForm.objects.exists()
    for number in range(actions_held.MOST_HELD + 3):
        client = signed_in(cast.mother)
        with in_minutes(40):
            client.post(COMPLAINT, {"words": f"Number {number}"})
    assert HeldForm.objects.count() == actions_held.MOST_HELD
    HeldForm.objects.update(held_at=timezone.now() - timedelta(days=15))
    clear_up()
    assert not HeldForm.objects.exists()


def test_it_is_unreadable_in_the_database(cast):
    client = signed_in(cast.mother)
    with in_minutes(40):
        client.post(COMPLAINT, {"words": "She was left in a wet coat."})
    with connection.cursor() as cursor:
        cursor.execute("SELECT sent FROM accounts_heldform")
        assert "coat" not in cursor.fetchone()[0]


def browser_of(person):
    """A browser that asks for the CSRF token as a real one is asked; and a function that signs in with it."""
    client = Client(enforce_csrf_checks=True)

    def sign_in(who=person):
        page = client.get("/sign-in/").content.decode()
        form = {"email": who.email, "password": PASSWORD, "csrfmiddlewaretoken": token_in(page)}
        assert client.post("/sign-in/", form).status_code == 302
        client.get("/today/")

    sign_in()
    return client, sign_in


def token_in(page):
    return BeautifulSoup(page, "html.parser").find("input", attrs={"name": "csrfmiddlewaretoken"})["value"]


def complaint_in(client):
    """A complaint as it is typed in a tab that stays open."""
    page = client.get(COMPLAINT).content.decode()
    return {
        "category": "care",
        "words": "A wet coat.",
        "idempotency_key": uuid.uuid4(),
        "csrfmiddlewaretoken": token_in(page),
    }


def test_signed_out_in_another_tab_what_this_one_sends_is_held(cast):
    client, _sign_in = browser_of(cast.mother)
    words = complaint_in(client)
    client.post("/sign-out/", {"csrfmiddlewaretoken": words["csrfmiddlewaretoken"]})
    answer = client.post(COMPLAINT, words)
    held = HeldForm.objects.get()
    assert held.person == cast.mother and str(held.pk) in answer["Location"]
    assert answer["Location"].startswith("/sign-in/") and not Complaint.objects.exists()


def test_signed_out_from_another_device_what_this_one_sends_is_held(cast):
    client, _sign_in = browser_of(cast.mother)
    words = complaint_in(client)
    actions_sessions.end_sessions_of(cast.mother, by=cast.mother)
    answer = client.post(COMPLAINT, words)
    assert HeldForm.objects.get().person == cast.mother and answer["Location"].startswith("/sign-in/")


def test_signed_in_again_in_another_tab_what_this_one_sends_comes_back_at_once(cast):
    client, sign_in = browser_of(cast.mother)
    words = complaint_in(client)
    client.post("/sign-out/", {"csrfmiddlewaretoken": words["csrfmiddlewaretoken"]})
    sign_in()
    answer = client.post(COMPLAINT, words)
    content, _goes_to, fields = come_back(client, answer["Location"])
    assert fields["words"] == ["A wet coat."] and token_in(content) != words["csrfmiddlewaretoken"]


def test_what_one_person_typed_is_kept_for_them_when_another_has_signed_in_meanwhile(cast):
    client, sign_in = browser_of(cast.mother)
    words = complaint_in(client)
    client.post("/sign-out/", {"csrfmiddlewaretoken": words["csrfmiddlewaretoken"]})
    sign_in(cast.father)
    answer = client.post(COMPLAINT, words)
    assert answer.status_code == 403 and "is kept for them" in answer.content.decode()
    held = HeldForm.objects.get()
    assert held.person == cast.mother
    assert client.get(reverse("people:held", args=[held.pk])).status_code == 404


def test_a_form_of_another_site_is_never_held_also_when_nobody_is_signed_in(cast):
    client, sign_in = browser_of(cast.mother)
    token = complaint_in(client)["csrfmiddlewaretoken"]
    forged = {"words": "Forged", "csrfmiddlewaretoken": "a" * 64}
    assert client.post(COMPLAINT, forged).status_code == 403
    client.post("/sign-out/", {"csrfmiddlewaretoken": token})
    assert client.post(COMPLAINT, forged).status_code == 403
    sign_in()
    assert client.post(COMPLAINT, forged).status_code == 403 and not HeldForm.objects.exists()


def test_what_is_sent_before_the_second_factor_comes_back_after_it(cast):
    client = signed_in(cast.manager, second_factor=False)
    answer = client.post("/me/contact/", {"phone": "01632 960 999", "address": "The mill"})
    held = HeldForm.objects.get()
    assert answer["Location"].startswith("/sign-in/code/") and str(held.pk) in answer["Location"]
    assert client.get("/families/")["Location"].endswith("next=%2Ffamilies%2F")


def test_proof_goes_on_while_the_portal_is_used_but_not_for_the_way_in(cast):
    client = signed_in(cast.mother)
    with time_machine.travel(timezone.now()) as clock:
        for _minute in range(4):
            clock.shift(10 * 60)
            client.get("/today/")
        assert client.get("/me/contact/").status_code == 200
        assert client.get("/security/")["Location"].startswith("/prove/")
        clock.shift(16 * 60)
        client.get("/today/")
        assert client.get("/me/contact/")["Location"].startswith("/prove/")


def test_on_a_kept_phone_proof_goes_on_while_the_portal_is_used(cast):
    client = signed_in(cast.mother)
    session = client.session
    session["stays"] = True
    session.save()
    with time_machine.travel(timezone.now()) as clock:
        for _part in range(3):
            clock.shift(25 * 60)
            assert client.get("/complaints/").status_code == 200
        clock.shift(31 * 60)
        client.get("/today/")
        assert client.get("/complaints/")["Location"].startswith("/prove/")


def test_whoever_asks_to_see_a_button_is_led_to_its_page(cast):
    page = shared(cast.key_person, cast.maja)
    answer = signed_in(cast.mother).get(f"/journal/{cast.maja.pk}/{page.pk}/thank/")
    assert answer["Location"] == f"/journal/{cast.maja.pk}/{page.pk}/"


def test_a_form_too_long_to_hold_says_that_nothing_was_sent(cast):
    client = signed_in(cast.mother)
    with in_minutes(40):
        answer = client.post(COMPLAINT, {"words": "w" * (actions_held.LONGEST + 1)}, follow=True)
    assert "Nothing was sent, and what you typed could not be kept" in answer.content.decode()


def test_one_sign_in_is_enough_after_being_asked_for_the_password(cast):
    client = signed_in(cast.mother)
    with in_minutes(40):
        answer = client.post("/prove/", {"password": PASSWORD, "next": "/me/contact/"})
    assert answer["Location"] == "/sign-in/?next=%2Fme%2Fcontact%2F"


def test_what_a_script_keeps_by_itself_and_a_sign_in_are_not_held(cast):
    client, sign_in = browser_of(cast.mother)
    token = complaint_in(client)["csrfmiddlewaretoken"]
    client.post("/sign-out/", {"csrfmiddlewaretoken": token})
    sign_in()
    for address in ("/sign-in/", reverse("people:still_here")):
        assert client.post(address, {"email": "a", "csrfmiddlewaretoken": token}).status_code == 403
    assert not HeldForm.objects.exists()
