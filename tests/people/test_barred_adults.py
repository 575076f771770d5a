"""Somebody barred from a child, or somebody of the same name, is let near it by two people who saw what is closed."""

import pytest

from people.accounts.models import Person
from people.families import actions_family
from people.families.access import Level
from people.families.forms_family import InviteAdult, Related
from people.families.models import Child, Kind, Relationship, Responsibility
from people.setting import actions_approval
from people.setting.models import Approval
from records.refused import ActionRefused
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
TIE = {"kind": Kind.FATHER, "parental_responsibility": Responsibility.YES, "level": Level.FULL}


@pytest.fixture
def sister(cast):
    """Tobi's little sister, who is new: her mother is his."""
    child = Child.objects.create(full_name="Ada Adeyemi", known_as="Ada", born_on="2024-05-01", room=cast.tobi.room)
    actions_family.relate(child, cast.other_mother, by=cast.manager, **(TIE | {"kind": Kind.MOTHER}))
    return child


def invited(client, child, **facts):
    usual = {"existing": "", "full_name": "", "email": "", "kind": "father", "parental_responsibility": "yes"}
    return client.post(f"/families/{child.pk}/invite/", usual | {"level": "3", "by_letter": ""} | facts)


def test_a_barred_father_is_not_tied_to_a_sibling_by_one_person(cast, sister):
    answer = invited(signed_in(cast.manager), sister, existing=cast.barred_father.pk)
    assert not Relationship.objects.filter(child=sister, adult=cast.barred_father).exists()
    page = signed_in(cast.deputy).get(answer["Location"]).content.decode()
    assert "Tobi" in page
    assert cast.barred_father.restrictions.get().basis in page, "the second sees what is closed"
    for who in (cast.barred_father, cast.other_mother, cast.key_person):
        assert signed_in(who).get(answer["Location"]).status_code == 404
        assert answer["Location"] not in signed_in(who).get("/today/").content.decode()
    with pytest.raises(ActionRefused):
        actions_family.relate(sister, cast.barred_father, by=cast.manager, **TIE)
    signed_in(cast.deputy).post(f"{answer['Location']}agree/")
    assert Relationship.objects.get(child=sister, adult=cast.barred_father).level == Level.FULL


def test_somebody_new_with_a_barred_adults_name_is_settled_first(cast, sister):
    manager = signed_in(cast.manager)
    new = {"full_name": "ADEYEMI Kunle", "email": "kunle.two@example.org"}
    assert "in the books already" in invited(manager, sister, **new).content.decode()
    assert not Person.objects.filter(email="kunle.two@example.org").exists()
    answer = invited(manager, sister, **new, why="His cousin, passport seen")
    person = Person.objects.get(email="kunle.two@example.org")
    assert not person.relationships.exists()
    assert not person.invitations.exists()
    assert "His cousin, passport seen" in signed_in(cast.deputy).get(answer["Location"]).content.decode()
    actions_approval.agree(Approval.objects.get(), by=cast.safeguarding_lead)
    assert person.relationships.get().child == sister


def test_a_namesake_without_an_order_takes_a_reason_and_no_second(cast, sister):
    new = {"full_name": "Daniel Reed", "email": "another.daniel@example.org"}
    assert "in the books already" in invited(signed_in(cast.manager), sister, **new).content.decode()
    invited(signed_in(cast.manager), sister, **new, why="He is forty years older")
    assert Person.objects.get(email="another.daniel@example.org").relationships.get().child == sister


def test_a_level_is_not_raised_over_an_order_by_one_person(cast, sister):
    tie = actions_family.relate(sister, cast.barred_father, by=cast.manager, **(TIE | {"level": Level.NONE}))
    form = {"kind": "father", "parental_responsibility": "yes", "level": "2"}
    answer = signed_in(cast.manager).post(f"/families/relationships/{tie.pk}/change/", form)
    assert Relationship.objects.running("2099-01-01").get(child=sister, adult=cast.barred_father).level == Level.NONE
    assert Approval.objects.get(kind="tie_restricted").facts["level"] == 2
    assert answer["Location"].startswith("/approvals/")
    actions_family.change_relationship(tie, by=cast.manager, **(TIE | {"level": Level.NONE, "may_collect": False}))


def test_everything_is_never_the_default(cast):
    for form in (Related(), InviteAdult(child=cast.tobi)):
        assert form["level"].value() == Level.INFORMATION


def test_who_is_entered_first_lets_no_barred_father_near_a_sibling(cast):
    child = Child.objects.create(full_name="Ada Adeyemi", known_as="Ada", born_on="2024-05-01", room=cast.tobi.room)
    twin = actions_family.add_adult(by=cast.manager, full_name="Kunle Adeyemi", email="kunle.two@example.org")
    for adult in (cast.barred_father, twin):
        with pytest.raises(ActionRefused):
            actions_family.relate(child, adult, by=cast.manager, **TIE)
    actions_family.relate(child, cast.father, by=cast.manager, **TIE)
    with pytest.raises(ActionRefused):
        actions_family.relate(child, cast.barred_father, by=cast.manager, **TIE)
    actions_family.relate(child, twin, by=cast.manager, **TIE)  # another family, where nothing is closed to that name


def test_the_second_sees_what_a_yes_would_open(cast, sister):
    made = actions_family.ask_to_open(sister, cast.barred_father, by=cast.manager, may_collect=True, **TIE)
    page = signed_in(cast.deputy).get(f"/approvals/{made.pk}/").content.decode()
    for words in (Level.FULL.label, Kind.FATHER.label, "May collect"):
        assert str(words) in page


def test_whoever_may_not_collect_by_an_order_does_not_read_as_may_collect_on_the_childs_card(cast):
    cast.tobi.relationships.filter(adult=cast.barred_father).update(may_collect=True)
    page = " ".join(signed_in(cast.key_person).get(f"/children/{cast.tobi.pk}/").content.decode().split())
    assert "Kunle Adeyemi</strong> · Father (Daddy) · may not collect" in page
    assert "Folake Adeyemi</strong> · Mother (Mummy) · may collect" in page


def test_somebody_of_a_barred_adults_name_works_here_only_when_a_second_lead_has_seen_the_restriction(cast):
    new = {"existing": "", "full_name": "Kunle ADEYEMI", "email": "another@example.org", "role": "staff"}
    page = signed_in(cast.manager).post("/staff/", new, follow=True).content.decode()
    assert "This takes two people. It is not in force yet." in page
    person = Person.objects.get(email="another@example.org")
    assert not person.roles.exists()
    deputy = signed_in(cast.deputy)
    waiting = Approval.objects.get(person=person)
    assert (
        "Everything is closed: Kunle Adeyemi, around Tobi" in deputy.get(f"/approvals/{waiting.pk}/").content.decode()
    )
    assert signed_in(cast.trustee).get(f"/approvals/{waiting.pk}/").status_code == 404
    deputy.post(f"/approvals/{waiting.pk}/agree/")
    assert person.roles.filter(role="staff").exists()
    other = new | {"full_name": "Nils New", "email": "nils@example.org"}
    signed_in(cast.manager).post("/staff/", other)
    assert Person.objects.get(email="nils@example.org").roles.exists()
