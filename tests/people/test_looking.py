"""Who has looked: staff by name, day and role; never a family's visits; never safeguarding. And breaking the glass."""

import datetime

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from people.families import looking
from people.families.access import Level
from people.families.actions_looks import break_glass
from people.families.models import Child, EmergencyAccess, Relationship
from people.mail.models import OutgoingMail
from people.setting.models import RoleHeld, Room, StaffInRoom
from people.setting.roles import Role
from portal.demo.drawings import drawn
from records.access_log import log_access, log_access_to_each
from records.models import AccessLogEntry
from records.pictures import clean
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.home.test_from_outside import CHANGES
from tests.journal.pages import shared


@pytest.fixture
def two_rooms(cast):
    """Tobi goes to another room; the key person works in the first."""
    oaks = Room.objects.create(name="Oaks")
    Child.objects.filter(pk=cast.tobi.pk).update(room=oaks)
    cast.tobi.refresh_from_db()
    StaffInRoom.objects.create(person=cast.key_person, room=cast.maja.room)
    cast.key_person.key_children.filter(child=cast.tobi).delete()
    return oaks


def looks_page(person, child):
    return signed_in(person).get(f"/children/{child.pk}/looks/").content.decode()


def test_a_parent_sees_which_staff_opened_what_on_which_day_in_which_role(cast):
    signed_in(cast.key_person).get(f"/journal/{cast.maja.pk}/")
    signed_in(cast.senco).get(f"/children/{cast.maja.pk}/emergency/")
    page = looks_page(cast.mother, cast.maja)
    assert cast.key_person.full_name in page
    assert "Member of staff" in page
    assert "The learning journal" in page
    assert "The emergency card" in page
    assert f"{timezone.localdate():%B %Y}" in page


def test_the_other_parents_visits_are_nobodys_affair(cast):
    signed_in(cast.father).get(f"/journal/{cast.maja.pk}/")
    signed_in(cast.stepfather).get(f"/journal/{cast.maja.pk}/")
    page = looks_page(cast.mother, cast.maja)
    assert cast.father.full_name not in page
    assert cast.stepfather.full_name not in page
    assert cast.mother.full_name not in looks_page(cast.father, cast.maja)


def test_a_parent_who_works_here_is_not_listed_for_her_own_child(cast):
    signed_in(cast.staff_parent).get(f"/journal/{cast.alfie.pk}/")
    assert AccessLogEntry.objects.filter(person=cast.staff_parent, child=str(cast.alfie.pk)).exists()
    assert cast.staff_parent.full_name not in looks_page(cast.strict_father, cast.alfie)


def test_safeguarding_work_is_not_listed_and_cannot_be_inferred(cast):
    signed_in(cast.key_person).get(f"/journal/{cast.maja.pk}/")
    before = looks_page(cast.mother, cast.maja)
    RoleHeld.objects.create(person=cast.senco, role=Role.DEPUTY_SAFEGUARDING_LEAD)
    for lead in (cast.safeguarding_lead, cast.senco):
        for address in (
            f"/journal/{cast.maja.pk}/",
            f"/children/{cast.maja.pk}/",
            f"/children/{cast.maja.pk}/emergency/",
        ):
            assert signed_in(lead).get(address).status_code == 200
    assert AccessLogEntry.objects.filter(person=cast.senco).count() == 3, (
        "the setting itself can still prove who looked"
    )
    assert CHANGES.sub("", looks_page(cast.mother, cast.maja)) == CHANGES.sub("", before)
    looks = signed_in(cast.manager).get("/looks/").content.decode()
    assert cast.safeguarding_lead.full_name not in looks and cast.senco.full_name not in looks
    RoleHeld.objects.create(person=cast.deputy, role=Role.SAFEGUARDING_LEAD)
    assert cast.safeguarding_lead.full_name in signed_in(cast.deputy).get("/looks/").content.decode()


def test_a_look_from_before_or_after_the_safeguarding_role_stays(cast):
    RoleHeld.objects.create(
        person=cast.senco, role=Role.SAFEGUARDING_LEAD, ended_at=timezone.now(), starts_on=timezone.localdate()
    )
    signed_in(cast.senco).get(f"/journal/{cast.maja.pk}/")
    assert cast.senco.full_name in looks_page(cast.mother, cast.maja)


def test_months_hide_looks_in_a_safeguarding_role_as_days_do(cast):
    signed_in(cast.safeguarding_lead).get(f"/journal/{cast.maja.pk}/")
    assert not looking.by_month(looking.looks_at(cast.maja)).exists()


def test_a_tie_that_is_entered_later_removes_no_look_that_was_made_before(cast):
    signed_in(cast.key_person).get(f"/journal/{cast.maja.pk}/")
    Relationship.objects.create(
        child=cast.maja, adult=cast.key_person, kind="other", level=Level.NONE, starts_on=cast.maja.starts_on
    )
    assert cast.key_person.full_name in looks_page(cast.mother, cast.maja)


def test_searching_all_journals_leaves_a_look_for_each_child_found(cast):
    words = {"words": "A heron by the pond."}
    for child in (cast.maja, cast.tobi):
        shared(cast.key_person, child, **words)
    client = signed_in(cast.senco)
    client.get("/journal/find/?q=snail")
    assert not AccessLogEntry.objects.filter(person=cast.senco).exists(), "nothing was shown"
    client.get("/journal/find/?q=heron")
    assert cast.senco.full_name in looks_page(cast.mother, cast.maja)
    assert cast.senco.full_name in looks_page(cast.other_mother, cast.tobi)
    assert AccessLogEntry.objects.filter(person=cast.senco).count() == 2


def test_a_familys_page_and_a_photograph_by_its_address_leave_a_look(cast):
    page = shared(cast.key_person, cast.maja, pictures=[clean(drawn("tower", 1, (80, 60)))])
    signed_in(cast.deputy).get(f"/families/{cast.maja.pk}/")
    signed_in(cast.senco).get(f"/journal/photographs/{page.photographs.get().pk}/large/")
    signed_in(cast.mother).get(f"/journal/photographs/{page.photographs.get().pk}/large/")
    words = looks_page(cast.mother, cast.maja)
    assert cast.deputy.full_name in words and "The family&#x27;s page" in words
    assert cast.senco.full_name in words
    assert not AccessLogEntry.objects.filter(person=cast.mother).exists()


def test_looks_at_many_children_cost_what_a_look_at_two_costs(cast, django_assert_num_queries):
    children = [Child.objects.create(full_name=f"Child {n}", known_as=f"C{n}", born_on="2023-01-01") for n in range(40)]
    with django_assert_num_queries(2):
        log_access_to_each(cast.senco, children[:2], "journal", "SENCo")
    with django_assert_num_queries(2):
        log_access_to_each(cast.senco, children, "journal", "SENCo")
    assert AccessLogEntry.objects.filter(person=cast.senco).count() == 40


def test_the_manager_never_sees_looks_at_a_child_of_her_own(cast):
    from people.families.access import Level
    from people.families.models import Relationship, Responsibility

    signed_in(cast.key_person).get(f"/journal/{cast.maja.pk}/")
    assert cast.key_person.full_name in signed_in(cast.manager).get("/looks/").content.decode()
    Relationship.objects.create(
        child=cast.maja,
        adult=cast.manager,
        kind="mother",
        parental_responsibility=Responsibility.YES,
        level=Level.FULL,
        ends_on=timezone.localdate(),
    )
    assert cast.key_person.full_name not in signed_in(cast.manager).get("/looks/").content.decode()


def _look(person, child, moment, kind="journal"):
    AccessLogEntry.objects.create(
        person=person,
        child=str(child.pk),
        kind=kind,
        role="Member of staff",
        day=timezone.localdate(moment),
        first_at=moment,
        last_at=moment,
    )


def _last(weekday, hour):
    moment = timezone.localtime().replace(hour=hour, minute=0) - datetime.timedelta(days=1)
    return moment - datetime.timedelta(days=(moment.weekday() - weekday) % 7)


@pytest.mark.parametrize(
    ("weekday", "hour", "brought_up"),
    [(2, 10, False), (2, 7, False), (2, 6, True), (2, 18, False), (2, 19, True), (2, 23, True), (5, 10, True)],
)
def test_looking_out_of_hours_is_brought_up(cast, weekday, hour, brought_up):
    _look(cast.key_person, cast.maja, _last(weekday, hour))
    page = signed_in(cast.manager).get("/looks/").content.decode()
    assert ("outside the day" in page.split("There is often")[0].split("Brought up")[0]) == brought_up


def test_many_children_on_one_day_and_another_room_are_brought_up(cast, two_rooms):
    _look(cast.key_person, cast.tobi, _last(2, 10))
    assert "a child of another room</span>" in signed_in(cast.manager).get("/looks/").content.decode()
    for number in range(10):
        child = Child.objects.create(full_name=f"Child {number}", known_as=f"C{number}", born_on="2023-01-01")
        _look(cast.senco, child, _last(1, 11))
    assert "10 children on one day" in signed_in(cast.manager).get("/looks/").content.decode()


def test_a_second_look_writes_nothing_and_another_person_kind_or_child_is_a_look_of_its_own(
    cast, django_assert_num_queries
):
    log_access(cast.key_person, cast.maja, "journal", role="Member of staff")
    with django_assert_num_queries(1):
        log_access(cast.key_person, cast.maja, "journal", role="Member of staff")
    log_access(cast.senco, cast.maja, "journal")
    log_access(cast.key_person, cast.tobi, "journal")
    log_access(cast.key_person, cast.maja, "card")
    assert AccessLogEntry.objects.count() == 4


def test_a_look_that_was_undone_is_not_remembered_as_made(cast):
    with pytest.raises(RuntimeError), transaction.atomic():
        log_access(cast.key_person, cast.maja, "journal")
        raise RuntimeError
    log_access(cast.key_person, cast.maja, "journal")
    assert AccessLogEntry.objects.count() == 1


def test_ten_minutes_later_it_is_written_again(cast):
    noon = timezone.make_aware(datetime.datetime(2026, 6, 1, 12))
    with time_machine.travel(noon, tick=False) as clock:
        for _twice in range(2):
            log_access(cast.key_person, cast.maja, "journal")
            clock.shift(datetime.timedelta(minutes=11))
    look = AccessLogEntry.objects.get()
    assert look.last_at - look.first_at == datetime.timedelta(minutes=11)


def test_the_list_costs_the_same_for_one_look_and_for_two_hundred(cast):
    from tests.pace import queries

    client = signed_in(cast.manager)
    _look(cast.key_person, cast.maja, _last(2, 10))
    few = queries(client, "/looks/")
    noon = timezone.now().replace(hour=12)  # an hour before midnight is another day once the clocks have changed
    for days in range(200):
        _look(cast.senco, cast.maja, noon - datetime.timedelta(days=days))
    assert queries(client, "/looks/") == few


def test_another_rooms_child_opens_for_an_hour_with_a_reason_which_the_manager_can_read(cast, two_rooms):
    client, path = signed_in(cast.key_person), f"/children/{cast.tobi.pk}"
    assert client.get(f"{path}/").status_code == 404
    assert client.get(f"/journal/{cast.tobi.pk}/").status_code == 404
    assert client.get(f"{path}/emergency/").status_code == 200, "a card for an emergency asks nothing"
    assert "Say in a few words" in client.post(f"{path}/break-glass/", {"reason": ""}).content.decode()
    assert client.post(f"{path}/break-glass/", {"reason": "Covering for a sick colleague"}).status_code == 302
    assert client.get(f"{path}/").status_code == 200
    assert client.get(f"/journal/{cast.tobi.pk}/").status_code == 200
    words = signed_in(cast.manager).get("/looks/").content.decode()
    assert words.index("Covering for a sick colleague") < words.index("The emergency card")
    words = looks_page(cast.other_mother, cast.tobi)
    assert words.index("Opened out of turn") < words.index("The emergency card")
    assert cast.key_person.full_name in words and f"{timezone.localtime():%-d %B %Y, }" in words
    assert "sick colleague" not in words, "what staff wrote to each other stays with those who keep families"
    assert OutgoingMail.objects.filter(person=cast.manager).exists()
    EmergencyAccess.objects.update(ends_at=timezone.now())
    assert client.get(f"{path}/").status_code == 404


def test_the_glass_of_ones_own_family_cannot_be_broken(cast, two_rooms):
    with pytest.raises(ActionRefused):
        break_glass(cast.alfie, by=cast.staff_parent, reason="My own child")
    assert signed_in(cast.staff_parent).get(f"/children/{cast.alfie.pk}/break-glass/").status_code == 404
    with pytest.raises(ActionRefused):
        break_glass(cast.maja, by=cast.mother, reason="Because")
    assert not EmergencyAccess.objects.exists()


def test_an_emergency_card_names_who_may_not_collect_and_hides_no_phone_from_those_in_need(cast):
    from people.families.access import RestrictionKind

    child = next(child for child in (cast.maja, cast.tobi, cast.noor) if child.relationships.exists())
    adult = child.relationships.first().adult
    from people.families.models import Restriction

    Restriction.objects.create(
        child=child, adult=adult, kind=RestrictionKind.NO_COLLECTION, basis="Order", entered_by=cast.manager
    )
    page = signed_in(cast.key_person).get(f"/children/{child.pk}/emergency/").content.decode()
    assert f"⚠ {adult.full_name}" in page
    assert "Do not hand the child over" in page
