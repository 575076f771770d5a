"""A draft stays with its author whatever becomes of the children on it, and says what is in the way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.families import actions_family
from people.families.access import Level
from people.families.models import Child, Relationship
from people.setting.models import Room, StaffInRoom
from portal.demo.drawings import drawn
from portal.journal import actions, rules
from portal.journal.models import Observation
from records.pictures import clean
from records.refused import ActionRefused
from tests.cast import out_of_office, signed_in
from tests.journal.pages import let_photographs, write
from tests.people.autosave import typed

pytestmark = pytest.mark.django_db
WORDS = "She poured the tea without spilling."


def moves_room(cast, child, person):
    """The child goes to another room, and the member of staff works in the first one."""
    here, there = (Room.objects.get_or_create(name=name)[0] for name in ("Acorns", "Oaks"))
    Child.objects.exclude(pk=child.pk).update(room=here)
    Child.objects.filter(pk=child.pk).update(room=there)
    child.key_people.all().delete()
    StaffInRoom.objects.create(person=person, room=here, starts_on=timezone.localdate() - timedelta(days=1))


def comes_into_the_family(cast, child, person):
    facts = {"kind": "other", "parental_responsibility": "no", "level": Level.NONE}
    Relationship.objects.create(child=child, adult=person, **facts)


def is_closed(cast, child, person):
    actions_family.restrict(child, person, by=cast.manager, kind="full", basis="An order")


WAYS = [moves_room, comes_into_the_family, is_closed]


@pytest.mark.parametrize("happens", WAYS)
def test_a_draft_stays_with_its_author_and_says_what_is_in_the_way(cast, happens):
    draft = write(cast.key_person, cast.maja, cast.tobi, words=WORDS)
    happens(cast, cast.maja, cast.key_person)
    client = signed_in(cast.key_person)
    for page in ("/journal/write/", "/today/"):
        content = client.get(page).content.decode()
        assert f"/journal/drafts/{draft.pk}/check/" in content, page
        assert "Tobi" in content and "Maja," not in content
    page = client.get(f"/journal/drafts/{draft.pk}/check/").content.decode()
    assert WORDS in page and "do not look after every child on it" in page
    assert "Share with families" not in page and "Who will read it" not in page and "Maja" not in page
    with pytest.raises(ActionRefused):
        actions.share(draft, by=cast.key_person)


@pytest.mark.parametrize("happens", WAYS)
def test_with_the_child_taken_off_it_it_is_shared_like_any_other(cast, happens):
    let_photographs(cast.maja, cast.tobi)
    pictures = [clean(drawn("tower", number, (80, 60))) for number in (1, 2)]
    draft = write(cast.key_person, cast.maja, cast.tobi, words=WORDS, pictures=pictures)
    of_tobi, of_both = draft.photographs.all()
    actions.describe(of_tobi, by=cast.key_person, children=[cast.tobi], words="")
    happens(cast, cast.maja, cast.key_person)
    client = signed_in(cast.key_person)
    form = client.get(f"/journal/drafts/{draft.pk}/").content.decode()
    assert WORDS in form and "Maja" not in form and f"photographs/{of_both.pk}/" not in form
    sent = {"words": WORDS, "children": [cast.tobi.pk], "idempotency_key": draft.idempotency_key}
    assert client.post(f"/journal/drafts/{draft.pk}/", sent).status_code == 302
    page = client.get(f"/journal/drafts/{draft.pk}/check/").content.decode()
    assert "A photograph on it cannot be shown to you" in page and f"photographs/{of_both.pk}/" not in page
    seen = {"photo-0-asked": "True", "photo-0-seen": [cast.tobi.pk], "photo-1-asked": "True"}
    client.post(f"/journal/drafts/{draft.pk}/check/", seen)
    draft.refresh_from_db()
    assert not draft.shared_at and set(of_both.children.all()) == {cast.maja, cast.tobi}, "it still says who is seen"
    assert str(of_both.pk) in client.get(f"/journal/drafts/{draft.pk}/").content.decode()
    client.post(f"/journal/drafts/{draft.pk}/", sent | {"without": [of_both.pk]})
    client.post(f"/journal/drafts/{draft.pk}/check/", seen)
    draft.refresh_from_db()
    assert draft.shared_at and list(draft.photographs.all()) == [of_tobi]


def test_where_its_words_name_who_is_closed_it_says_so_and_the_words_can_be_changed(cast):
    draft = write(cast.key_person, cast.tobi, words="Tobi and Maja built a bridge.")
    is_closed(cast, cast.maja, cast.key_person)
    client = signed_in(cast.key_person)
    page = client.get(f"/journal/drafts/{draft.pk}/check/").content.decode()
    assert "Its words name a child" in page and "built a bridge" in page
    client.post(
        f"/journal/drafts/{draft.pk}/",
        {"words": "Tobi built.", "children": [cast.tobi.pk], "idempotency_key": draft.idempotency_key},
    )
    client.post(f"/journal/drafts/{draft.pk}/check/", {})
    draft.refresh_from_db()
    assert draft.shared_at


def test_of_a_child_who_has_left_it_can_still_be_changed_and_shared(cast):
    draft = write(cast.key_person, cast.maja, words=WORDS)
    Child.objects.filter(pk=cast.maja.pk).update(ends_on=timezone.localdate() - timedelta(days=3))
    client = signed_in(cast.key_person)
    form = client.get(f"/journal/drafts/{draft.pk}/").content.decode()
    assert f'value="{cast.maja.pk}"' in form
    sent = {"words": "She waved goodbye.", "children": [cast.maja.pk], "idempotency_key": draft.idempotency_key}
    assert client.post(f"/journal/drafts/{draft.pk}/", sent).status_code == 302
    client.post(f"/journal/drafts/{draft.pk}/check/", {})
    draft.refresh_from_db()
    assert draft.words == "She waved goodbye." and draft.shared_at
    assert f'value="{cast.maja.pk}"' not in client.get("/journal/write/").content.decode()


def test_it_can_be_thrown_away(cast):
    draft = write(cast.key_person, cast.maja, words=WORDS)
    is_closed(cast, cast.maja, cast.key_person)
    client = signed_in(cast.key_person)
    assert client.post(f"/journal/pages/{draft.pk}/withdraw/", {"why": "Not needed"}).status_code == 302
    draft.refresh_from_db()
    assert draft.withdrawn_at and f"{draft.pk}" not in client.get("/journal/write/").content.decode()


def test_whoever_does_not_work_here_any_more_throws_nothing_away(cast):
    draft = write(cast.key_person, cast.maja, words=WORDS)
    out_of_office(cast.key_person.roles.get())
    with pytest.raises(ActionRefused):
        actions.withdraw(draft, by=cast.key_person)


def test_what_was_typed_in_a_role_is_not_read_after_it(cast):
    """The page on which it can be thrown away shows the words."""
    key, _answer = typed(signed_in(cast.key_person), "/journal/write/", {"words": WORDS})
    address = f"/drafts/{key}/"
    assert WORDS in signed_in(cast.key_person).get(address).content.decode()
    out_of_office(cast.key_person.roles.get())
    assert signed_in(cast.key_person).get(address).status_code == 404
    assert signed_in(cast.key_person).post(address).status_code == 404
    assert "did not send it" not in signed_in(cast.key_person).get("/today/").content.decode()


def test_what_was_typed_as_family_is_read_after_a_role(cast):
    Relationship.objects.create(
        child=cast.tobi, adult=cast.key_person, kind="other", parental_responsibility="no", level=Level.PARTICIPATE
    )
    key, _answer = typed(signed_in(cast.key_person), f"/journal/{cast.tobi.pk}/add/", {"words": WORDS})
    out_of_office(cast.key_person.roles.get())
    assert WORDS in signed_in(cast.key_person).get(f"/drafts/{key}/").content.decode()


def test_it_is_nobody_elses_and_what_was_shared_closes_as_ever(cast):
    draft, page = write(cast.key_person, cast.maja, words=WORDS), write(cast.key_person, cast.maja, words="Shared")
    actions.share(page, by=cast.key_person)
    is_closed(cast, cast.maja, cast.key_person)
    client = signed_in(cast.key_person)
    assert client.get(f"/journal/{cast.maja.pk}/{page.pk}/").status_code == 404
    assert client.post(f"/journal/pages/{page.pk}/withdraw/", {"why": "x"}).status_code == 404
    assert client.get(f"/journal/pages/{page.pk}/correct/").status_code == 404
    assert client.get(f"/journal/drafts/{page.pk}/check/").status_code == 404
    for person in (cast.staff_parent, cast.senco, cast.mother):
        assert signed_in(person).get(f"/journal/drafts/{draft.pk}/check/").status_code == 404
    assert not Observation.objects.stuck_for(cast.manager).exists()
    for held in cast.key_person.roles.all():
        out_of_office(held)
    assert not rules.may_write_about(cast.key_person, [])
    assert signed_in(cast.key_person).get(f"/journal/drafts/{draft.pk}/check/").status_code == 404


def test_a_draft_that_was_taken_back_in_another_window_is_not_shared(cast):
    draft = write(cast.key_person, cast.maja)
    actions.withdraw(draft, by=cast.key_person)
    draft.refresh_from_db()
    with pytest.raises(ActionRefused, match="taken back meanwhile"):
        actions.share(draft, by=cast.key_person)
    draft.refresh_from_db()
    assert draft.shared_at is None
