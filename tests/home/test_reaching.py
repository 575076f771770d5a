"""A notice reaches people: told of once, at once where it is urgent, read by name, rung for, reminded."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from home import actions_notices
from home.audiences import Audience
from home.models import NoticePage, NoticeRead
from home.notices import Telling
from home.tasks import publish_scheduled
from people.accounts import actions_me
from people.accounts.models import ContactDetails, Person
from people.families import actions_family
from people.families.access import RestrictionKind
from people.mail.models import OutgoingMail
from people.mail.tasks import send_mail
from people.setting.models import Setting
from records.models import AuditLine
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.home.stories import notice, second_room

pytestmark = pytest.mark.django_db


def mailed():
    return {mail.person.full_name.split()[0] for mail in OutgoingMail.objects.select_related("person")}


@pytest.fixture
def oaks(cast):
    return second_room(cast)


@pytest.fixture
def snow(cast):
    """The snow day: urgent, to all families, with its phrase."""
    OutgoingMail.objects.all().delete()
    return notice(
        "Snow in the lane", telling=Telling.URGENT, phrase="closed_today", words="<p>Zebrafish stay home.</p>"
    )


def test_those_it_is_for_hear_once_that_there_is_something_new(cast, oaks):
    page = notice("Zebrafish", Audience.ROOM, rooms=[oaks], telling=Telling.NEW)
    assert mailed() == {"Ewa", "Marek", "Carol", "Jo"}
    assert not any("ebrafish" in mail.subject + mail.body for mail in OutgoingMail.objects.all())
    page.save_revision().publish()
    assert OutgoingMail.objects.count() == 4, "a small change is no news"
    notice("Quiet", telling=Telling.QUIET)
    assert OutgoingMail.objects.count() == 4


def test_an_urgent_notice_goes_to_all_at_once_whatever_they_chose_and_at_night(cast, settings, mailoutbox):
    settings.DEMO = False
    Setting.objects.update(quiet_from="19:00", quiet_until="07:00")
    actions_me.keep_about_me(cast.mother, mail="urgent")
    actions_me.keep_about_me(cast.father, mail="weekly")
    Person.objects.filter(pk=cast.other_mother.pk).update(password="")  # invited, and has not come yet
    night = timezone.localtime().replace(hour=23, minute=30)
    with time_machine.travel(night, tick=False):
        notice("Snow", telling=Telling.URGENT, phrase="closed_today", words="<p>Zebrafish stay home.</p>")
        notice("Soup", telling=Telling.NEW)
        while send_mail():
            pass
    to = {mail.to[0] for mail in mailoutbox}
    assert {"ewa@example.org", "daniel@example.org", "folake@example.org", "sara@example.org"} <= to
    assert not {"kunle@example.org", "halina@example.org", "ade@example.org"} & to
    assert {mail.subject for mail in mailoutbox} == {"Urgent: We are closed today (Hazel Lane)"}
    assert not any("ebrafish" in mail.body or "Snow" in mail.body for mail in mailoutbox)


def test_an_urgent_mail_overtakes_a_flood(cast, settings, mailoutbox):
    settings.DEMO = False
    facts = {"person": cast.mother, "address": cast.mother.email, "subject": "New", "body": "New"}
    OutgoingMail.objects.bulk_create(OutgoingMail(**facts) for _n in range(30))
    notice("Snow", telling=Telling.URGENT, phrase="opens_late")
    while send_mail():
        pass
    urgent = [mail.to[0] for mail in mailoutbox if mail.subject.startswith("Urgent")]
    assert "ewa@example.org" in urgent
    assert len(urgent) == len(set(urgent))
    assert mailoutbox[0].subject.startswith("Urgent"), "before all others"


def test_the_phrase_never_speaks_of_a_room(cast, oaks):
    """A room's or a day's notice goes out with nothing in it, even when a phrase slips past the form."""
    page = notice("Zebrafish", Audience.ROOM, rooms=[oaks])
    NoticePage.objects.filter(pk=page.pk).update(telling="urgent", phrase="closed_today")
    actions_notices.announce(NoticePage.objects.get(pk=page.pk), by=None)
    assert {mail.subject for mail in OutgoingMail.objects.all()} == {"Urgent: There is an urgent notice (Hazel Lane)"}


def test_opening_is_reading_and_seeing_it_in_a_list_is_not(cast, snow):
    mother = signed_in(cast.mother)
    for address in ("/", "/today/", "/notices/"):
        assert "Snow in the lane" in mother.get(address).content.decode()
    mother.head(snow.url)
    assert not NoticeRead.objects.exists()
    mother.get(snow.url)
    mother.get(snow.url)
    assert [(read.person, read.channel, read.entered_by) for read in NoticeRead.objects.all()] == [
        (cast.mother, "portal", None)
    ]


def test_staff_see_by_name_who_has_read_it_and_tick_who_was_told(cast, snow):
    signed_in(cast.mother).get(snow.url)
    sara = signed_in(cast.key_person)
    said = sara.get(f"/notices/desk/{snow.pk}/").content.decode()
    assert said.index("Folake Adeyemi") < said.index("Read or told") < said.index("Ewa Nowicka")
    for name in ("Kunle Adeyemi", "Halina Nowicka"):  # never meant, so never missed
        assert name not in said
    told = {"person": [cast.other_mother.pk], "channel": "interpreter"}
    assert sara.post(f"/notices/desk/{snow.pk}/told/", told).status_code == 302
    read = NoticeRead.objects.get(person=cast.other_mother)
    assert (read.channel, read.entered_by) == ("interpreter", cast.key_person)
    said = sara.get(f"/notices/desk/{snow.pk}/").content.decode()
    assert said.index("Read or told") < said.index("Folake Adeyemi")
    assert "entered by Sara Lind" in said


def test_what_is_ticked_wrongly_is_asked_again_and_enters_nothing(cast, snow):
    sara, address = signed_in(cast.key_person), f"/notices/desk/{snow.pk}/told/"
    for form in (
        {},
        {"person": [cast.mother.pk]},
        {"channel": "paper"},
        {"person": [cast.mother.pk], "channel": "portal"},
    ):
        assert "needs another look" in sara.post(address, form).content.decode()
    sara.post(address, {"person": [cast.barred_father.pk], "channel": "paper"})
    assert not NoticeRead.objects.exists()


def test_staff_of_one_room_and_a_parent_who_works_here_see_no_names_that_are_not_theirs(cast, oaks):
    page = notice("For all")
    of_sara = signed_in(cast.key_person).get(f"/notices/desk/{page.pk}/").content.decode()
    assert "Folake Adeyemi" in of_sara
    assert "Carol Whitby" not in of_sara, "Noor is of the other room"
    of_jo = signed_in(cast.staff_parent).get(f"/notices/desk/{page.pk}/").content.decode()
    assert "Carol Whitby" in of_jo
    assert "Folake Adeyemi" not in of_jo


@pytest.mark.parametrize("who", ["mother", "barred_father", "editor", "administrator"])
def test_nobody_else_sees_who_has_read_it(cast, snow, who):
    client = signed_in(getattr(cast, who))
    for page in ("", "ring/", "poster/"):
        assert client.get(f"/notices/desk/{snow.pk}/{page}").status_code == 404


def test_the_list_of_phones_holds_each_home_once_and_nobody_who_is_kept_out(cast, snow):
    actions_family.restrict(cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_PORTAL, basis="Order")
    signed_in(cast.mother).get(snow.url)  # then Marek, of the same home, needs no ring
    ContactDetails.objects.filter(person=cast.foster_carer).delete()
    helen = signed_in(cast.manager)
    said = helen.get(f"/notices/desk/{snow.pk}/ring/").content.decode()
    assert cast.other_mother.contact.phone in said
    for person in (cast.mother, cast.stepfather, cast.father, cast.barred_father, cast.grandmother):
        assert person.full_name not in said
        assert person.contact.phone not in said
    assert "Carol Whitby" in said and "We have no phone for them." in said
    assert said.count("They know now") == 3, "Folake, Carol, and Jo and Owen of one home"
    assert "Hazel Lane: We are closed today. Sign in to read it, or ring 01632 960 123." in " ".join(said.split())
    assert "Zebrafish" not in said
    assert AuditLine.objects.filter(verb="home.ring_list_opened", by=str(cast.manager.pk)).count() == 1
    home = {"person": [cast.staff_parent.pk, cast.strict_father.pk], "channel": "aloud", "next": "ring"}
    assert helen.post(f"/notices/desk/{snow.pk}/told/", home)["Location"] == f"/notices/desk/{snow.pk}/ring/"
    assert "Owen" not in helen.get(f"/notices/desk/{snow.pk}/ring/").content.decode()


@pytest.mark.parametrize("who", ["key_person", "senco", "safeguarding_lead", "chair"])
def test_phones_are_for_those_who_keep_families(cast, snow, who):
    assert signed_in(getattr(cast, who)).get(f"/notices/desk/{snow.pk}/ring/").status_code == 404


def test_the_poster_says_no_more_than_a_passer_by_may_read(cast, snow):
    said = signed_in(cast.key_person).get(f"/notices/desk/{snow.pk}/poster/").content.decode()
    assert "We are closed today" in said
    assert "Zebrafish" not in said and "Snow in the lane" not in said
    public = notice("Summer fair", Audience.PUBLIC, words="<p>Come and see.</p>")
    said = signed_in(cast.key_person).get(f"/notices/desk/{public.pk}/poster/").content.decode()
    assert "Summer fair" in said and "Come and see." in said


def test_the_rest_is_reminded_at_most_once_a_day(cast, oaks):
    page = notice("Wellingtons", Audience.ROOM, rooms=[oaks])
    signed_in(cast.mother).get(page.url)
    jo = signed_in(cast.staff_parent)
    assert jo.post(f"/notices/desk/{page.pk}/remind/").status_code == 302
    assert mailed() == {"Marek", "Carol"}
    assert jo.post(f"/notices/desk/{page.pk}/remind/").status_code == 403
    with pytest.raises(ActionRefused, match="Today's reminder"):
        actions_notices.remind(page, by=cast.manager)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        actions_notices.remind(page, by=cast.manager)


def test_a_notice_taken_down_in_the_portal_is_gone_and_only_by_those_who_publish(cast, snow):
    assert signed_in(cast.key_person).post(f"/notices/desk/{snow.pk}/take-down/").status_code == 404
    signed_in(cast.deputy).post(f"/notices/desk/{snow.pk}/take-down/")
    assert signed_in(cast.mother).get(snow.url).status_code == 404


@pytest.mark.parametrize("who", ["key_person", "staff_parent", "senco", "chair", "mother"])
def test_only_those_who_publish_publish(cast, who):
    draft = actions_notices.write_notice(by=cast.key_person, words="Soup", audience=Audience.FAMILIES)
    with pytest.raises(ActionRefused):
        actions_notices.publish_notice(draft, by=getattr(cast, who), telling="new")
    assert not NoticePage.objects.get(pk=draft.pk).live


def test_whoever_publishes_it_has_read_it(cast):
    draft = actions_notices.write_notice(by=cast.manager, words="Soup", audience=Audience.FAMILIES)
    page = actions_notices.publish_notice(draft, by=cast.manager, telling="new")
    assert page.reads.get().person == cast.manager


def test_a_scheduled_notice_is_told_of_when_it_appears(cast):
    noon = timezone.now() + timedelta(days=1)
    page = notice("Pancakes", telling="new", go_live_at=noon)
    assert not page.live
    assert not OutgoingMail.objects.exists()
    assert publish_scheduled() == 0
    with time_machine.travel(noon + timedelta(minutes=1)):
        assert publish_scheduled() == 1
        assert publish_scheduled() == 0
        assert signed_in(cast.mother).get(page.url).status_code == 200
    assert "Ewa" in mailed()
