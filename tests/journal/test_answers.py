"""What staff answer to a comment has that comment's readers; what they say to everybody says so before it is written."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from people.accounts.models import Introduction
from people.families import actions_family
from people.families.access import RestrictionKind
from people.mail.models import OutgoingMail
from portal.book import actions as books
from portal.book.models import EVERYTHING, Book
from portal.book.rules import may_still_be_opened
from portal.journal import actions
from portal.journal.models import Comment
from records.refused import ActionRefused
from tests.cast import out_of_office, signed_in
from tests.journal.pages import shared
from tests.pace import queries

pytestmark = pytest.mark.django_db

MOVED, ANSWER = "Since we moved to Leeds she sleeps badly.", "Leeds sounds good."


@pytest.fixture
def page(cast):
    return shared(cast.key_person, cast.maja)


def says(page, by, words=MOVED, child=None, answers=None):
    child = child or page.children.get()
    return actions.comment(page, child, by=by, words=words, idempotency_key=uuid.uuid4(), answers=answers)


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
    book = books.ask_for_book(cast.maja, EVERYTHING, by=cast.father)
    books.lay_out(book)
    Book.objects.filter(pk=book.pk).update(made_at=book.asked_at)
    book.refresh_from_db()
    assert ANSWER in (books.folder_of(book) / "screen.html").read_text() and may_still_be_opened(book)
    Introduction.objects.filter(person=cast.mother).delete()
    assert not may_still_be_opened(book)


def test_only_staff_answer_and_only_what_a_family_said_in_this_journal(cast, page):
    by_mother, by_staff = says(page, cast.mother), says(page, cast.key_person, "She found a snail.")
    with pytest.raises(ActionRefused):
        says(page, cast.mother, "Thank you.", answers=by_mother)
    with pytest.raises(ActionRefused):
        says(page, cast.deputy, "So she did.", answers=by_staff)
    both = shared(cast.key_person, cast.maja, cast.leon)
    in_leons = says(both, cast.mother, "His first slide.", child=cast.leon)
    with pytest.raises(ActionRefused):
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
    sent = {"words": ANSWER, "idempotency_key": uuid.uuid4(), "answers": comment.pk}
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

    says(page, cast.father)
    actions_family.restrict(cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.FULL, basis="An order")
    html = signed_in(cast.key_person).get(f"/journal/{cast.maja.pk}/{page.pk}/").content.decode()
    assert "Nobody in the family reads this at present." in html


@pytest.mark.parametrize("answers", ["0", "99999999", "x", "-1", "9" * 40])
def test_an_answer_to_nothing_is_not_sent_to_everybody(cast, page, answers):
    """What was meant for one household never goes to all because a number has a slip."""
    staff = signed_in(cast.key_person)
    answer = staff.post(
        f"/journal/{cast.maja.pk}/{page.pk}/", {"words": ANSWER, "idempotency_key": uuid.uuid4(), "answers": answers}
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
    actions_family.relate(cast.tobi, cast.father, by=cast.manager, kind="other", parental_responsibility="no", level=1)
    for one, other in ((cast.mother, cast.father), (cast.father, cast.mother)):
        Introduction.objects.create(person=one, other=other)
    said = says(page, cast.mother, "Tobi told her of his new house in Leeds.")
    answer = says(page, cast.key_person, ANSWER, answers=said)
    assert "father" in readers(cast, answer)
    actions_family.restrict(cast.tobi, cast.father, by=cast.manager, kind=RestrictionKind.NO_PORTAL, basis="Order")
    assert "father" not in readers(cast, said) | readers(cast, answer)
    assert "mother" in readers(cast, answer)


def told(person):
    return OutgoingMail.objects.filter(person=person).exists()


def row(page):
    return f"/journal/{page.children.get().pk}/{page.pk}/"


def today(person):
    client = signed_in(person)
    client.get("/today/")  # the privacy notice comes first, once
    return client.get("/today/").content.decode()


def test_what_a_family_writes_waits_with_whoever_wrote_the_page_until_staff_have_said_something(cast, page):
    OutgoingMail.objects.all().delete()
    said = says(page, cast.mother)
    assert told(cast.key_person) and row(page) in today(cast.key_person)
    assert row(page) not in today(cast.senco) and row(page) not in today(cast.father)
    assert MOVED not in today(cast.key_person)
    says(page, cast.key_person, ANSWER, answers=said)
    assert row(page) not in today(cast.key_person)


def test_an_answer_is_told_to_whom_it_answers_and_to_nobody_else(cast, page):
    said = says(page, cast.mother)
    OutgoingMail.objects.all().delete()
    answer = says(page, cast.key_person, ANSWER, answers=said)
    assert told(cast.mother) and not told(cast.father)
    assert row(page) in today(cast.mother)
    assert row(page) not in today(cast.father)
    Comment.objects.filter(pk=answer.pk).update(said_at=timezone.now() - timedelta(days=4))
    assert row(page) not in today(cast.mother), "it is in the journal for ever, and on Today for some days"


def test_what_a_family_writes_under_a_page_of_somebody_who_has_left_reaches_the_key_person_of_today(cast, page):
    for held in cast.key_person.roles.all():
        out_of_office(held)
    actions_family.place_key_person(cast.maja, cast.senco, by=cast.manager)
    OutgoingMail.objects.all().delete()
    says(page, cast.mother)
    assert told(cast.senco) and not told(cast.key_person)
    assert row(page) in today(cast.senco)
    assert row(page) not in today(cast.key_person)


def test_an_answer_that_is_closed_to_whom_it_answers_meanwhile_is_told_to_nobody(cast, page):
    said = says(page, cast.father)
    actions_family.restrict(cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.FULL, basis="An order")
    OutgoingMail.objects.all().delete()
    says(page, cast.key_person, ANSWER, answers=said)
    assert not OutgoingMail.objects.exists()
    assert row(page) not in today(cast.father)


def test_without_a_key_person_what_a_family_writes_reaches_those_who_lead(cast, page):
    for held in cast.key_person.roles.all():
        out_of_office(held)
    OutgoingMail.objects.all().delete()
    says(page, cast.mother)
    assert {mail.person for mail in OutgoingMail.objects.all()} == {cast.manager, cast.deputy}
    OutgoingMail.objects.all().delete()
    actions.add_from_home(cast.maja, by=cast.mother, words="A snail.", pictures=[], idempotency_key=uuid.uuid4())
    assert {mail.person for mail in OutgoingMail.objects.all()} == {cast.manager, cast.deputy}


def test_a_page_from_home_is_on_the_key_persons_today_until_she_was_there(cast):
    """The family is told that she will see it."""
    actions.add_from_home(
        cast.maja, by=cast.mother, words="A snail on the wall.", pictures=[], idempotency_key=uuid.uuid4()
    )
    row, words = f"/journal/{cast.maja.pk}/", "family added a page from home"
    assert words in today(cast.key_person) and row in today(cast.key_person)
    assert "snail" not in today(cast.key_person)
    assert all(words not in today(who) for who in (cast.senco, cast.manager, cast.father, cast.staff_parent))
    signed_in(cast.key_person).get(row)
    assert words not in today(cast.key_person)


def test_without_a_key_person_a_page_from_home_is_on_the_today_of_those_who_lead(cast):
    for held in cast.key_person.roles.all():
        out_of_office(held)
    for _n in range(2):
        actions.add_from_home(cast.maja, by=cast.mother, words="A snail.", pictures=[], idempotency_key=uuid.uuid4())
    assert all("family added 2 pages from home" in today(who) for who in (cast.manager, cast.deputy))
    assert "from home" not in today(cast.senco)
