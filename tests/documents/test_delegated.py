"""Where it is agreed who decides for a child in care, nobody else's yes opens anything; a no of anybody counts as ever."""

import pytest
from django.utils import timezone

from documents import actions
from documents.consent import Purpose, allowed
from people.families import actions_care, actions_family
from people.families.access import Level
from people.families.models import Kind
from portal.demo.drawings import drawn
from portal.journal import actions as journal
from portal.journal.models import Photograph
from records.pictures import clean
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.journal.pages import OWN, write
from tests.people.test_care import CARE

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother_of_noor(cast):
    return relate(cast, cast.grandmother, Kind.MOTHER, "yes")


def relate(cast, adult, kind, responsibility, level=Level.FULL):
    facts = {"kind": kind, "parental_responsibility": responsibility, "evidence_seen": "A court's paper"}
    actions_family.relate(cast.noor, adult, by=cast.manager, level=level, **facts)
    return adult


def in_care(cast, **decisions):
    actions_care.take_into_care(cast.noor, by=cast.manager, **CARE)
    actions_care.delegate(cast.noor, {matter: (who, "") for matter, who in decisions.items()}, by=cast.manager)


def says(cast, adult, allows=True, purpose=OWN):
    return actions.decide_consent(cast.noor, purpose, allows, by=adult)


MATTERS = [
    ("photographs", Purpose.OWN_JOURNAL),
    ("photographs", Purpose.OTHERS_JOURNALS),
    ("outings", Purpose.OUTINGS),
    ("urgent_treatment", Purpose.URGENT_TREATMENT),
    ("sharing", Purpose.CHECK_HEALTH_VISITOR),
    ("sharing", Purpose.CHECK_OTHER_SETTING),
    ("sharing", Purpose.CHECK_SCHOOL),
]


def test_every_permission_belongs_to_a_matter_that_is_agreed():
    assert {purpose for _matter, purpose in MATTERS} == set(Purpose)


@pytest.mark.parametrize(("matter", "purpose"), MATTERS)
@pytest.mark.parametrize(
    ("who", "opens"),
    [("carer", {"carer"}), ("parents", {"mother"}), ("authority", set()), ("together", set()), (None, set())],
)
def test_whose_yes_opens(cast, mother_of_noor, matter, purpose, who, opens):
    for adult in (cast.foster_carer, mother_of_noor):
        says(cast, adult, purpose=purpose)
    assert allowed(cast.noor, purpose)
    in_care(cast, **({matter: who} if who else {}))
    assert allowed(cast.noor, purpose) is bool(opens)
    says(cast, mother_of_noor, allows=False, purpose=purpose)
    assert not allowed(cast.noor, purpose), "a no counts, whoever decides"
    actions_family.end_relationship(mother_of_noor.relationships.get(child=cast.noor), by=cast.manager)
    assert allowed(cast.noor, purpose) is ("carer" in opens)
    actions_care.end_care(cast.noor, by=cast.manager)
    assert allowed(cast.noor, purpose), "then it is as for every child"


def test_the_last_agreement_counts_and_only_that_of_its_own_matter(cast):
    says(cast, cast.foster_carer)
    in_care(cast, photographs="authority", outings="carer", sharing="carer")
    assert not allowed(cast.noor, OWN)
    actions_care.delegate(cast.noor, {"photographs": ("carer", "")}, by=cast.manager)
    assert allowed(cast.noor, OWN)
    actions_care.delegate(cast.noor, {"photographs": ("authority", "")}, by=cast.manager)
    assert not allowed(cast.noor, OWN) and not allowed(cast.noor, OWN, on=timezone.localdate())


def test_the_foster_carers_yes_opens_nothing_and_she_is_told_who_decides(cast):
    in_care(cast, photographs="authority", outings="carer", sharing="together")
    carer = signed_in(cast.foster_carer)
    html = carer.get("/papers/permissions/").content.decode()
    assert "The local authority decides this for Noor" in html and "The social worker is asked each time" in html
    address = f"/papers/permissions/{cast.noor.pk}/"
    assert f'{address}{OWN}/"' in html, "she can still say no"
    answer = carer.post(f"{address}{OWN}/", {"answer": "yes"}, follow=True)
    assert answer.status_code == 403 and "The local authority decides this for Noor" in answer.content.decode()
    assert not allowed(cast.noor, OWN)
    assert carer.post(f"{address}outings/", {"answer": "yes"}).status_code == 302
    assert allowed(cast.noor, Purpose.OUTINGS)
    with pytest.raises(ActionRefused):
        says(cast, cast.foster_carer)
    says(cast, cast.foster_carer, allows=False)


def test_what_was_shared_closes_when_the_authority_takes_the_decision(cast):
    says(cast, cast.foster_carer)
    page = write(cast.senco, cast.noor, pictures=[clean(drawn("tower", 1, (90, 60)))])
    journal.share(page, by=cast.senco)
    assert Photograph.objects.visible_to(cast.foster_carer).exists()
    in_care(cast, photographs="authority")
    assert not Photograph.objects.visible_to(cast.foster_carer).exists()


def test_who_may_not_hear_of_the_care_is_told_only_that_it_is_not_theirs_to_decide(cast):
    godmother = relate(cast, cast.grandmother, Kind.OTHER, "no")
    in_care(cast, photographs="authority", outings="carer")
    html = signed_in(godmother).get("/papers/permissions/").content.decode()
    assert html.count("This is not yours to decide for Noor") == len(Purpose)
    for word in ("authority", "foster", "social worker"):
        assert word not in html.split("<main")[1]


def test_the_form_says_it_before_it_is_signed(cast, forms):
    in_care(cast, photographs="authority", outings="carer")
    asked = actions.ask(cast.noor, cast.foster_carer, forms[0], by=cast.manager)
    page = signed_in(cast.foster_carer).get(asked.get_absolute_url()).content.decode()
    assert page.count("The local authority decides this for Noor") == 2
