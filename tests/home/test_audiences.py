"""Who may read a notice, and for whom it is: every audience against every person, in every list."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from home.audiences import Audience, recipients_of
from home.models import NoticePage
from people.families import actions_family
from people.families.access import RestrictionKind
from people.setting import actions_rooms
from people.setting.models import Weekday
from tests.cast import signed_in
from tests.home.stories import notice, second_room

pytestmark = pytest.mark.django_db
LEADS = {"manager", "deputy", "safeguarding_lead", "senco"}
FAMILIES = {"mother", "father", "stepfather", "other_mother", "foster_carer", "strict_father", "staff_parent"}
AT_WORK = {"key_person", "staff_parent", *LEADS}


@pytest.fixture
def oaks(cast):
    return second_room(cast)


def readers(cast, page):
    """Names of those who may read it now; asked once as a list and once for the page itself."""
    found = set()
    for name, person in cast.people.items():
        listed = NoticePage.objects.visible_to(person).filter(pk=page.pk).exists()
        assert (signed_in(person).get(page.url).status_code == 200) == listed, name
        found |= {name} if listed else set()
    return found


def meant(cast, page):
    people = set(recipients_of(page))
    return {name for name, person in cast.people.items() if person in people}


def comes_on(child, weekday, by):
    actions_rooms.add_session(child, by=by, weekday=weekday, starts_at=time(9), ends_at=time(12))


def test_a_room_is_read_by_its_families_and_staff_and_by_those_who_lead(cast, oaks):
    page = notice("Wellingtons", Audience.ROOM, rooms=[oaks])
    assert meant(cast, page) == {"mother", "stepfather", "foster_carer", "staff_parent"}
    assert readers(cast, page) == meant(cast, page) | LEADS | {"editor"}


def test_several_rooms(cast, oaks):
    page = notice("Wellingtons", Audience.ROOM, rooms=[oaks, cast.maja.room])
    assert meant(cast, page) == FAMILIES | {"key_person"}
    assert readers(cast, page) == FAMILIES | {"key_person", "editor"} | LEADS


def test_a_day_in_all_rooms_and_in_one(cast, oaks):
    for child in (cast.maja, cast.noor):
        comes_on(child, Weekday.MONDAY, cast.manager)
    comes_on(cast.tobi, Weekday.TUESDAY, cast.manager)
    everywhere = notice("Monday", Audience.SESSION, weekday=Weekday.MONDAY)
    in_acorns = notice("Monday in Acorns", Audience.SESSION, weekday=Weekday.MONDAY, rooms=[cast.maja.room])
    of_maja, of_noor = {"mother", "father", "stepfather"}, {"foster_carer"}
    assert meant(cast, everywhere) == of_maja | of_noor | {"key_person", "staff_parent"}
    assert readers(cast, everywhere) == meant(cast, everywhere) | LEADS | {"editor"}
    assert meant(cast, in_acorns) == of_maja | {"key_person"}
    assert readers(cast, in_acorns) == meant(cast, in_acorns) | LEADS | {"editor"}


def test_whoever_may_not_know_days_and_times_does_not_learn_them_from_a_notice(cast, oaks):
    comes_on(cast.maja, Weekday.MONDAY, cast.manager)
    actions_family.restrict(cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_TIMETABLE, basis="Order")
    page = notice("Monday", Audience.SESSION, weekday=Weekday.MONDAY)
    assert "father" not in readers(cast, page) | meant(cast, page)
    assert "mother" in readers(cast, page)


@pytest.mark.parametrize(
    ("audience", "expected"), [(Audience.STAFF, AT_WORK), (Audience.COMMITTEE, {"chair", "trustee"})]
)
def test_staff_and_committee(cast, audience, expected):
    page = notice("For some", audience)
    assert meant(cast, page) == expected
    assert readers(cast, page) == expected | {"editor"}


def test_all_families_and_the_public(cast):
    page = notice("For all", Audience.FAMILIES)
    assert meant(cast, page) == FAMILIES | AT_WORK | {"chair", "trustee"}
    assert readers(cast, page) == meant(cast, page) | {"editor", "administrator"}
    assert readers(cast, notice("Public", Audience.PUBLIC)) == set(cast.people)


def test_a_child_who_changes_rooms_takes_the_notices_along(cast, oaks):
    page = notice("Wellingtons", Audience.ROOM, rooms=[oaks])
    assert "other_mother" not in readers(cast, page)
    cast.tobi.room = oaks
    cast.tobi.save()
    assert "other_mother" in readers(cast, page)
    assert "barred_father" not in readers(cast, page)


def test_a_notice_that_runs_out_is_gone_to_the_minute_before_wagtail_takes_it_down(cast, client):
    page = notice("Until noon", Audience.PUBLIC, expire_at=timezone.now() + timedelta(hours=1))
    assert client.get(page.url).status_code == 200
    NoticePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert client.get(page.url).status_code == 302
    assert signed_in(cast.mother).get(page.url).status_code == 404
    assert "Until noon" not in client.get("/notices/").content.decode()


def test_pinned_ones_stand_on_top(client):
    notice("New", Audience.PUBLIC)
    notice("Old and pinned", Audience.PUBLIC, pinned=True, posted_on=timezone.localdate() - timedelta(days=90))
    for address in ("/", "/notices/"):
        said = client.get(address).content.decode()
        assert said.index("Old and pinned") < said.index(">New<")


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"audience": Audience.ROOM}, "rooms"),
        ({"audience": Audience.SESSION}, "weekday"),
        ({"audience": Audience.STAFF, "phrase": "closed_today"}, "phrase"),
        ({"slug": "write"}, "slug"),
    ],
)
def test_what_a_notice_needs(fields, missing):
    with pytest.raises(ValidationError) as problem:
        notice("Half done", **fields)
    assert set(problem.value.message_dict) == {missing}


def test_a_picture_with_a_child_needs_the_consent_looked_up(umbrella):
    pictured = {"picture": umbrella, "picture_description": "Two friends"}
    for more, missing in (({}, "picture_shows"), ({"picture_shows": "a_child"}, "consent_confirmed")):
        with pytest.raises(ValidationError) as problem:
            notice("Friends", **pictured, **more)
        assert set(problem.value.message_dict) == {missing}
    assert notice("Friends", **pictured, picture_shows="a_child", consent_confirmed=True).live


def test_search_finds_words_and_only_in_what_one_may_read(cast, client):
    notice("Harvest", Audience.PUBLIC, words="<p>Bring a marrow.</p>")
    notice("Hidden", Audience.STAFF, words="<p>Count the marrows.</p>")
    said = client.get("/notices/?search=marrow").content.decode()
    assert "Harvest" in said and "Hidden" not in said
    assert "Hidden" in signed_in(cast.key_person).get("/notices/?search=count+marrow").content.decode()
    assert "No notice that you can read" in client.get("/notices/?search=xylophone").content.decode()
