"""A notice that names a child asks whoever publishes it or hands it in, and says who will read it."""

import pytest
from django.test import Client

from documents.purposes import Purpose
from home.audiences import Audience, recipients_of
from home.models import InformationPage, NoticePage
from people.families import actions_family
from tests.cast import signed_in
from tests.home.stories import notice
from tests.home.test_checking import edited
from tests.home.test_editors import add_address, notice_form
from tests.home.test_writing import written
from tests.journal.pages import allow

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["Tobi is four\n\nSing with us.", "A party\n\nCake for tobi on Friday."])
def test_staff_are_asked_before_they_hand_in_and_the_manager_before_she_publishes(cast, words):
    allow(cast.other_mother, cast.tobi, Purpose.OTHERS_JOURNALS)
    sara, helen = signed_in(cast.key_person), signed_in(cast.manager)
    page = written(sara, words)
    address = f"/notices/write/{page.pk}/"
    name = "Tobi" if words.startswith("Tobi") else "tobi"
    asks = sara.post(address).content.decode()
    assert f"This names {name}. Who will read it: 7 adults of our families" in asks
    assert "has not agreed" not in asks
    assert not NoticePage.objects.waiting_for(cast.manager)
    assert sara.post(address, {"names_stay": name}).status_code == 302
    allow(cast.other_mother, cast.tobi, Purpose.OTHERS_JOURNALS, allows=False)
    asks = helen.post(address, {"telling": "quiet"}).content.decode()
    assert f"This names {name}." in asks and "Please take the name out" in asks
    assert not NoticePage.objects.get(pk=page.pk).live
    assert helen.post(address, {"telling": "quiet", "names_stay": "Noor"}).status_code == 200
    assert helen.post(address, {"telling": "quiet", "names_stay": name}).status_code == 302
    assert NoticePage.objects.get(pk=page.pk).live


def test_a_notice_without_names_is_published_as_before(cast):
    helen = signed_in(cast.manager)
    page = written(helen, "A rose\n\nWill you come in May?")
    assert helen.post(f"/notices/write/{page.pk}/", {"telling": "quiet"}).status_code == 302


def test_an_editor_is_asked_in_wagtail_before_publishing_and_what_was_typed_stays(cast):
    """Saving a draft asks nothing; who edits pages and looks after no children hears nothing of what a family allows."""
    client = signed_in(cast.editor)
    first = notice_form(title="Beans with Tobi")
    client.post(add_address(), first)
    page = NoticePage.objects.get()
    address, go = f"/cms/pages/{page.pk}/edit/", {"action-publish": "1"}
    assert "names_stay" not in client.get(address).content.decode()
    asks = client.post(address, first | go).content.decode()
    assert "This names Tobi. Who will read it: Everyone: the notice is public." in asks
    assert "has not agreed" not in asks
    assert "Beans with Tobi" in asks and 'name="names_stay"' in asks
    assert not NoticePage.objects.get().live
    client.post(address, notice_form(title="Beans with Noor", names_stay="Tobi") | go)
    assert not NoticePage.objects.get().live, "a yes is to those names only"
    client.post(address, first | go | {"names_stay": "Tobi"})
    assert NoticePage.objects.get().live and "Beans with Tobi" in Client().get("/notices/").content.decode()


def test_sending_to_a_colleague_and_a_page_of_information_ask_too_and_many_at_once_name_nobody(cast):
    client = signed_in(cast.editor)
    client.post(add_address(), notice_form(title="Beans with Tobi"))
    page = NoticePage.objects.get()
    client.post(f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}", {"next": "/cms/"})
    assert not NoticePage.objects.get().live
    words = InformationPage.objects.get(slug="privacy")
    fields = edited(words, "action-publish") | {"lead": "As Noor Hussain knows."}
    asks = client.post(f"/cms/pages/{words.pk}/edit/", fields).content.decode()
    assert "This names Noor Hussain. Who" in asks
    assert "Noor Hussain" not in Client().get("/privacy/").content.decode()


def test_an_order_closes_a_notice_that_names_the_child_whenever_it_was_published(cast):
    """For him alone: not for his family, not for editors who are kept from nobody. What the street reads stays open."""
    before = notice("Ivo’s lanterns")
    inside = notice("Lanterns", words="<p>All came, and I<b>vo</b>’s mother, too.</p>")
    public = notice("Ivo’s open day", Audience.PUBLIC)
    other = notice("Lanterns again", words="<p>Vivo la vida</p>")
    child = actions_family.add_child(by=cast.manager, full_name="Ivo Whitby", known_as="Ivo", born_on=cast.leon.born_on)
    for adult in (cast.father, cast.senco):
        actions_family.restrict(child, adult, by=cast.manager, kind="full", basis="An order")
    after = notice("Ivo’s lanterns, once more")
    for reader in (cast.father, cast.senco):
        found = NoticePage.objects.visible_to(reader)
        assert set(found) == {public, other}, reader
        answers = [signed_in(reader).get(page.url).status_code for page in (before, inside, after, public, other)]
        assert answers == [404, 404, 404, 200, 200]
        assert "lanterns, once more" not in signed_in(reader).get("/notices/").content.decode()
    assert not {cast.father, cast.senco} & set(recipients_of(after)), (
        "nobody is told of it, or rung because they have not read it"
    )
    assert {cast.father, cast.senco, cast.mother} <= set(recipients_of(public)) and cast.mother in recipients_of(after)
    for reader in (cast.mother, cast.key_person, cast.editor):
        assert set(NoticePage.objects.visible_to(reader)) == {before, inside, after, public, other}, reader
