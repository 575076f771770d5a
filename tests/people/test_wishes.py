"""How often people hear of what is new, quiet hours, and whom our mail does not reach."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from people.accounts import actions_me
from people.accounts.models import AboutMe, Person, SecurityEvent
from people.mail import actions_mail, notifications
from people.mail.models import OutgoingMail, PendingDigestItem
from people.mail.quiet import ends_at
from people.mail.tasks import say_how_many, send_mail
from people.setting.models import Setting
from records.refused import ActionRefused
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def at(day, clock):
    """A moment of a week that begins with Monday, 2 March 2026."""
    return timezone.make_aware(datetime(2026, 3, 2 + day, *clock))


def wishes(person, **wish):
    actions_me.keep_about_me(person, **wish)


def test_once_a_day_it_says_how_many_and_never_what(cast):
    wishes(cast.mother, mail="daily")
    with time_machine.travel(at(1, (15, 0)), tick=False):
        for _n in range(3):
            assert notifications.notify(cast.mother) is None
        assert say_how_many() == 0, "what came after seven waits for tomorrow"
    with time_machine.travel(at(2, (6, 30)), tick=False):
        assert say_how_many() == 0
    with time_machine.travel(at(2, (7, 5)), tick=False):
        assert say_how_many() == 1
        assert say_how_many() == 0
    mail = OutgoingMail.objects.get()
    assert mail.subject == "3 new things for you at Hazel Lane"
    assert "there are 3 new things for you" in mail.body
    assert not PendingDigestItem.objects.exists()


def test_once_a_week_is_on_monday(cast):
    wishes(cast.mother, mail="weekly")
    with time_machine.travel(at(0, (8, 0)), tick=False):
        notifications.notify(cast.mother)
    sent = []
    for day in range(1, 8):
        with time_machine.travel(at(day, (9, 0)), tick=False):
            sent.append(say_how_many())
    assert sent == [0, 0, 0, 0, 0, 0, 1]
    assert OutgoingMail.objects.get().subject == "1 new thing for you at Hazel Lane"


def test_what_needs_an_answer_comes_at_once_whatever_was_chosen(cast):
    """Nobody can choose not to hear of forms and complaints."""
    for wish in AboutMe.Mail.values:
        OutgoingMail.objects.all().delete()
        wishes(cast.mother, mail=wish)
        assert notifications.notify(cast.mother, at_once=True) is not None


def test_none_means_no_news(cast):
    wishes(cast.mother, mail="urgent")
    assert notifications.notify(cast.mother) is None
    assert not PendingDigestItem.objects.exists()


def test_whoever_changes_their_wish_is_not_left_untold(cast):
    wishes(cast.mother, mail="weekly")
    with time_machine.travel(at(1, (15, 0)), tick=False):
        notifications.notify(cast.mother)
    wishes(cast.mother, mail="each")
    with time_machine.travel(at(2, (9, 0)), tick=False):
        assert say_how_many() == 1


@pytest.mark.parametrize(
    ("clock", "day", "until"),
    [((18, 59), 0, None), ((19, 0), 0, 1), ((23, 59), 0, 1), ((0, 0), 1, 1), ((6, 59), 1, 1), ((7, 0), 1, None)],
)
def test_quiet_hours_over_night(clock, day, until):
    expected = at(until, (7, 0)) if until else None
    assert ends_at((time(19), time(7)), at(day, clock)) == expected


def test_quiet_hours_by_day_and_none():
    assert ends_at((time(9), time(12)), at(0, (10, 0))) == at(0, (12, 0))
    assert ends_at((time(9), time(12)), at(0, (12, 0))) is None
    assert ends_at((None, None), at(0, (3, 0))) is None
    assert ends_at((time(9), time(9)), at(0, (9, 0))) is None


def test_news_waits_until_both_quiet_hours_are_over_and_nothing_else_waits(cast, settings, mailoutbox):
    settings.DEMO = False
    Setting.objects.update(quiet_from=time(19), quiet_until=time(7))
    wishes(cast.mother, quiet_from=time(6), quiet_until=time(9))
    with time_machine.travel(at(0, (22, 0)), tick=False):
        notifications.notify(cast.mother)
        notifications.notify(cast.father)
        notifications.notify(cast.other_mother, at_once=True)
        notifications.notify_of_security(cast.mother, SecurityEvent.Kind.PASSWORD)
        notifications.notify_urgently(cast.mother)
        while send_mail():
            pass
        sent = [(mail.to[0], mail.subject.split()[0]) for mail in mailoutbox]
        assert sorted(sent) == [
            ("ewa@example.org", "How"),
            ("ewa@example.org", "Urgent:"),
            ("folake@example.org", "Something"),
        ]
    for clock, number in (((6, 59), 3), ((7, 0), 4), ((8, 59), 4), ((9, 0), 5)):
        with time_machine.travel(at(1, clock), tick=False):
            send_mail()
            send_mail()
            assert len(mailoutbox) == number, clock
    assert not OutgoingMail.objects.filter(tries__gt=0).exists(), "waiting is no try"


def test_quiet_hours_have_two_ends(cast):
    about = {"languages_spoken": "", "languages_read": "", "access_needs": "", "mail": "daily"}
    mother = signed_in(cast.mother)
    said = mother.post("/me/", {**about, "quiet_from": "19:00"}).content.decode()
    assert "Quiet hours have a beginning and an end." in said
    assert 'value="19:00"' in said
    assert mother.post("/me/", {**about, "quiet_from": "19:00", "quiet_until": "07:00"}).status_code == 302
    kept = AboutMe.objects.get(person=cast.mother)
    assert (kept.mail, kept.quiet_from, kept.quiet_until) == ("daily", time(19), time(7))


@pytest.fixture
def stuck(cast):
    """A mail to Folake that ran out of tries."""
    facts = {"address": "folake@example.org", "subject": "Something new for you at Hazel Lane", "body": "Sign in."}
    return OutgoingMail.objects.create(person=cast.other_mother, tries=OutgoingMail.MOST_TRIES, **facts)


def test_undelivered_mail_is_on_the_manager_s_today_and_can_be_tried_again(cast, stuck, settings, mailoutbox):
    settings.DEMO = False
    helen = signed_in(cast.manager)
    assert "1 e-mail could not be delivered" in helen.get("/today/").content.decode()
    said = helen.get("/mail/undelivered/").content.decode()
    assert "Folake Adeyemi" in said and "10 tries" in said
    send_mail()
    assert not mailoutbox
    Person.objects.filter(pk=cast.other_mother.pk).update(email="folake.new@example.org")
    helen.post(f"/mail/undelivered/{stuck.pk}/again/")
    send_mail()
    assert [mail.to for mail in mailoutbox] == [["folake.new@example.org"]]
    assert "could not be delivered" not in helen.get("/today/").content.decode()


def test_a_mail_that_ran_out_of_tries_does_not_silence_the_next_one(cast, stuck):
    assert notifications.notify(cast.other_mother) is not None


def test_what_was_told_in_another_way_is_put_aside(cast, stuck):
    helen = signed_in(cast.manager)
    helen.post(f"/mail/undelivered/{stuck.pk}/aside/")
    assert "could not be delivered" not in helen.get("/today/").content.decode()
    stuck.refresh_from_db()
    assert (stuck.sent_at, stuck.body) == (None, "")


def test_what_waits_for_quiet_hours_or_its_hour_is_not_undelivered(cast):
    now = timezone.now()
    mail = OutgoingMail.objects.create(
        person=cast.mother, address="ewa@example.org", try_after=now + timedelta(hours=3)
    )
    long_ago = OutgoingMail.objects.filter(pk=mail.pk)
    long_ago.update(written_at=now - timedelta(days=1))
    assert not OutgoingMail.objects.undelivered().exists()
    long_ago.update(try_after=now - timedelta(hours=7))
    assert OutgoingMail.objects.undelivered().exists()


def test_who_has_no_address_is_listed_and_who_is_kept_out_is_not(cast):
    Person.objects.filter(pk__in=[cast.foster_carer.pk, cast.barred_father.pk]).update(email=None)
    said = signed_in(cast.deputy).get("/mail/undelivered/").content.decode()
    assert "Carol Whitby" in said
    assert "Kunle" not in said


@pytest.mark.parametrize("who", ["mother", "key_person", "safeguarding_lead", "chair", "administrator"])
def test_undelivered_mail_is_for_those_who_keep_families(cast, stuck, who):
    person = getattr(cast, who)
    assert signed_in(person).get("/mail/undelivered/").status_code == 403
    assert signed_in(person).post(f"/mail/undelivered/{stuck.pk}/again/").status_code == 404
    with pytest.raises(ActionRefused):
        actions_mail.try_again(stuck, by=person)
    with pytest.raises(ActionRefused):
        actions_mail.put_aside(stuck, by=person)
