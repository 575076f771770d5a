"""The web of adults around a child: who sees which child, what a restriction closes, who keeps the records."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.accounts.models import Person
from people.families import actions_family
from people.families.access import Level, RestrictionKind
from people.families.models import Child, Kind, Relationship, Responsibility
from people.mail.models import OutgoingMail
from people.mail.notifications import notify
from people.mail.tasks import send_mail
from people.setting import actions_roles
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.pace import queries

pytestmark = pytest.mark.django_db


def named(children):
    return {child.known_as for child in children}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("mother", {"Maja", "Leon"}),
        ("father", {"Maja"}),
        ("stepfather", {"Maja", "Leon"}),
        ("grandmother", set()),
        ("other_mother", {"Tobi"}),
        ("barred_father", set()),
        ("foster_carer", {"Noor"}),
        ("strict_father", {"Alfie"}),
        ("key_person", {"Maja", "Leon", "Tobi", "Noor", "Alfie"}),
        ("staff_parent", {"Maja", "Leon", "Tobi", "Noor", "Alfie"}),
        ("chair", set()),
        ("trustee", set()),
        ("editor", set()),
        ("administrator", set()),
    ],
)
def test_who_sees_which_child(cast, who, sees):
    assert named(Child.objects.visible_to(getattr(cast, who))) == sees


def test_staff_roles_count_for_nothing_for_ones_own_child_even_after_the_relationship_ended(cast):
    assert "Alfie" not in named(Child.objects.as_staff_of(cast.staff_parent))
    assert "Maja" in named(Child.objects.as_staff_of(cast.staff_parent))
    actions_family.end_relationship(Relationship.objects.get(adult=cast.staff_parent), by=cast.manager)
    assert "Alfie" not in named(Child.objects.visible_to(cast.staff_parent))


def test_two_children_with_different_levels(cast):
    full = Child.objects.as_family_of(cast.stepfather, at_least=Level.FULL)
    taking_part = Child.objects.as_family_of(cast.stepfather, at_least=Level.PARTICIPATE)
    assert named(full) == {"Leon"}
    assert named(taking_part) == {"Leon", "Maja"}


def test_a_relationship_that_ends_now_closes_on_the_very_next_request(cast):
    client = signed_in(cast.father)
    assert client.get(f"/journal/{cast.maja.pk}/").status_code == 200
    actions_family.end_relationship(Relationship.objects.get(adult=cast.father), by=cast.manager)
    assert client.get(f"/journal/{cast.maja.pk}/").status_code == 404


def test_a_relationship_counts_from_its_first_to_its_last_day(cast):
    today = timezone.localdate()
    aunt = Person.objects.create_user("aunt@example.org", "Ada Aunt")
    actions_family.relate(
        cast.maja,
        aunt,
        by=cast.manager,
        kind=Kind.OTHER,
        parental_responsibility=Responsibility.NO,
        level=Level.INFORMATION,
        starts_on=today + timedelta(days=1),
        ends_on=today + timedelta(days=2),
    )
    seen = {day: bool(Child.objects.visible_to(aunt, today + timedelta(days=day))) for day in (0, 1, 2, 3)}
    assert seen == {0: False, 1: True, 2: True, 3: False}


@pytest.mark.parametrize(
    ("bar", "closes"),
    [(RestrictionKind.FULL, True), (RestrictionKind.NO_PORTAL, True), (RestrictionKind.NO_COLLECTION, False)],
)
def test_what_a_restriction_closes(cast, bar, closes):
    actions_family.restrict(cast.maja, cast.father, by=cast.manager, kind=bar, basis="Court order")
    assert (named(Child.objects.visible_to(cast.father)) == set()) is closes


def test_everything_belongs_to_parental_responsibility_or_to_a_paper_that_says_so(cast):
    friend = Person.objects.create_user("friend@example.org", "Finn Friend")
    facts = {"kind": Kind.OTHER, "level": Level.FULL, "parental_responsibility": Responsibility.NO}
    with pytest.raises(ActionRefused):
        actions_family.relate(cast.maja, friend, by=cast.manager, **facts)
    actions_family.relate(cast.maja, friend, by=cast.manager, evidence_seen="Court order of 3 May", **facts)
    assert named(Child.objects.as_family_of(friend, at_least=Level.FULL)) == {"Maja"}


def test_nobody_keeps_the_records_of_their_own_family(cast):
    actions_roles.give_role(cast.staff_parent, "manager", by=None)
    with pytest.raises(ActionRefused):
        actions_family.restrict(
            cast.alfie, cast.strict_father, by=cast.staff_parent, kind=RestrictionKind.FULL, basis="Because"
        )
    assert signed_in(cast.staff_parent).get(f"/families/{cast.alfie.pk}/").status_code == 404
    assert signed_in(cast.staff_parent).get(f"/families/{cast.maja.pk}/").status_code == 200


def invitation_form(**more):
    return {
        "existing": "",
        "full_name": "Petra Neu",
        "email": "petra@example.org",
        "kind": "parent",
        "parental_responsibility": "yes",
        "level": "3",
        **more,
    }


def test_the_manager_invites_a_new_parent_to_a_child_with_a_relationship_and_its_rights(cast):
    answer = signed_in(cast.manager).post(f"/families/{cast.noor.pk}/invite/", invitation_form(lives_with="on"))
    assert answer.status_code == 302
    petra = Person.objects.get(email="petra@example.org")
    tie = petra.relationships.get()
    assert (tie.child, tie.level, tie.lives_with, tie.may_collect) == (cast.noor, Level.FULL, True, False)
    assert OutgoingMail.objects.filter(person=petra).count() == 1


def test_an_invitation_never_links_to_somebody_by_their_address(cast):
    answer = signed_in(cast.manager).post(f"/families/{cast.noor.pk}/invite/", invitation_form(email="EWA@example.org"))
    assert "Somebody already signs in with this address" in answer.content.decode()
    assert not cast.mother.relationships.filter(child=cast.noor).exists()


def test_a_letter_can_be_printed_instead_and_shows_its_word_once(cast):
    client = signed_in(cast.manager)
    page = client.post(f"/families/{cast.noor.pk}/invite/", invitation_form(email="", by_letter="1")).content.decode()
    assert "Your one-time word" in page
    assert "<svg" in page
    assert not OutgoingMail.objects.filter(person__full_name="Petra Neu").exists()


def test_mail_says_that_there_is_something_new_and_never_what(cast):
    mail = notify(cast.mother)
    for word in ("Maja", "Leon", "Nowicka", "journal", "complaint", "sign a form"):
        assert word not in mail.subject + mail.body
    assert mail.address == "ewa@example.org"
    assert notify(cast.mother) is None, "the mail that waits says it already"


def test_a_second_thing_within_the_hour_is_mailed_later_and_what_is_urgent_at_once(cast):
    notify(cast.mother)
    send_mail()
    later = notify(cast.mother)
    assert later.try_after > timezone.now() + timedelta(minutes=50)
    send_mail()
    later.refresh_from_db()
    assert later.sent_at is None
    notify(cast.mother, at_once=True)
    send_mail()
    later.refresh_from_db()
    assert later.sent_at


def test_mail_leaves_through_the_worker_to_one_person_and_its_words_are_wiped(cast, mailoutbox):
    notify(cast.mother)
    assert send_mail() >= 1
    mine = [mail for mail in mailoutbox if mail.to == ["ewa@example.org"]]
    assert len(mine) == 1
    assert (mine[0].cc, mine[0].bcc) == ([], [])
    kept = OutgoingMail.objects.filter(person=cast.mother).first()
    assert kept.sent_at
    assert kept.body == ""


def test_mail_that_cannot_be_sent_is_tried_again_later(cast, settings):
    settings.EMAIL_BACKEND = "tests.people.test_families.NoPostOffice"
    mail = notify(cast.mother)
    assert send_mail() == 0
    mail.refresh_from_db()
    assert (mail.sent_at, mail.tries) == (None, 1)
    assert mail.body
    assert mail.try_after > timezone.now()


class NoPostOffice:
    """A mail server that is down."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_in_the_demo_no_mail_leaves_and_it_can_be_read_on_a_page(cast, settings, mailoutbox):
    assert signed_in(cast.mother).get("/demo/mail/").status_code == 404
    settings.DEMO = True
    notify(cast.mother)
    send_mail()
    assert mailoutbox == []
    page = signed_in(cast.mother).get("/demo/mail/").content.decode()
    assert "Something new for you" in page


def test_the_list_of_families_costs_the_same_for_one_more_family(cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(cast.manager)
    client.get("/families/")
    with CaptureQueriesContext(connection) as few:
        client.get("/families/")
    for number in range(12):
        child = actions_family.add_child(
            by=cast.manager, full_name=f"Child {number}", known_as=f"C{number}", born_on=timezone.localdate()
        )
        actions_family.relate(
            child,
            cast.foster_carer,
            by=cast.manager,
            kind=Kind.OTHER,
            parental_responsibility="no",
            level=Level.INFORMATION,
        )
    with CaptureQueriesContext(connection) as many:
        client.get("/families/")
    assert len(many) == len(few)


def test_the_manager_closes_the_portal_to_a_father_and_the_family_page_says_so_in_red(cast):
    client = signed_in(cast.manager)
    form = {"adult": cast.father.pk, "kind": "full", "basis": "Prohibited steps order, copy seen", "review_on": ""}
    assert client.post(f"/families/{cast.maja.pk}/restrict/", form).status_code == 302
    assert named(Child.objects.visible_to(cast.father)) == set()
    assert "Prohibited steps order" in client.get(f"/families/{cast.maja.pk}/").content.decode()
    without = client.post(f"/families/{cast.maja.pk}/restrict/", form | {"basis": ""}).content.decode()
    assert "Say on what basis" in without


def test_only_the_childs_own_adults_can_be_restricted(cast):
    form = {"adult": cast.other_mother.pk, "kind": "full", "basis": "Order", "review_on": ""}
    signed_in(cast.manager).post(f"/families/{cast.maja.pk}/restrict/", form)
    assert named(Child.objects.visible_to(cast.other_mother)) == {"Tobi"}


def test_a_new_key_person_from_today_and_the_earlier_one_stays_in_the_record(cast):
    signed_in(cast.manager).post(f"/families/{cast.maja.pk}/key-person/", {"person": cast.senco.pk})
    assert named(Child.objects.as_key_person_of(cast.senco)) >= {"Maja"}
    assert "Maja" not in named(Child.objects.as_key_person_of(cast.key_person))


def test_somebody_already_in_the_books_is_tied_to_a_second_child_with_one_account(cast):
    form = invitation_form(
        existing=cast.foster_carer.pk, full_name="", email="", parental_responsibility="no", level="1"
    )
    assert signed_in(cast.manager).post(f"/families/{cast.leon.pk}/invite/", form).status_code == 302
    assert named(Child.objects.visible_to(cast.foster_carer)) == {"Noor", "Leon"}


def test_a_parent_who_begins_to_work_here_keeps_one_account_and_sees_nothing_new_of_their_own_child(cast):
    form = {"existing": cast.other_mother.pk, "full_name": "", "email": "", "role": "staff"}
    assert signed_in(cast.manager).post("/staff/", form).status_code == 302
    assert "Tobi" not in named(Child.objects.as_staff_of(cast.other_mother))
    assert "Maja" in named(Child.objects.as_staff_of(cast.other_mother))


def test_an_order_about_a_child_closes_it_to_staff_too(cast):
    actions_family.restrict(cast.noor, cast.key_person, by=cast.manager, kind=RestrictionKind.FULL, basis="Court order")
    assert "Noor" not in named(Child.objects.visible_to(cast.key_person))


def test_relating_refuses_ones_own_family(cast):
    actions_roles.give_role(cast.staff_parent, "manager", by=None)
    facts = {"kind": Kind.OTHER, "level": Level.INFORMATION, "parental_responsibility": Responsibility.NO}
    with pytest.raises(ActionRefused):
        actions_family.relate(cast.alfie, cast.father, by=cast.staff_parent, **facts)


def test_the_list_of_families_comes_in_pages_that_cost_the_same(cast):
    manager, few = signed_in(cast.manager), list(Child.objects.order_by("known_as", "full_name", "pk"))
    facts = {"born_on": cast.maja.born_on, "starts_on": cast.maja.starts_on}
    first = manager.get("/families/").context
    assert first["children"] == few and not first["goes_on"]
    asked = queries(manager, "/families/")
    Child.objects.bulk_create(
        Child(full_name=f"Number {n // 3}", known_as=f"Number {n // 9}", **facts) for n in range(200)
    )
    assert queries(manager, "/families/") == asked
    everybody, address = [], "/families/"
    while address:
        shown = manager.get(address)
        everybody += shown.context["children"]
        assert len(shown.context["children"]) <= 60
        address = f"/families/?after={everybody[-1].pk}" if shown.context["goes_on"] else ""
        assert not address or f'href="?after={everybody[-1].pk}"' in shown.content.decode()
    assert everybody == list(Child.objects.order_by("known_as", "full_name", "pk"))
    for mark in ("nobody", "", "0" * 32):
        assert manager.get("/families/", {"after": mark}).context["children"] == everybody[:60]
