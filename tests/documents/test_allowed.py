"""A no reaches everybody who looks after the child: one page, child by purpose, and a line on Today until it was seen."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents import actions
from documents.consent import Purpose, answers_of, taken_back_for
from documents.models import Consent, ConsentSeen
from people.families import actions_care, actions_family
from people.families.access import Level, RestrictionKind
from people.families.models import Child, LookedAfterStatus, Relationship
from tests.cast import signed_in
from tests.documents.test_consent import says

pytestmark = pytest.mark.django_db
LINE = "Not allowed any more for Maja: walks and outings"


def today_of(person):
    return signed_in(person).get("/today/").content.decode()


def cells_of(person, child):
    """{purpose in short: the words of its cell} in the row of this child."""
    page = BeautifulSoup(signed_in(person).get("/papers/allowed/").content.decode(), "html.parser")
    heads = [each.get_text() for each in page.select("thead th")][1:]
    rows = {row.th.get_text(): [cell.get_text() for cell in row.find_all("td")] for row in page.select("tbody tr")}
    return dict(zip(heads, rows[child.known_as], strict=True))


def test_everybody_who_looks_after_children_reads_what_counts_and_not_who_said_it(cast):
    assert cells_of(cast.key_person, cast.maja)["Walks and outings"] == "not asked yet"
    says(cast.mother, cast.maja, True, Purpose.OUTINGS)
    assert cells_of(cast.key_person, cast.maja)["Walks and outings"] == "Yes"
    says(cast.father, cast.maja, False, Purpose.OUTINGS)
    for person in (cast.key_person, cast.manager, cast.deputy, cast.senco):
        assert cells_of(person, cast.maja)["Walks and outings"] == "No"
        page = signed_in(person).get("/papers/allowed/").content.decode()
        assert cast.father.full_name not in page and cast.mother.full_name not in page
    assert "Alfie" not in signed_in(cast.staff_parent).get("/papers/allowed/").content.decode()


def test_a_yes_that_becomes_a_no_is_on_today_until_each_has_seen_it(cast):
    says(cast.mother, cast.maja, True, Purpose.OUTINGS)
    assert LINE not in today_of(cast.key_person)
    says(cast.mother, cast.maja, False, Purpose.OUTINGS)
    said = Consent.objects.get(allows=False)
    for person in (cast.key_person, cast.manager, cast.deputy):
        assert LINE in today_of(person)
        client = signed_in(person)
        assert f'name="seen" value="{said.pk}"' in client.get("/papers/allowed/").content.decode()
        assert LINE in today_of(person), "to open the page is not yet to have seen it"
        for _twice in range(2):
            client.post("/papers/allowed/", {"seen": said.pk})
        assert LINE not in today_of(person)
    assert ConsentSeen.objects.count() == 3
    for person in (cast.mother, cast.father, cast.chair, cast.editor, cast.administrator):
        assert LINE not in today_of(person)


def test_what_is_allowed_again_or_was_never_allowed_waits_for_nobody(cast):
    says(cast.mother, cast.maja, False, Purpose.OUTINGS)
    assert taken_back_for(cast.key_person) == []
    says(cast.mother, cast.maja, True, Purpose.OUTINGS)
    says(cast.mother, cast.maja, False, Purpose.OUTINGS)
    assert len(taken_back_for(cast.key_person)) == 1
    says(cast.mother, cast.maja, True, Purpose.OUTINGS)
    assert taken_back_for(cast.key_person) == []


def test_a_no_of_somebody_who_has_no_say_any_more_waits_for_nobody(cast):
    says(cast.mother, cast.maja, True, Purpose.OUTINGS)
    says(cast.father, cast.maja, False, Purpose.OUTINGS)
    assert len(taken_back_for(cast.key_person)) == 1
    Relationship.objects.filter(adult=cast.father, child=cast.maja).update(level=Level.PARTICIPATE)
    assert taken_back_for(cast.key_person) == []


def _leaves(cast):
    actions_family.end_relationship(Relationship.objects.get(adult=cast.mother, child=cast.maja), by=cast.manager)


def _is_barred(cast):
    kind = RestrictionKind.NO_PORTAL
    actions_family.restrict(cast.maja, cast.mother, by=cast.manager, kind=kind, basis="An order of the court")


def _comes_into_care(cast):
    facts = {"authority": "Heronshire", "basis": LookedAfterStatus.Basis.ORDER, "starts_on": timezone.localdate()}
    actions_care.take_into_care(cast.maja, by=cast.manager, **facts)


@pytest.mark.parametrize("ends", [_leaves, _is_barred, _comes_into_care])
def test_a_yes_that_ends_without_a_no_is_on_today_too(cast, ends):
    """Its adult leaves, is barred, or an authority decides now: nobody said no, and it is not allowed any more."""
    says(cast.mother, cast.maja, True, Purpose.OUTINGS)
    assert LINE not in today_of(cast.key_person)
    ends(cast)
    for person in (cast.key_person, cast.manager):
        assert LINE in today_of(person)
        client = signed_in(person)
        page = BeautifulSoup(client.get("/papers/allowed/").content.decode(), "html.parser")
        for each in (cast.mother, cast.father):
            assert each.full_name not in page.get_text()
        client.post("/papers/allowed/", {"seen": [each["value"] for each in page.find_all(attrs={"name": "seen"})]})
        assert LINE not in today_of(person)
    assert LINE not in today_of(cast.staff_parent), "she is not Maja's key person"


def test_a_yes_that_never_opened_anything_ends_nothing(cast):
    says(cast.father, cast.maja, False, Purpose.OUTINGS)
    says(cast.mother, cast.maja, True, Purpose.OUTINGS)
    _leaves(cast)
    assert taken_back_for(cast.key_person) == []


def test_only_what_stood_on_the_page_counts_as_seen(cast):
    says(cast.mother, cast.maja, True, Purpose.OUTINGS)
    said = says(cast.mother, cast.maja, False, Purpose.OUTINGS)
    assert actions.see_taken_back(by=cast.key_person, consents={said.pk + 1}) == 0
    assert actions.see_taken_back(by=cast.mother, consents={said.pk}) == 0
    assert signed_in(cast.key_person).post("/papers/allowed/", {"seen": ["x", "", "²", "9" * 5000]}).status_code == 302
    assert len(taken_back_for(cast.key_person)) == 1


def test_the_emergency_card_says_what_is_agreed_and_tells_nothing_noted_from_none(cast):
    Child.objects.filter(pk=cast.maja.pk).update(care_notes="")
    card = lambda: signed_in(cast.key_person).get(f"/children/{cast.maja.pk}/emergency/").content.decode()  # noqa: E731
    assert "Not asked yet" in card() and "Do not take that for “none”" in card()
    says(cast.mother, cast.maja, False, Purpose.URGENT_TREATMENT)
    assert "No: ring the family; 999 first when a life is in danger" in card()


def test_what_was_taken_back_costs_the_same_for_one_child_and_for_many(cast):
    def take_back(child, adult):
        for allows in (True, False):
            Consent.objects.create(child=child, adult=adult, purpose=Purpose.OUTINGS, allows=allows)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert taken_back_for(cast.manager)
        return len(asked)

    take_back(cast.maja, cast.mother)
    before = queries()
    for child, adult in ((cast.leon, cast.mother), (cast.tobi, cast.other_mother), (cast.noor, cast.foster_carer)):
        take_back(child, adult)
    assert len(taken_back_for(cast.manager)) == 4 and queries() == before


def test_the_page_costs_the_same_for_one_child_and_for_many(cast):
    client, many = signed_in(cast.manager), [cast.maja]
    client.get("/papers/allowed/")

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/papers/allowed/")
        return len(asked)

    before = queries()
    for number in range(30):
        Child.objects.create(known_as=f"Wren{number}", full_name=f"Wren{number} Marsh", born_on="2023-02-03")
    assert queries() == before
    assert set(answers_of(many)) == {cast.maja.pk}
