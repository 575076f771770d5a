"""Whoever a complaint is about never meets it: not at once, and in no later role (promise G63)."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from people.accounts.models import Person
from people.families import actions_family
from people.families.models import Relationship
from people.mail.models import OutgoingMail
from people.setting.models import RoleHeld
from people.setting.roles import OFFICES, Role
from portal.complaints import tasks
from portal.complaints.models import Complaint, PersonConcerned, Step
from portal.complaints.rules import colleagues_called
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.complaints.test_complaints import readers, sent, tell_us

pytestmark = pytest.mark.django_db

# Whom it is about: who reads it then, without and with a child at risk.
TABLE = {
    "manager": ({"chair"}, {"chair", "safeguarding_lead"}),
    "deputy": ({"chair"}, {"chair", "safeguarding_lead"}),
    "safeguarding_lead": ({"manager", "deputy"}, {"manager", "deputy"}),
    "chair": ({"trustee"}, {"trustee", "safeguarding_lead"}),
    "trustee": ({"chair"}, {"chair", "safeguarding_lead"}),
    "key_person": ({"manager", "deputy"}, {"manager", "deputy", "safeguarding_lead"}),
    "senco": ({"manager", "deputy"}, {"manager", "deputy", "safeguarding_lead"}),
}


def in_office(person, role):
    """Give a role as the database has it: who may give it is another test's question."""
    RoleHeld.objects.filter(person=person, ended_at__isnull=True).update(ended_at=timezone.now())
    return RoleHeld.objects.create(person=person, role=role, given_by=Person.objects.get(email="nina@example.org"))


def meets(person, complaint, client):
    """Where this person comes across the complaint: list, page, Today, search."""
    found = []
    if Complaint.objects.visible_to(person).exists() or Step.objects.visible_to(person).exists():
        found.append("visible_to")
    if Complaint.objects.waiting_for(person).exists() or PersonConcerned.objects.visible_to(person).exists():
        found.append("waiting_for")
    if client.get(f"/complaints/{complaint.pk}/").status_code != 404:
        found.append("page")
    for address in ("/complaints/", "/today/", "/search/?q=zebra"):
        if complaint.reference in client.get(address).content.decode():
            found.append(address)
    return found


@pytest.mark.parametrize("name", TABLE)
def test_a_complaint_about_each_office_reaches_nobody_it_is_about_in_any_later_role(cast, name):
    about = cast.people[name]
    for at_risk, expected in zip((False, True), TABLE[name], strict=True):
        complaint = tell_us(cast.other_mother, concerned=[about], child_at_risk=at_risk, words="zebra")
        assert readers(cast, complaint) == {"other_mother"} | expected
        assert {mail.person for mail in OutgoingMail.objects.all()} == {cast.people[one] for one in expected}
        OutgoingMail.objects.all().delete()
    for role in OFFICES:
        in_office(about, role)
        assert not meets(about, complaint, signed_in(about)), f"{name} as {role}"
        tasks.remind(complaint.due_on)
        assert not OutgoingMail.objects.filter(person=about).exists(), f"{name} as {role}"


def test_the_page_asks_by_name_and_a_complaint_about_the_chair_goes_to_another_trustee(cast):
    client = signed_in(cast.other_mother)
    start = client.get("/complaints/start/").content.decode()
    for words in ("Martin Voss · Chair of the committee", "Helen Okoro · Manager", "Sara Lind · Key person"):
        assert words in start
    assert "Jo Marsh" not in start, "who is neither in office nor a key person of hers is asked for by what she types"
    answer = sent(client, cast, uuid.uuid4(), about=cast.chair.pk)
    assert readers(cast, Complaint.objects.get()) == {"other_mother", "trustee"}
    page = client.get(answer["Location"]).content.decode()
    assert "Martin Voss" in page
    assert "Nobody it is about can see it" in page


def test_nobody_in_particular_and_somebody_together_is_asked_again(cast):
    both = {"child_at_risk": "no", "concerns": ["nobody", str(cast.chair.pk)]}
    page = signed_in(cast.other_mother).post("/complaints/start/", both).content.decode()
    assert "Tick either" in page
    assert page.count("checked") == 3


@pytest.mark.parametrize("typed", ["Jo Marsh", "marsh, jo", "Mrs Marsh", "JO"])
def test_somebody_else_by_name_is_shut_out_too(cast, typed):
    client = signed_in(cast.other_mother)
    assert (
        "Who else is it about?"
        in client.get("/complaints/write/?child_at_risk=no&concerns=somebody_else").content.decode()
    )
    sent(client, cast, uuid.uuid4(), about="somebody_else", somebody_else=typed)
    complaint = Complaint.objects.get()
    assert PersonConcerned.objects.get(complaint=complaint).person == cast.staff_parent
    in_office(cast.staff_parent, Role.DEPUTY)
    assert not meets(cast.staff_parent, complaint, signed_in(cast.staff_parent))


def test_a_name_that_fits_nobody_shuts_out_every_colleague_who_may_be_meant(cast):
    sent(signed_in(cast.other_mother), cast, uuid.uuid4(), about="somebody_else", somebody_else="the tall one")
    complaint = Complaint.objects.get()
    assert readers(cast, complaint) == {"other_mother", "manager", "deputy"}
    in_office(cast.key_person, Role.DEPUTY)
    in_office(cast.trustee, Role.DEPUTY)
    assert readers(cast, complaint) == {"other_mother", "manager", "deputy", "trustee"}, (
        "a trustee could be chosen by name"
    )


def test_a_colleague_who_may_be_meant_by_silence_does_not_read_it_as_chair_later(cast):
    complaint = tell_us(cast.other_mother, about_leaders="rather_not")
    assert readers(cast, complaint) == {"other_mother", "chair"}
    in_office(cast.key_person, Role.CHAIR)
    assert readers(cast, complaint) == {"other_mother", "chair"}


def test_a_name_typed_here_that_leaves_nobody_keeps_what_was_written(cast):
    for person in (cast.chair, cast.trustee, cast.deputy):
        RoleHeld.objects.filter(person=person).delete()
    client = signed_in(cast.other_mother)
    answer = sent(client, cast, uuid.uuid4(), about="somebody_else", somebody_else="Helen", words="Long words")
    assert answer.status_code == 200
    assert "Long words" in answer.content.decode()
    assert "Ofsted" in answer.content.decode()
    assert not Complaint.objects.exists()
    with pytest.raises(ActionRefused):
        tell_us(cast.other_mother, concerned=[cast.manager])


def test_where_only_the_chair_is_concerned_and_no_trustee_is_left_the_leaders_look_into_it(cast):
    RoleHeld.objects.filter(person=cast.trustee).delete()
    assert readers(cast, tell_us(cast.other_mother, concerned=[cast.chair])) == {"other_mother", "manager", "deputy"}


def test_the_same_form_with_other_people_is_another_complaint_and_pressing_twice_is_none(cast):
    client, press = signed_in(cast.other_mother), uuid.uuid4()
    for _n in range(2):
        for about in (cast.chair.pk, cast.trustee.pk):
            sent(client, cast, press, about=about)
    assert Complaint.objects.count() == 2


def test_whom_it_concerns_cannot_be_changed_afterwards(cast):
    tell_us(cast.other_mother, concerned=[cast.chair])
    with pytest.raises(DatabaseError), transaction.atomic():
        PersonConcerned.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        PersonConcerned.objects.update(person=cast.trustee)


def test_every_name_that_fits_is_meant(cast):
    actions_family.add_adult(by=cast.manager, full_name="Helen Bright", email="bright@example.org")
    assert colleagues_called("Helen") == [cast.manager], "somebody who does not work here is nobody's colleague"
    assert not colleagues_called("")


WRITTEN = {"category": "care", "words": "It took me an hour to write this.", "wish": ""}


def test_nothing_is_lost_where_somebody_leaves_while_a_complaint_about_them_is_written(cast):
    way, client = f"/complaints/write/?child_at_risk=no&concerns={cast.trustee.pk}", signed_in(cast.mother)
    assert client.get(way).status_code == 200
    RoleHeld.objects.filter(person=cast.trustee).update(ended_at=timezone.now())
    client.post(way, WRITTEN | {"idempotency_key": uuid.uuid4()})
    assert Complaint.objects.get(complainant=cast.mother).people_concerned.get().person == cast.trustee
    assert "Leila Haddad" not in client.get("/complaints/start/").content.decode(), "who has left is not offered"


def test_a_colleague_who_had_left_and_comes_back_in_an_office_never_reads_what_was_about_her(cast):
    RoleHeld.objects.filter(person=cast.senco).update(ended_at=timezone.now())
    way = "/complaints/write/?child_at_risk=no&concerns=somebody_else"
    signed_in(cast.mother).post(way, WRITTEN | {"idempotency_key": uuid.uuid4(), "somebody_else": "Anya Petrov"})
    in_office(cast.senco, Role.DEPUTY)
    assert Complaint.objects.visible_to(cast.deputy).exists()
    assert not Complaint.objects.visible_to(cast.senco).exists()


def test_somebody_who_was_not_in_the_books_yet_never_reads_what_was_about_her_by_name(cast):
    """A helper from an agency whom a parent names, and who is entered afterwards and comes into an office."""
    way = "/complaints/write/?child_at_risk=no&concerns=somebody_else"
    signed_in(cast.mother).post(way, WRITTEN | {"idempotency_key": uuid.uuid4(), "somebody_else": "Pat Smith"})
    pat = Person.objects.create_user("pat@example.org", "Patricia SMITH", "kettle-meadow-lantern")
    in_office(pat, Role.DEPUTY)
    assert Complaint.objects.visible_to(cast.deputy).exists()
    assert not Complaint.objects.visible_to(pat).exists()


def written_on(client, about, **changed):
    """The writing page for these people, as a browser sends it once `meanwhile` has come between."""
    way = f"/complaints/write/?child_at_risk=no&concerns={about}"
    page = client.get(way).content.decode()
    chosen = re.search(r'name="chosen" value="([^"]+)"', page).group(1)
    form = {"category": "food", "words": "Chicken at lunch.", "wish": "", "child": "", "chosen": chosen}
    return lambda **more: client.post(way, form | {"idempotency_key": uuid.uuid4()} | changed | more)


@pytest.mark.parametrize("name", ["manager", "deputy", "chair"])
def test_whoever_leaves_an_office_while_it_is_written_is_complained_about_as_holding_it(cast, name):
    send = written_on(signed_in(cast.other_mother), cast.people[name].pk)
    RoleHeld.objects.filter(person=cast.people[name]).update(ended_at=timezone.now())
    send()
    assert readers(cast, Complaint.objects.get()) == {"other_mother"} | TABLE[name][0]
    assert Complaint.objects.get().about_leaders == ("no" if name == "chair" else "yes")


def test_a_page_that_lay_open_for_days_is_still_about_whom_it_was(cast):
    send = written_on(signed_in(cast.other_mother), cast.manager.pk)
    long_ago = timezone.now() - timedelta(days=3)
    RoleHeld.objects.filter(person=cast.manager).update(ended_at=long_ago)
    send()
    assert readers(cast, Complaint.objects.get()) == {"other_mother", "chair"}


def test_a_key_person_who_is_one_no_more_and_a_tie_that_ended_lose_no_word(cast):
    actions_family.place_key_person(cast.tobi, cast.staff_parent, by=cast.manager)
    send = written_on(signed_in(cast.other_mother), cast.staff_parent.pk)
    actions_family.place_key_person(cast.tobi, cast.senco, by=cast.manager)
    Relationship.objects.filter(adult=cast.other_mother).update(ended_at=timezone.now())
    assert send()["Location"].startswith("/complaints/")
    assert PersonConcerned.objects.get().person == cast.staff_parent


def test_when_the_last_one_goes_while_it_is_written_the_words_stay_on_the_page(cast):
    send = written_on(signed_in(cast.other_mother), cast.manager.pk)
    RoleHeld.objects.filter(role__in=OFFICES).update(ended_at=timezone.now())
    page = send().content.decode()
    assert "Chicken at lunch." in page
    assert "0300 123 4666" in page


def test_what_was_chosen_is_signed_for_whoever_chose_it(cast):
    client, other = signed_in(cast.other_mother), signed_in(cast.mother)
    way = f"/complaints/write/?child_at_risk=no&concerns={cast.manager.pk}"
    chosen = re.search(r'name="chosen" value="([^"]+)"', client.get(way).content.decode()).group(1)
    form = {"category": "food", "words": "Chicken.", "wish": "", "idempotency_key": uuid.uuid4()}
    for swapped in (chosen, chosen[:-2], "nothing"):
        other.post("/complaints/write/?child_at_risk=no&concerns=nobody", form | {"chosen": swapped})
        assert Complaint.objects.filter(complainant=cast.mother).get().about_leaders == "no"
