"""A change keeps what it does not change; joining a household says who is shown to whom; a barred adult's card is red."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from people.families import actions_care, actions_family
from people.families.access import Level, RestrictionKind, access_of
from people.families.models import LookedAfterStatus, Relationship, Restriction
from people.setting import actions_approval
from people.setting.models import Approval
from records.refused import ActionRefused
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def tie_of(adult, child):
    return Relationship.objects.running(timezone.localdate()).get(adult=adult, child=child)


def form_of(client, path):
    """The form of a page as a browser would send it back, unchanged."""
    form = client.get(path).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_a_placement_that_ends_on_friday_still_ends_on_friday_after_a_change(cast):
    friday = timezone.localdate() + timedelta(days=5)
    actions_family.end_relationship(tie_of(cast.foster_carer, cast.noor), by=cast.manager, on=friday)
    client, tie = signed_in(cast.manager), tie_of(cast.foster_carer, cast.noor)
    path = f"/families/relationships/{tie.pk}/change/"
    form = form_of(client, path)
    assert str(form["ends_on"]) == friday.isoformat(), "the page shows the day"
    client.post(path, form | {"label": "Auntie Carol"})
    changed = tie_of(cast.foster_carer, cast.noor)
    assert (changed.label, changed.ends_on) == ("Auntie Carol", friday)
    assert cast.noor.pk in access_of(cast.foster_carer, friday).family()
    assert cast.noor.pk not in access_of(cast.foster_carer, friday + timedelta(days=1)).family()
    assert friday.strftime("%-d %B %Y") in client.get(f"/families/{cast.noor.pk}/").content.decode()


def test_an_action_that_says_nothing_of_the_last_day_keeps_it(cast):
    friday = timezone.localdate() + timedelta(days=5)
    actions_family.end_relationship(tie_of(cast.foster_carer, cast.noor), by=cast.manager, on=friday)
    tie = tie_of(cast.foster_carer, cast.noor)
    facts = {
        name: getattr(tie, name) for name in ("kind", "label", "parental_responsibility", "evidence_seen", "level")
    }
    changed = actions_family.change_relationship(tie, by=cast.manager, **facts | {"level": Level.PARTICIPATE})
    assert changed.ends_on == friday


def test_what_begins_later_does_not_begin_with_a_change(cast):
    later = timezone.localdate() + timedelta(days=20)
    Relationship.objects.filter(adult=cast.grandmother).update(ended_at=timezone.now())
    facts = {"kind": "grandparent", "parental_responsibility": "no", "level": Level.INFORMATION}
    tie = actions_family.relate(cast.maja, cast.grandmother, by=cast.manager, starts_on=later, **facts)
    client = signed_in(cast.manager)
    path = f"/families/relationships/{tie.pk}/change/"
    client.post(path, form_of(client, path) | {"label": "Babcia"})
    changed = Relationship.objects.get(adult=cast.grandmother, ended_at__isnull=True)
    assert (changed.label, changed.starts_on) == ("Babcia", later)
    assert cast.maja.pk not in access_of(cast.grandmother).family()


def test_a_last_day_that_has_passed_is_asked_about(cast):
    client, tie = signed_in(cast.manager), tie_of(cast.foster_carer, cast.noor)
    path = f"/families/relationships/{tie.pk}/change/"
    yesterday = timezone.localdate() - timedelta(days=1)
    page = client.post(path, form_of(client, path) | {"ends_on": yesterday.isoformat()})
    assert "Choose today or a later day" in page.content.decode()


def test_a_new_social_worker_changes_neither_the_first_nor_the_last_day_of_care(cast):
    first, last = timezone.localdate() - timedelta(days=90), timezone.localdate() + timedelta(days=30)
    facts = {"authority": "Marlow Council", "basis": LookedAfterStatus.Basis.ORDER}
    actions_care.take_into_care(cast.noor, by=cast.manager, **facts, starts_on=first, ends_on=last)
    client = signed_in(cast.manager)
    path = f"/families/{cast.noor.pk}/care/"
    client.post(path, form_of(client, path) | {"social_worker": "Petra Lowe"})
    care = LookedAfterStatus.objects.running(timezone.localdate()).get(child=cast.noor)
    assert (care.social_worker, care.starts_on, care.ends_on) == ("Petra Lowe", first, last)


def test_joining_a_household_says_first_who_else_is_shown_to_whom(cast):
    """A grandmother's household would show two former partners to each other."""
    actions_family.join_household(cast.maja, cast.grandmother, cast.mother, by=cast.manager)
    client, tie = signed_in(cast.manager), tie_of(cast.father, cast.maja)
    path = f"/families/relationships/{tie.pk}/household/"
    page = client.post(path, {"other": cast.grandmother.pk}).content.decode()
    for name in ("Ewa Nowicka", "Marek Zielinski", "Halina Nowicka"):
        assert name in page.split("<form")[-1] or f"{name}" in re.search(r'class="error"[^>]*>(.*?)</p>', page, re.S)[1]
    assert not cast.father.shown_to().filter(pk=cast.mother.pk).exists(), "nothing has happened yet"
    assert client.post(path, {"other": cast.grandmother.pk, "sure": "on"}).status_code == 302
    cast.father.refresh_from_db()
    assert cast.father.shown_to().filter(pk=cast.mother.pk).exists()


def test_two_who_live_alone_are_joined_without_a_question(cast):
    client, tie = signed_in(cast.manager), tie_of(cast.grandmother, cast.maja)
    answer = client.post(f"/families/relationships/{tie.pk}/household/", {"other": cast.father.pk})
    assert answer.status_code == 302


def test_nobody_joins_a_household_with_somebody_from_whom_they_are_kept(cast):
    actions_family.join_household(cast.maja, cast.grandmother, cast.mother, by=cast.manager)
    tie = tie_of(cast.father, cast.maja)
    sent = {"other": cast.grandmother.pk, "sure": "on"}
    client, address = signed_in(cast.manager), f"/families/relationships/{tie.pk}/household/"
    # The grandmother has nothing to do with Leon: only the mother, with whom she lives, does.
    actions_family.restrict(
        cast.leon, cast.father, by=cast.manager, kind=RestrictionKind.NO_CONTACT_DETAILS, basis="Order"
    )
    assert client.post(address, sent).status_code == 403
    Restriction.objects.update(ended_at=timezone.now())
    assert client.post(address, sent).status_code == 302, "nothing but that stood in the way"


def card_of(page, name):
    return next(part for part in page.split('<section class="card tie')[1:] if f"<h3>{name}" in part).split(
        "</section>"
    )[0]


def test_a_barred_adults_card_is_red_and_does_not_say_that_everything_is_open(cast):
    page = signed_in(cast.manager).get(f"/families/{cast.tobi.pk}/").content.decode()
    barred, mother = card_of(page, "Kunle Adeyemi"), card_of(page, "Folake Adeyemi")
    assert barred.startswith(" barred")
    assert "Everything is closed" in barred
    assert "Everything: also forms" not in barred
    assert not mother.startswith(" barred")
    assert "Everything: also forms" in mother
    listed = signed_in(cast.manager).get("/families/").content.decode()
    row = re.search(r"<li>Kunle Adeyemi.*?</li>", listed, re.S)[0]
    assert "Restriction" in row
    assert "Restriction" not in re.search(r"<li>Folake Adeyemi.*?</li>", listed, re.S)[0]


def test_an_adult_with_a_lesser_restriction_keeps_the_level_and_the_card_names_it(cast):
    actions_family.restrict(cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_PHOTOGRAPHS, basis="Order")
    barred = card_of(signed_in(cast.manager).get(f"/families/{cast.maja.pk}/").content.decode(), "Daniel Reed")
    assert "No photographs" in barred and "Everything: also forms" in barred


def main_of(person):
    page = signed_in(person).get("/today/").content.decode()
    return re.search(r"<main.*?</main>", page, re.S)[0].replace(person.get_short_name(), "…")


def test_whoever_finds_nothing_open_reads_one_neutral_sentence_whatever_the_reason(cast):
    """A grandmother who collects, and a father barred by a court: the same page, with whom to ring."""
    for person in (cast.grandmother, cast.barred_father):
        signed_in(person).post("/versions/1/read/", {"read": "yes"})
    hers, his = main_of(cast.grandmother), main_of(cast.barred_father)
    assert hers == his
    assert "Nothing about a child is open to you here at present" in hers
    assert "01632 960 123" in hers
    assert "at present" not in main_of(cast.mother)


def test_a_change_that_two_people_agree_to_keeps_what_it_does_not_change_either(cast):
    """What begins in ten days does not begin with the second person's word, and whoever saw a paper stays."""
    soon = timezone.localdate() + timedelta(days=10)
    tie = cast.barred_father.relationships.get()
    day = {"starts_on": soon, "ends_on": soon + timedelta(days=3)}
    paper = {"evidence_seen": "Order of March", "evidence_by": cast.deputy, "evidence_on": timezone.localdate()}
    Relationship.objects.filter(pk=tie.pk).update(level=0, **day, **paper)
    tie.refresh_from_db()
    form = {"kind": tie.kind, "parental_responsibility": "no", "level": "1", "evidence_seen": "Order of March"}
    page = reverse("people:change_relationship", args=[tie.pk])
    signed_in(cast.manager).post(page, form | {"ends_on": day["ends_on"].isoformat()})
    one = Approval.objects.get()
    actions_approval.agree(one, by=cast.deputy)
    new = Relationship.objects.get(child=tie.child, adult=tie.adult, ended_at=None)
    assert (new.level, new.starts_on, new.ends_on) == (1, soon, day["ends_on"])
    assert (new.evidence_by, new.evidence_on) == (cast.deputy, timezone.localdate())


def test_an_older_wish_does_not_open_again_what_was_ended_since(cast):
    tie = cast.barred_father.relationships.get()
    facts = {"kind": "father", "parental_responsibility": "no", "level": 1}
    one = actions_family.ask_to_open(tie.child, tie.adult, by=cast.manager, **facts)
    actions_family.end_relationship(tie, by=cast.deputy)
    with pytest.raises(ActionRefused, match="decided meanwhile"):
        actions_approval.agree(one, by=cast.deputy)
