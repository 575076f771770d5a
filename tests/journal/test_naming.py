"""Whoever is kept from a child reads nothing that names it: page, caption, comment, search, book, what is new."""

import uuid

import pytest

from documents.purposes import Purpose
from people.families import actions_care, actions_family
from people.families.models import Household, Restriction
from portal.book import contents
from portal.demo.drawings import drawn
from portal.journal import actions
from portal.journal.models import Comment, Observation, Photograph, ReadMark
from portal.journal.waiting import new_pages
from records.pictures import clean
from tests.cast import signed_in
from tests.journal.pages import allow, let_photographs, reads, shared, write

pytestmark = pytest.mark.django_db
MOONSTONE = "Moonstone"  # a word to search for


@pytest.fixture
def half_brother(cast):
    """Daniel has a son of his own here besides Maja; an order shuts him out of Maja's record."""
    child = actions_family.add_child(by=cast.manager, full_name="Ivo Reed", known_as="Ivo", born_on=cast.leon.born_on)
    actions_family.relate(child, cast.father, by=cast.manager, kind="father", parental_responsibility="yes", level=3)
    actions_family.place_key_person(child, cast.key_person, by=cast.manager)
    allow(cast.mother, cast.maja), allow(cast.father, cast.maja), allow(cast.mother, cast.maja, Purpose.OWN_JOURNAL)
    allow(cast.father, child, Purpose.OWN_JOURNAL)
    return child


def bar(cast, **more):
    facts = {"kind": "no_portal", "basis": "An order"} | more
    return actions_family.restrict(cast.maja, cast.father, by=cast.manager, **facts)


def found(cast, child):
    """Everything that Daniel meets of a child's journal, in one text."""
    client, journal = signed_in(cast.father), f"/journal/{child.pk}/"
    pages = Observation.objects.visible_to(cast.father).filter(children=child)
    addresses = [journal, f"{journal}?q={MOONSTONE}", *(f"{journal}{page.pk}/" for page in pages)]
    met = [client.get(address).content.decode() for address in addresses]
    book = [str(contents.pages(child, cast.father, period)) for period in contents.periods(child, cast.father)]
    return "\n".join([*met, *book])


@pytest.mark.parametrize("field", ["words", "child_says", "next_step", "home_idea"])
def test_a_barred_father_reads_nothing_on_a_siblings_page_that_names_the_barred_child(cast, half_brother, field):
    facts = {"words": f"{MOONSTONE}."} | {field: f"{MOONSTONE} for maja, too."}
    page = actions.write(
        by=cast.key_person, children=[half_brother], pictures=[], idempotency_key=uuid.uuid4(), **facts
    )
    actions.share(page, by=cast.key_person)
    assert new_pages(cast.father, {half_brother.pk}) == {half_brother.pk: 1}
    assert "maja, too" in found(cast, half_brother)
    order = bar(cast)
    assert not reads(cast.father, page)
    assert f"{MOONSTONE} for" not in found(cast, half_brother)
    assert signed_in(cast.father).get(f"/journal/{half_brother.pk}/{page.pk}/").status_code == 404
    ReadMark.objects.all().delete()
    assert not new_pages(cast.father, {half_brother.pk})
    Restriction.objects.filter(pk=order.pk).update(ended_at=order.entered_at)
    assert reads(cast.father, page)


def test_words_for_one_family_and_a_former_name_and_a_surname_close_a_page_too(cast, half_brother):
    page = write(cast.key_person, half_brother, words="Common.")
    actions.say_to_each(page, by=cast.key_person, own_words={half_brother: "He and Maja sang."})
    actions.share(page, by=cast.key_person)
    named = shared(cast.key_person, half_brother, words="The Nowicka children came.")
    actions_care.change_name(cast.maja, by=cast.manager, full_name="Ola Lind-Wolak", known_as="Ola", why="Deed poll")
    former = shared(cast.key_person, half_brother, words="Once more with maja.")
    now = shared(cast.key_person, half_brother, words="Once more with Ola.")
    bar(cast)
    assert not any(reads(cast.father, each) for each in (page, named, former, now))
    assert reads(cast.father, shared(cast.key_person, half_brother, words="A page of his own."))


def test_a_photograph_whose_caption_names_the_barred_child_is_gone_and_the_page_stays(cast, half_brother):
    picture = clean(drawn("tower", 1, (60, 40)))
    page = write(cast.key_person, half_brother, words="A tower.", pictures=[picture])
    photograph = page.photographs.get()
    actions.describe(photograph, by=cast.key_person, children=[half_brother], words="The tower that Maja built")
    actions.share(page, by=cast.key_person)
    assert Photograph.objects.visible_to(cast.father).filter(pk=photograph.pk).exists()
    bar(cast)
    assert reads(cast.father, page)
    client = signed_in(cast.father)
    assert client.get(f"/journal/photographs/{photograph.pk}/small/").status_code == 404
    assert client.get(f"/journal/{half_brother.pk}/{page.pk}/{photograph.pk}/").status_code == 404
    assert "Maja" not in found(cast, half_brother)
    actions.correct(page, by=cast.key_person, why="Shorter", words="")
    assert not reads(cast.father, page), "an empty page would tell that something is hidden"


def say(page, child, by, words):
    return actions.comment(page, child, by=by, words=words, idempotency_key=uuid.uuid4())


def test_an_answer_that_names_the_barred_child_is_gone_for_him_alone(cast, half_brother):
    page = shared(cast.key_person, half_brother, words="A tower.")
    said = say(page, half_brother, cast.key_person, "Maja helped him.")
    own = say(page, half_brother, cast.father, "Say hello to Maja")
    assert set(Comment.objects.visible_to(cast.father)) == {said, own}
    bar(cast)
    assert not Comment.objects.visible_to(cast.father)
    assert set(Comment.objects.visible_to(cast.key_person)) == {said, own}


def test_a_child_kept_out_by_its_family_is_named_in_no_caption_and_no_answer_that_others_read(cast):
    """As for the page itself; the family of the child, staff and a consent given later read it."""
    let_photographs(cast.maja)
    page = write(cast.key_person, cast.maja, words="A tower.", pictures=[clean(drawn("tower", 1, (60, 40)))])
    photograph = page.photographs.get()
    actions.describe(photograph, by=cast.key_person, children=[cast.maja], words="Tobi's tower")
    actions.share(page, by=cast.key_person)
    said = say(page, cast.maja, cast.key_person, "Tobi helped her.")
    told = say(page, cast.maja, cast.mother, "Tobi was here for tea")
    assert not Photograph.objects.visible_to(cast.mother)
    assert list(Comment.objects.visible_to(cast.mother)) == [told], "a family's own words stay its own"
    assert set(Comment.objects.visible_to(cast.key_person)) == {said, told}
    allow(cast.other_mother, cast.tobi)
    assert Photograph.objects.visible_to(cast.mother).get() == photograph
    assert set(Comment.objects.visible_to(cast.mother)) == {said, told}
    allow(cast.other_mother, cast.tobi, allows=False)
    assert not Photograph.objects.visible_to(cast.mother)


def test_a_page_from_home_that_names_the_barred_child_does_not_reach_the_barred_adult(cast, half_brother):
    actions_family.relate(
        half_brother, cast.grandmother, by=cast.manager, kind="other", parental_responsibility="no", level=2
    )
    home = Household.objects.create(name="Reed")
    for adult in (cast.father, cast.grandmother):
        adult.household = home
        adult.save()
    page = actions.add_from_home(
        half_brother, by=cast.father, words="Maja on the swing", pictures=[], idempotency_key=uuid.uuid4()
    )
    assert reads(cast.grandmother, page), "a family's own words ask nobody's consent"
    actions_family.restrict(cast.maja, cast.grandmother, by=cast.manager, kind="full", basis="An order")
    assert not reads(cast.grandmother, page)


def test_a_colleague_who_is_barred_from_a_child_reads_no_page_that_names_it_as_staff_either(cast):
    page = shared(cast.key_person, cast.maja, words="Maja and Tobi")
    assert reads(cast.senco, page)
    actions_family.restrict(cast.tobi, cast.senco, by=cast.manager, kind="full", basis="An order")
    assert not reads(cast.senco, page)
    found = signed_in(cast.senco).get("/journal/find/?q=tobi").content.decode()
    assert "Maja and Tobi" not in found


def test_staff_are_asked_before_an_answer_names_another_child_and_their_words_stay(cast):
    page, other = shared(cast.key_person, cast.maja, words="A tower."), "Tobi asked about it, and so did noor"
    client, address = signed_in(cast.key_person), f"/journal/{cast.maja.pk}/{page.pk}/"
    sent = {"words": other, "idempotency_key": uuid.uuid4()}
    asked = client.post(address, sent).content.decode()
    assert "This names noor, Tobi." in asked.replace("Tobi, noor", "noor, Tobi")
    assert "the family of Maja" in asked and "other families will not see this" in asked and other in asked
    assert not Comment.objects.exists()
    assert client.post(address, sent | {"names_stay": "Tobi, noor", "words": f"{other} and Alfie"}).status_code == 200
    assert not Comment.objects.exists(), "a yes is to those names only"
    assert client.post(address, sent | {"names_stay": "Tobi, noor"}).status_code == 302
    assert Comment.objects.get().words == other
    mother = signed_in(cast.mother)
    assert mother.post(address, {"words": "Tobi is his friend", "idempotency_key": uuid.uuid4()}).status_code == 302


def test_a_caption_and_a_correction_ask_as_well(cast):
    let_photographs(cast.maja), allow(cast.other_mother, cast.tobi)
    page = write(cast.key_person, cast.maja, words="A tower.", pictures=[clean(drawn("tower", 1, (60, 40)))])
    client, address = signed_in(cast.key_person), f"/journal/drafts/{page.pk}/check/"
    seen = {"photo-0-asked": "True", "photo-0-seen": [str(cast.maja.pk)], "photo-0-words": "Tobi's tower"}
    asked = client.post(address, seen, follow=True).content.decode()
    assert "The words name Tobi." in asked and "Tobi&#x27;s tower" in asked
    assert client.post(address, seen | {"names_stay": "Noor"}).status_code == 200
    assert not reads(cast.mother, page)
    assert client.post(address, seen | {"names_stay": "Tobi"}).status_code == 302
    assert reads(cast.mother, page)
    correction = {"words": "Noor's tower.", "why": "The name"}
    asked = client.post(f"/journal/pages/{page.pk}/correct/", correction).content.decode()
    assert "This names Noor." in asked and "Noor&#x27;s tower." in asked
    page.refresh_from_db()
    assert page.words == "A tower."
    assert client.post(f"/journal/pages/{page.pk}/correct/", correction | {"names_stay": "Noor"}).status_code == 302
    assert not reads(cast.mother, page)


def test_an_answer_under_a_comment_of_the_family_asks_in_its_own_box(cast):
    page = shared(cast.key_person, cast.maja, words="A tower.")
    said = say(page, cast.maja, cast.mother, "How was it?")
    client, address = signed_in(cast.key_person), f"/journal/{cast.maja.pk}/{page.pk}/"
    sent = {"words": "Lovely, and Tobi helped.", "idempotency_key": uuid.uuid4(), "answers": said.pk}
    asked = client.post(address, sent).content.decode()
    assert "This names Tobi. Who will read it: whoever reads what it answers" in asked
    assert "Lovely, and Tobi helped." in asked and not said.answered_by.exists()
    assert client.post(address, sent | {"names_stay": "Tobi"}).status_code == 302
    assert said.answered_by.get().words == "Lovely, and Tobi helped."


def test_what_a_family_decided_is_told_to_whoever_looks_after_the_child_and_to_nobody_of_its_own_life(cast):
    """Jo works here and is Alfie's mother: "no consent" would be what Alfie's other parent has said. A barred colleague too."""
    actions_family.restrict(cast.alfie, cast.senco, by=cast.manager, kind="full", basis="An order")
    for_all = shared(cast.key_person, cast.maja, words="A tower.")
    answer = f"/journal/{cast.maja.pk}/{for_all.pk}/"
    for writer, told in ((cast.key_person, True), (cast.staff_parent, False), (cast.senco, False)):
        client = signed_in(writer)
        asked = client.post(answer, {"words": "As Alfie did.", "idempotency_key": uuid.uuid4()}).content.decode()
        assert "This names Alfie." in asked and ("has not agreed" in asked) is told, writer
        if writer == cast.senco:
            continue  # she would not read her own page
        page = write(writer, cast.maja, words="Alfie built it.")
        check = client.get(f"/journal/drafts/{page.pk}/check/").content.decode()
        assert ("No consent" in check, "Not at present" in check) == (told, not told), writer
        assert ("may not appear" in check) is told, writer
        actions.share(page, by=writer)
        correction = {"words": "Alfie's tower, too.", "why": "The name"}
        asked = client.post(f"/journal/pages/{page.pk}/correct/", correction).content.decode()
        assert ("has not agreed" in asked) is told, writer
