"""Who is asked to read, who has said so, and how the rest is reminded; nobody is ever locked out."""

import pytest
from django.utils import timezone

from people.mail.models import OutgoingMail
from procedures.models import ProcedurePage
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.versions.pages import SNACK, published
from versions import readers
from versions.actions import acknowledge, remind
from versions.audiences import Asked, Audience
from versions.models import Acknowledgement, Channel, PageVersion, Reminder

pytestmark = pytest.mark.django_db
NEW_SNACK = SNACK + "- Grapes are cut lengthways.\n"


@pytest.fixture
def asked(cast):
    return published(asked=Asked.FAMILIES)


def names(people):
    return {person.full_name for person in people}


def test_families_are_asked_and_those_who_are_shut_out_are_not(cast, asked):
    waiting = names(readers.missing(asked, cast.manager))
    assert {"Ewa Nowicka", "Daniel Reed", "Marek Zielinski", "Carol Whitby", "Jo Marsh"} <= waiting
    assert not waiting & {"Kunle Adeyemi", "Halina Nowicka", "Helen Okoro", "Nina Brook"}
    for who in ("barred_father", "grandmother", "manager", "editor"):
        assert asked not in PageVersion.objects.waiting_for(getattr(cast, who)), who


def test_a_mother_reads_it_says_so_and_is_not_asked_again(cast, asked):
    mother = signed_in(cast.mother)
    assert "Please read: 04.01 Snack" in mother.get("/today/").content.decode()
    page = mother.get(f"/versions/{asked.pk}/read/").content.decode()
    assert "We wash our hands" in page
    answer = mother.post(f"/versions/{asked.pk}/read/", {"next": "/today/"}, follow=True)
    assert "We have noted that you have read it." in answer.content.decode()
    assert "Please read: 04.01 Snack" not in answer.content.decode()
    said = Acknowledgement.objects.get(version=asked, person=cast.mother)
    assert (said.channel, said.entered_by) == (Channel.PORTAL, cast.mother)
    mother.post(f"/versions/{asked.pk}/read/")
    assert Acknowledgement.objects.filter(version=asked, person=cast.mother).count() == 1


def test_only_a_material_change_asks_again(cast, asked):
    acknowledge(asked, cast.mother)
    small = published(NEW_SNACK, asked=Asked.FAMILIES)
    assert small not in PageVersion.objects.waiting_for(cast.mother)
    assert small in PageVersion.objects.waiting_for(cast.father), "whoever had not read it reads the newest"
    large = published(SNACK, asked=Asked.FAMILIES, material=True, changed="Back to how it was.")
    assert large in PageVersion.objects.waiting_for(cast.mother)
    page = signed_in(cast.mother).get(f"/versions/{large.pk}/read/").content.decode()
    assert "Back to how it was." in page
    assert f"/versions/{large.pk}/since/2/" in page


def test_who_begins_to_be_asked_is_asked_about_the_words_as_they_are(cast):
    published()
    now_asked = published(asked=Asked.STAFF)
    assert (now_asked.number, now_asked.read_from) == (2, 2)
    assert now_asked in PageVersion.objects.waiting_for(cast.key_person)
    assert now_asked in PageVersion.objects.waiting_for(cast.trustee)
    assert now_asked not in PageVersion.objects.waiting_for(cast.mother)


def test_the_privacy_notice_comes_first_once_and_never_locks_out(cast):
    from home.models import InformationPage

    page = InformationPage.objects.get(slug="privacy")
    page.body += "<p>We now also keep the name of your dentist.</p>"
    page.change_is_material = True
    page.save_revision().publish()
    version = PageVersion.objects.current().get(page=page.pk)
    mother = signed_in(cast.mother)
    first = mother.get("/today/")
    assert first.url.startswith(f"/versions/{version.pk}/read/")
    assert "Before you go on, please read this." in mother.get(first.url).content.decode()
    later = mother.get("/today/")
    assert later.status_code == 200, "whoever says later goes on"
    assert "Please read: Privacy notice" in later.content.decode()
    mother.post(f"/versions/{version.pk}/read/")
    assert signed_in(cast.mother).get("/today/").status_code == 200


def test_the_manager_writes_down_who_was_told_and_how(cast, asked):
    manager = signed_in(cast.manager)
    told = {"people": [cast.mother.pk, cast.foster_carer.pk], "channel": Channel.INTERPRETER}
    page = manager.post(f"/versions/readers/{asked.pk}/", told, follow=True).content.decode()
    assert "through an interpreter" in page
    assert "noted by Helen Okoro" in page
    said = Acknowledgement.objects.get(version=asked, person=cast.foster_carer)
    assert (said.channel, said.entered_by) == (Channel.INTERPRETER, cast.manager)
    nobody = manager.post(f"/versions/readers/{asked.pk}/", {"channel": "paper"}).content.decode()
    assert "Tick the people who were told." in nobody
    stranger = manager.post(f"/versions/readers/{asked.pk}/", {"people": [cast.barred_father.pk], "channel": "paper"})
    assert not Acknowledgement.objects.filter(version=asked, person=cast.barred_father).exists()
    assert stranger.status_code == 200


@pytest.mark.parametrize("who", ["mother", "key_person", "chair", "editor", "safeguarding_lead"])
def test_nobody_else_says_it_for_others_or_reminds(cast, asked, who):
    by = getattr(cast, who)
    with pytest.raises(ActionRefused):
        acknowledge(asked, cast.father, channel=Channel.PAPER, by=by)
    with pytest.raises(ActionRefused):
        remind(asked, [cast.father], by=by)
    assert not Acknowledgement.objects.filter(version=asked).exists()


def test_a_reminder_goes_once_a_day_and_says_nothing(cast, asked):
    OutgoingMail.objects.all().delete()
    manager = signed_in(cast.manager)
    page = manager.post(f"/versions/readers/{asked.pk}/", {"remind": "yes"}, follow=True).content.decode()
    missing = len(names(readers.missing(asked, cast.manager)))
    assert f"{missing} people were reminded." in page
    assert "reminded on" in page
    again = manager.post(f"/versions/readers/{asked.pk}/", {"remind": "yes"}, follow=True).content.decode()
    assert "Everybody was reminded today already." in again
    assert Reminder.objects.count() == missing
    mails = OutgoingMail.objects.filter(person=cast.mother)
    assert mails.count() == 1
    assert "Snack" not in mails.get().body + mails.get().subject


def test_the_chase_list_says_since_when(cast, asked):
    person = readers.missing(asked, cast.manager).get(pk=cast.father.pk)
    assert readers.asked_since(asked, person) == timezone.localdate()
    page = signed_in(cast.deputy).get("/versions/readers/").content.decode()
    assert "04.01 Snack" in page
    assert "0 of " in page


def test_a_page_for_staff_cannot_ask_families(cast):
    version = published()
    page = ProcedurePage.objects.get(pk=version.page_id)
    page.audience, page.acknowledged_by = Audience.STAFF, Asked.FAMILIES
    with pytest.raises(Exception, match="Families cannot be asked"):
        page.full_clean()


def test_the_lists_cost_the_same_for_one_and_for_many(cast, asked, django_assert_max_num_queries):
    manager = signed_in(cast.manager)
    with django_assert_max_num_queries(30) as few:
        manager.get(f"/versions/readers/{asked.pk}/")
    acknowledge(asked, cast.mother)
    acknowledge(asked, cast.father)
    with django_assert_max_num_queries(len(few)):
        manager.get(f"/versions/readers/{asked.pk}/")


def test_who_around_the_own_child_has_read_it_is_a_colleagues_to_know(cast, asked):
    from people.setting.actions_roles import give_role
    from people.setting.roles import Role

    give_role(cast.strict_father, Role.DEPUTY, by=None)
    acknowledge(asked, cast.staff_parent)
    assert "Jo Marsh" not in {said.person.full_name for said in readers.have_read(asked, cast.strict_father)}
    assert "Jo Marsh" in {said.person.full_name for said in readers.have_read(asked, cast.manager)}
    assert "Owen Pryce" not in names(readers.missing(asked, cast.strict_father))
    assert "Owen Pryce" in names(readers.missing(asked, cast.manager))
