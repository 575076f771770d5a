"""An adult who is hidden from a member of staff is hidden on every child's record: no other child is a door to them."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from documents.demo import sign_form
from documents.models import Consent, Signature, SignatureRequest, SignedDocument
from documents.samples import add_sample_forms
from people.accounts import actions_me
from people.accounts.models import Person
from people.families import actions_family, rules_family
from people.families.access import Level, RestrictionKind, access_of
from people.families.models import Kind, Relationship, Responsibility, Restriction
from people.mail.models import OutgoingMail
from people.mail.undelivered import undelivered_for
from people.setting import actions_approval, actions_roles
from people.setting.models import RoleHeld
from people.setting.roles import OFFICES, Role
from portal.journal import actions as journal
from portal.journal.models import Comment, Observation, Thanks
from portal.progress.models import Copy, Part, Remark, Talk
from portal.progress.models.passed import For
from records.refused import ActionRefused
from tests.cast import out_of_office, signed_in
from tests.journal.pages import shared
from tests.pace import queries
from tests.progress import stories

pytestmark = pytest.mark.django_db

AT_HOME = "We found a heron behind the new flat."


@pytest.fixture
def other_child(cast):
    """Jo may not know where Alfie's father is. He is the father of Tobi, too, whom she looks after."""
    Person.objects.filter(pk=cast.strict_father.pk).update(household=None)
    Restriction.objects.create(
        child=cast.alfie,
        adult=cast.staff_parent,
        kind=RestrictionKind.NO_CONTACT_DETAILS,
        basis="Order",
        starts_on=timezone.localdate() - timedelta(days=3),
        entered_by=cast.manager,
    )
    is_father_of(cast.strict_father, cast.tobi)
    return cast.tobi


def is_father_of(adult, child):
    return Relationship.objects.create(
        child=child,
        adult=Person.objects.get(pk=adult.pk),
        kind=Kind.FATHER,
        parental_responsibility=Responsibility.YES,
        level=Level.FULL,
        may_collect=True,
        starts_on=child.starts_on,
    )


def leads(cast):
    RoleHeld.objects.create(person=cast.staff_parent, role=Role.DEPUTY)


def contact_of(adult):
    contact = Person.objects.get(pk=adult.pk).contact
    return contact.phone, contact.address


def page_of(person, address):
    answer = signed_in(person).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_emergency_card_says_whom_to_ask_and_no_phone(cast, other_child):
    phone, _address = contact_of(cast.strict_father)
    card = page_of(cast.staff_parent, f"/children/{other_child.pk}/emergency/")
    assert phone not in card
    assert cast.strict_father.full_name in card
    assert "may collect" in card
    assert "Ask the manager" in card
    assert contact_of(cast.other_mother)[0] in card
    assert phone in page_of(cast.key_person, f"/children/{other_child.pk}/emergency/")


def test_who_is_family_to_each_other_and_lives_together_stays_shown(cast):
    is_father_of(cast.strict_father, cast.tobi)
    assert access_of(cast.staff_parent).hidden_adults == set()
    assert contact_of(cast.strict_father)[0] in page_of(cast.staff_parent, f"/children/{cast.tobi.pk}/emergency/")


def test_both_sides_of_an_order_are_hidden_from_each_other(cast):
    """Whose details are closed to somebody without any tie to the child does not read theirs either."""
    Restriction.objects.create(child=cast.alfie, adult=cast.barred_father, kind=RestrictionKind.FULL, basis="Order")
    assert cast.barred_father.pk in access_of(cast.staff_parent).hidden_adults
    assert contact_of(cast.barred_father)[0] not in page_of(cast.staff_parent, f"/children/{cast.tobi.pk}/emergency/")
    assert not access_of(cast.key_person).hidden_adults


def test_the_card_tells_nothing_about_how_to_speak_to_them(cast, other_child):
    actions_me.keep_about_me(cast.strict_father, languages_spoken="Cornish", access_needs="Uses the door on Mill Lane")
    card = page_of(cast.staff_parent, f"/children/{other_child.pk}/")
    assert cast.strict_father.full_name in card
    assert "Mill Lane" not in card
    assert "Mill Lane" in page_of(cast.key_person, f"/children/{other_child.pk}/")


def test_pages_from_home_their_comments_and_answers_to_them_are_not_hers_to_read(cast, other_child):
    home = journal.add_from_home(
        other_child, by=cast.strict_father, words=AT_HOME, child_says="", pictures=(), idempotency_key=uuid.uuid4()
    )
    seen = shared(cast.key_person, other_child, words="A tower of bricks.")
    said = journal.comment(
        seen, other_child, by=cast.strict_father, words="As at our new flat.", idempotency_key=uuid.uuid4()
    )
    answer = journal.comment(
        seen, other_child, by=cast.key_person, words="Mill Lane!", idempotency_key=uuid.uuid4(), answers=said
    )
    journal.thank(seen, other_child, by=cast.strict_father)
    reads = {
        "home": lambda one: Observation.objects.visible_to(one).filter(pk=home.pk).exists(),
        "said": lambda one: Comment.objects.visible_to(one).filter(pk=said.pk).exists(),
        "answer": lambda one: Comment.objects.visible_to(one).filter(pk=answer.pk).exists(),
        "thanks": lambda one: Thanks.objects.visible_to(one).filter(observation=seen).exists(),
        "seen": lambda one: Observation.objects.visible_to(one).filter(pk=seen.pk).exists(),
    }
    assert {name for name, asks in reads.items() if asks(cast.staff_parent)} == {"seen"}
    assert {name for name, asks in reads.items() if asks(cast.key_person)} == set(reads)
    assert AT_HOME not in page_of(cast.staff_parent, f"/journal/{other_child.pk}/")
    assert AT_HOME not in page_of(cast.staff_parent, "/journal/find/?q=heron")
    assert AT_HOME in page_of(cast.key_person, "/journal/find/?q=heron")


def test_who_keeps_families_leaves_them_to_a_colleague(cast, other_child):
    leads(cast)
    tie = other_child.relationships.get(adult=cast.strict_father)
    page = page_of(cast.staff_parent, f"/families/{other_child.pk}/")
    assert cast.strict_father.full_name in page
    assert "A colleague keeps" in page
    for fact in contact_of(cast.strict_father):
        assert fact not in page
        assert fact in page_of(cast.deputy, f"/families/{other_child.pk}/")
    client = signed_in(cast.staff_parent)
    for door in ("change", "end", "household"):
        answer = client.get(f"/families/relationships/{tie.pk}/{door}/")
        assert answer.status_code == 403
        assert "a colleague has to do this" in answer.content.decode()
    with pytest.raises(ActionRefused):
        actions_family.end_relationship(tie, by=cast.staff_parent, why="", on=None)


def test_what_is_closed_to_them_is_read_and_changed_by_a_colleague(cast, other_child):
    leads(cast)
    bar = Restriction.objects.create(
        child=other_child,
        adult=cast.strict_father,
        kind=RestrictionKind.NO_COLLECTION,
        basis="Order of the court at Truro",
    )
    for address in (f"/children/{other_child.pk}/", f"/families/{other_child.pk}/"):
        page = page_of(cast.staff_parent, address)
        assert "May not collect" in page, "what she needs at the door"
        assert "Truro" not in page
    assert signed_in(cast.staff_parent).get(f"/families/restrictions/{bar.pk}/").status_code == 404
    assert not Restriction.objects.waiting_for(cast.staff_parent).filter(pk=bar.pk).exists()
    assert "colleague" in rules_family.why_not_approve(cast.staff_parent, bar)
    assert "Truro" in page_of(cast.deputy, f"/families/restrictions/{bar.pk}/")


def test_what_they_signed_and_allowed_is_kept_by_a_colleague(cast, other_child):
    leads(cast)
    add_sample_forms()
    signature = sign_form(cast, "P1", other_child, cast.strict_father)
    for model, found in ((SignatureRequest, {"pk": signature.ask_id}), (Signature, {"pk": signature.pk})):
        assert not model.objects.visible_to(cast.staff_parent).filter(**found).exists(), model
        assert model.objects.visible_to(cast.deputy).filter(**found).exists(), model
    assert not SignedDocument.objects.visible_to(cast.staff_parent).filter(signature=signature).exists()
    theirs = {"adult": cast.strict_father, "child": other_child}
    assert not Consent.objects.visible_to(cast.staff_parent).filter(**theirs).exists()


def test_their_part_of_a_check_their_talk_and_remark_are_read_by_a_colleague(cast, other_child):
    leads(cast)
    stories.make_two(other_child)
    check = stories.asked(other_child, cast.key_person)
    invitation = check.invitations.get(adult=cast.strict_father)
    stories.send_part(check, invitation.adult, enjoys=AT_HOME)
    talk = Talk.objects.create(
        check_of=check, adult=cast.strict_father, held_on=timezone.localdate(), words=AT_HOME, noted_by=cast.key_person
    )
    remark = Remark.objects.create(check_of=check, author=cast.strict_father, words=AT_HOME)
    for model, found in ((Part, {"check_of": check}), (Talk, {"pk": talk.pk}), (Remark, {"pk": remark.pk})):
        assert not model.objects.visible_to(cast.staff_parent).filter(**found).exists(), model
        assert model.objects.visible_to(cast.deputy).filter(**found).exists(), model
    page = page_of(cast.staff_parent, f"/progress/checks/{check.pk}/")
    assert AT_HOME not in page


def test_a_copy_that_holds_their_words_is_opened_by_a_colleague(cast, other_child):
    leads(cast)
    stories.make_two(other_child)
    check = stories.asked(other_child, cast.key_person)
    stories.send_part(check, cast.strict_father, enjoys=AT_HOME)
    copies = [
        Copy.objects.create(check_of=check, whose=whose, pieces=[], facts={}) for whose in (For.STAFF, For.OTHERS)
    ]
    for who, opens in ((cast.staff_parent, [False, True]), (cast.deputy, [True, True])):
        assert [Copy.objects.visible_to(who).filter(pk=copy.pk).exists() for copy in copies] == opens


def test_mail_that_does_not_reach_them_is_a_colleagues(cast, other_child):
    leads(cast)
    Restriction.objects.create(child=cast.alfie, adult=cast.barred_father, kind=RestrictionKind.FULL, basis="Order")
    for adult in (cast.strict_father, cast.barred_father):
        OutgoingMail.objects.create(
            person=adult, address="somebody@example.org", subject="S", body="B", tries=OutgoingMail.MOST_TRIES
        )
    assert undelivered_for(cast.deputy).count() == 2
    assert not undelivered_for(cast.staff_parent).exists()


def test_asking_costs_the_same_for_one_hidden_adult_and_for_many(cast, other_child):
    client = signed_in(cast.staff_parent)
    few = queries(client, f"/journal/{other_child.pk}/")
    for number in range(20):
        adult = Person.objects.create_user(f"aunt{number}@example.org", f"Aunt {number} Pryce")
        Relationship.objects.create(child=cast.alfie, adult=adult, kind=Kind.OTHER, level=Level.NONE)
    assert queries(client, f"/journal/{other_child.pk}/") == few


@pytest.mark.parametrize(("who", "hears"), [("key_person", False), ("senco", True), ("manager", True)])
def test_only_who_may_know_of_care_reads_the_authority_in_an_emergency(cast, who, hears):
    from portal.demo import families

    families.tell(cast)
    card = page_of(getattr(cast, who), f"/children/{cast.noor.pk}/emergency/")
    assert ("Marlow County Council" in card, "Priya Nair" in card, "960 777" in card) == (hears,) * 3


def test_the_only_keeper_of_families_lets_a_deputy_for_a_day_do_what_is_not_hers(cast):
    """Manager and chair alone, and the manager's own family: nobody is stuck, and she decides nothing about it herself."""
    for held in RoleHeld.objects.filter(role__in=OFFICES).exclude(person__in=[cast.manager, cast.chair]):
        out_of_office(held)
    none = {"kind": "other", "parental_responsibility": "no", "level": 0}
    Relationship.objects.create(child=cast.maja, adult=cast.manager, **none)
    other = Relationship.objects.create(child=cast.noor, adult=cast.father, **none)
    with pytest.raises(ActionRefused, match="a colleague has to do this"):
        actions_family.end_relationship(other, by=cast.manager)
    asked = actions_roles.take_on(cast.senco, "deputy", by=cast.manager, ends_on=timezone.localdate())
    actions_approval.agree(asked, by=cast.chair)
    actions_family.end_relationship(other, by=cast.senco)
