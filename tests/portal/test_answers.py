"""What staff answer to a comment has that comment's readers; what they say to everybody says so before it is written."""

import uuid

import pytest

from people import actions as people
from people.models import Introduction
from people.standing import Bar
from portal.journal import actions, actions_book
from portal.journal.book import EVERYTHING, may_still_be_opened
from portal.journal.models import Book, Comment
from records.refused import Refused
from tests.cast import signed_in
from tests.pace import queries
from tests.portal.pages import shared

pytestmark = pytest.mark.django_db

MOVED, ANSWER = "Since we moved to Leeds she sleeps badly.", "Leeds sounds good."


@pytest.fixture
def page(cast):
    return shared(cast.key_person, cast.maja)


def says(page, by, words=MOVED, child=None, answers=None):
    child = child or page.children.get()
    return actions.comment(page, child, by=by, words=words, press=uuid.uuid4(), answers=answers)


@pytest.fixture
def answered(cast, page):
    return says(page, cast.key_person, ANSWER, answers=says(page, cast.mother))


def readers(cast, said):
    return {name for name, person in cast.people.items() if Comment.objects.visible_to(person).filter(pk=said.pk)}


FAMILY = {"mother", "father", "stepfather"}


def test_an_answer_is_read_by_whoever_may_read_what_it_answers(cast, page, answered):
    assert readers(cast, answered) & FAMILY == {"mother", "stepfather"}
    assert readers(cast, answered) == readers(cast, answered.answers)
    to_all = says(page, cast.key_person, "She found a snail.")
    assert readers(cast, to_all) & FAMILY == FAMILY
    address = f"/journal/{cast.maja.pk}/{page.pk}/"
    for where in (address, f"/journal/{cast.maja.pk}/"):
        assert "Leeds" not in signed_in(cast.father).get(where).content.decode()
        assert ANSWER in signed_in(cast.mother).get(where).content.decode()


def test_it_is_asked_when_it_is_read_and_not_copied(cast, answered):
    for one, other in ((cast.mother, cast.father), (cast.father, cast.mother)):
        Introduction.objects.create(person=one, other=other)
    assert readers(cast, answered) & FAMILY == FAMILY
    Introduction.objects.filter(person=cast.mother).delete()
    assert readers(cast, answered) & FAMILY == {"mother", "stepfather"}
    cast.stepfather.household = None
    cast.stepfather.save()
    assert readers(cast, answered) & FAMILY == {"mother"}


def test_a_book_holds_no_answer_to_somebody_else_and_closes_once_it_would(cast, page, answered):
    for one, other in ((cast.mother, cast.father), (cast.father, cast.mother)):
        Introduction.objects.create(person=one, other=other)
    book = actions_book.ask_for_book(cast.maja, EVERYTHING, by=cast.father)
    actions_book.lay_out(book)
    Book.objects.filter(pk=book.pk).update(made_at=book.asked_at)
    book.refresh_from_db()
    assert ANSWER in (actions_book.folder_of(book) / "screen.html").read_text() and may_still_be_opened(book)
    Introduction.objects.filter(person=cast.mother).delete()
    assert not may_still_be_opened(book)


def test_only_staff_answer_and_only_what_a_family_said_in_this_journal(cast, page):
    by_mother, by_staff = says(page, cast.mother), says(page, cast.key_person, "She found a snail.")
    with pytest.raises(Refused):
        says(page, cast.mother, "Thank you.", answers=by_mother)
    with pytest.raises(Refused):
        says(page, cast.deputy, "So she did.", answers=by_staff)
    both = shared(cast.key_person, cast.maja, cast.leon)
    in_leons = says(both, cast.mother, "His first slide.", child=cast.leon)
    with pytest.raises(Refused):
        says(both, cast.key_person, "Yes.", child=cast.maja, answers=in_leons)


def test_the_boxes_say_who_reads_before_anything_is_written(cast, page):
    """Without a script: an answer's box is a form of its own under the comment that it answers."""
    comment, address = says(page, cast.mother), f"/journal/{cast.maja.pk}/{page.pk}/"
    staff = signed_in(cast.key_person)
    html = staff.get(address).content.decode()
    assert "Everybody in Maja&#x27;s journal reads this" in html
    assert "Ewa&#x27;s household reads this: Ewa Nowicka and Marek Zielinski." in html
    assert "Only Ewa Nowicka and Marek Zielinski can read this." in html, "beside the comment itself"
    for person in (cast.mother, cast.father, cast.stepfather):
        html = signed_in(person).get(address).content.decode()
        assert "reads this" not in html and "can read this." not in html.replace("look after Maja can read this.", "")
    sent = {"words": ANSWER, "press": uuid.uuid4(), "answers": comment.pk}
    staff.post(address, sent)
    assert Comment.objects.get(words=ANSWER).answers == comment
    assert ANSWER not in signed_in(cast.father).get(address).content.decode()


def test_who_reads_it_is_not_said_where_everybody_does(cast, page):
    says(page, cast.mother)
    for one, other in ((cast.mother, cast.father), (cast.father, cast.mother)):
        Introduction.objects.create(person=one, other=other)
    html = signed_in(cast.key_person).get(f"/journal/{cast.maja.pk}/{page.pk}/").content.decode()
    assert html.count("Everybody in Maja&#x27;s journal reads this") == 2 and "Only Ewa" not in html


def test_an_answer_to_somebody_who_no_longer_reads_says_so(cast, page):
    from people import actions as people

    says(page, cast.father)
    people.restrict(cast.maja, cast.father, by=cast.manager, kind=Bar.FULL, basis="An order")
    html = signed_in(cast.key_person).get(f"/journal/{cast.maja.pk}/{page.pk}/").content.decode()
    assert "Nobody in the family reads this at present." in html


@pytest.mark.parametrize("answers", ["0", "99999999", "x", "-1", "9" * 40])
def test_an_answer_to_nothing_is_not_sent_to_everybody(cast, page, answers):
    """What was meant for one household never goes to all because a number has a slip."""
    staff = signed_in(cast.key_person)
    answer = staff.post(
        f"/journal/{cast.maja.pk}/{page.pk}/", {"words": ANSWER, "press": uuid.uuid4(), "answers": answers}
    )
    assert not Comment.objects.filter(words=ANSWER).exists()
    assert answer.status_code == 200 and ANSWER in answer.content.decode(), "what was typed is still there"


def test_a_page_costs_the_same_for_one_comment_and_for_forty(cast, page):
    says(page, cast.mother)
    staff, address = signed_in(cast.key_person), f"/journal/{cast.maja.pk}/{page.pk}/"
    few = queries(staff, address)
    for n in range(40):
        says(page, cast.mother if n % 2 else cast.father, f"Comment {n}")
    assert queries(staff, address) == few


def test_whoever_is_kept_from_a_child_whom_a_comment_names_reads_no_answer_to_it(cast, page):
    people.relate(cast.tobi, cast.father, by=cast.manager, kind="other", parental_responsibility="no", level=1)
    for one, other in ((cast.mother, cast.father), (cast.father, cast.mother)):
        Introduction.objects.create(person=one, other=other)
    said = says(page, cast.mother, "Tobi told her of his new house in Leeds.")
    answer = says(page, cast.key_person, ANSWER, answers=said)
    assert "father" in readers(cast, answer)
    people.restrict(cast.tobi, cast.father, by=cast.manager, kind=Bar.NO_PORTAL, basis="Order")
    assert "father" not in readers(cast, said) | readers(cast, answer)
    assert "mother" in readers(cast, answer)
