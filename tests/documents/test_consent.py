"""At least one yes and no no, among those with a say today."""

import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from documents import actions
from documents.consent import Purpose, allowed, children_allowing
from documents.models import Consent
from people.families import actions_family
from people.families.access import RestrictionKind
from people.families.models import Child
from records.models import AuditLine
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.documents.stories import sign

WHAT = Purpose.OTHERS_JOURNALS


def says(person, child, allows, purpose=WHAT):
    return actions.decide_consent(child, purpose, allows, by=person)


def test_silence_is_no(cast):
    assert not allowed(cast.maja, WHAT)


def test_one_yes_is_enough_while_nobody_says_no(cast):
    says(cast.mother, cast.maja, True)
    assert allowed(cast.maja, WHAT)
    assert not allowed(cast.maja, Purpose.OUTINGS) and not allowed(cast.leon, WHAT)


def test_one_no_outweighs_every_yes_in_either_order(cast):
    says(cast.mother, cast.maja, True)
    says(cast.father, cast.maja, False)
    assert not allowed(cast.maja, WHAT)
    says(cast.father, cast.maja, True)
    assert allowed(cast.maja, WHAT)
    says(cast.mother, cast.maja, False)
    assert not allowed(cast.maja, WHAT)


def test_the_last_word_counts_and_every_word_is_kept(cast):
    for allows in (True, False, True, False):
        says(cast.mother, cast.maja, allows)
    assert not allowed(cast.maja, WHAT) and Consent.objects.count() == 4
    says(cast.mother, cast.maja, False)  # said already
    assert Consent.objects.count() == 4
    assert AuditLine.objects.filter(verb="documents.consent_decided").count() == 4


def test_who_loses_their_say_no_longer_counts(cast):
    says(cast.mother, cast.maja, True)
    says(cast.father, cast.maja, False)
    actions_family.end_relationship(cast.father.relationships.get(child=cast.maja), by=cast.manager)
    assert allowed(cast.maja, WHAT)
    actions_family.end_relationship(cast.mother.relationships.get(child=cast.maja), by=cast.manager)
    assert not allowed(cast.maja, WHAT)


def test_a_barred_parent_can_still_protect_but_not_allow(cast):
    says(cast.mother, cast.maja, True)
    says(cast.father, cast.maja, True)
    actions_family.restrict(cast.maja, cast.mother, by=cast.manager, kind=RestrictionKind.FULL, basis="Court order")
    assert allowed(cast.maja, WHAT)  # by the father's word
    actions_family.restrict(
        cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_PORTAL, basis="Court order"
    )
    assert not allowed(cast.maja, WHAT)


def test_the_no_of_a_barred_parent_stays(cast):
    says(cast.father, cast.maja, False)
    says(cast.mother, cast.maja, True)
    actions_family.restrict(cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.FULL, basis="Court order")
    assert not allowed(cast.maja, WHAT)


@pytest.mark.parametrize("who", ["stepfather", "grandmother", "other_mother", "manager", "key_person"])
def test_who_has_no_full_say_cannot_decide(cast, who):
    with pytest.raises(ActionRefused):
        says(getattr(cast, who), cast.maja, True)
    address = f"/papers/permissions/{cast.maja.pk}/{WHAT}/"
    assert signed_in(getattr(cast, who)).post(address, {"answer": "yes"}).status_code == 404
    assert signed_in(cast.mother).post(address, {"answer": "yes"}).status_code == 302
    assert Consent.objects.get().adult == cast.mother


def test_a_restriction_takes_the_decision_away(cast):
    with pytest.raises(ActionRefused):
        says(cast.barred_father, cast.tobi, True)


def test_it_can_be_asked_for_an_earlier_day(cast):
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=5)):
        says(cast.mother, cast.maja, True)
    with time_machine.travel(now - timedelta(days=1)):
        says(cast.mother, cast.maja, False)
    today = timezone.localdate()
    assert allowed(cast.maja, WHAT, on=today - timedelta(days=3))
    assert not allowed(cast.maja, WHAT) and not allowed(cast.maja, WHAT, on=today - timedelta(days=9))


def test_signing_the_form_decides_each_permission_on_it(cast, forms):
    signature = sign(actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager))
    asked = {Purpose.OWN_JOURNAL, Purpose.OTHERS_JOURNALS, Purpose.OUTINGS}
    assert all(allowed(cast.maja, purpose) for purpose in asked)
    assert not any(allowed(cast.maja, purpose) for purpose in set(Purpose) - asked), "what the form does not ask about"
    assert {row.signature_id for row in Consent.objects.all()} == {signature.pk}
    sign(actions.ask(cast.maja, cast.father, forms[0], by=cast.manager), yes_no="no")
    assert not any(allowed(cast.maja, purpose) for purpose in Purpose)
    sign(actions.ask(cast.maja, cast.mother, forms[1], by=cast.manager))
    assert Consent.objects.count() == 6


def test_it_is_one_subquery_for_any_number_of_children(cast, django_assert_num_queries):
    for person, child in ((cast.mother, cast.maja), (cast.mother, cast.leon), (cast.other_mother, cast.tobi)):
        says(person, child, True)
    says(cast.stepfather, cast.leon, False)
    with django_assert_num_queries(1):
        assert {child.known_as for child in Child.objects.filter(pk__in=children_allowing(WHAT))} == {"Maja", "Tobi"}
    with django_assert_num_queries(1):
        found = Child.objects.filter(Exists(children_allowing(WHAT).filter(pk=OuterRef("pk"))))
        assert {child.known_as for child in found} == {"Maja", "Tobi"}


def as_read(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.content.decode())


@pytest.mark.parametrize("own", [None, True, False])
def test_the_page_is_the_same_whatever_the_other_adult_said(cast, own, django_assert_num_queries):
    if own is not None:
        says(cast.mother, cast.maja, own)
    mother = signed_in(cast.mother)
    before = as_read(mother.get("/papers/permissions/"))
    with CaptureQueriesContext(connection) as asked:
        mother.get("/papers/permissions/")
    for other in (True, False, True):
        says(cast.father, cast.maja, other)
        with django_assert_num_queries(len(asked)):
            assert as_read(mother.get("/papers/permissions/")) == before
    assert "We tell nobody what somebody else has said." in before
    assert "not allowed" not in before and "Daniel" not in before


def test_each_sees_only_their_own_word(cast):
    says(cast.mother, cast.maja, True)
    says(cast.father, cast.maja, False)
    assert "You said yes on" in signed_in(cast.mother).get("/papers/permissions/").content.decode()
    assert not Consent.objects.visible_to(cast.mother).exclude(adult=cast.mother).exists()
    assert Consent.objects.visible_to(cast.manager).count() == 2
    for person in (cast.key_person, cast.other_mother, cast.editor):
        assert not Consent.objects.visible_to(person).exists()


def test_the_manager_hears_that_two_do_not_agree_and_nobody_else_does(cast):
    words = "The adults who decide for Maja do not agree."
    says(cast.mother, cast.maja, True)
    says(cast.father, cast.maja, True)
    manager = signed_in(cast.manager)
    assert words not in manager.get("/today/").content.decode()
    says(cast.father, cast.maja, False)
    says(cast.father, cast.maja, True, Purpose.OUTINGS)
    says(cast.mother, cast.maja, False, Purpose.OUTINGS)
    page = manager.get("/today/").content.decode()
    assert page.count(words) == 1 and escape(str(WHAT.label)) in page and str(Purpose.OUTINGS.label) in page
    assert f"/families/{cast.maja.pk}/" in page
    for person in (cast.mother, cast.father, cast.key_person, cast.staff_parent):
        assert "do not agree" not in signed_in(person).get("/today/").content.decode()
    actions_family.end_relationship(cast.father.relationships.get(child=cast.maja), by=cast.manager)
    assert words not in manager.get("/today/").content.decode(), "whoever has no say is in no conflict"


def test_changing_her_mind_takes_one_button(cast):
    mother = signed_in(cast.mother)
    address = f"/papers/permissions/{cast.maja.pk}/{WHAT}/"
    assert mother.get(address)["Location"] == "/papers/permissions/"
    mother.post(address, {"answer": "yes"})
    assert allowed(cast.maja, WHAT)
    mother.post(address, {"answer": "no"})
    assert not allowed(cast.maja, WHAT)
    before = Consent.objects.count()
    assert mother.post(address, {"answer": "perhaps"}).status_code == 302
    assert Consent.objects.count() == before
    assert mother.post(f"/papers/permissions/{cast.maja.pk}/flying/", {"answer": "yes"}).status_code == 404


def test_a_lower_level_takes_the_page_away(cast):
    actions_family.end_relationship(cast.father.relationships.get(), by=cast.manager)
    assert "Maja" not in signed_in(cast.father).get("/papers/permissions/").content.decode()
    assert "Maja" in signed_in(cast.mother).get("/papers/permissions/").content.decode()


def test_yes_and_no_weigh_the_same_on_the_page_of_permissions(cast):
    page = BeautifulSoup(signed_in(cast.mother).get("/papers/permissions/").content.decode(), "html.parser")
    forms = [form.find_all("button") for form in page.select(".permission form")]
    both = [buttons for buttons in forms if len(buttons) == 2]
    assert both
    assert all(yes["class"] == no["class"] for yes, no in both)


@pytest.mark.parametrize(("answer", "words"), [("no", "no"), ("yes", "yes")])
def test_the_page_says_which_decision_was_kept_because_there_are_many_on_it(cast, answer, words):
    address = f"/papers/permissions/{cast.maja.pk}/outings/"
    page = signed_in(cast.mother).post(address, {"answer": answer}, follow=True).content.decode()
    said = f"Your decision is kept. Maja, local walks and outings with the group: {words}. It counts from now on."
    assert said in page
