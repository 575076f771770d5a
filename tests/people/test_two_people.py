"""Nobody appoints their judge alone: offices are given and ended by two, or told to all and stoppable for a day."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.accounts.models import Invitation, Person
from people.families import actions_family
from people.families.models import Relationship
from people.mail.models import OutgoingMail
from people.setting import actions_approval, actions_roles, rules_approval, tasks
from people.setting.models import Approval, RoleHeld
from people.setting.roles import OFFICES, Role, has_right, roles_of
from records.models import AuditLine
from records.refused import ActionRefused
from tests.cast import out_of_office, signed_in

pytestmark = pytest.mark.django_db


def new_chair(client, email="new.chair@example.org", role="chair", **more):
    form = {"existing": "", "full_name": "Ann Other", "email": email, "role": role, **more}
    return client.post("/staff/", form)


def alone(cast, *but):
    """Everybody in office leaves, but for the manager and these."""
    for held in RoleHeld.objects.filter(role__in=OFFICES).exclude(person__in=[cast.manager, *but]):
        out_of_office(held)


def written_to():
    return {mail.address for mail in OutgoingMail.objects.all()}


@pytest.mark.parametrize("role", OFFICES)
def test_an_office_is_given_once_the_chair_has_agreed(cast, role):
    manager = signed_in(cast.manager)
    answer = manager.post("/staff/", {"existing": cast.father.pk, "role": role})
    page = answer["Location"]
    assert "not in force yet" in manager.get(page).content.decode()
    assert "Martin Voss" in manager.get(page).content.decode()
    assert not roles_of(cast.father)
    assert written_to() == {"martin@example.org"}
    for who in (cast.deputy, cast.safeguarding_lead, cast.trustee, cast.father, cast.mother, cast.key_person):
        assert page not in signed_in(who).get("/today/").content.decode()
        assert signed_in(who).get(page).status_code == 404
        assert signed_in(who).post(f"{page}agree/").status_code == 404
    assert manager.post(f"{page}agree/").status_code == 403, "one alone never"
    chair = signed_in(cast.chair)
    assert page in chair.get("/today/").content.decode()
    chair.post(f"{page}agree/")
    held = RoleHeld.objects.get(person=cast.father)
    assert (held.role, held.given_by, held.agreed_by) == (role, cast.manager, cast.chair)
    assert AuditLine.objects.filter(verb__startswith="people.approval_").count() == 2


@pytest.mark.parametrize("name", ["chair", "trustee", "safeguarding_lead", "deputy"])
def test_an_office_is_ended_by_two_people_and_never_with_the_word_of_whom_it_concerns(cast, name):
    held = cast.people[name].roles.get()
    manager = signed_in(cast.manager)
    page = manager.post(f"/staff/roles/{held.pk}/end/")["Location"]
    assert roles_of(cast.people[name])
    approval = Approval.objects.get()
    second = cast.trustee if name == "chair" else cast.chair
    assert rules_approval.agreers_of(approval) == [second]
    with pytest.raises(ActionRefused):
        actions_approval.agree(approval, by=cast.people[name])
    signed_in(second).post(f"{page}agree/")
    assert not roles_of(cast.people[name])


def test_the_database_takes_no_second_who_is_the_first_or_whom_it_concerns(cast):
    new_chair(signed_in(cast.manager))
    for by in (cast.manager, Person.objects.get(email="new.chair@example.org")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.update(agreed_by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.update(done_at=timezone.now())


def test_somebody_new_is_invited_only_when_it_is_agreed(cast):
    new_chair(signed_in(cast.manager))
    person = Person.objects.get(email="new.chair@example.org")
    assert not Invitation.objects.filter(person=person).exists()
    actions_approval.agree(Approval.objects.get(), by=cast.chair)
    manager = signed_in(cast.manager)
    assert f"/people/{person.pk}/invite/" in manager.get("/staff/").content.decode()
    manager.post(f"/people/{person.pk}/invite/")
    assert "new.chair@example.org" in written_to()


def test_where_nobody_could_agree_everybody_is_told_and_anybody_can_stop_it_for_a_day(cast):
    alone(cast, cast.safeguarding_lead)
    out_of_office(cast.safeguarding_lead.roles.get())
    actions_roles.give_role(cast.senco, Role.DEPUTY_SAFEGUARDING_LEAD, by=None)
    Person.objects.filter(pk=cast.senco.pk).update(password="!")  # in office, not arrived: can be told and cannot agree
    client = signed_in(cast.manager)
    page = client.post("/staff/", {"existing": cast.father.pk, "role": "chair"})["Location"]
    assert "nobody here who could agree" in client.get(page).content.decode()
    assert written_to() == {"anya@example.org", "daniel@example.org"}
    assert all("24 hours" in mail.subject for mail in OutgoingMail.objects.all())
    assert {mail.kind for mail in OutgoingMail.objects.all()} == {"important"}, "no ordinary flood holds it up"
    assert page in signed_in(cast.father).get("/today/").content.decode()
    asked_at = Approval.objects.get().asked_at
    assert actions_approval.take_effect(now=asked_at + timedelta(hours=23, minutes=59)) == 0
    assert not roles_of(cast.father)
    signed_in(cast.father).post(f"{page}stop/")
    assert actions_approval.take_effect(now=asked_at + timedelta(hours=25)) == 0
    assert not roles_of(cast.father)
    assert "was stopped" in client.get(page).content.decode()


def test_what_nobody_stopped_takes_effect_after_a_day_once(cast):
    alone(cast)
    signed_in(cast.manager).post("/staff/", {"existing": cast.father.pk, "role": "chair"})
    Approval.objects.update(takes_effect_at=timezone.now())
    assert tasks.approvals_take_effect() == 1
    assert tasks.approvals_take_effect() == 0
    assert roles_of(cast.father) == {Role.CHAIR}
    assert RoleHeld.objects.get(person=cast.father).agreed_by is None


def test_what_is_refused_when_its_day_comes_is_stopped_and_does_not_hold_up_the_others(cast):
    alone(cast)
    client = signed_in(cast.manager)
    tie = {"kind": "father", "parental_responsibility": "yes", "level": 3}
    actions_family.ask_to_open(
        cast.tobi, cast.barred_father, by=cast.manager, **(tie | {"parental_responsibility": "no"})
    )
    client.post("/staff/", {"existing": cast.father.pk, "role": "chair"})
    Approval.objects.update(takes_effect_at=timezone.now())
    assert actions_approval.take_effect() == 1
    assert roles_of(cast.father) == {Role.CHAIR}
    assert Approval.objects.get(kind="tie_restricted").stopped_at


def test_asked_twice_is_one_and_what_ran_out_can_be_asked_again(cast):
    client = signed_in(cast.manager)
    for _n in range(2):
        client.post("/staff/", {"existing": cast.father.pk, "role": "deputy"})
    assert Approval.objects.count() == 1
    Approval.objects.update(asked_at=timezone.now() - timedelta(days=31))
    with pytest.raises(ActionRefused, match="meanwhile"):
        actions_approval.agree(Approval.objects.get(), by=cast.chair)
    client.post("/staff/", {"existing": cast.father.pk, "role": "deputy"})
    assert Approval.objects.open().count() == 1


def test_nobody_but_the_manager_asks_and_no_office_is_given_without_a_second(cast):
    for role in OFFICES:
        with pytest.raises(ActionRefused):
            actions_roles.give_role(cast.father, role, by=cast.manager)
    for by in (cast.deputy, cast.chair, cast.mother):
        assert signed_in(by).post("/staff/", {"existing": cast.father.pk, "role": "chair"}).status_code == 403
    assert not Approval.objects.exists()


def test_giving_a_role_twice_makes_one_and_ending_it_ends_the_office(cast):
    client = signed_in(cast.manager)
    for _n in range(2):
        client.post("/staff/", {"existing": cast.father.pk, "role": "staff"})
    assert RoleHeld.objects.filter(person=cast.father).count() == 1
    days = {"starts_on": "2026-01-01", "ends_on": (timezone.localdate() + timedelta(days=9)).isoformat()}
    for _n in range(2):
        client.post("/staff/", {"existing": cast.father.pk, "role": "staff", **days})
    assert RoleHeld.objects.filter(person=cast.father).count() == 2, "one for a time, beside the open one"
    held = RoleHeld.objects.filter(person=cast.father).first()
    client.post(f"/staff/roles/{held.pk}/end/")
    assert not roles_of(cast.father)
    assert not has_right(cast.father, "see_children")
    with pytest.raises(IntegrityError), transaction.atomic():
        for _n in range(2):
            RoleHeld.objects.create(person=cast.father, role=Role.STAFF)


def test_what_waits_costs_the_same_for_one_and_for_many(cast, django_assert_max_num_queries):
    for role in OFFICES[1:]:
        signed_in(cast.manager).post("/staff/", {"existing": cast.father.pk, "role": role})
    with django_assert_max_num_queries(3):
        assert len(rules_approval.waiting_for(cast.chair)) == len(OFFICES) - 1


def test_the_second_sees_the_days_and_other_days_are_not_swallowed(cast):
    ends = timezone.localdate() + timedelta(days=400)
    made = actions_roles.take_on(cast.senco, "deputy", by=cast.manager, ends_on=ends)
    assert f"{ends:%B %Y}" in signed_in(cast.chair).get(f"/approvals/{made.pk}/").content.decode()
    assert actions_roles.take_on(cast.senco, "deputy", by=cast.manager, ends_on=ends) == made
    with pytest.raises(ActionRefused, match="other details"):
        actions_roles.take_on(cast.senco, "deputy", by=cast.manager)


@pytest.mark.parametrize("second", [True, False])
def test_what_somebody_asked_who_has_left_office_since_is_not_carried_out(cast, second):
    """A dismissed manager's friend does not become chair behind her, neither by a hasty yes nor by the day running out."""
    if not second:
        alone(cast, cast.deputy)
        out_of_office(cast.deputy.roles.get())
    signed_in(cast.manager).post("/staff/", {"existing": cast.father.pk, "role": "deputy"})
    waiting = Approval.objects.get()
    out_of_office(cast.manager.roles.get())
    if second:
        with pytest.raises(ActionRefused, match="no longer"):
            actions_approval.agree(waiting, by=cast.chair)
    else:
        assert actions_approval.take_effect(now=timezone.now() + timedelta(hours=25)) == 0
        waiting.refresh_from_db()
        assert waiting.stopped_at
    assert not roles_of(cast.father)


def test_where_the_last_who_could_agree_leaves_the_day_begins_then(cast):
    """A manager whose chair resigns is not kept waiting for thirty days, and nobody loses the day in which to stop it."""
    alone(cast, cast.chair)
    signed_in(cast.manager).post("/staff/", {"existing": cast.father.pk, "role": "deputy"})
    waiting = Approval.objects.get()
    assert tasks.approvals_take_effect() == 0 and not Approval.objects.filter(takes_effect_at__isnull=False).exists()
    out_of_office(cast.chair.roles.get())
    OutgoingMail.objects.all().delete()
    assert tasks.approvals_take_effect() == 0
    waiting.refresh_from_db()
    assert waiting.takes_effect_at > timezone.now() + timedelta(hours=23)
    assert written_to() == {"daniel@example.org"}, "nobody else is in office, and it concerns him"
    tasks.approvals_take_effect()
    assert OutgoingMail.objects.count() == 1, "told once"
    assert actions_approval.take_effect(now=timezone.now() + timedelta(hours=25)) == 1


def test_nobody_agrees_that_something_opens_for_the_family_of_their_own(cast):
    """The safeguarding lead has a child with the father of another one: what opens for him is not hers to agree to."""
    tie = {"kind": "other", "parental_responsibility": "no", "level": 0}
    Relationship.objects.create(child=cast.tobi, adult=cast.safeguarding_lead, **tie)
    one = actions_family.ask_to_open(cast.noor, cast.barred_father, by=cast.manager, **(tie | {"level": 1}))
    assert cast.deputy in rules_approval.agreers_of(one)
    assert cast.safeguarding_lead not in rules_approval.agreers_of(one)
    assert signed_in(cast.safeguarding_lead).get(f"/approvals/{one.pk}/").status_code == 404


def test_what_begins_later_is_not_said_to_be_in_force(cast):
    starts = timezone.localdate() + timedelta(days=5)
    more = {"existing": cast.father.pk, "role": "deputy", "starts_on": starts.isoformat()}
    page = signed_in(cast.manager).post("/staff/", more)["Location"]
    said = signed_in(cast.chair).post(f"{page}agree/", follow=True).content.decode()
    assert "in force" not in said
    assert f"It counts from {starts:%-d %B %Y}" in said
    assert "in force" not in signed_in(cast.manager).get(page).content.decode()
    assert not roles_of(cast.father)


@pytest.mark.parametrize(("verb", "words"), [("agree", "Agreed: "), ("stop", "Stopped: ")])
def test_whoever_asked_finds_on_today_what_became_of_it(cast, verb, words):
    page = signed_in(cast.manager).post("/staff/", {"existing": cast.father.pk, "role": "deputy"})["Location"]
    assert page not in signed_in(cast.manager).get("/today/").content.decode()
    signed_in(cast.chair).post(f"{page}{verb}/")
    today = signed_in(cast.manager).get("/today/").content.decode()
    assert page in today and words in today
    Approval.objects.update(asked_at=timezone.now() - timedelta(days=9))
    name = "done_at" if verb == "agree" else "stopped_at"
    Approval.objects.update(**{name: timezone.now() - timedelta(days=4)})
    assert page not in signed_in(cast.manager).get("/today/").content.decode()


def test_what_a_colleague_asked_for_can_be_read_by_another_and_asked_anew_once_they_have_left(cast):
    RoleHeld.objects.create(person=cast.senco, role=Role.MANAGER)
    first = signed_in(cast.senco).post("/staff/", {"existing": cast.father.pk, "role": "deputy"})["Location"]
    manager = signed_in(cast.manager)
    assert manager.post("/staff/", {"existing": cast.father.pk, "role": "deputy"})["Location"] == first
    shown = manager.get(first)
    assert shown.status_code == 200 and "Stop it" not in shown.content.decode()
    for held in RoleHeld.objects.filter(person=cast.senco):
        out_of_office(held)
    second = manager.post("/staff/", {"existing": cast.father.pk, "role": "deputy"})["Location"]
    assert second != first
    signed_in(cast.chair).post(f"{second}agree/")
    assert roles_of(cast.father) == {Role.DEPUTY}
