"""A text is closed by an order whenever it was written: before the child was in the books, was called so, or was tied."""

import uuid
from itertools import permutations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from people.families import actions_care, actions_family, actions_mentions
from people.families.models import Child, Household, Restriction
from portal.book import contents
from portal.demo.drawings import drawn
from portal.journal import actions
from portal.journal.models import Comment, Observation, Photograph, ReadMark
from portal.journal.waiting import new_pages
from portal.progress.models import Check, Kind, Part, Remark, Talk
from records.pictures import clean
from tests.cast import signed_in
from tests.journal.pages import allow, let_photographs, reads, shared, write
from tests.progress import stories

pytestmark = pytest.mark.django_db
MOONSTONE = "Moonstone"  # a word to search for
BROTHER = f"{MOONSTONE}: she drew her brother Ivo."


def add(cast, known_as="Ivo"):
    return actions_family.add_child(
        by=cast.manager, full_name=f"{known_as} Whitby", known_as=known_as, born_on=cast.leon.born_on
    )


def tie(cast, child, adult, **more):
    facts = {"kind": "father", "parental_responsibility": "yes", "level": 3, "second": cast.deputy}
    return actions_family.relate(child, adult, by=cast.manager, **(facts | more))


def bar(cast, child, adult, kind="full"):
    return actions_family.restrict(child, adult, by=cast.manager, kind=kind, basis="An order")


def rename(cast, child, known_as="Ivo"):
    names = {"full_name": f"{known_as} Whitby", "known_as": known_as}
    actions_care.change_name(child, by=cast.manager, why="Deed poll", **names)


class Texts:
    """A text of each kind that names Ivo, in the journal of a child whose father is barred from him."""

    def __init__(self, cast):
        self.cast, (by, maja) = cast, (cast.key_person, cast.maja)
        self.page = shared(by, maja, words=BROTHER)
        self.own = write(by, maja, words="")
        actions.say_to_each(self.own, by=by, own_words={maja: "Ivo was there."})
        actions.share(self.own, by=by)
        self.tower = write(by, maja, words="A tower.", pictures=[clean(drawn("tower", 1, (60, 40)))])
        self.photograph = self.tower.photographs.get()
        actions.describe(self.photograph, by=by, children=[], words="ivo's tower")
        actions.share(self.tower, by=by)
        self.comment = self.say(by, "Ivo helped her.")
        asked = self.say(cast.father, "Who helped?")
        self.answer = self.say(by, "Ivo again.", answers=asked)
        self.told = self.say(cast.father, "Say hello to Ivo")
        self.check = stories.asked(maja, by, Kind.TERM)
        stories.actions.ready(stories.write(self.check, by, next_steps="Build with Ivo."), by=by)
        stories.actions.share(self.check, by=by)

    def say(self, by, words, **more):
        return actions.comment(self.tower, self.cast.maja, by=by, words=words, idempotency_key=uuid.uuid4(), **more)

    def read_by(self, person):
        """Which of them this person reads."""
        kinds = {
            "page": Observation.objects.filter(pk=self.page.pk),
            "own words": Observation.objects.filter(pk=self.own.pk),
            "caption": Photograph.objects.filter(pk=self.photograph.pk),
            "comment": Comment.objects.filter(pk=self.comment.pk),
            "answer": Comment.objects.filter(pk=self.answer.pk),
            "told": Comment.objects.filter(pk=self.told.pk),
            "check": Check.objects.filter(pk=self.check.pk),
        }
        return {kind for kind, rows in kinds.items() if rows.visible_to(person).exists()}


ALL = {"page", "own words", "caption", "comment", "answer", "told", "check"}
STEPS = ("write", "add", "tie", "name", "bar")
ORDERS = [order for order in permutations(STEPS) if order.index("add") < min(map(order.index, ("tie", "name", "bar")))]


def lived(cast, order):
    """What was written, after these steps in this order."""
    told = {}

    def take_in():
        child = told["child"] = add(cast, "Pim")
        tie(cast, child, cast.other_mother, kind="mother")
        allow(cast.other_mother, child)

    steps = {
        "write": lambda: told.update(texts=Texts(cast)),
        "add": take_in,
        "tie": lambda: tie(cast, told["child"], cast.father),
        "name": lambda: rename(cast, told["child"]),
        "bar": lambda: bar(cast, told["child"], cast.father),
    }
    for step in order:
        steps[step]()
    return told["texts"]


def test_in_whatever_order_things_happen_the_barred_father_reads_nothing_that_names_the_child(cast):
    let_photographs(cast.maja)
    assert len(ORDERS) == 30
    for order in ORDERS:
        with transaction.atomic():
            texts = lived(cast, order)
            assert texts.read_by(cast.father) == set(), order
            assert texts.read_by(cast.mother) == ALL - {"answer", "told"}, order  # he is hidden from her
            assert texts.read_by(cast.key_person) == ALL, order
            transaction.set_rollback(True)


def test_a_page_from_before_stays_with_its_own_family_though_a_newcomer_shares_a_name(cast):
    """Nobody asked Ivo's family whether he may be named, because nobody knew of him: only an order closes what was there."""
    let_photographs(cast.maja)
    texts = Texts(cast)
    child = add(cast)
    tie(cast, child, cast.other_mother, kind="mother")
    before = {person.pk: texts.read_by(person) for person in cast.people.values()}
    tie(cast, child, cast.father)
    bar(cast, child, cast.father)
    actions_mentions.look_through_again()
    after = {person.pk: texts.read_by(person) for person in cast.people.values()}
    assert after == before | {cast.father.pk: set()}
    assert ALL - {"answer", "told"} == after[cast.mother.pk]


def met(cast, reader, child):
    """Everything that somebody meets of a child's journal, in one text."""
    client, journal = signed_in(reader), f"/journal/{child.pk}/"
    pages = Observation.objects.visible_to(reader).filter(children=child)
    addresses = [journal, f"{journal}?q={MOONSTONE}", *(f"{journal}{page.pk}/" for page in pages)]
    book = [str(contents.pages(child, reader, period)) for period in contents.periods(child, reader)]
    return "\n".join([*(client.get(address).content.decode() for address in addresses), *book])


def test_journal_search_book_and_what_is_new_know_of_it_at_once(cast):
    page = shared(cast.key_person, cast.maja, words=BROTHER)
    child = add(cast)
    tie(cast, child, cast.father)
    client, address = signed_in(cast.father), f"/journal/{cast.maja.pk}/{page.pk}/"
    assert "brother Ivo" in met(cast, cast.father, cast.maja) and client.get(address).status_code == 200
    ReadMark.objects.all().delete()
    assert new_pages(cast.father, {cast.maja.pk}) == {cast.maja.pk: 1}
    bar(cast, child, cast.father)
    assert client.get(address).status_code == 404
    assert "brother Ivo" not in met(cast, cast.father, cast.maja)
    ReadMark.objects.all().delete()
    assert not new_pages(cast.father, {cast.maja.pk})
    assert "brother Ivo" in met(cast, cast.mother, cast.maja)


def test_a_lifted_order_opens_it_again_and_a_corrected_page_is_looked_through_anew(cast):
    page = shared(cast.key_person, cast.maja, words=BROTHER)
    child = add(cast)
    order = bar(cast, child, cast.father)
    assert not reads(cast.father, page)
    actions.correct(page, by=cast.key_person, why="The name", words="She drew her brother.")
    assert reads(cast.father, page)
    actions.correct(page, by=cast.key_person, why="The name", words="She drew Mr Whitby.")
    assert not reads(cast.father, page)
    Restriction.objects.filter(pk=order.pk).update(ended_at=order.entered_at)
    assert not reads(cast.father, page), "nobody has said yet that Ivo, who is here now, may be named to others"
    tie(cast, child, cast.other_mother, kind="mother")
    allow(cast.other_mother, child)
    assert reads(cast.father, page)


def test_a_child_long_gone_closes_what_is_written_today(cast):
    """Nobody is asked about a child who left two years ago; an order around it goes on."""
    gone = add(cast)
    Child.objects.filter(pk=gone.pk).update(starts_on="2020-01-06", ends_on="2022-07-20")
    before = shared(cast.key_person, cast.maja, words=BROTHER)
    bar(cast, gone, cast.father)
    after = shared(cast.key_person, cast.maja, words=BROTHER)
    said = actions.comment(
        shared(cast.key_person, cast.maja, words="A tower."), cast.maja,
        by=cast.key_person, words="As Ivo did.", idempotency_key=uuid.uuid4(),
    )  # fmt: skip
    assert not reads(cast.father, before) and not reads(cast.father, after)
    assert not Comment.objects.visible_to(cast.father).filter(pk=said.pk).exists()
    assert reads(cast.mother, before) and reads(cast.mother, after)


def test_days_that_are_closed_are_not_told_by_a_page_from_before(cast):
    page = shared(cast.key_person, cast.maja, words=BROTHER)
    child = add(cast)
    tie(cast, child, cast.father)
    day = f'datetime="{page.dated_at:%Y-%m-%d}'
    address = f"/journal/{cast.maja.pk}/{page.pk}/"
    assert day in signed_in(cast.father).get(address).content.decode()
    bar(cast, child, cast.father, "no_timetable")
    assert day not in signed_in(cast.father).get(address).content.decode()


def test_photographs_that_are_closed_are_closed_where_the_words_name_the_child_too(cast):
    let_photographs(cast.maja)
    texts, picture = Texts(cast), clean(drawn("tower", 2, (60, 40)))
    named = shared(cast.key_person, cast.maja, words=BROTHER, pictures=[picture]).photographs.get()
    both = Photograph.objects.filter(pk__in=[texts.photograph.pk, named.pk])
    assert set(both.visible_to(cast.father)) == set(both)
    bar(cast, add(cast), cast.father, "no_photographs")
    assert not both.visible_to(cast.father)
    assert texts.read_by(cast.father) == ALL - {"caption"}
    assert set(both.visible_to(cast.mother)) == set(both)


def test_a_colleague_barred_later_reads_nothing_from_before_as_staff(cast):
    let_photographs(cast.maja)
    texts = Texts(cast)
    assert texts.read_by(cast.senco) == ALL
    bar(cast, add(cast), cast.senco)
    assert texts.read_by(cast.senco) == set()


def test_a_page_from_home_from_before_is_closed_to_whoever_lives_there(cast):
    home = Household.objects.create(name="Nowicka")
    for adult in (cast.mother, cast.grandmother):
        adult.household = home
        adult.save()
    tie(cast, cast.maja, cast.grandmother, kind="other", parental_responsibility="no", level=2)
    page = actions.add_from_home(
        cast.maja, by=cast.mother, words="Ivo came.", pictures=[], idempotency_key=uuid.uuid4()
    )
    assert reads(cast.grandmother, page)
    bar(cast, add(cast), cast.grandmother)
    assert not reads(cast.grandmother, page) and reads(cast.mother, page)


def asked_of_the_database(cast, number):
    """How often the database is asked when an order is entered, with so many more pages that name the child."""
    for _n in range(number):
        write(cast.key_person, cast.maja, words=BROTHER)
    child = add(cast)
    with CaptureQueriesContext(connection) as asked:
        bar(cast, child, cast.father)
    named = Observation.named_for_orders.through.objects.filter(child=child)
    assert named.count() == Observation.objects.filter(words=BROTHER).count()
    return len(asked)


def test_entering_an_order_asks_the_same_of_the_database_for_few_texts_and_for_many(cast):
    assert asked_of_the_database(cast, 2) == asked_of_the_database(cast, 40)


def test_however_the_name_is_written_it_is_found_among_what_was_there(cast):
    """Capitals, accents, decomposed letters, look-alikes of other scripts, signs that nobody sees, a curly apostrophe."""
    written = [
        "ZOË!",
        "Zoe\u0308\u2019s hat",
        "zoe",
        "Z\u00adoe",
        "(Z\u043e\u0435)",
        "Zoë\u2014",
        "zoë\nand she",
        "\uff3aoe",
    ]
    pages = [shared(cast.key_person, cast.maja, words=f"“A tower”, with {each}") for each in written]
    other = shared(cast.key_person, cast.maja, words="Zoetrope, Zo e, Ζωή")
    bar(cast, add(cast, "Zoë"), cast.father)
    assert [page.words for page in pages if reads(cast.father, page)] == []
    assert reads(cast.father, other)


def test_a_name_that_is_a_word_is_found_among_what_was_there_where_it_is_written_like_a_name(cast):
    written = ["Then Will sang", "then WiLL’s hat", "then Wi\u0301ll sang", "then will whitby sang", "\uff37ill sang"]
    pages = [shared(cast.key_person, cast.maja, words=each) for each in written]
    others = [
        shared(cast.key_person, cast.maja, words=each) for each in ("It will rain, Ann’s mother said", "Free will")
    ]
    bar(cast, add(cast, "Will"), cast.father)
    assert [page.words for page in pages if reads(cast.father, page)] == []
    assert all(reads(cast.father, page) for page in others)


def test_a_surname_that_many_have_points_to_the_child_of_an_order(cast):
    page = shared(cast.key_person, cast.maja, words="The Whitby children came.")
    for known_as in ("Ann", "Ben", "Cas", "Dov", "Eli"):
        child = add(cast, known_as)
        bar(cast, child, cast.barred_father)
    assert reads(cast.father, page)
    bar(cast, child, cast.father)
    assert not reads(cast.father, page)
    assert not reads(cast.father, shared(cast.key_person, cast.maja, words="The Whitby children again."))


def test_what_is_said_around_a_check_closes_as_comments_do(cast):
    check = stories.asked(cast.maja, cast.key_person, Kind.TERM)
    part = stories.send_part(check, cast.mother, enjoys="Playing with Ivo.")
    own = stories.send_part(check, cast.father, enjoys="Ivo.")
    stories.actions.ready(stories.write(check, cast.key_person), by=cast.key_person)
    check = stories.actions.share(check, by=cast.key_person)
    remark = stories.say(check, cast.mother, "Ivo thinks so, too")
    stories.actions.talked(check, by=cast.key_person, held_on=check.begun_at.date(), words="We rang Ivo's mother.")
    assert Remark.objects.visible_to(cast.senco).get() == remark and Talk.objects.visible_to(cast.senco).exists()
    assert set(Part.objects.visible_to(cast.senco)) == {part, own}
    child = add(cast)
    for adult in (cast.senco, cast.father):
        bar(cast, child, adult)
    assert not Remark.objects.visible_to(cast.senco) and not Talk.objects.visible_to(cast.senco)
    assert not Part.objects.visible_to(cast.senco)
    assert list(Part.objects.visible_to(cast.father)) == [own], "what somebody writes stays theirs"
    assert Remark.objects.visible_to(cast.key_person).get() == remark
