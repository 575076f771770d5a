"""The short form: staff write a notice without having seen Wagtail; a draft for those who publish, or published."""

import pytest
from django.test import Client
from django.utils import timezone

from home.audiences import Audience
from home.models import NoticePage
from people.accounts import actions_tablet
from people.mail.models import OutgoingMail
from people.setting import actions_rooms
from people.setting.roles import ON_THE_TABLET, Right
from tests.cast import signed_in
from tests.home.stories import notice, second_room

pytestmark = pytest.mark.django_db
WORDS = "Wellingtons on Friday\n\nWe go to the pond & back.\n<b>Bring</b> a towel."


def written(client, words=WORDS, who="families"):
    answer = client.post("/notices/write/", {"words": words, "who": who})
    assert answer.status_code == 302, answer.content.decode()
    return NoticePage.objects.get(pk=answer["Location"].split("/")[-2])


def test_what_staff_hand_in_waits_for_those_who_publish(cast):
    sara = signed_in(cast.key_person)
    page = written(sara)
    said = sara.get(f"/notices/write/{page.pk}/").content.decode()
    assert "Nobody reads it yet." in said
    assert "7 adults of our families" in said
    assert "&lt;b&gt;Bring&lt;/b&gt; a towel." in said
    assert "Publish it" not in said
    for who in ("manager", "editor"):
        assert "Wellingtons" not in signed_in(getattr(cast, who)).get("/today/").content.decode()
    sara.post(f"/notices/write/{page.pk}/", {"telling": "urgent"})
    assert not NoticePage.objects.get(pk=page.pk).live
    assert not OutgoingMail.objects.exists()
    for who in ("manager", "deputy", "editor"):
        assert "A notice waits to be looked at: Wellingtons on Friday" in (
            signed_in(getattr(cast, who)).get("/today/").content.decode()
        )
    assert signed_in(cast.mother).get("/notices/wellingtons-on-friday/").status_code == 404
    assert sara.get(f"/notices/write/{page.pk}/").status_code == 404, "it is with those who publish now"


def test_the_manager_publishes_what_was_handed_in_and_an_editor_finds_it_in_wagtail(cast):
    sara = signed_in(cast.key_person)
    page = written(sara)
    sara.post(f"/notices/write/{page.pk}/")
    assert signed_in(cast.editor).get(f"/cms/pages/{page.pk}/edit/").status_code == 200
    helen = signed_in(cast.manager)
    assert helen.post(f"/notices/write/{page.pk}/", {"telling": "new"}).status_code == 302
    said = signed_in(cast.mother).get("/notices/wellingtons-on-friday/").content.decode()
    assert "We go to the pond &amp; back." in said
    assert "looked at" not in helen.get("/today/").content.decode()
    page = NoticePage.objects.get(pk=page.pk)
    assert (page.owner, page.live_revision.user, page.posted_on) == (
        cast.key_person,
        cast.manager,
        timezone.localdate(),
    )
    assert OutgoingMail.objects.filter(person=cast.mother).count() == 1


def test_a_snow_day_from_the_manager_s_phone(cast):
    helen = signed_in(cast.manager)
    page = written(helen, "We are closed\nThe lane is full of snow.")
    helen.post(f"/notices/write/{page.pk}/", {"telling": "urgent", "phrase": "closed_today"})
    helen.post(f"/notices/write/{page.pk}/", {"telling": "urgent", "phrase": "closed_today"})  # pressed twice
    urgent = OutgoingMail.objects.filter(kind="urgent")
    assert urgent.filter(person=cast.mother).count() == 1
    assert not urgent.filter(person=cast.manager).exists()
    assert "closed today" in urgent.first().subject
    assert "Whom to ring" in helen.get(f"/notices/desk/{page.pk}/").content.decode()


def test_pressing_twice_makes_one_draft_and_what_was_typed_stays_on_an_error(cast):
    sara = signed_in(cast.key_person)
    assert written(sara) == written(sara)
    answer = sara.post("/notices/write/", {"words": WORDS}).content.decode()
    assert "Choose who may read it." in answer
    assert "We go to the pond &amp; back." in answer
    assert "Write a line or two." in sara.post("/notices/write/", {"words": " ", "who": "families"}).content.decode()
    assert NoticePage.objects.count() == 1


def test_a_draft_can_be_changed_and_keeps_its_words(cast):
    sara = signed_in(cast.key_person)
    page = written(sara)
    form = sara.get(f"/notices/write/{page.pk}/change/").content.decode()
    assert "Wellingtons on Friday" in form and "We go to the pond &amp; back." in form
    sara.post(f"/notices/write/{page.pk}/change/", {"words": "Socks too\nTwo pairs.", "who": "staff"})
    said = sara.get(f"/notices/write/{page.pk}/").content.decode()
    assert "Socks too" in said and "Two pairs." in said and "6 people who work here" in said
    assert "Socks too" in sara.get("/notices/write/").content.decode()


@pytest.mark.parametrize("who", ["public", "committee", "room:987654", "named family", "session:9"])
def test_staff_write_only_for_those_they_may(cast, who):
    answer = signed_in(cast.key_person).post("/notices/write/", {"words": WORDS, "who": who})
    assert "Choose one of these." in answer.content.decode()
    assert not NoticePage.objects.exists()


def test_for_a_room_and_for_those_who_come_today(cast):
    oaks = second_room(cast)
    today = timezone.localdate().weekday()
    actions_rooms.add_session(cast.noor, by=cast.manager, weekday=today, starts_at="09:00", ends_at="12:00")
    sara = signed_in(cast.key_person)
    page = written(sara, who=f"room:{oaks.pk}")
    assert (page.audience, list(page.rooms.all())) == (Audience.ROOM, [oaks])
    assert "3 adults of our families" in sara.get(f"/notices/write/{page.pk}/").content.decode()
    page = written(sara, who=f"session:{today}")
    assert (page.audience, page.weekday) == (Audience.SESSION, today)
    assert "1 adult of our families" in sara.get(f"/notices/write/{page.pk}/").content.decode()


def test_every_weekday_can_be_chosen_whatever_day_it_is(cast):
    sara = signed_in(cast.key_person)
    assert 'value="session:' not in sara.get("/notices/write/").content.decode()
    actions_rooms.add_session(cast.noor, by=cast.manager, weekday=5, starts_at="09:00", ends_at="12:00")
    page = sara.get("/notices/write/").content.decode()
    assert [f'value="session:{day}"' in page for day in range(7)] == [True] * 6 + [False]


def test_whoever_publishes_from_the_short_form_arrives_at_the_notice(cast):
    for who, ends in (("editor", "/notices/{slug}/"), ("manager", "/notices/desk/{pk}/")):
        client = signed_in(getattr(cast, who))
        page = written(client, words=f"Beans of {who}")
        answer = client.post(f"/notices/write/{page.pk}/", {"telling": "quiet"}, follow=True)
        assert answer.status_code == 200
        assert f"Beans of {who}" in answer.content.decode()
        assert answer.redirect_chain[-1][0].endswith(ends.format(slug=page.slug, pk=page.pk))


def test_a_draft_is_its_author_s_until_it_is_handed_in(cast):
    page = written(signed_in(cast.key_person))
    for who in ("staff_parent", "manager", "editor", "mother", "chair"):
        client = signed_in(getattr(cast, who))
        for address in (f"/notices/write/{page.pk}/", f"/notices/write/{page.pk}/change/"):
            assert client.get(address).status_code == 404
            assert client.post(address, {"telling": "new", "words": "Mine", "who": "families"}).status_code == 404


def test_words_of_one_line_and_very_long_ones_and_a_heading_like_ours(cast):
    sara = signed_in(cast.key_person)
    assert written(sara, "Write").slug == "write-notice"
    assert written(sara, "Feed the birds").slug == "feed-the-birds"
    assert written(sara, "雪").slug == "notice"
    assert written(sara, "雪だ").slug == "notice-2"
    page = written(sara, "word " * 60)
    assert len(page.title) <= 120 and page.title.endswith("…") and page.words.count("word") == 60


def test_on_the_room_s_tablet_a_notice_becomes_a_draft_even_of_the_manager(cast, settings):
    """The tablet is everybody's hand: nothing is published from it."""
    assert Right.WRITE_NOTICES in ON_THE_TABLET
    assert Right.PUBLISH_PAGES not in ON_THE_TABLET
    actions_tablet.set_pin(cast.manager, "402917")
    _tablet, token = actions_tablet.enrol_tablet(name="Acorns", by=cast.manager, room=cast.maja.room)
    client = Client()
    client.cookies[settings.TABLET_COOKIE_NAME] = token
    client.post(f"/tablet/{cast.manager.pk}/", {"digits": "402917"})
    assert "Write a notice" in client.get("/tablet/").content.decode()
    page = written(client)
    assert "Hand it in" in client.get(f"/notices/write/{page.pk}/").content.decode()
    assert client.post(f"/notices/write/{page.pk}/", {"telling": "new"})["Location"] == "/tablet/"
    assert not NoticePage.objects.get(pk=page.pk).live
    assert client.get(f"/notices/desk/{notice('For all').pk}/").status_code == 403
