"""Reading the journal: by month, by area, by words; one photograph after the other; thanks, answers and corrections."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from people.families import actions_family
from people.families.access import RestrictionKind
from people.families.models import Child
from portal.demo.drawings import drawn
from portal.journal import actions
from portal.journal.finding import months_since
from portal.journal.models import Comment, Observation, Thanks, Word, finding
from records.pictures import clean
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.journal.pages import let_photographs, shared, write
from tests.pace import queries

pytestmark = pytest.mark.django_db


def dated(page, moment):
    Observation.objects.filter(pk=page.pk).update(dated_at=moment, shared_at=moment)
    return page


def found(client, child, **asked):
    return [page.words for page in client.get(f"/journal/{child.pk}/", asked).context["entries"]]


@pytest.fixture
def three(cast):
    """Three pages of Maja's, in two months and two areas."""
    pages = ["She counted the puddles.", "She painted a sunset.", "A tower of łódź!"]
    moments = [datetime(2026, 9, 30, 22, 30, tzinfo=UTC), datetime(2026, 9, 30, 23, 30, tzinfo=UTC), timezone.now()]
    for words, moment in zip(pages, moments, strict=True):
        dated(shared(cast.key_person, cast.maja, words=words), moment)
    Observation.objects.filter(words=pages[1]).update(areas=["arts"])
    return pages


def test_by_month_as_the_month_is_here(cast, three):
    client = signed_in(cast.mother)
    assert found(client, cast.maja, month="2026-09") == [three[0]], "23:30 UTC is the first of October in summer"
    assert found(client, cast.maja, month="2026-10") == [three[1]]
    for nonsense in ("2026-13", "0", "2026", "' or 1=1"):
        assert client.get(f"/journal/{cast.maja.pk}/", {"month": nonsense}).status_code == 404


def test_by_area(cast, three):
    assert found(signed_in(cast.mother), cast.maja, area="arts") == [three[1]]
    assert found(signed_in(cast.mother), cast.maja, area="art") == three[::-1]


IN_EVERY_SCRIPT = {
    "Zoë found a snail at the Café’s terrace.": ["Zoë", "zoe", "cafe", "cafes"],
    "Żółw i łąka, gęś.": ["żółw", "zolw", "łąka", "laka", "ges"],
    "اردو میں کہانی سنی": ["کہانی", "اردو"],
    "我们去公园看鸭子。": ["公园", "我们", "鸭"],
    "Mary-Jane and O'Brien share a T-shirt.": ["mary-jane", "jane", "o'brien", "o’brien", "obrien", "t-shirt"],
    "Nappies were changed, puddles counted.": ["nappy", "nappies", "pud", "puddle", "count pud"],
}


def test_words_are_found_however_they_are_typed(cast):
    for words in IN_EVERY_SCRIPT:
        shared(cast.key_person, cast.maja, words=words)
    mother, staff = signed_in(cast.mother), signed_in(cast.key_person)
    for words, typed in IN_EVERY_SCRIPT.items():
        for asked in typed:
            assert found(mother, cast.maja, q=asked) == [words], asked
            everywhere = staff.get("/journal/find/", {"q": asked}).context["found"]
            assert [page.words for page, _children in everywhere] == [words], asked


def test_the_words_of_a_page_go_with_it(cast):
    page = shared(cast.key_person, cast.maja, words="A hedgehog under the leaves.")
    assert Word.objects.filter(word="hedgehog").exists()
    Observation.objects.filter(pk=page.pk).delete()
    assert not Word.objects.filter(word="hedgehog").exists()


@pytest.mark.parametrize(
    ("asked", "number"),
    [("puddle", 1), ("PUDDLES", 1), ("she", 2), ("she sunset", 1), ("lodz", 1), ("bicycle", 0), ("she tower", 0)],
)
def test_by_words(cast, three, asked, number):
    assert len(found(signed_in(cast.mother), cast.maja, q=asked)) == number


def test_a_search_finds_only_what_the_reader_may_read_and_nothing_taken_back(cast):
    page = shared(cast.key_person, cast.maja, cast.tobi, words="Giraffes for Tobi.")
    actions.add_from_home(cast.maja, by=cast.father, words="Elephants.", pictures=[], idempotency_key=uuid.uuid4())
    mother = signed_in(cast.mother)
    assert found(mother, cast.maja, q="giraffe") == [] and found(mother, cast.maja, q="elephant") == []
    assert found(signed_in(cast.father), cast.maja, q="elephant") == ["Elephants."]
    assert found(signed_in(cast.other_mother), cast.tobi, q="giraffe") == ["Giraffes for Tobi."]
    actions.withdraw(page, by=cast.key_person, why="x")
    assert found(signed_in(cast.other_mother), cast.tobi, q="giraffe") == []


@pytest.mark.parametrize("common", [0, 1, finding.COMMON], ids=["all common", "some common", "all rare"])
def test_staff_look_through_the_journals_of_all_they_look_after(cast, monkeypatch, common):
    """A rare word is looked up, a common one asked page by page: both find the same."""
    monkeypatch.setattr(finding, "COMMON", common)
    shared(cast.key_person, cast.tobi, words="A giraffe of clay.")
    shared(cast.key_person, cast.alfie, words="A giraffe of paper.")
    draft = write(cast.key_person, cast.maja, words="A giraffe nobody has seen.")
    gone = shared(cast.key_person, cast.maja, words="A giraffe in the wrong book.")
    actions.withdraw(gone, by=cast.key_person, why="x")

    def finds(person, asked="giraffe"):
        return [
            page.words for page, _children in signed_in(person).get("/journal/find/", {"q": asked}).context["found"]
        ]

    assert finds(cast.senco) == ["A giraffe of paper.", "A giraffe of clay."]
    assert finds(cast.senco, "giraffes clay") == ["A giraffe of clay."]
    assert finds(cast.staff_parent) == ["A giraffe of clay."], "not her own son's: here she is staff"
    assert draft.words not in finds(cast.key_person), "drafts stand on the page for writing"
    assert signed_in(cast.mother).get("/journal/find/", {"q": "giraffe"}).status_code == 403


def test_own_words_are_found_in_their_own_journal_only(cast):
    page = actions.write(
        by=cast.key_person, children=[cast.maja, cast.tobi], words="We went out.", areas=[], pictures=[],
        idempotency_key=uuid.uuid4(), own_words={cast.maja: "A hedgehog!"},
    )  # fmt: skip
    actions.share(page, by=cast.key_person)
    assert len(found(signed_in(cast.mother), cast.maja, q="hedgehog")) == 1
    assert found(signed_in(cast.other_mother), cast.tobi, q="hedgehog") == []
    actions.correct(page, by=cast.key_person, why="y", words="We stayed in.")
    assert len(found(signed_in(cast.other_mother), cast.tobi, q="stayed")) == 1
    assert not Word.objects.filter(word="hedgehog").exists(), "the correction took the own words away"


def test_months_begin_with_the_childs_first_and_end_today(cast, three):
    this_month = timezone.localdate().replace(day=1)
    Child.objects.filter(pk=cast.maja.pk).update(starts_on=date(2026, 9, 7))
    months = signed_in(cast.mother).get(f"/journal/{cast.maja.pk}/").context["months"]
    assert months[-1] == date(2026, 9, 1) and months[0] == this_month
    assert len(months) == (this_month.year - 2026) * 12 + this_month.month - 8
    assert months_since(date(2200, 1, 1)) == [this_month], "of somebody who is still to come"
    assert "Find a page" not in signed_in(cast.other_mother).get(f"/journal/{cast.tobi.pk}/").content.decode()


def test_one_photograph_after_the_other(cast):
    let_photographs(cast.maja)
    pictures = [clean(drawn("tower", seed, (90, 60))) for seed in (1, 2, 3)]
    page = shared(cast.key_person, cast.maja, pictures=pictures)
    first, second, third = page.photographs.all()
    client = signed_in(cast.mother)

    def at(photograph):
        return client.get(f"/journal/{cast.maja.pk}/{page.pk}/{photograph.pk}/").content.decode()

    assert 'rel="next"' in at(first) and 'rel="prev"' not in at(first)
    assert f"{third.pk}/" in at(second) and f"{first.pk}/" in at(second) and "2 of 3" in at(second)
    assert 'rel="next"' not in at(third)
    actions_family.restrict(
        cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_PHOTOGRAPHS, basis="Court order"
    )
    address = f"/journal/{cast.maja.pk}/{page.pk}/{first.pk}/"
    assert signed_in(cast.father).get(address).status_code == 404


def test_thanks_are_given_taken_back_and_seen_by_staff_and_ones_own_household(cast):
    page = shared(cast.key_person, cast.maja)
    address = f"/journal/{cast.maja.pk}/{page.pk}/"
    client = signed_in(cast.mother)
    client.post(f"{address}thank/")
    assert "You said thank you" in client.get(address).content.decode()
    assert "Ewa Nowicka said thank you." in signed_in(cast.key_person).get(address).content.decode()
    assert "Ewa Nowicka said thank you." in signed_in(cast.stepfather).get(address).content.decode()
    assert "thank you." not in signed_in(cast.father).get(address).content.decode()
    client.post(f"{address}thank/")
    assert not Thanks.objects.exists()
    assert signed_in(cast.other_mother).post(f"{address}thank/").status_code == 404


def test_a_family_answers_what_next_and_tells_what_it_made_of_the_idea(cast):
    page = actions.write(
        by=cast.key_person, children=[cast.maja], words="Puddles.", areas=[], pictures=[], idempotency_key=uuid.uuid4(),
        next_step="We will look for snails.", home_idea="Count the stairs together.",
    )  # fmt: skip
    actions.share(page, by=cast.key_person)
    address = f"/journal/{cast.maja.pk}/{page.pk}/"
    client = signed_in(cast.mother)
    shown = client.get(address).content.decode()
    assert "We will look for snails." in shown and "Count the stairs together." in shown
    for about, words in (("next", "She loves snails"), ("idea", "Fourteen stairs!"), ("correction", "It was Friday")):
        client.post(address, {"about": about, "words": words, "idempotency_key": uuid.uuid4()})
    assert dict(Comment.objects.values_list("about", "words")) == {
        "next": "She loves snails", "idea": "Fourteen stairs!", "correction": "It was Friday",
    }  # fmt: skip
    staff = signed_in(cast.key_person).get(address).content.decode()
    assert "Something that is not right" in staff and "It was Friday" in staff


def test_what_is_not_on_the_page_cannot_be_answered(cast):
    page = shared(cast.key_person, cast.maja)
    answer = signed_in(cast.mother).post(
        f"/journal/{cast.maja.pk}/{page.pk}/", {"about": "idea", "words": "x", "idempotency_key": uuid.uuid4()}
    )
    assert answer.status_code == 200 and not Comment.objects.exists()


def test_the_childs_own_words_stand_in_the_journal(cast):
    client = signed_in(cast.mother)
    client.post(
        f"/journal/{cast.maja.pk}/add/",
        {"child_says": "Deszcz robi kap kap!", "words": "", "idempotency_key": uuid.uuid4()},
    )
    assert "<blockquote" in client.get(f"/journal/{cast.maja.pk}/").content.decode()
    assert len(found(client, cast.maja, q="deszcz")) == 1
    with pytest.raises(ActionRefused):
        page = Observation.objects.get(child_says__startswith="Deszcz")
        actions.correct(page, by=cast.manager, why="z", words="Nobody edits another's words")


def test_a_page_costs_the_same_for_one_and_for_twelve(cast):
    client = signed_in(cast.mother)
    let_photographs(cast.maja)
    shared(cast.key_person, cast.maja, pictures=[clean(drawn("tower", 1, (90, 60)))])
    address = f"/journal/{cast.maja.pk}/?q=bridge"
    one = queries(client, address)
    for seed in range(11):
        shared(cast.key_person, cast.maja, pictures=[clean(drawn("tower", seed, (90, 60)))])
    assert queries(client, address) == one
