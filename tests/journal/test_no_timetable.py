"""Whoever may not know days and times finds them nowhere: not by a half-sibling, not in what was made before, not in looks."""

import calendar
import json
import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from people.families import actions_family
from people.families.access import Level, RestrictionKind
from people.families.models import EmergencyAccess, Kind
from people.setting.models import Session, Weekday
from portal.book import actions as books
from portal.book.models import EVERYTHING, Book
from portal.book.rules import may_still_be_opened
from portal.demo.drawings import drawn
from portal.journal import actions
from portal.progress import actions as progress
from portal.progress import actions_copies
from portal.progress.models import Copy, PlanRow
from portal.progress.models.passed import For
from portal.progress.tasks import make_copies
from records.models import AccessLogEntry
from records.pictures import clean
from tests.cast import signed_in
from tests.journal.pages import allow, shared, write
from tests.progress.stories import final, make_two

pytestmark = pytest.mark.django_db


def close_times(child, adult, by):
    return actions_family.restrict(child, adult, by=by, kind=RestrictionKind.NO_TIMETABLE, basis="An order")


def days_in(html):
    """What of today's day stands in the page's own part."""
    today, told = timezone.localdate(), html.split("<main")[1].split("</main")[0]
    return [day for day in ("<time", f"{today:%-d %B}", f"{today:%A}", f"{today:%Y-%m-%d}") if day in told]


@pytest.fixture
def half_sibling(cast):
    """Daniel is Leon's father here as well, and may not know when Maja comes."""
    actions_family.relate(
        cast.leon, cast.father, by=cast.manager, kind=Kind.FATHER, parental_responsibility="yes",
        level=Level.PARTICIPATE,
    )  # fmt: skip
    close_times(cast.maja, cast.father, cast.manager)


def on_the_page(cast):
    return shared(cast.key_person, cast.maja, cast.leon, words="Two built a bridge.")


def in_the_words(cast):
    allow(cast.mother, cast.maja)
    return shared(cast.key_person, cast.leon, words="He built a bridge with Maja.")


def in_a_photograph(cast):
    allow(cast.mother, cast.maja)
    for child in (cast.maja, cast.leon):
        allow(cast.mother, child, "own_journal")
    page = write(cast.key_person, cast.leon, pictures=[clean(drawn("tower", 1, (90, 60)))])
    actions.describe(page.photographs.get(), by=cast.key_person, children=[cast.maja, cast.leon], words="")
    return actions.share(page, by=cast.key_person)


@pytest.mark.parametrize("how", [on_the_page, in_the_words, in_a_photograph])
def test_a_journal_through_which_another_childs_days_could_be_read_tells_months(cast, half_sibling, how):
    """All of its pages: between two days stands a third one, whatever is written above it."""
    alone, reader = shared(cast.key_person, cast.leon, words="Alone in the sand."), signed_in(cast.father)
    journal = f"/journal/{cast.leon.pk}/"
    assert days_in(reader.get(journal).content.decode()) != []
    page = how(cast)
    for address in (journal, f"{journal}{page.pk}/", f"{journal}{alone.pk}/"):
        html = reader.get(address).content.decode()
        assert days_in(html) == [], address
        assert f"{timezone.localdate():%B %Y}" in html
    assert days_in(signed_in(cast.mother).get(journal).content.decode()) != []
    actions.withdraw(page, by=cast.key_person, why="x")
    assert days_in(reader.get(journal).content.decode()) != []


def test_so_does_his_book_and_one_made_before_closes(cast):
    actions_family.relate(
        cast.leon, cast.father, by=cast.manager, kind=Kind.FATHER, parental_responsibility="yes",
        level=Level.PARTICIPATE,
    )  # fmt: skip
    on_the_page(cast)
    book = books.ask_for_book(cast.leon, EVERYTHING, by=cast.father)
    books.lay_out(book)
    Book.objects.filter(pk=book.pk).update(made_at=book.asked_at)
    book.refresh_from_db()
    assert may_still_be_opened(book)
    close_times(cast.maja, cast.father, cast.manager)
    assert not may_still_be_opened(book)
    books.lay_out(book)
    told = json.loads((books.folder_of(book) / "job.json").read_text())
    assert f"{timezone.localdate():%Y-%m-%d}" not in json.dumps(told).replace(told["made_at"], "")


@pytest.fixture
def finished(cast):
    maja = make_two(cast.maja)
    for weekday in (Weekday.MONDAY, Weekday.TUESDAY, Weekday.THURSDAY):
        Session.objects.get_or_create(
            child=maja, weekday=weekday, starts_at="09:00", ends_at="15:00", starts_on=maja.starts_on
        )
    check = final(maja, cast.key_person, adults=[cast.mother, cast.father])
    while make_copies():
        pass
    return check


def own_copies(person, check):
    return Copy.objects.visible_to(person).filter(check_of=check, whose=For.ADULT)


def test_a_sealed_copy_that_tells_days_closes_and_a_new_one_tells_months(cast, finished):
    """“3 days a week” stands in a copy that was made before the restriction."""
    address = f"/progress/checks/{finished.pk}/copy.pdf"
    copy = own_copies(cast.father, finished).get()
    assert copy.facts["days_a_week"] == 3 and signed_in(cast.father).get(address).status_code == 200
    bar = close_times(cast.maja, cast.father, cast.manager)
    assert not own_copies(cast.father, finished).exists()
    assert signed_in(cast.father).get(address).status_code == 404
    assert own_copies(cast.mother, finished).exists()
    progress.copy_anew(finished, by=cast.key_person)
    new = own_copies(cast.father, finished).get()
    told = json.dumps([new.facts, new.pieces])
    today = timezone.localdate()
    assert new.facts["days_a_week"] == 0 and f"{today:%-d %B}" not in told
    assert str(today) not in told.replace(new.facts["born_on"], "") or today.day == 1
    bar.delete()
    assert own_copies(cast.father, finished).count() == 2, "closed and not lost"


def test_by_when_in_a_plan_is_told_to_nobody_who_may_not_know_days(cast):
    """Free words as days are written at a pre-school; on the page, in a copy, and in what comes to be signed."""
    check = final(make_two(cast.maja), cast.key_person, adults=[cast.mother, cast.father])
    page, by_when = f"/progress/checks/{check.pk}/", "at Friday's snack"
    PlanRow.objects.create(check_of=check, position=1, who="Key person", what="Talks with the SENCo", by_when=by_when)
    by_when = by_when.partition("'")[0]
    assert by_when in signed_in(cast.father).get(page).content.decode()
    close_times(cast.maja, cast.father, cast.manager)
    shown = signed_in(cast.father).get(page).content.decode()
    assert by_when not in shown and "Talks with the SENCo" in shown
    assert by_when in signed_in(cast.mother).get(page).content.decode()
    progress.copy_anew(check, by=cast.key_person)
    assert by_when not in json.dumps(own_copies(cast.father, check).get().pieces)
    check.invitations.update(ask=None)
    actions_copies.ask_to_sign(check, by=cast.key_person)
    enclosed = {
        invitation.adult: json.dumps(invitation.ask.enclosed)
        for invitation in check.invitations.filter(ask__isnull=False)
    }
    assert by_when in enclosed[cast.mother] and by_when not in enclosed[cast.father]


def test_what_was_given_to_others_tells_the_month(cast, finished):
    allow(cast.mother, cast.maja, "check_school")
    facts = {"to_whom": "Hill School", "how": "By hand", "idempotency_key": uuid.uuid4()}
    actions_copies.pass_on(finished, "check_school", by=cast.key_person, **facts)
    page = finished.get_absolute_url()
    assert days_in(signed_in(cast.father).get(page).content.decode()) != []
    close_times(cast.maja, cast.father, cast.manager)
    assert days_in(signed_in(cast.father).get(page).content.decode()) == []


def test_who_has_looked_tells_the_month_and_not_how_often(cast):
    today = timezone.localdate()
    in_october, in_november = date(today.year - 1, 10, 6), date(today.year - 1, 11, 3)
    for first in (in_october, in_november):
        for days in (0, 1, 2):
            moment = timezone.now()
            facts = {"role": "Member of staff", "first_at": moment, "last_at": moment}
            day = first + timedelta(days=days)
            AccessLogEntry.objects.create(
                person=cast.key_person, child=str(cast.maja.pk), kind="journal", day=day, **facts
            )
    EmergencyAccess.objects.create(
        child=cast.maja, person=cast.senco, reason="A fall.", broken_at=timezone.now(), ends_at=timezone.now()
    )
    address, name = f"/children/{cast.maja.pk}/looks/", cast.key_person.full_name
    before = signed_in(cast.father).get(address).content.decode()
    assert before.count(name) == 6 and f"{in_october:%A %-d %B}" in before
    close_times(cast.maja, cast.father, cast.manager)
    html = signed_in(cast.father).get(address).content.decode()
    assert html.count(name) == 2 and f"October {in_october.year}" in html and f"November {in_october.year}" in html
    assert days_in(html) == [] and not any(day in html for day in calendar.day_name)
    assert "A fall." not in html and "out of turn" in html
    assert f"{timezone.localtime():%H:}" not in html.split("<main")[1].split("</main")[0]
    assert signed_in(cast.mother).get(address).content.decode().count(name) == 6
