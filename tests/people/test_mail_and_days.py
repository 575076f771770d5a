"""Mail tells no days to whoever may not know them, and what was queued before a restriction is asked again as it leaves."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from people.families import actions_family
from people.families.access import RestrictionKind
from people.mail import notifications
from people.mail.models import OutgoingMail, PendingDigestItem
from people.mail.tasks import say_how_many, send_mail
from tests.journal.pages import shared
from tests.people.test_wishes import at, wishes

pytestmark = pytest.mark.django_db


def close(cast, kind, adult=None):
    return actions_family.restrict(cast.maja, adult or cast.father, by=cast.manager, kind=kind, basis="An order")


def mails_to(person):
    return OutgoingMail.objects.filter(person=person)


@pytest.mark.parametrize("wish", ["each", "daily", "weekly"])
def test_a_page_is_told_on_monday_morning_to_whoever_may_not_know_days(cast, wish):
    wishes(cast.father, mail=wish)
    with time_machine.travel(at(0, (8, 0)), tick=False):
        close(cast, RestrictionKind.NO_TIMETABLE)
    with time_machine.travel(at(1, (15, 0)), tick=False):
        shared(cast.key_person, cast.maja)
        shared(cast.key_person, cast.maja, cast.leon)
        assert not mails_to(cast.father).exists() and PendingDigestItem.objects.filter(person=cast.father).count() == 2
        assert mails_to(cast.mother).exists(), "everybody else hears as before"
    told = []
    for day in range(1, 8):
        with time_machine.travel(at(day, (9, 0)), tick=False):
            say_how_many()
            told.append(mails_to(cast.father).count())
    assert told == [0, 0, 0, 0, 0, 0, 1]
    assert mails_to(cast.father).get().subject == "2 new things for you at Hazel Lane"


def test_who_wants_none_gets_none_and_what_needs_an_answer_comes_at_once(cast):
    close(cast, RestrictionKind.NO_TIMETABLE)
    assert notifications.notify(cast.father, children={cast.maja.pk}, at_once=True) is not None
    wishes(cast.father, mail="urgent")
    shared(cast.key_person, cast.maja)
    assert not PendingDigestItem.objects.filter(person=cast.father).exists()


def test_words_that_are_about_no_child_are_told_as_ever(cast):
    close(cast, RestrictionKind.NO_TIMETABLE)
    assert notifications.notify(cast.father) is not None


def queued(cast):
    """A mail to Maja's father about a page of this minute, which still waits."""
    shared(cast.key_person, cast.maja)
    return mails_to(cast.father).get()


def test_mail_that_waits_when_the_portal_is_closed_does_not_leave(cast):
    mail = queued(cast)
    close(cast, RestrictionKind.FULL)
    send_mail()
    mail.refresh_from_db()
    assert mail.sent_at is None and mail.put_aside_at and mail.body == ""
    assert not OutgoingMail.objects.undelivered(timezone.now() + timedelta(days=1)).filter(pk=mail.pk).exists()
    assert not PendingDigestItem.objects.filter(person=cast.father).exists()


def test_mail_that_waits_when_days_are_closed_goes_with_the_digest(cast):
    mail = queued(cast)
    close(cast, RestrictionKind.NO_TIMETABLE)
    send_mail()
    mail.refresh_from_db()
    assert mail.sent_at is None and mail.put_aside_at
    assert PendingDigestItem.objects.filter(person=cast.father).count() == 1


def test_an_urgent_notice_that_waits_when_the_portal_is_closed_does_not_leave_and_days_hold_none_up(cast):
    mails = {adult: notifications.notify_urgently(adult) for adult in (cast.father, cast.mother)}
    close(cast, RestrictionKind.FULL)
    close(cast, RestrictionKind.NO_TIMETABLE, cast.mother)
    send_mail()
    for mail in mails.values():
        mail.refresh_from_db()
    assert mails[cast.father].sent_at is None and mails[cast.father].put_aside_at
    assert mails[cast.mother].sent_at, "that the setting is closed today tells nothing of the child"


def test_what_was_counted_before_the_portal_was_closed_is_not_told(cast):
    wishes(cast.father, mail="daily")
    with time_machine.travel(at(1, (15, 0)), tick=False):
        shared(cast.key_person, cast.maja)
        assert PendingDigestItem.objects.filter(person=cast.father).exists()
    with time_machine.travel(at(1, (16, 0)), tick=False):
        close(cast, RestrictionKind.FULL)
    with time_machine.travel(at(2, (9, 0)), tick=False):
        say_how_many()
    assert not mails_to(cast.father).exists() and not PendingDigestItem.objects.filter(person=cast.father).exists()


def test_an_older_restriction_and_another_kind_hold_nothing_up(cast):
    """What is written after a restriction was asked then: an answer to his complaint must reach him."""
    close(cast, RestrictionKind.FULL)
    mail = notifications.notify(cast.father)
    actions_family.restrict(
        cast.leon, cast.mother, by=cast.manager, kind=RestrictionKind.NO_COLLECTION, basis="An order"
    )
    other = notifications.notify(cast.mother)
    send_mail()
    for each in (mail, other):
        each.refresh_from_db()
        assert each.sent_at


def test_who_still_reads_something_else_is_written_to(cast):
    mail = notifications.notify(cast.mother)
    close(cast, RestrictionKind.FULL, cast.mother)
    send_mail()
    mail.refresh_from_db()
    assert mail.sent_at, "Leon's journal is open to her as ever"
