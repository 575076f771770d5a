"""A procedure is read again in its month; staff and committee sign in any order; the log stays."""

import datetime

import pytest
import time_machine
from django.db import DatabaseError, transaction

from people.mail.models import OutgoingMail
from people.setting.roles import Role
from procedures.actions_review import begin, notify_of_overdue, open_due, sign_off
from procedures.models import ProcedurePage, Review, SignOff
from procedures.models.page import next_review
from procedures.models.review import lacks_agreement
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.versions.pages import SNACK, procedure_of, published
from versions.models import PageVersion

pytestmark = pytest.mark.django_db
NOVEMBER = datetime.date(2026, 11, 30)


def due(day=NOVEMBER, words=SNACK, **facts):
    page = procedure_of(published(words))
    ProcedurePage.objects.filter(pk=page.pk).update(next_review_on=day, review_month=11, review_months=12, **facts)
    return ProcedurePage.objects.get(pk=page.pk)


def sign(review, by, side, agrees=True, comment="", number=1):
    return sign_off(review, by=by, side=side, agrees=agrees, comment=comment, version_number=number)


@pytest.fixture
def review(cast):
    page = due()
    open_due(NOVEMBER)
    return Review.objects.get(procedure=page)


@pytest.mark.parametrize(
    ("reviewed", "months", "month", "expected"),
    [
        ("2026-11-20", 12, 11, "2027-11-30"),
        ("2027-01-05", 12, 11, "2027-11-30"),
        ("2026-09-10", 12, 11, "2027-11-30"),
        ("2026-06-01", 12, 11, "2026-11-30"),
        ("2026-11-20", 24, 11, "2028-11-30"),
        ("2027-11-20", None, 2, "2028-02-29"),
        ("2026-11-20", 6, None, "2027-05-20"),
        ("2027-08-31", 6, None, "2028-02-29"),
        ("2026-11-20", None, None, None),
    ],
)
def test_the_next_review_follows_the_cycle(reviewed, months, month, expected):
    found = next_review(datetime.date.fromisoformat(reviewed), months, month)
    assert found == (datetime.date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(("on", "opens"), [("2026-10-18", 0), ("2026-10-19", 1), ("2026-11-30", 1), ("2027-02-01", 1)])
def test_a_review_begins_six_weeks_ahead(cast, on, opens):
    due()
    assert open_due(datetime.date.fromisoformat(on)) == opens
    assert open_due(datetime.date.fromisoformat(on)) == 0, "and only once"


def test_those_who_sign_hear_of_it_once(cast):
    OutgoingMail.objects.all().delete()
    due()
    due(words="05.01 Sleep\n\n- We sing.\n")
    assert open_due(NOVEMBER) == 2
    told = {mail.person.full_name for mail in OutgoingMail.objects.all()}
    assert {"Sara Lind", "Leila Haddad", "Martin Voss", "Helen Okoro"} <= told
    assert "Ewa Nowicka" not in told
    assert OutgoingMail.objects.filter(person=cast.key_person).count() == 1


@pytest.mark.parametrize("order", [("key_person", "trustee"), ("trustee", "key_person")])
def test_staff_and_committee_sign_in_any_order_and_the_review_closes(cast, review, order):
    sides = {"key_person": "staff", "trustee": "committee"}
    for number, who in enumerate(order):
        assert Review.objects.get().closed_on is None
        assert review in Review.objects.waiting_for(getattr(cast, who))
        sign(review, getattr(cast, who), sides[who])
        assert review not in Review.objects.waiting_for(getattr(cast, who)), number
    closed = Review.objects.get()
    assert closed.outcome == Review.Outcome.NO_CHANGE
    page = ProcedurePage.objects.get(pk=review.procedure_id)
    assert (page.reviewed_on, page.next_review_on) == (closed.closed_on, next_review(closed.closed_on, 12, 11))
    signed = SignOff.objects.get(person=cast.trustee)
    assert (signed.name, signed.role, signed.version.number) == ("Leila Haddad", "Committee member", 1)


def test_a_change_asked_for_keeps_it_open_until_a_new_version_is_signed(cast, review):
    sign(review, cast.trustee, "committee")
    sign(review, cast.key_person, "staff", agrees=False, comment="Grapes are missing.")
    assert Review.objects.get().closed_on is None
    assert OutgoingMail.objects.filter(person=cast.editor).exists()
    page = signed_in(cast.editor).get("/reviews/").content.decode()
    assert "Grapes are missing." in page
    published(SNACK + "- Grapes are cut.\n", by=cast.editor)
    assert review in Review.objects.waiting_for(cast.trustee), "the new version is signed anew"
    sign(review, cast.trustee, "committee", number=2)
    sign(review, cast.key_person, "staff", number=2)
    assert Review.objects.get().outcome == Review.Outcome.NEW_VERSION


def test_whoever_changes_their_mind_signs_again(cast, review):
    sign(review, cast.key_person, "staff", agrees=False, comment="Unclear.")
    sign(review, cast.trustee, "committee")
    assert lacks_agreement(review, 1)
    sign(review, cast.key_person, "staff")
    assert Review.objects.get().closed_on


def test_one_person_never_signs_for_both(cast, review):
    from people.setting.actions_roles import give_role

    give_role(cast.trustee, Role.STAFF, by=None)
    sign(review, cast.trustee, "staff")
    sign(review, cast.trustee, "committee")
    assert Review.objects.get().closed_on is None


def test_nobody_signs_what_they_did_not_read(cast, review):
    published(SNACK + "- Grapes are cut.\n")
    with pytest.raises(ActionRefused, match="newer version"):
        sign(review, cast.key_person, "staff", number=1)


@pytest.mark.parametrize(
    ("who", "side"),
    [
        ("mother", "staff"),
        ("editor", "staff"),
        ("chair", "staff"),
        ("manager", "committee"),
        ("administrator", "committee"),
    ],
)
def test_nobody_signs_for_a_side_that_is_not_theirs(cast, review, who, side):
    with pytest.raises(ActionRefused):
        sign(review, getattr(cast, who), side)
    assert not SignOff.objects.exists()


def test_a_side_that_is_not_needed_is_not_asked(cast):
    page = due(signed_by_committee=False)
    open_due(NOVEMBER)
    review = Review.objects.get(procedure=page)
    assert review not in Review.objects.waiting_for(cast.trustee)
    sign(review, cast.senco, "staff")
    assert Review.objects.get().closed_on


def test_all_of_november_is_overdue_on_the_first_of_december(cast):
    due(), due(words="05.01 Sleep\n\n- We sing.\n")
    due(datetime.date(2027, 3, 31), words="06.01 Rain\n\n- We wear boots.\n")
    open_due(NOVEMBER)
    assert Review.objects.overdue(NOVEMBER).count() == 0
    assert Review.objects.overdue(datetime.date(2026, 12, 1)).count() == 2
    OutgoingMail.objects.all().delete()
    assert notify_of_overdue(datetime.date(2026, 12, 1))
    assert OutgoingMail.objects.filter(person=cast.manager).exists()
    assert OutgoingMail.objects.filter(person=cast.editor).exists()
    assert notify_of_overdue(datetime.date(2026, 12, 2)) == 0


def test_from_today_to_the_signature_without_wagtail(cast, review):
    trustee = signed_in(cast.trustee)
    today = trustee.get("/today/").content.decode()
    assert "Please review: 04.01 Snack" in today
    assert f"/reviews/{review.procedure_id}/" in today
    form = {"answer": "agree", "side": "committee", "version": 1, "comment": "Good."}
    answer = trustee.post(f"/reviews/{review.procedure_id}/", form, follow=True)
    assert "Your word is kept" in answer.content.decode()
    assert "Please review" not in trustee.get("/today/").content.decode()
    page = signed_in(cast.key_person).get(f"/reviews/{review.procedure_id}/").content.decode()
    assert "Leila Haddad, Committee member" in page
    assert "Still to agree: Staff." in page


def test_a_change_without_words_gets_a_sentence_and_keeps_what_was_typed(cast, review):
    answer = signed_in(cast.trustee).post(
        f"/reviews/{review.procedure_id}/", {"answer": "change", "side": "committee", "version": 1, "comment": " "}
    )
    assert "Say in a sentence what has to change." in answer.content.decode()
    assert not SignOff.objects.exists()


def test_an_unfinished_draft_does_not_bring_the_old_days_back(cast, review):
    page = ProcedurePage.objects.get(pk=review.procedure_id).get_latest_revision_as_object()
    page.in_short = "We eat together."
    page.save_revision(user=cast.editor)
    sign(review, cast.trustee, "committee")
    sign(review, cast.key_person, "staff")
    closed = Review.objects.get()
    ProcedurePage.objects.get(pk=page.pk).get_latest_revision().publish()
    after = ProcedurePage.objects.get(pk=page.pk)
    assert (after.in_short, after.reviewed_on) == ("We eat together.", closed.closed_on)


@pytest.mark.parametrize(("who", "may"), [("manager", True), ("editor", True), ("key_person", False), ("chair", False)])
def test_a_review_is_begun_early_by_editors_and_leads(cast, who, may):
    page = due(datetime.date(2027, 11, 30))
    if may:
        assert begin(page, by=getattr(cast, who)).closed_on is None
        told = {mail.person for mail in OutgoingMail.objects.all()}
        assert {cast.key_person, cast.trustee} <= told, "staff and committee hear of it"
        assert begin(page, by=getattr(cast, who)) == Review.objects.get()
    else:
        with pytest.raises(ActionRefused):
            begin(page, by=getattr(cast, who))


def test_a_review_begun_in_its_month_is_due_in_that_month(cast):
    with time_machine.travel(datetime.date(2027, 11, 3)):
        assert begin(due(datetime.date(2027, 11, 30)), by=cast.manager).due_on == datetime.date(2027, 11, 30)
    with time_machine.travel(datetime.date(2027, 5, 3)):
        Review.objects.all().delete()
        review = begin(ProcedurePage.objects.get(next_review_on="2027-11-30"), by=cast.manager)
        assert review.due_on == datetime.date(2027, 6, 14), "begun early: six weeks"


def test_the_database_refuses_to_change_a_signature(cast, review):
    made = sign(review, cast.trustee, "committee")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        SignOff.objects.filter(pk=made.pk).update(agrees=False, comment="No")


def test_the_list_costs_the_same_for_one_and_for_many(cast, django_assert_max_num_queries):
    due()
    open_due(NOVEMBER)
    manager = signed_in(cast.manager)
    with django_assert_max_num_queries(30) as few:
        manager.get("/reviews/")
    for number in range(2, 30):
        due(words=f"05.{number:02d} Sleep {number}\n\n- We sing.\n")
    open_due(NOVEMBER)
    with django_assert_max_num_queries(len(few)):
        page = manager.get("/reviews/").content.decode()
    assert page.count("Waits for you") == 29
    assert PageVersion.objects.count() >= 29


@pytest.mark.parametrize(
    ("words", "staff", "committee"),
    [
        ("Staff and Committee", True, True),
        ("the trustees", False, True),
        ("Manager", True, False),
        ("everybody", True, True),
    ],
)
def test_an_import_says_who_signs(cast, words, staff, committee):
    page = procedure_of(published(f"{SNACK}\nReviewed annually in November by {words}\n"))
    assert (page.signed_by_staff, page.signed_by_committee, page.review_month) == (staff, committee, 11)
