"""What is closed to somebody: entered by one, in force at once, approved by another, lifted by two."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.accounts import actions_me
from people.families import actions_family
from people.families.access import RestrictionKind
from people.families.models import Child, Restriction
from people.setting import actions_roles
from portal.journal import actions as journal
from records.refused import ActionRefused
from tests.cast import out_of_office, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar(cast):
    """Everything about Maja is closed to her father; the manager entered it."""
    return actions_family.restrict(
        cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.FULL, basis="Prohibited steps order"
    )


def waiting(person):
    return set(Restriction.objects.waiting_for(person))


def test_it_is_in_force_at_once_before_anybody_has_approved_it(cast):
    client, father = signed_in(cast.manager), signed_in(cast.father)
    assert father.get(f"/journal/{cast.maja.pk}/").status_code == 200
    form = {"adult": cast.father.pk, "kind": "full", "basis": "Order, copy seen", "review_on": ""}
    answer = client.post(f"/families/{cast.maja.pk}/restrict/", form)
    assert answer.status_code == 302
    assert father.get(f"/journal/{cast.maja.pk}/").status_code == 404
    assert "Somebody else still has to approve it" in client.get(answer["Location"]).content.decode()


def test_it_is_approved_by_somebody_else_and_never_by_who_entered_it(cast, bar):
    own = signed_in(cast.manager).post(f"/families/restrictions/{bar.pk}/approve/")
    assert own.status_code == 403
    assert "somebody else has to approve it" in own.content.decode()
    assert signed_in(cast.safeguarding_lead).post(f"/families/restrictions/{bar.pk}/approve/").status_code == 302
    bar.refresh_from_db()
    assert bar.approved_by == cast.safeguarding_lead
    with pytest.raises(ActionRefused, match="approved already"):
        actions_family.approve_restriction(bar, by=cast.deputy)


def test_the_database_says_so_too(cast, bar):
    with pytest.raises(IntegrityError), transaction.atomic():
        Restriction.objects.filter(pk=bar.pk).update(approved_by=cast.manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        Restriction.objects.filter(pk=bar.pk).update(lift_asked_by=cast.deputy, lifted_by=cast.deputy)


def test_what_waits_for_whom(cast, bar):
    assert waiting(cast.manager) == set()
    assert waiting(cast.deputy) == waiting(cast.safeguarding_lead) == {bar}
    for person in (cast.key_person, cast.mother, cast.father, cast.chair, cast.administrator):
        assert waiting(person) == set()
    actions_family.approve_restriction(bar, by=cast.deputy)
    assert waiting(cast.deputy) == waiting(cast.safeguarding_lead) == set()


def test_it_waits_on_today_and_on_the_families_page(cast, bar):
    words = "Approve what was closed around Maja"
    assert words in signed_in(cast.deputy).get("/today/").content.decode()
    assert words in signed_in(cast.deputy).get("/families/").content.decode()
    assert words in signed_in(cast.safeguarding_lead).get("/today/").content.decode()
    for person in (cast.manager, cast.key_person, cast.mother, cast.father):
        assert words not in signed_in(person).get("/today/").content.decode()


def test_lifting_takes_two_people_and_a_reason(cast, bar):
    deputy, lead = signed_in(cast.deputy), signed_in(cast.safeguarding_lead)
    ask, lift = f"/families/restrictions/{bar.pk}/ask/", f"/families/restrictions/{bar.pk}/lift/"
    assert lead.post(lift).status_code == 403
    assert "Say why it can be lifted" in deputy.post(ask, {"why": "  "}).content.decode()
    assert deputy.post(ask, {"why": "The order ran out"}).status_code == 302
    assert not Child.objects.visible_to(cast.father), "it stays closed meanwhile"
    assert deputy.post(lift).status_code == 403
    assert bar in waiting(cast.manager)
    assert "The order ran out" in lead.get(f"/families/restrictions/{bar.pk}/").content.decode()
    assert lead.post(lift).status_code == 302
    assert Child.objects.visible_to(cast.father)
    bar.refresh_from_db()
    assert (bar.lift_asked_by, bar.lifted_by) == (cast.deputy, cast.safeguarding_lead)
    with pytest.raises(ActionRefused, match="lifted already"):
        actions_family.ask_to_lift(bar, by=cast.manager, why="Again")


def test_the_second_person_may_also_keep_it_closed(cast, bar):
    actions_family.approve_restriction(bar, by=cast.deputy)
    actions_family.ask_to_lift(bar, by=cast.manager, why="He promised")
    signed_in(cast.deputy).post(f"/families/restrictions/{bar.pk}/keep/")
    bar.refresh_from_db()
    assert (bar.lift_asked_by, bar.why_lifted, bar.ended_at) == (None, "", None)
    assert not Child.objects.visible_to(cast.father)


def test_on_its_review_day_it_comes_up_again_and_a_new_day_puts_it_away(cast, bar):
    today = timezone.localdate()
    actions_family.approve_restriction(bar, by=cast.deputy)
    Restriction.objects.filter(pk=bar.pk).update(review_on=today + timedelta(days=5))
    assert not Restriction.objects.waiting_for(cast.manager, today + timedelta(days=4))
    assert Restriction.objects.waiting_for(cast.manager, today + timedelta(days=5))
    Restriction.objects.filter(pk=bar.pk).update(review_on=today)
    client, address = signed_in(cast.manager), f"/families/restrictions/{bar.pk}/review/"
    assert "Look again at a restriction around Maja" in client.get("/today/").content.decode()
    assert "a day in the future" in client.post(address, {"review_on": today.isoformat()}).content.decode()
    client.post(address, {"review_on": (today + timedelta(days=90)).isoformat()})
    assert waiting(cast.manager) == set()


def test_staff_see_the_red_banner_on_card_and_family_page_and_families_never_do(cast, bar):
    watch = [(cast.manager, "families"), (cast.manager, "children"), (cast.safeguarding_lead, "children")]
    staff = [(cast.key_person, "children"), (cast.senco, "children")]
    for person, page in watch + staff:
        shown = signed_in(person).get(f"/{page}/{cast.maja.pk}/").content.decode()
        for words in ("Restriction", "Daniel Reed: Everything is closed", "<svg"):
            assert words in shown, (person, page)
        assert ("Prohibited steps order" in shown) == ((person, page) in watch), (person, page)
    for person in (cast.mother, cast.stepfather):
        assert "Prohibited steps" not in signed_in(person).get(f"/children/{cast.maja.pk}/").content.decode()
    actions_family.ask_to_lift(bar, by=cast.manager, why="Ran out")
    actions_family.lift_restriction(bar, by=cast.deputy)
    assert "Prohibited steps" not in signed_in(cast.key_person).get(f"/children/{cast.maja.pk}/").content.decode()


def test_trap_2_no_contact_details_leaks_nothing_of_the_other_anywhere(cast):
    """Domain trap 2, in both directions, although both had chosen to be shown before."""
    actions_me.choose_to_be_shown(cast.father, "ewa@example.org")
    actions_me.choose_to_be_shown(cast.mother, "daniel@example.org")
    page = journal.write(
        by=cast.key_person, children=[cast.maja], words="A page.", areas=[], pictures=[], idempotency_key=uuid4()
    )
    journal.share(page, by=cast.key_person)
    journal.comment(page, cast.maja, by=cast.mother, words="A lullaby.", idempotency_key=uuid4())
    journal.add_from_home(cast.maja, by=cast.father, words="Beans on a balcony.", pictures=[], idempotency_key=uuid4())
    actions_family.restrict(
        cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_CONTACT_DETAILS, basis="Order, copy seen"
    )
    of_mother = ("Ewa", "Nowicka Row", "ewa@", "900 000", "A lullaby")
    of_father = ("Daniel", "Reed Row", "daniel@", "900 001", "Beans on a balcony")
    maja = cast.maja.pk
    addresses = ["/today/", f"/children/{maja}/", f"/journal/{maja}/", f"/journal/{maja}/{page.pk}/", "/papers/"]
    for person, tokens in ((cast.father, of_mother), (cast.mother, of_father)):
        client = signed_in(person)
        for address in [*addresses, "/complaints/", "/me/shown-to/"]:
            shown = client.get(address)
            assert shown.status_code == 200, address
            page = re.sub(
                r'<section class="card" aria-labelledby="typed">.*?</section>', "", shown.content.decode(), flags=re.S
            )
            assert [token for token in tokens if token in page] == [], address  # but for what this person typed


def test_nobody_decides_about_their_own_family_whatever_their_role(cast):
    """Jo works here and becomes safeguarding lead; Alfie is her son."""
    actions_roles.give_role(cast.staff_parent, "safeguarding_lead", by=None)
    bar = actions_family.restrict(
        cast.alfie, cast.strict_father, by=cast.manager, kind=RestrictionKind.FULL, basis="Order"
    )
    assert waiting(cast.staff_parent) == set()
    client = signed_in(cast.staff_parent)
    for step in ("", "approve/", "ask/", "lift/", "keep/", "review/"):
        answer = client.post(f"/families/restrictions/{bar.pk}/{step}", {"why": "Because"})
        assert answer.status_code == 404, step
    with pytest.raises(ActionRefused, match="your own family"):
        actions_family.approve_restriction(bar, by=cast.staff_parent)


def test_an_order_against_a_member_of_staff_takes_their_say_about_that_child(cast, bar):
    against = actions_family.restrict(
        cast.noor, cast.deputy, by=cast.manager, kind=RestrictionKind.NO_COLLECTION, basis="Order"
    )
    assert waiting(cast.deputy) == {bar}
    with pytest.raises(ActionRefused):
        actions_family.approve_restriction(against, by=cast.deputy)


def test_plain_staff_and_families_have_no_say(cast, bar):
    for person in (cast.mother, cast.father, cast.key_person, cast.senco, cast.chair):
        client = signed_in(person)
        assert client.get("/families/restrictions/").status_code == 403
        for step in ("approve", "ask", "lift", "keep", "review"):
            assert client.post(f"/families/restrictions/{bar.pk}/{step}/", {"why": "x"}).status_code == 403


def test_whoever_was_related_before_can_still_be_restricted(cast):
    actions_family.end_relationship(cast.grandmother.relationships.get(), by=cast.manager)
    form = {"adult": cast.grandmother.pk, "kind": "no_collection", "basis": "Decision of the DSL", "review_on": ""}
    assert signed_in(cast.manager).post(f"/families/{cast.maja.pk}/restrict/", form).status_code == 302
    assert cast.grandmother.restrictions.exists()


def test_the_list_costs_the_same_for_one_and_for_twelve(cast, bar):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = signed_in(cast.deputy), []
    for _round in range(2):
        client.get("/families/restrictions/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/families/restrictions/")
            client.get("/today/")
        counts.append(len(queries))
        for number in range(12):
            aunt = actions_family.add_adult(by=cast.manager, full_name=f"Aunt {number}")
            actions_family.restrict(cast.maja, aunt, by=cast.manager, kind=RestrictionKind.NO_COLLECTION, basis="Order")
    assert counts[0] == counts[1]


def test_what_somebody_asked_to_lift_who_has_left_since_is_not_lifted(cast):
    bar = cast.barred_father.restrictions.first()
    actions_family.ask_to_lift(bar, by=cast.manager, why="A friend")
    out_of_office(cast.manager.roles.get())
    with pytest.raises(ActionRefused, match="does not decide about it any more"):
        actions_family.lift_restriction(bar, by=cast.deputy)
    page = f"/families/restrictions/{bar.pk}/"
    assert "does not decide about it any more" in signed_in(cast.deputy).get(page).content.decode()
    actions_family.keep_restriction(bar, by=cast.deputy)
    actions_family.ask_to_lift(bar, by=cast.deputy, why="The order ran out")
    actions_family.lift_restriction(bar, by=cast.safeguarding_lead)
