"""What adults are to a child: a change is a new row, the past stays readable, households show people to each other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.families import actions_family
from people.families.access import Level, RestrictionKind
from people.families.models import Child, Kind, Relationship, Restriction
from people.setting import actions_roles
from records.models import AuditLine
from records.refused import ActionRefused
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def tie_of(child, adult):
    return Relationship.objects.get(child=child, adult=adult, ended_at__isnull=True)


def as_posted(tie, **changes):
    """The form of a relationship as its page shows it, with some changes."""
    kept = {
        "kind": tie.kind,
        "label": tie.label,
        "parental_responsibility": tie.parental_responsibility,
        "evidence_seen": tie.evidence_seen,
        "evidence_on": tie.evidence_on or "",
        "level": tie.level,
        "why_ended": "",
    }
    ticked = {name: "on" for name in ("has_contact", "lives_with", "may_collect") if getattr(tie, name)}
    return {name: value for name, value in (kept | ticked | changes).items() if value is not None}


def test_a_change_is_a_new_row_and_the_old_one_stays_readable_with_who_and_why(cast):
    old = tie_of(cast.maja, cast.father)
    client = signed_in(cast.manager)
    form = as_posted(old, level=1, may_collect=None, why_ended="Agreed with both parents")
    assert client.post(f"/families/relationships/{old.pk}/change/", form).status_code == 302
    new = tie_of(cast.maja, cast.father)
    old.refresh_from_db()
    assert (old.level, old.may_collect, old.ended_by, old.why_ended) == (
        Level.FULL,
        True,
        cast.manager,
        "Agreed with both parents",
    )
    assert (new.level, new.may_collect, new.entered_by) == (Level.INFORMATION, False, cast.manager)
    page = client.get(f"/families/{cast.maja.pk}/").content.decode()
    earlier = page[page.index('id="earlier"') :]
    for words in ("Daniel Reed", "Everything: also forms", "ended by Helen Okoro", "Agreed with both parents"):
        assert words in earlier


def test_evidence_that_stands_keeps_who_saw_it_and_new_evidence_names_who_saw_that(cast):
    old = tie_of(cast.maja, cast.father)
    assert (old.evidence_by, old.evidence_on) == (cast.manager, timezone.localdate())
    deputy = signed_in(cast.deputy)
    deputy.post(f"/families/relationships/{old.pk}/change/", as_posted(old, label="Papa"))
    kept = tie_of(cast.maja, cast.father)
    assert (kept.label, kept.evidence_by) == ("Papa", cast.manager)
    day = timezone.localdate() - timedelta(days=3)
    changes = {"evidence_seen": "Court order of 3 May", "evidence_on": day.isoformat()}
    deputy.post(f"/families/relationships/{kept.pk}/change/", as_posted(kept, **changes))
    seen = tie_of(cast.maja, cast.father)
    assert (seen.evidence_by, seen.evidence_on) == (cast.deputy, day)
    page = deputy.get(f"/families/{cast.maja.pk}/").content.decode()
    assert "Court order of 3 May" in page
    assert "seen by Tom Ashby" in page


def test_full_needs_responsibility_or_a_paper_and_keeps_what_was_typed(cast):
    tie = tie_of(cast.maja, cast.stepfather)
    form = as_posted(tie, level=3, label="Marek the second")
    page = signed_in(cast.manager).post(f"/families/relationships/{tie.pk}/change/", form).content.decode()
    assert "belongs to people with parental responsibility" in page
    assert "Marek the second" in page
    assert tie_of(cast.maja, cast.stepfather) == tie


def test_who_changed_it_second_is_told_to_look_again(cast):
    tie = tie_of(cast.maja, cast.father)
    facts = {"kind": Kind.FATHER, "level": Level.INFORMATION, "parental_responsibility": "yes"}
    actions_family.change_relationship(tie, by=cast.manager, **facts)
    with pytest.raises(ActionRefused, match="meanwhile"):
        actions_family.change_relationship(tie, by=cast.deputy, **facts)


def test_it_ends_now_or_with_a_day(cast):
    client, today = signed_in(cast.manager), timezone.localdate()
    tie = tie_of(cast.maja, cast.father)
    address = f"/families/relationships/{tie.pk}/end/"
    assert client.get(address).status_code == 200
    nothing = client.post(address, {"when": ""}).content.decode()
    assert "Choose “Now” or a day." in nothing
    yesterday = client.post(address, {"when": "day", "ends_on": (today - timedelta(days=1)).isoformat()})
    assert "Choose today or a later day" in yesterday.content.decode()
    client.post(address, {"when": "day", "ends_on": (today + timedelta(days=7)).isoformat(), "why": "Moves away"})
    seen = {days: bool(Child.objects.visible_to(cast.father, today + timedelta(days=days))) for days in (0, 7, 8)}
    assert seen == {0: True, 7: True, 8: False}
    assert "Ends with" in client.get(f"/families/{cast.maja.pk}/").content.decode()
    client.post(address, {"when": "now", "why": "He asked for it"})
    assert not Child.objects.visible_to(cast.father)
    tie.refresh_from_db()
    assert (tie.ended_by, tie.why_ended) == (cast.manager, "He asked for it")


@pytest.mark.parametrize("page", ["change", "end", "household"])
def test_only_who_keeps_families_changes_them_and_never_their_own(cast, page):
    address = f"/families/relationships/{tie_of(cast.maja, cast.father).pk}/{page}/"
    for person in (cast.mother, cast.father, cast.key_person, cast.safeguarding_lead):
        assert signed_in(person).get(address).status_code == 403
        assert signed_in(person).post(address, {}).status_code == 403
    actions_roles.give_role(cast.staff_parent, "manager", by=None)
    own = tie_of(cast.alfie, cast.strict_father)
    assert signed_in(cast.staff_parent).post(f"/families/relationships/{own.pk}/{page}/", {}).status_code == 404


def shown(person):
    return set(person.shown_to()) - {person}


def test_moving_out_hides_adults_from_each_other_and_moving_in_shows_them(cast):
    assert shown(cast.mother) == {cast.stepfather}
    client = signed_in(cast.manager)
    address = f"/families/relationships/{tie_of(cast.leon, cast.stepfather).pk}/household/"
    assert "Ewa Nowicka" in client.get(address).content.decode()
    client.post(f"{address}leave/")
    cast.stepfather.refresh_from_db()
    assert (shown(cast.mother), shown(cast.stepfather)) == (set(), set())
    assert client.post(address, {"other": cast.mother.pk}).status_code == 302
    cast.stepfather.refresh_from_db()
    assert shown(cast.stepfather) == {cast.mother}


def test_only_two_adults_around_one_child_share_a_household(cast):
    with pytest.raises(ActionRefused, match="around the same child"):
        actions_family.join_household(cast.maja, cast.mother, cast.other_mother, by=cast.manager)
    client = signed_in(cast.manager)
    address = f"/families/relationships/{tie_of(cast.maja, cast.mother).pk}/household/"
    client.post(address, {"other": cast.other_mother.pk})
    assert cast.other_mother not in shown(cast.mother)


def test_nobody_puts_the_family_of_their_own_child_into_a_household(cast):
    actions_roles.give_role(cast.staff_parent, "manager", by=None)
    facts = {"kind": Kind.OTHER, "level": Level.INFORMATION, "parental_responsibility": "no"}
    actions_family.relate(cast.maja, cast.strict_father, by=cast.manager, **facts)
    with pytest.raises(ActionRefused, match="your own family"):
        actions_family.join_household(cast.maja, cast.strict_father, cast.father, by=cast.staff_parent)


@pytest.mark.parametrize("bar", [RestrictionKind.NO_CONTACT_DETAILS, RestrictionKind.NO_PORTAL, RestrictionKind.FULL])
def test_a_restriction_comes_before_the_household_and_before_any_choice(cast, bar):
    assert cast.stepfather in shown(cast.mother)
    actions_family.restrict(cast.maja, cast.stepfather, by=cast.manager, kind=bar, basis="Order, copy seen")
    assert (shown(cast.mother), shown(cast.stepfather)) == (set(), set())
    with pytest.raises(ActionRefused, match="closed to one of them"):
        actions_family.join_household(cast.maja, cast.father, cast.stepfather, by=cast.manager)


def test_an_order_about_another_family_hides_nobody_at_home(cast):
    """A stepfather barred from his first family's child is still shown to those he lives with."""
    Restriction.objects.create(child=cast.tobi, adult=cast.stepfather, kind=RestrictionKind.FULL, basis="Order")
    assert shown(cast.mother) == {cast.stepfather}


def test_an_order_about_another_family_does_not_stand_in_the_way_of_living_together(cast):
    Restriction.objects.create(child=cast.tobi, adult=cast.stepfather, kind=RestrictionKind.FULL, basis="Order")
    actions_family.leave_household(cast.leon, cast.stepfather, by=cast.manager)
    cast.stepfather.refresh_from_db()
    actions_family.join_household(cast.leon, cast.stepfather, cast.mother, by=cast.manager)
    assert shown(cast.mother) == {cast.stepfather}


def test_what_ended_with_its_last_day_is_not_written_anew_by_a_later_tie(cast):
    old, yesterday = tie_of(cast.maja, cast.father), timezone.localdate() - timedelta(days=1)
    Relationship.objects.filter(pk=old.pk).update(ends_on=yesterday)
    old.refresh_from_db()
    with pytest.raises(ActionRefused, match="ended already"):
        actions_family.end_relationship(old, by=cast.manager)
    facts = {"kind": Kind.FATHER, "level": Level.INFORMATION, "parental_responsibility": "yes"}
    actions_family.relate(cast.maja, cast.father, by=cast.manager, **facts)
    old.refresh_from_db()
    assert (old.ended_at, old.ends_on, old.ended_by) == (None, yesterday, None)


def test_the_family_page_costs_the_same_for_one_more_adult(cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, address = signed_in(cast.manager), f"/families/{cast.maja.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(12):
        adult = actions_family.add_adult(by=cast.manager, full_name=f"Aunt {number}", phone="07700 900 900")
        facts = {"kind": Kind.OTHER, "level": Level.INFORMATION, "parental_responsibility": "no"}
        tie = actions_family.relate(cast.maja, adult, by=cast.manager, **facts)
        actions_family.end_relationship(tie, by=cast.manager)
        actions_family.relate(cast.maja, adult, by=cast.manager, evidence_seen="Letter", **facts)
        actions_family.restrict(cast.maja, adult, by=cast.manager, kind=RestrictionKind.NO_COLLECTION, basis="Order")
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few)


def test_each_step_is_in_the_audit_log_without_its_words(cast):
    before = AuditLine.objects.count()
    tie = tie_of(cast.maja, cast.father)
    actions_family.end_relationship(tie, by=cast.manager, why="He asked for it")
    line = AuditLine.objects.order_by("number").last()
    assert (AuditLine.objects.count(), line.verb) == (before + 1, "people.relationship_ended")
    assert (line.by, line.child) == (str(cast.manager.pk), str(cast.maja.pk))
