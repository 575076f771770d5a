"""Complaints: sent once, kept for ever, answered in 28 days, never seen by whom they are about."""

import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, transaction
from django.utils import timezone

from people.families import actions_family
from people.families.models import Relationship
from people.mail.models import OutgoingMail
from people.setting import actions_roles
from people.setting.roles import Role
from portal.complaints import tasks
from portal.complaints.actions import complain, take_step
from portal.complaints.models import Complaint, Step
from records.models import AuditLine
from records.refused import ActionRefused
from tests.cast import out_of_office, signed_in

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
EVERYBODY_WHO_LEADS = {"manager", "deputy"}


def tell_us(by, **facts):
    usual = {
        "child": None,
        "child_at_risk": False,
        "about_leaders": "no",
        "category": "food",
        "words": "Chicken.",
        "wish": "",
    }
    return complain(by=by, idempotency_key=uuid.uuid4(), **(usual | facts))


def readers(cast, complaint):
    return {
        name
        for name, person in cast.people.items()
        if Complaint.objects.visible_to(person).filter(pk=complaint.pk).exists()
    }


def sent(client, cast, press, risk="no", about="nobody", **more):
    form = {"category": "food", "words": "Chicken at lunch.", "wish": "", "child": "", "idempotency_key": press, **more}
    return client.post(f"/complaints/write/?child_at_risk={risk}&concerns={about}", form)


def test_a_parent_complains_and_gets_a_number_a_date_and_the_way_to_ofsted(cast):
    client = signed_in(cast.other_mother)
    start = client.post("/complaints/start/", {"child_at_risk": "no", "concerns": ["nobody"]})
    assert start["Location"] == "/complaints/write/?child_at_risk=no&concerns=nobody"
    answer = sent(client, cast, uuid.uuid4(), child=str(cast.tobi.pk))
    page = client.get(answer["Location"]).content.decode()
    complaint = Complaint.objects.get()
    assert complaint.reference in page
    assert complaint.due_on == timezone.localdate() + timedelta(days=28)
    assert "0300 123 4666" in page
    assert complaint.child == cast.tobi


def test_pressing_twice_sends_one_complaint(cast):
    client, press = signed_in(cast.other_mother), uuid.uuid4()
    first, second = sent(client, cast, press), sent(client, cast, press)
    assert first["Location"] == second["Location"]
    assert Complaint.objects.count() == 1


def test_whom_to_ring_is_shown_before_anything_is_sent(cast):
    page = signed_in(cast.other_mother).get("/complaints/start/").content.decode()
    for number in ("999", "01632 960 999", "01632 960 124"):
        assert number in page
    again = signed_in(cast.other_mother).get("/complaints/write/?child_at_risk=yes&concerns=nobody").content.decode()
    assert "ring first" in again


def test_who_reads_a_complaint(cast):
    assert readers(cast, tell_us(cast.other_mother)) == {"other_mother"} | EVERYBODY_WHO_LEADS
    at_risk = tell_us(cast.other_mother, child_at_risk=True)
    assert readers(cast, at_risk) == {"other_mother", "safeguarding_lead"} | EVERYBODY_WHO_LEADS


@pytest.mark.parametrize("answer", ["yes", "rather_not"])
def test_a_complaint_about_somebody_in_charge_is_never_seen_by_the_manager(cast, answer):
    complaint = tell_us(cast.other_mother, about_leaders=answer, child_at_risk=True)
    assert readers(cast, complaint) == {"other_mother", "chair"}
    page = signed_in(cast.manager).get("/today/").content.decode()
    assert complaint.reference not in page
    assert complaint.reference not in signed_in(cast.manager).get("/complaints/").content.decode()
    assert signed_in(cast.manager).get(f"/complaints/{complaint.pk}/").status_code == 404
    assert not OutgoingMail.objects.filter(person=cast.manager).exists()
    assert OutgoingMail.objects.filter(person=cast.chair).exists()


def test_a_manager_who_is_also_chair_still_does_not_see_it_and_the_trustee_stands_in(cast):
    out_of_office(cast.chair.roles.get())
    actions_roles.give_role(cast.manager, Role.CHAIR, by=None)
    complaint = tell_us(cast.other_mother, about_leaders="yes")
    assert readers(cast, complaint) == {"other_mother", "trustee"}


def test_when_nobody_is_left_the_page_names_the_outside_authorities_and_says_so(cast):
    for person in (cast.chair, cast.trustee):
        out_of_office(person.roles.get())
    page = signed_in(cast.other_mother).get("/complaints/write/?child_at_risk=no&concerns=rather_not").content.decode()
    assert "cannot go further here" in page
    assert "Ofsted" in page
    with pytest.raises(ActionRefused):
        tell_us(cast.other_mother, about_leaders="yes")


def test_staff_do_not_handle_complaints_of_their_own_family(cast):
    actions_roles.give_role(cast.staff_parent, Role.DEPUTY, by=None)
    assert readers(cast, tell_us(cast.strict_father, child=cast.alfie)) == {"strict_father"} | EVERYBODY_WHO_LEADS
    assert "staff_parent" in readers(cast, tell_us(cast.other_mother))


def test_a_barred_father_keeps_his_own_complaint_and_cannot_name_the_child(cast):
    complaint = tell_us(cast.barred_father, child=cast.tobi)
    assert complaint.child is None
    assert "barred_father" in readers(cast, complaint)
    assert signed_in(cast.barred_father).get(f"/complaints/{complaint.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2026, 3, 20, 23, 30, tzinfo=LONDON), date(2026, 4, 17)),  # over the change to summer time
        (datetime(2026, 10, 10, 0, 10, tzinfo=LONDON), date(2026, 11, 7)),  # and back
        (datetime(2028, 2, 10, 12, 0, tzinfo=LONDON), date(2028, 3, 9)),  # a leap year
        (datetime(2027, 2, 10, 12, 0, tzinfo=LONDON), date(2027, 3, 10)),
        (datetime(2026, 7, 1, 0, 30, tzinfo=LONDON), date(2026, 7, 29)),  # still the day before in UTC
    ],
)
def test_the_outcome_is_due_after_28_calendar_days(cast, received, due):
    complaint = tell_us(cast.other_mother, now=received)
    assert complaint.due_on == due
    assert complaint.days_left(due) == 0
    assert complaint.days_left(due + timedelta(days=1)) == -1


def test_references_are_random_letters(cast):
    found = {tell_us(cast.other_mother).reference for _n in range(50)}
    assert len(found) == 50
    assert all(len(reference) == 9 and reference.replace("-", "").isalpha() for reference in found)


def test_the_database_refuses_to_change_or_remove_a_complaint(cast):
    complaint = tell_us(cast.other_mother)
    for attempt in (
        lambda: Complaint.objects.filter(pk=complaint.pk).update(words="Nothing happened."),
        lambda: Complaint.objects.filter(pk=complaint.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert Complaint.objects.get(pk=complaint.pk).words == "Chicken."


def test_the_manager_answers_and_the_parent_reads_it_but_not_the_notes(cast):
    complaint = tell_us(cast.other_mother)
    client = signed_in(cast.manager)
    path = f"/complaints/{complaint.pk}/"
    client.post(path, {"kind": "note", "words": "Ask the cook.", "idempotency_key": uuid.uuid4()})
    client.post(
        path,
        {
            "kind": "outcome",
            "words": "We are sorry. The kitchen has a new list.",
            "idempotency_key": uuid.uuid4(),
            "sure": "yes",
        },
    )
    page = signed_in(cast.other_mother).get(path).content.decode()
    assert "The kitchen has a new list" in page
    assert "Ask the cook" not in page
    assert "Ask the cook" in signed_in(cast.deputy).get(path).content.decode()
    late = client.post(path, {"kind": "reply", "words": "And another thing.", "idempotency_key": uuid.uuid4()})
    assert late.status_code == 403
    assert not Complaint.objects.waiting_for(cast.manager).exists()


def test_a_parent_cannot_answer_her_own_complaint_as_if_she_handled_it(cast):
    complaint = tell_us(cast.other_mother)
    with pytest.raises(ActionRefused):
        take_step(complaint, by=cast.other_mother, kind=Step.Kind.OUTCOME, words="Upheld", idempotency_key=uuid.uuid4())


def test_those_who_handle_it_are_reminded_on_the_days_of_the_rule_and_every_day_when_it_is_late(cast):
    complaint = tell_us(cast.other_mother)
    tell_us(cast.other_mother, about_leaders="yes")
    OutgoingMail.objects.all().delete()
    on = {day: tasks.remind(complaint.received_on + timedelta(days=day)) for day in (6, 7, 8, 14, 21, 25, 27, 28, 35)}
    assert on == {6: 0, 7: 3, 8: 0, 14: 3, 21: 3, 25: 3, 27: 0, 28: 3, 35: 3}  # two lead, one chairs


def test_each_opening_of_a_complaint_is_in_the_audit_chain_without_its_words(cast):
    complaint = tell_us(cast.other_mother, words="CANARY-WORDS")
    before = AuditLine.objects.count()
    signed_in(cast.manager).get(f"/complaints/{complaint.pk}/")
    line = AuditLine.objects.order_by("-number").first()
    assert (line.verb, line.by) == ("complaints.opened", str(cast.manager.pk))
    assert AuditLine.objects.count() == before + 1
    assert not AuditLine.objects.filter(verb__contains="CANARY").exists()


def test_what_was_typed_stays_when_something_is_missing(cast):
    page = sent(signed_in(cast.other_mother), cast, uuid.uuid4(), words="", wish="An apology").content.decode()
    assert "A few words are enough to begin" in page
    assert "An apology" in page


def test_whoever_led_when_it_was_sent_never_sees_it_in_a_later_role(cast):
    complaint = tell_us(cast.other_mother, about_leaders="yes")
    actions_roles.give_role(cast.deputy, Role.MANAGER, by=None)
    out_of_office(cast.manager.roles.get())
    out_of_office(cast.chair.roles.get())
    actions_roles.give_role(cast.manager, Role.CHAIR, by=None)
    assert "manager" not in readers(cast, complaint)
    assert "manager" in readers(cast, tell_us(cast.other_mother, about_leaders="yes")), "a later one is about others"


def test_a_form_that_comes_back_changed_is_a_second_complaint_and_nothing_is_lost(cast):
    client, press = signed_in(cast.other_mother), uuid.uuid4()
    sent(client, cast, press, words="First")
    answer = sent(client, cast, press, about=cast.manager.pk, words="Second, about the manager")
    assert "Second, about the manager" in client.get(answer["Location"]).content.decode()
    assert {(one.words, one.about_leaders) for one in Complaint.objects.all()} == {
        ("First", "no"),
        ("Second, about the manager", "yes"),
    }


def test_reading_by_an_empty_answer_is_noted_as_well(cast):
    complaint = tell_us(cast.other_mother)
    assert AuditLine.objects.filter(verb="complaints.received", thing=str(complaint.pk)).count() == 1
    signed_in(cast.manager).post(f"/complaints/{complaint.pk}/", {})
    assert AuditLine.objects.filter(verb="complaints.opened", thing=str(complaint.pk)).count() == 1


def test_the_line_goes_on_to_the_next_whom_it_does_not_concern(cast):
    """Manager and deputy, the chair, another trustee."""
    tie = {"kind": "other", "parental_responsibility": "no", "level": 0}
    actions_family.relate(cast.tobi, cast.manager, by=cast.deputy, **tie)
    out_of_office(cast.deputy.roles.get())
    assert readers(cast, tell_us(cast.other_mother)) == {"other_mother", "chair"}
    assert readers(cast, tell_us(cast.chair, about_leaders="yes")) == {"chair", "trustee"}
    Relationship.objects.create(child=cast.tobi, adult=cast.chair, **tie)
    assert readers(cast, tell_us(cast.other_mother)) == {"other_mother", "trustee"}


def test_complaints_of_one_person_are_one_line_on_today(cast):
    mine = [tell_us(cast.mother) for _each in range(3)]
    tell_us(cast.father)
    page = BeautifulSoup(signed_in(cast.manager).get("/today/").content.decode(), "html.parser")
    lines = [each for each in page.find_all("a") if "of 28" in each.get_text()]
    assert "3 complaints by one person: the first is at day 0 of 28" in [each.get_text(strip=True) for each in lines]
    assert len(lines) == 2, "one line for each person"
    way = next(each["href"] for each in lines if "3 complaints" in each.get_text())
    listed = BeautifulSoup(signed_in(cast.manager).get(way).content.decode(), "html.parser")
    group = listed.find(id=way.partition("#")[2])
    assert cast.mother.full_name in group.get_text()
    assert all(each.reference in group.get_text() for each in mine)
    assert cast.father.full_name not in group.get_text()
    told = {"kind": Step.Kind.OUTCOME, "words": "We are sorry, and have mended it."}
    take_step(mine[0], by=cast.manager, idempotency_key=uuid.uuid4(), **told)
    assert "2 complaints by one person" in signed_in(cast.manager).get("/today/").content.decode()
