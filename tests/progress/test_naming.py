"""A check or a summary that names another child asks first, and is closed to whoever is kept from that child."""

import pytest

from documents import actions as papers
from documents.models import Signature, SignatureRequest, SignedDocument
from documents.purposes import Purpose
from documents.wording import questions
from people.families import actions_care, actions_family
from portal.progress import actions
from portal.progress.models import Check, Copy, Kind, Part
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.journal.pages import allow
from tests.progress.stories import areas, asked, make_two, shared, words_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja(cast):
    return make_two(cast.maja)


def signed_by(adult, ask):
    answers = {piece["id"]: "yes" for piece in questions(ask.version.wording)}
    draft = papers.save_draft(ask, answers, by=adult, edition=0)
    return papers.sign(ask, by=adult, edition=draft.edition, typed_name=adult.full_name, proof=["password"])


def ready(child, by, kind=Kind.AT_TWO, **changed):
    return actions.ready(write(asked(child, by, kind), by, **changed), by=by)


def test_a_check_that_names_another_child_is_shared_only_with_a_yes_to_that_name(cast, maja):
    allow(cast.other_mother, cast.tobi)
    check = ready(maja, cast.key_person, summary="She plays with tobi.")
    client, page = signed_in(cast.key_person), f"/progress/checks/{check.pk}/"
    asks = client.get(page).content.decode()
    assert "This names tobi. Who will read it: Daniel Reed, Ewa Nowicka, Marek Zielinski." in asks
    for said in ({}, {"names_stay": "Noor"}):
        answer = client.post(f"{page}do/share/", said, follow=True).content.decode()
        assert "It names another child." in answer
        assert not Check.objects.get(pk=check.pk).shared_at
    client.post(f"{page}do/share/", {"names_stay": "tobi"})
    assert Check.objects.visible_to(cast.mother).filter(pk=check.pk).exists()


@pytest.mark.parametrize("where", ["area", "plan", "home_ideas"])
def test_a_check_must_reach_all_parents_so_it_names_nobody_who_is_kept_out(cast, maja, where):
    check = write(asked(maja, cast.key_person), cast.key_person)
    facts = words_of(check) | ({"home_ideas": "Ask Tobi"} if where == "home_ideas" else {})
    plan = [("Key person", "Plays with Tobi", "soon")] if where == "plan" else []
    told = areas(can="Builds with Tobi.") if where == "area" else areas()
    actions.ready(
        actions.write(check, facts, told, plan, by=cast.key_person, edition=check.edition), by=cast.key_person
    )
    with pytest.raises(ActionRefused, match="It names Tobi, whose family has not agreed"):
        actions.share(check, by=cast.key_person)
    page = signed_in(cast.key_person).get(f"/progress/checks/{check.pk}/").content.decode()
    assert "could not read it" in page and "Share with the parents" not in page


def test_a_consent_taken_back_and_an_order_close_what_was_shared_to_those_it_concerns(cast, maja):
    """Leon is Ewa's and Marek's, and Daniel's not: he reads of him as long as they let him."""
    allow(cast.mother, cast.leon), allow(cast.stepfather, cast.leon)
    check = shared(maja, cast.key_person)
    check = actions.take_back(check, by=cast.key_person)
    actions.ready(write(check, cast.key_person, summary="She reads to Leon."), by=cast.key_person)
    check = actions.share(check, by=cast.key_person)
    assert Check.objects.visible_to(cast.father).get() == check and Part.objects.visible_to(cast.father).exists()
    allow(cast.mother, cast.leon, allows=False)
    assert not Check.objects.waiting_for(cast.father)
    assert not Check.objects.visible_to(cast.father)
    assert signed_in(cast.father).get(f"/progress/checks/{check.pk}/").status_code == 404
    assert Check.objects.visible_to(cast.mother).exists() and Check.objects.visible_to(cast.stepfather).exists()
    actions_family.restrict(cast.leon, cast.stepfather, by=cast.manager, kind="no_portal", basis="An order")
    assert not Check.objects.visible_to(cast.stepfather)


def test_a_copy_of_a_final_summary_closes_as_the_summary_does_and_a_former_name_counts(cast, maja):
    actions_care.change_name(cast.tobi, by=cast.manager, full_name="Ayo Bello", known_as="Ayo", why="Deed poll")
    allow(cast.other_mother, cast.tobi)
    check = ready(maja, cast.key_person, summary="She plays with Tobi.")
    assert list(check.named.all()) == [cast.tobi]
    actions.share(check, by=cast.key_person)
    actions.talked(check, by=cast.key_person, held_on=check.begun_at.date(), words="We rang.")
    actions.finish(check, by=cast.key_person)
    assert Copy.objects.visible_to(cast.mother).exists()
    allow(cast.other_mother, cast.tobi, Purpose.OTHERS_JOURNALS, allows=False)
    assert not Copy.objects.visible_to(cast.mother)
    assert Copy.objects.visible_to(cast.key_person).exists()


def test_a_check_that_is_enclosed_with_a_paper_closes_with_an_order_around_a_child_whom_it_names(cast, maja):
    """Signed or still to be signed: it holds the same words as the check."""
    allow(cast.mother, cast.leon), allow(cast.stepfather, cast.leon)
    check = ready(maja, cast.key_person, summary="She reads\nto Leon.")
    actions.share(check, by=cast.key_person)
    actions.talked(check, by=cast.key_person, held_on=check.begun_at.date(), words="We rang.")
    actions.finish(check, by=cast.key_person)
    to_sign = {one.adult: one.ask for one in check.invitations.all() if one.ask}
    signature = signed_by(cast.mother, to_sign[cast.mother])
    assert SignatureRequest.objects.waiting_for(cast.father).get() == to_sign[cast.father]
    assert Signature.objects.visible_to(cast.mother).exists()
    for adult in (cast.father, cast.mother):
        actions_family.restrict(cast.leon, adult, by=cast.manager, kind="full", basis="An order")
        assert not SignatureRequest.objects.visible_to(adult).exclude(
            enclosed=[]
        ) and not SignatureRequest.objects.waiting_for(adult)
        assert signed_in(adult).get(to_sign[adult].get_absolute_url()).status_code == 404
    assert not Signature.objects.visible_to(cast.mother) and not SignedDocument.objects.visible_to(cast.mother)
    assert Signature.objects.visible_to(cast.manager).get() == signature
    actions_family.restrict(cast.leon, cast.manager, by=cast.deputy, kind="full", basis="An order")
    assert not Signature.objects.visible_to(cast.manager)
