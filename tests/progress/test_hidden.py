"""Two parents who live apart meet nothing of each other: on pages, in lists, counts, order, PDFs and mails."""

import re
import subprocess

import pytest
from django.utils import timezone

from people.accounts.models import Introduction, Person
from people.families import actions_family
from people.families.access import RestrictionKind
from people.mail.models import OutgoingMail
from portal.progress import actions
from portal.progress.models import Check, Copy, Invitation, Kind, Part, Remark, Share, Talk
from portal.progress.models.passed import For
from portal.progress.tasks import make_copies
from tests.cast import signed_in
from tests.pace import queries
from tests.progress.stories import (
    OF_THE_FATHER,
    OF_THE_MOTHER,
    OF_THE_SETTING,
    asked,
    final,
    make_two,
    say,
    send_part,
    shared,
)

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"')
SAID = {"mother": "The mother said this.", "father": "The father said that."}
OF = {
    "mother": ["Ewa", "Nowicka", OF_THE_MOTHER, SAID["mother"], "Marek", "Zielinski"],
    "father": ["Daniel", "Reed", OF_THE_FATHER, SAID["father"]],
}
OTHER = {"mother": "father", "father": "mother"}


@pytest.fixture
def maja(cast):
    return make_two(cast.maja)


@pytest.fixture
def told(cast, maja):
    """A shared check with a part, a talk and a remark of both parents."""
    check = shared(maja, cast.key_person)
    for name in OF:
        say(check, getattr(cast, name), SAID[name])
    today = timezone.localdate()
    actions.talked(check, by=cast.key_person, held_on=today, adults=[cast.mother, cast.father])
    return check


def text(person, path):
    answer = signed_in(person).get(path)
    assert answer.status_code == 200, path
    page = TOKEN.sub("", answer.content.decode())
    return page.replace("Nowicka-Reed", "").replace(person.full_name, "")


def words_in(pdf):
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split()).replace("Nowicka-Reed", "")


def pages_of(check, person):
    invitation = Invitation.objects.get(check_of=check, adult=person)
    found = ["/today/", f"/progress/{check.child_id}/", check.get_absolute_url(), f"/children/{check.child_id}/"]
    return found if check.shared_at else [*found[:2], invitation.get_absolute_url()]


@pytest.mark.parametrize("name", OF)
def test_hidden_parents_meet_nothing_of_each_other_on_any_page(cast, told, name):
    person = getattr(cast, name)
    pages = {path: text(person, path) for path in pages_of(told, person)}
    assert SAID[name] in pages[told.get_absolute_url()]
    assert OF_THE_SETTING in pages[told.get_absolute_url()]
    met = {(path, token) for path, page in pages.items() for token in OF[OTHER[name]] if token in page}
    assert met == set()


@pytest.mark.parametrize("name", OF)
def test_before_it_is_shared_nobody_knows_whether_the_other_was_asked_or_has_answered(cast, maja, name):
    check, person = asked(maja, cast.key_person), getattr(cast, name)
    before = {path: text(person, path) for path in pages_of(check, person)[:2]}
    send_part(check, getattr(cast, OTHER[name]), enjoys="Something.")
    assert {path: text(person, path) for path in before} == before


def test_staff_read_both(cast, told):
    for person in (cast.key_person, cast.senco, cast.manager, cast.safeguarding_lead):
        page = signed_in(person).get(told.get_absolute_url()).content.decode()
        assert OF_THE_MOTHER in page and OF_THE_FATHER in page


def test_adults_of_one_household_and_those_who_chose_it_read_each_other(cast, told):
    assert OF_THE_MOTHER in text(cast.stepfather, told.get_absolute_url())
    assert OF_THE_FATHER not in text(cast.stepfather, told.get_absolute_url())
    for one, other in ((cast.mother, cast.father), (cast.father, cast.mother)):
        Introduction.objects.create(person=one, other=other)
    page = text(cast.mother, told.get_absolute_url())
    assert OF_THE_FATHER in page and SAID["father"] in page
    assert OF_THE_MOTHER in text(cast.father, told.get_absolute_url())


@pytest.fixture
def finished(cast, told):
    check = actions.finish(told, by=cast.key_person)
    while make_copies():
        pass
    return check


def copy_of(person, check):
    answer = signed_in(person).get(f"/progress/checks/{check.pk}/copy.pdf")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "Maja" not in answer["Content-Disposition"]
    return answer.content


def test_the_sealed_copies_hold_what_is_their_readers(cast, finished):
    from documents.seal import verify

    for name, person in (("mother", cast.mother), ("father", cast.father)):
        pdf = copy_of(person, finished)
        words = words_in(pdf)
        assert verify(pdf).intact
        assert b"/StructTreeRoot" in pdf, "it is tagged"
        assert OF_THE_SETTING in words and OF[name][2] in words and SAID[name] in words
        assert [token for token in OF[OTHER[name]] if token in words] == []
    for_staff = words_in(copy_of(cast.key_person, finished))
    assert all(token in for_staff for name in OF for token in OF[name][:4])


def test_the_record_inside_a_copy_is_its_readers_too(cast, finished):
    from documents.sealing import attached

    record = attached(copy_of(cast.father, finished), "record.json").decode()
    assert OF_THE_FATHER in record and OF_THE_MOTHER not in record and "Ewa" not in record


def test_the_same_copy_is_made_from_the_same_words_again(cast, finished):
    from portal.progress import paper

    copy = Copy.objects.get(check_of=finished, adult=cast.mother)
    assert paper.make(copy) == copy_of(cast.mother, finished)


def test_a_copy_with_words_of_somebody_no_longer_shown_opens_no_more(cast, finished):
    copy = Copy.objects.get(check_of=finished, adult=cast.stepfather)
    assert cast.mother in copy.holds.all()
    assert Copy.objects.visible_to(cast.stepfather).filter(pk=copy.pk).exists()
    Person.objects.filter(pk=cast.stepfather.pk).update(household=None)
    cast.stepfather.refresh_from_db()
    assert not Copy.objects.visible_to(cast.stepfather).filter(pk=copy.pk).exists()
    assert signed_in(cast.stepfather).get(f"/progress/checks/{finished.pk}/copy.pdf").status_code == 404
    assert signed_in(cast.stepfather).get(finished.get_absolute_url()).status_code == 200


def test_what_goes_to_others_holds_no_parents_part(cast, finished):
    from portal.progress import paper

    words = words_in(paper.make(Copy.objects.get(check_of=finished, whose=For.OTHERS)))
    assert OF_THE_SETTING in words
    assert [token for name in OF for token in OF[name] if token in words] == []


def test_the_page_for_the_health_visitor_holds_the_readers_own_part_only(cast, maja):
    check = asked(maja, cast.key_person)
    send_part(check, cast.mother, worries=OF_THE_MOTHER, enjoys="Not for the health visitor.")
    send_part(check, cast.father, worries=OF_THE_FATHER)
    from tests.progress.stories import write

    actions.share(actions.ready(write(check, cast.key_person), by=cast.key_person), by=cast.key_person)
    actions.talked(check, by=cast.key_person, held_on=timezone.localdate(), adults=[cast.mother])
    of_child = f"/progress/{maja.pk}/"
    assert "To read" in text(cast.mother, of_child)
    actions.finish(check, by=cast.key_person)
    assert "To read" not in text(cast.mother, of_child) and "So far" in text(cast.mother, of_child)
    path = f"/progress/checks/{check.pk}/health-visitor/"
    page = text(cast.mother, path)
    assert OF_THE_MOTHER in page and OF_THE_SETTING in page
    check.refresh_from_db()
    assert check.name in page and f"{check.shared_at:%B %Y}" in page
    assert OF_THE_FATHER not in page and "Not for the health visitor." not in page
    assert signed_in(cast.stepfather).get(path).status_code == 404


def test_whoever_is_barred_or_of_another_family_or_without_a_role_finds_nothing(cast, finished):
    of_tobi = final(make_two(cast.tobi), cast.key_person, adults=[cast.other_mother])
    for person in (cast.other_mother, cast.grandmother, cast.chair, cast.editor, cast.administrator, cast.staff_parent):
        for path in (finished.get_absolute_url(), f"/progress/checks/{finished.pk}/copy.pdf"):
            assert signed_in(person).get(path).status_code == 404
    assert signed_in(cast.barred_father).get(of_tobi.get_absolute_url()).status_code == 404
    for model in (Check, Copy, Invitation, Part, Remark, Share, Talk):
        assert not model.objects.visible_to(cast.barred_father).exists()


def test_an_order_closes_everything_at_once_and_the_author_keeps_nothing_open(cast, finished):
    actions_family.restrict(cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.FULL, basis="Order")
    for model in (Check, Copy, Invitation, Part, Remark, Talk):
        assert not model.objects.visible_to(cast.father).exists()


def test_who_may_not_know_days_and_times_reads_months(cast, maja):
    actions_family.restrict(maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_TIMETABLE, basis="Order")
    check = asked(maja, cast.key_person)
    invitation = Invitation.objects.get(check_of=check, adult=cast.father)
    assert "It helps if we have it by" not in text(cast.father, invitation.get_absolute_url())
    assert "It helps if we have it by" in text(
        cast.mother, Invitation.objects.get(check_of=check, adult=cast.mother).get_absolute_url()
    )


def test_staff_who_are_family_of_the_child_read_as_family_only(cast):
    alfie = make_two(cast.alfie)
    check = asked(alfie, cast.key_person)
    assert signed_in(cast.staff_parent).get(check.get_absolute_url()).status_code == 404
    assert not Invitation.objects.visible_to(cast.staff_parent).exclude(adult=cast.staff_parent).exists()
    assert signed_in(cast.staff_parent).get(f"/progress/{alfie.pk}/begin/term/").status_code == 404


def test_mails_to_one_parent_are_the_same_whatever_the_other_does(cast, maja):
    check = asked(maja, cast.key_person)
    before = OutgoingMail.objects.filter(person=cast.father).count()
    send_part(check, cast.mother, enjoys="Pouring.")
    assert OutgoingMail.objects.filter(person=cast.father).count() == before


def add_children(cast, number):
    today = timezone.localdate()
    for place in range(number):
        born_on = today.replace(year=today.year - 2, month=1 + place % 6, day=1 + place % 28)
        child = actions_family.add_child(
            by=cast.manager, full_name=f"Child {place}", known_as=f"Child {place}", born_on=born_on,
            room=cast.maja.room, starts_on=born_on.replace(year=today.year - 1),
        )  # fmt: skip
        actions_family.place_key_person(child, cast.key_person, by=cast.manager)


def test_the_list_and_today_cost_the_same_for_one_child_and_for_two_hundred(cast, maja):
    client = signed_in(cast.manager)
    few = {path: queries(client, path) for path in ("/progress/", "/today/")}
    add_children(cast, 200)
    page = client.get("/progress/").content.decode()
    assert page.count("Child 1") > 50
    assert {path: queries(client, path) for path in few} == few


def test_a_childs_page_costs_the_same_for_one_summary_and_for_twelve(cast):
    paths = {cast.manager: f"/progress/{cast.maja.pk}/", cast.mother: f"/progress/{cast.maja.pk}/"}
    shared(cast.maja, cast.key_person, kind=Kind.TERM, title="Term 0")
    few = {person: queries(signed_in(person), path) for person, path in paths.items()}
    today = {person: queries(signed_in(person), "/today/") for person in (cast.mother, cast.key_person)}
    for number in range(12):
        shared(cast.maja, cast.key_person, kind=Kind.TERM, title=f"Term {number}")
    assert {person: queries(signed_in(person), path) for person, path in paths.items()} == few
    assert {person: queries(signed_in(person), "/today/") for person in today} == today
