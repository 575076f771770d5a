"""Writing about children: who can be seen, who is named, a second pair of eyes, a correction; and nothing typed is lost."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from documents.purposes import Purpose
from people.accounts.actions_drafts import forget_old_drafts
from people.accounts.models import Draft, Person
from people.setting.models import Setting
from portal.demo.drawings import drawn
from portal.journal import actions
from portal.journal.models import ChildSpecificText, Observation, Photograph, Revision
from records.pictures import clean
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.journal.pages import allow, let_photographs, reads, shared, write
from tests.people.autosave import typed

pytestmark = pytest.mark.django_db


def test_the_words_that_name_a_child_are_asked_about(cast):
    allow(cast.other_mother, cast.tobi)
    page = write(cast.key_person, cast.maja, words="Maja and Tobi built a bridge.")
    client = signed_in(cast.key_person)
    address = f"/journal/drafts/{page.pk}/check/"
    asked = client.post(address, follow=True).content.decode()
    assert "The words name another child." in asked
    assert "The words name Tobi." in asked
    assert not reads(cast.mother, page)
    assert client.post(address, {"names_stay": "Tobi"}).status_code == 302
    assert reads(cast.mother, page)


def test_each_child_may_have_words_of_its_own(cast):
    page = write(cast.key_person, cast.maja, cast.tobi, words="We went out.")
    client = signed_in(cast.key_person)
    kept = client.post(f"/journal/drafts/{page.pk}/check/", {"keep": "yes", "own-0-words": "Your bridge!"})
    assert kept.status_code == 200 and "Your bridge!" in kept.content.decode()
    assert not reads(cast.mother, page), "kept is not shared"
    client.post(f"/journal/drafts/{page.pk}/check/", {"own-0-words": "Your bridge!"})
    mine = signed_in(cast.mother).get(f"/journal/{cast.maja.pk}/").content.decode()
    theirs = signed_in(cast.other_mother).get(f"/journal/{cast.tobi.pk}/").content.decode()
    assert "Your bridge!" in mine and "We went out." not in mine
    assert "We went out." in theirs and "Your bridge!" not in theirs


def test_where_the_setting_wants_it_a_colleague_looks_first(cast):
    Setting.objects.update_or_create(pk=Setting.now().pk or 1, defaults={"journal_is_checked": True})
    page = write(cast.key_person, cast.maja)
    address = f"/journal/drafts/{page.pk}/check/"
    with pytest.raises(ActionRefused, match="A colleague looks at it"):
        actions.share(page, by=cast.key_person)
    author, manager = signed_in(cast.key_person), signed_in(cast.manager)
    assert manager.post(address).status_code == 403, "nobody has asked yet"
    assert "Send to a colleague" in author.get(address).content.decode()
    author.post(address)
    assert list(Observation.objects.to_check(cast.manager)) == [page]
    assert not Observation.objects.to_check(cast.key_person) and not Observation.objects.to_check(cast.senco)
    assert "An observation waits for your eyes" in manager.get("/today/").content.decode()

    back = {"back": "yes", "back-words": "Say what she said.", "back-idempotency_key": uuid.uuid4()}
    assert manager.post(address, back).status_code == 302
    assert "Say what she said." in author.get(address).content.decode()
    author.post(address)
    assert manager.post(address).status_code == 302
    page.refresh_from_db()
    assert page.shared_at and page.checked_by == cast.manager
    family = signed_in(cast.mother).get(f"/journal/{cast.maja.pk}/{page.pk}/").content.decode()
    assert "Two friends built a bridge." in family and "Say what she said." not in family


def test_a_correction_keeps_what_was_said_before_for_staff(cast):
    page = shared(cast.key_person, cast.maja, words="She ate three peas.")
    address = f"/journal/pages/{page.pk}/correct/"
    assert signed_in(cast.mother).get(address).status_code == 403
    client = signed_in(cast.key_person)
    assert "Write why" in client.post(address, {"words": "She ate four peas."}).content.decode()
    assert not Revision.objects.exists()
    client.post(address, {"words": "She ate four peas.", "why": "Counted again"})
    staff = signed_in(cast.senco).get(f"/journal/{cast.maja.pk}/{page.pk}/").content.decode()
    assert "She ate three peas." in staff and "Counted again" in staff
    family = signed_in(cast.mother).get(f"/journal/{cast.maja.pk}/{page.pk}/").content.decode()
    assert "She ate four peas." in family and "The setting has corrected this page." in family
    assert "three peas" not in family and "Counted again" not in family


def test_the_words_for_one_family_can_be_corrected_too(cast):
    page = shared(cast.key_person, cast.maja, cast.tobi, words="They baked.")
    ChildSpecificText.objects.create(observation=page, child=cast.maja, words="She stirred.")
    sara, address = signed_in(cast.key_person), f"/journal/pages/{page.pk}/correct/"
    form = sara.get(address).content.decode()
    assert "She stirred." in form and "Words for Tobi&#x27;s family only" in form
    sent = {"words": "They baked.", "own_0": "She stirred and tasted.", "own_1": "He counted.", "why": "More to it"}
    assert sara.post(address, sent).status_code == 302
    page = Observation.objects.get(pk=page.pk)
    assert [page.words_for(child) for child in (cast.maja, cast.tobi)] == ["She stirred and tasted.", "He counted."]
    before = sara.get(f"/journal/{cast.maja.pk}/{page.pk}/").content.decode()
    assert "She stirred." in before, "what it said before stays readable to staff"
    assert sara.post(address, sent | {"own_0": "", "own_1": ""}).status_code == 302
    assert not page.own_words.exists()


def test_a_correction_that_leaves_nothing_says_how_to_take_a_page_back(cast):
    page = shared(cast.key_person, cast.maja, words="They baked.")
    answer = signed_in(cast.key_person).post(f"/journal/pages/{page.pk}/correct/", {"words": " ", "why": "Wrong child"})
    assert "Then nothing would stand here." in answer.content.decode()
    assert Observation.objects.get(pk=page.pk).words == "They baked."


def test_a_correction_that_names_a_child_closes_the_page_to_those_who_may_not_read_that(cast):
    page = shared(cast.key_person, cast.maja, words="A friend came.")
    assert reads(cast.mother, page)
    actions.correct(page, by=cast.key_person, why="The name", words="Tobi came.")
    assert not reads(cast.mother, page)


def test_who_can_be_seen_is_said_only_while_it_is_a_draft_and_by_its_author(cast):
    let_photographs(cast.maja)
    page = write(cast.key_person, cast.maja, pictures=[clean(drawn("tower", 1, (90, 60)))])
    photograph = page.photographs.get()
    for somebody in (cast.senco, cast.manager, cast.mother):
        with pytest.raises(ActionRefused):
            actions.describe(photograph, by=somebody, children=[], words="")
    actions.share(page, by=cast.key_person)
    with pytest.raises(ActionRefused):
        actions.describe(photograph, by=cast.key_person, children=[], words="")


def test_a_child_in_a_photograph_counts_though_it_is_not_on_the_page(cast):
    """Noor stands behind Maja: her family's word decides, too, whether Maja's family sees the picture."""
    let_photographs(cast.maja)
    allow(cast.foster_carer, cast.noor, Purpose.OWN_JOURNAL)
    page = write(cast.key_person, cast.maja, pictures=[clean(drawn("tower", 1, (90, 60)))])
    photograph = page.photographs.get()
    actions.describe(photograph, by=cast.key_person, children=[cast.maja, cast.noor], words="")
    actions.share(page, by=cast.key_person)
    assert not Photograph.objects.visible_to(cast.mother).filter(pk=photograph.pk)
    allow(cast.foster_carer, cast.noor)
    assert Photograph.objects.visible_to(cast.mother).filter(pk=photograph.pk)


def test_what_is_typed_is_kept_offered_again_and_gone_when_sent(cast):
    client, press, key = signed_in(cast.key_person), uuid.uuid4(), uuid.uuid4()

    def keeps(**fields):
        return typed(client, "/journal/write/", fields and {"idempotency_key": press, **fields}, key=key)[1].json()

    assert keeps() == {"kept": False}
    assert keeps(words="She was just", children=[cast.maja.pk], areas=["world"]) == {"kept": True}
    assert keeps(words="She was just about to", children=[cast.maja.pk]) == {"kept": True}
    offered = client.get("/journal/write/").content.decode()
    assert "She was just about to" in offered
    again = BeautifulSoup(client.get(f"/journal/write/?draft={key}").content, "html.parser")
    form = again.find("input", {"name": "idempotency_key", "value": str(press)}).find_parent("form")
    assert form.find("textarea", {"name": "words"}).get_text().strip() == "She was just about to"
    assert form.find("input", {"name": "children", "value": str(cast.maja.pk)}).has_attr("checked")
    assert "She was just" not in signed_in(cast.manager).get("/journal/write/").content.decode()
    sent = {"idempotency_key": press, "words": "She jumped.", "children": [cast.maja.pk], "draft": key}
    client.post("/journal/write/", sent)
    client.post("/journal/write/", sent)
    assert not Draft.objects.exists() and Observation.objects.filter(idempotency_key=press).count() == 1
    assert keeps(words="too late") == {"kept": False}


def test_a_familys_typing_belongs_to_the_childs_page_and_is_thrown_away_on_wish_or_after_two_weeks(cast):
    client, address = signed_in(cast.mother), f"/journal/{cast.maja.pk}/add/"
    elsewhere, _answer = typed(client, f"/journal/{cast.tobi.pk}/add/", {"words": "x"})
    assert client.get(f"/journal/{cast.tobi.pk}/add/?draft={elsewhere}").status_code == 404
    client.post(f"/drafts/{elsewhere}/")
    key, answer = typed(client, address, {"words": "At bedtime"})
    assert answer.json() == {"kept": True}
    assert "At bedtime" in client.get(address).content.decode()
    assert "At bedtime" not in signed_in(cast.stepfather).get(address).content.decode()
    assert signed_in(cast.father).post(f"/drafts/{key}/").status_code == 404
    assert client.post(f"/drafts/{key}/", {"back": "yes"})["Location"] == address
    assert not Draft.objects.exists()

    typed(client, address, {"words": "At bedtime"}, key=key)
    assert forget_old_drafts() == 0
    Draft.objects.update(kept_at=timezone.now() - timedelta(days=15))
    assert forget_old_drafts() == 1


def test_a_draft_that_is_being_changed_is_kept_while_it_is_typed(cast):
    draft, client = write(cast.key_person, cast.maja, words="She ran."), signed_in(cast.key_person)
    address = f"/journal/drafts/{draft.pk}/"
    key, _answer = typed(client, address, {"words": "She ran and jumped.", "children": [cast.maja.pk]})
    assert "She ran and jumped." in client.get(address).content.decode()
    client.post(
        address,
        {
            "words": "She ran and jumped.",
            "children": [cast.maja.pk],
            "idempotency_key": draft.idempotency_key,
            "draft": key,
        },
    )
    draft.refresh_from_db()
    assert draft.words == "She ran and jumped." and not Draft.objects.exists()


def test_children_who_were_not_written_about_lately_say_so(cast):
    page = shared(cast.key_person, cast.maja)
    Observation.objects.filter(pk=page.pk).update(dated_at=timezone.now() - timedelta(days=20))
    shared(cast.key_person, cast.tobi)
    said = signed_in(cast.key_person).get("/journal/write/").content.decode()
    assert "Maja · 20 days ago" in said and "Alfie · no page yet" in said and "Tobi ·" not in said


def test_stages_are_offered_only_where_the_setting_follows_a_framework(cast):
    client = signed_in(cast.key_person)
    assert "Stage of development" not in client.get("/journal/write/").content.decode()
    Setting.objects.update_or_create(pk=Setting.now().pk or 1, defaults={"framework": "birth_to_5"})
    assert "Range 4" in client.get("/journal/write/").content.decode()


def test_the_manager_wishes_for_a_second_look_and_a_framework(cast):
    client = signed_in(cast.manager)
    page = client.get("/setting/").content.decode()
    assert "A senior colleague looks at observations" in page and "Birth to 5 Matters" in page
    facts = {name: value for name, value in client.get("/setting/").context["form"].initial.items() if value}
    client.post("/setting/", facts | {"journal_is_checked": "on", "framework": "development_matters"})
    assert (Setting.now().journal_is_checked, Setting.now().framework) == (True, "development_matters")


def test_areas_are_counted_for_staff_and_never_scored(cast):
    shared(cast.key_person, cast.maja)
    write(cast.key_person, cast.maja)
    page = signed_in(cast.senco).get(f"/journal/{cast.maja.pk}/areas/")
    counted = {bar.name: bar.pages for bar in page.context["bars"]}
    assert counted["Understanding the world"] == 1 and sum(counted.values()) == 1, "a draft does not count"
    assert signed_in(cast.mother).get(f"/journal/{cast.maja.pk}/areas/").status_code == 404


def test_everybody_named_by_the_migration_stays_as_closed_as_before(cast):
    """`named` decides as the page's children did before: a page where everybody is named needs everybody's consent."""
    page = shared(cast.key_person, cast.maja, cast.tobi)
    page.named.set([cast.maja, cast.tobi])
    assert not reads(cast.mother, page)
    allow(Person.objects.get(email="folake@example.org"), cast.tobi)
    assert reads(cast.mother, page)
