"""A slip can be undone, by two people: then it counts as never having been. Nobody ties or unties themselves."""

import pytest

from people.families import actions_family
from people.families.access import RestrictionKind, access_of
from people.families.models import Child, Relationship, Restriction
from people.setting import actions_approval
from people.setting.models import Approval
from records.models import AuditLine
from records.refused import ActionRefused
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
TIE = {"kind": "other", "parental_responsibility": "no", "level": 1}
MISTAKE = {"when": "mistake", "why": "Another Sara was meant"}


def looks_after(person, child):
    return Child.objects.as_staff_of(person).filter(pk=child.pk).exists()


def test_a_wrong_tie_to_a_key_person_is_undone_by_two_and_she_looks_after_the_child_again(cast):
    tie = actions_family.relate(cast.tobi, cast.key_person, by=cast.manager, **TIE)
    actions_family.end_relationship(tie, by=cast.manager)
    assert not looks_after(cast.key_person, cast.tobi)
    manager, path = signed_in(cast.manager), f"/families/relationships/{tie.pk}/end/"
    assert path in manager.get(f"/families/{cast.tobi.pk}/").content.decode()
    assert "what was the mistake" in manager.post(path, {"when": "mistake", "why": ""}).content.decode()
    page = manager.post(path, MISTAKE)["Location"]
    assert not looks_after(cast.key_person, cast.tobi), "one alone undoes nothing"
    assert signed_in(cast.key_person).get(page).status_code == 404
    with pytest.raises(ActionRefused):
        actions_approval.agree(Approval.objects.get(), by=cast.key_person)
    signed_in(cast.deputy).post(f"{page}agree/")
    assert looks_after(cast.key_person, cast.tobi)
    assert cast.tobi.pk in access_of(cast.key_person).key_children
    assert not Relationship.objects.filter(pk=tie.pk).exists()
    assert Relationship.with_undone.filter(pk=tie.pk).exists()
    assert AuditLine.objects.filter(verb="people.related", thing=str(tie.pk)).exists()
    assert signed_in(cast.key_person).get(f"/children/{cast.tobi.pk}/").status_code == 200


def test_a_tie_that_runs_closes_when_it_is_undone(cast):
    tie = actions_family.relate(cast.tobi, cast.father, by=cast.manager, **TIE)
    approval = actions_family.ask_to_undo(tie, by=cast.deputy, why="Another child was meant")
    assert cast.tobi.pk in access_of(cast.father).family()
    actions_approval.agree(approval, by=cast.safeguarding_lead)
    assert cast.tobi.pk not in access_of(cast.father).family()
    assert signed_in(cast.father).get(f"/children/{cast.tobi.pk}/").status_code == 404
    actions_family.relate(cast.tobi, cast.father, by=cast.manager, **TIE)
    assert cast.tobi.pk in access_of(cast.father).family(), "what is true is entered again"


def test_a_wrong_restriction_is_undone_by_two(cast):
    bar = actions_family.restrict(
        cast.tobi, cast.key_person, by=cast.manager, kind=RestrictionKind.NO_COLLECTION, basis="A slip"
    )
    assert not looks_after(cast.key_person, cast.tobi)
    asked = {"why": "The wrong line was chosen", "by_mistake": "on"}
    signed_in(cast.manager).post(f"/families/restrictions/{bar.pk}/ask/", asked)
    answer = signed_in(cast.deputy).post(f"/families/restrictions/{bar.pk}/lift/", follow=True)
    assert answer.status_code == 200
    assert looks_after(cast.key_person, cast.tobi)
    assert not Restriction.objects.filter(pk=bar.pk).exists()
    lifted = actions_family.restrict(
        cast.tobi, cast.senco, by=cast.manager, kind=RestrictionKind.NO_COLLECTION, basis="Order"
    )
    actions_family.ask_to_lift(lifted, by=cast.manager, why="The order ran out")
    actions_family.lift_restriction(lifted, by=cast.deputy)
    assert not looks_after(cast.senco, cast.tobi), "one that was true and is lifted still counts"


def test_nobody_ties_unties_or_restricts_themselves(cast):
    for step in (
        lambda: actions_family.relate(cast.tobi, cast.manager, by=cast.manager, **TIE),
        lambda: actions_family.restrict(
            cast.tobi, cast.manager, by=cast.manager, kind=RestrictionKind.NO_COLLECTION, basis="Order"
        ),
    ):
        with pytest.raises(ActionRefused, match="about yourself"):
            step()
    tie = actions_family.relate(cast.tobi, cast.manager, by=cast.deputy, **TIE)
    for step in (
        lambda: actions_family.end_relationship(tie, by=cast.manager),
        lambda: actions_family.change_relationship(tie, by=cast.manager, **TIE),
        lambda: actions_family.ask_to_undo(tie, by=cast.manager, why="It is not so"),
    ):
        with pytest.raises(ActionRefused):
            step()


def test_a_slip_that_was_changed_is_two_rows_and_each_is_undone_by_two(cast):
    first = actions_family.relate(cast.tobi, cast.key_person, by=cast.manager, **TIE)
    second = actions_family.change_relationship(first, by=cast.manager, **(TIE | {"level": 0}))
    asked = actions_family.ask_to_undo(second, by=cast.manager, why="Another Sara was meant")
    with pytest.raises(ActionRefused, match="other details"):
        actions_family.ask_to_undo(first, by=cast.manager, why="Another Sara was meant")
    actions_approval.agree(asked, by=cast.deputy)
    actions_approval.agree(actions_family.ask_to_undo(first, by=cast.manager, why="The same"), by=cast.deputy)
    assert looks_after(cast.key_person, cast.tobi)


def test_a_tie_entered_anew_after_a_slip_is_confirmed_anew(cast):
    slip = actions_family.relate(cast.tobi, cast.chair, by=cast.manager, **TIE)
    actions_approval.agree(actions_family.ask_to_undo(slip, by=cast.manager, why="A slip"), by=cast.deputy)
    tie = actions_family.relate(cast.tobi, cast.chair, by=cast.manager, **TIE)
    assert Approval.objects.open().get(kind="tie_in_office").relationship == tie
