"""Foster care: who decides what, who hears of it; an adoption ends old links and changes names."""

import pytest

from documents.demo import sign_form
from people.families import actions_care, actions_family
from people.families.access import Level
from people.families.models import DelegatedDecision, FormerName, Kind, LookedAfterStatus
from people.setting import actions_roles
from portal.complaints.actions import complain
from records.refused import ActionRefused
from tests.cast import signed_in

pytestmark = pytest.mark.django_db

CARE = {
    "authority": "Marlow County Council",
    "basis": "order",
    "social_worker": "Priya Nair",
    "phone": "01632 960 777",
    "email": "",
}


@pytest.fixture
def care(cast):
    return actions_care.take_into_care(cast.noor, by=cast.manager, **CARE)


def test_the_manager_enters_the_authority_and_then_who_decides_what(cast):
    client = signed_in(cast.manager)
    answer = client.post(f"/families/{cast.noor.pk}/care/", CARE)
    assert answer["Location"] == f"/families/{cast.noor.pk}/care/decisions/"
    assert client.get(answer["Location"]).status_code == 200
    decided = {"outings": "carer", "outings_words": "On foot and by bus", "urgent_treatment": "authority"}
    client.post(answer["Location"], decided)
    page = client.get(f"/children/{cast.noor.pk}/care/").content.decode()
    for words in ("Marlow County Council", "Priya Nair", "On foot and by bus", "The local authority", "shares it with"):
        assert words in page
    assert client.get(f"/families/{cast.noor.pk}/").content.decode().count("On foot and by bus") == 1


def test_a_change_of_who_decides_is_a_new_row_and_the_last_one_counts(cast, care):
    actions_care.delegate(cast.noor, {"outings": ("carer", ""), "medicines": ("carer", "")}, by=cast.manager)
    actions_care.delegate(
        cast.noor, {"outings": ("together", "Ring first"), "medicines": ("carer", "")}, by=cast.deputy
    )
    assert DelegatedDecision.objects.filter(child=cast.noor).count() == 3, "what stands makes no new row"
    now = {row.matter: (row.decider, row.words) for row in actions_care.decisions_of(cast.noor)}
    assert now == {"outings": ("together", "Ring first"), "medicines": ("carer", "")}


def test_what_is_agreed_cannot_slip_away_by_an_empty_choice(cast, care):
    actions_care.delegate(cast.noor, {"outings": ("carer", "")}, by=cast.manager)
    answer = signed_in(cast.manager).post(f"/families/{cast.noor.pk}/care/decisions/", {"outings": "", "religion": ""})
    assert "this is agreed already" in answer.content.decode()


def test_without_an_order_the_authority_has_no_responsibility_and_the_page_says_so(cast):
    actions_care.take_into_care(cast.noor, by=cast.manager, **(CARE | {"basis": LookedAfterStatus.Basis.AGREEMENT}))
    page = signed_in(cast.manager).get(f"/children/{cast.noor.pk}/care/").content.decode()
    assert "It stays with the parents alone" in page


@pytest.mark.parametrize(
    ("who", "hears"),
    [
        ("manager", True),
        ("deputy", True),
        ("safeguarding_lead", True),
        ("senco", True),  # Noor's key person
        ("key_person", False),
        ("staff_parent", False),
    ],
)
def test_only_leads_and_the_key_person_hear_that_a_child_is_looked_after(cast, care, who, hears):
    client = signed_in(getattr(cast, who))
    card = client.get(f"/children/{cast.noor.pk}/")
    assert card.status_code == 200
    for words in ("Marlow County", "Priya Nair", "Looked after"):
        assert (words in card.content.decode()) is hears
    assert client.get(f"/children/{cast.noor.pk}/care/").status_code == (200 if hears else 404)


def test_the_foster_carer_reads_on_the_card_what_she_decides_and_other_family_does_not(cast, care):
    actions_care.delegate(cast.noor, {"outings": ("carer", "On foot and by bus")}, by=cast.manager)
    actions_family.relate(
        cast.noor, cast.grandmother, by=cast.manager, kind=Kind.GRANDPARENT, parental_responsibility="no",
        level=Level.PARTICIPATE,
    )  # fmt: skip
    card = f"/children/{cast.noor.pk}/"
    page = signed_in(cast.foster_carer).get(card).content.decode()
    assert "On foot and by bus" in page
    assert "Marlow County Council" in page
    assert "01632 960 777" not in page
    assert "Priya Nair" not in page
    for other in (cast.grandmother, cast.staff_parent):
        page = signed_in(other).get(card).content.decode()
        assert "Noor" in page
        assert "On foot and by bus" not in page
        assert "Marlow" not in page.replace("Upper Marlow", "")
    actions_care.end_care(cast.noor, by=cast.manager)
    assert "On foot and by bus" not in signed_in(cast.foster_carer).get(card).content.decode()


def test_where_nobody_looks_after_a_child_there_is_no_such_page(cast):
    assert signed_in(cast.manager).get(f"/children/{cast.maja.pk}/care/").status_code == 404
    assert signed_in(cast.manager).get(f"/families/{cast.maja.pk}/care/decisions/").status_code == 404


def test_a_new_entry_ends_the_earlier_one_and_it_can_end_now(cast, care):
    actions_care.take_into_care(cast.noor, by=cast.manager, **(CARE | {"authority": "Another county"}))
    care.refresh_from_db()
    assert care.ended_at
    signed_in(cast.manager).post(f"/families/{cast.noor.pk}/care/end/")
    assert not LookedAfterStatus.objects.filter(child=cast.noor, ended_at__isnull=True).exists()
    assert "Another county" not in signed_in(cast.senco).get(f"/children/{cast.noor.pk}/").content.decode()


def test_trap_10_when_a_placement_ends_the_carer_is_out_that_day_and_the_next_sees_no_birth_family(cast, care):
    """Domain trap 10: access stops, the record stays, the new carer sees no birth-family details."""
    mother = actions_family.add_adult(
        by=cast.manager, full_name="Zara Hussain", email="zara@example.org", phone="07700 900 321"
    )
    facts = {"parental_responsibility": "yes", "evidence_seen": "Care plan", "level": Level.FULL}
    actions_family.relate(cast.noor, mother, by=cast.manager, kind=Kind.MOTHER, **facts)
    carer = signed_in(cast.foster_carer)
    assert carer.get(f"/journal/{cast.noor.pk}/").status_code == 200
    tie = cast.foster_carer.relationships.get()
    actions_family.end_relationship(tie, by=cast.manager, why="The placement ended")
    assert carer.get(f"/journal/{cast.noor.pk}/").status_code == 404
    assert "Carol Whitby" in signed_in(cast.manager).get(f"/families/{cast.noor.pk}/").content.decode()
    next_carer = cast.strict_father
    facts |= {"parental_responsibility": "no"}
    actions_family.relate(cast.noor, next_carer, by=cast.manager, kind=Kind.FOSTER_CARER, **facts)
    client = signed_in(next_carer)
    for address in ("/today/", f"/children/{cast.noor.pk}/", f"/journal/{cast.noor.pk}/", "/papers/", "/me/shown-to/"):
        page = client.get(address)
        assert page.status_code == 200
        for words in ("Zara", "zara@", "900 321", "Carol"):
            assert words not in page.content.decode(), address


def new_name(tie, **more):
    return {
        "full_name": "Nora Bell",
        "known_as": "Nora",
        "why": "Adoption order",
        "ending": [tie.pk],
        "care_ends": "on",
        "sure": "on",
        **more,
    }


def test_an_adoption_ends_old_links_and_changes_the_name_in_one_go(cast, care):
    tie, client = cast.foster_carer.relationships.get(), signed_in(cast.manager)
    address = f"/families/{cast.noor.pk}/name/"
    assert "compared the name with the paper" in client.post(address, new_name(tie, sure="")).content.decode()
    assert client.post(address, new_name(tie)).status_code == 302
    cast.noor.refresh_from_db()
    tie.refresh_from_db()
    assert (cast.noor.full_name, cast.noor.known_as) == ("Nora Bell", "Nora")
    assert (tie.ended_by, tie.why_ended) == (cast.manager, "Adoption order")
    assert not LookedAfterStatus.objects.filter(child=cast.noor, ended_at__isnull=True).exists()
    before = FormerName.objects.get()
    assert (before.full_name, before.known_as, before.changed_by) == ("Noor Hussain", "Noor", cast.manager)


def test_the_name_before_is_kept_for_those_who_keep_families_and_for_nobody_else(cast, care):
    actions_care.change_name(cast.noor, by=cast.manager, full_name="Nora Bell", known_as="Nora", why="Adoption")
    assert "Noor Hussain" in signed_in(cast.deputy).get(f"/families/{cast.noor.pk}/").content.decode()
    for person in (cast.senco, cast.key_person, cast.safeguarding_lead, cast.foster_carer):
        client = signed_in(person)
        for address in ("/today/", f"/children/{cast.noor.pk}/", f"/journal/{cast.noor.pk}/"):
            assert "Hussain" not in client.get(address).content.decode()


def test_whoever_left_with_the_old_name_never_learns_the_new_one_from_their_papers(cast):
    from documents.samples import add_sample_forms

    add_sample_forms()
    sign_form(cast, "P1", cast.noor, cast.foster_carer)
    asked = cast.foster_carer.asks.get()
    facts = {"child_at_risk": False, "about_leaders": "no", "category": "care", "words": "Words.", "wish": ""}
    complaint = complain(by=cast.foster_carer, child=cast.noor, idempotency_key="0" * 32, **facts)
    tie = cast.foster_carer.relationships.get()
    actions_care.change_name(
        cast.noor, by=cast.manager, full_name="Nora Bell", known_as="Nora", why="Adoption", ending=[tie]
    )
    client = signed_in(cast.foster_carer)
    for address in ("/papers/", f"/papers/{asked.pk}/signed/", f"/complaints/{complaint.pk}/"):
        page = client.get(address).content.decode()
        assert "Noor" in page, address
        assert "Nora" not in page, address
    assert "Nora" in signed_in(cast.manager).get(f"/complaints/{complaint.pk}/").content.decode()


def test_only_who_keeps_families_gives_names_and_ends_care(cast, care):
    for person in (cast.foster_carer, cast.senco, cast.safeguarding_lead):
        client = signed_in(person)
        for page in ("name", "care", "care/decisions", "care/end", "change"):
            assert client.post(f"/families/{cast.noor.pk}/{page}/", {}).status_code == 403
    with pytest.raises(ActionRefused):
        actions_care.change_name(cast.noor, by=cast.senco, full_name="X", known_as="X", why="x")
    actions_roles.give_role(cast.staff_parent, "manager", by=None)
    with pytest.raises(ActionRefused, match="your own family"):
        actions_care.change_name(cast.alfie, by=cast.staff_parent, full_name="X", known_as="X", why="x")
    assert not FormerName.objects.exists()


def test_the_relationships_that_end_with_a_name_are_the_childs_own(cast):
    other = cast.mother.relationships.first()
    with pytest.raises(ActionRefused, match="another child"):
        actions_care.change_name(cast.noor, by=cast.manager, full_name="X", known_as="X", why="x", ending=[other])
    cast.noor.refresh_from_db()
    assert cast.noor.known_as == "Noor"
