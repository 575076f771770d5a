"""Nobody chooses who judges a complaint about themselves: by no tie, no appointment and no dismissal after it was sent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.accounts.models import Invitation, Person
from people.families import actions_family
from people.families.models import Relationship
from people.mail.models import OutgoingMail
from people.setting import actions_approval
from people.setting.models import Approval, RoleHeld
from people.setting.roles import Role
from portal.complaints import tasks
from portal.complaints.models import HandlerChange
from tests.cast import out_of_office, signed_in
from tests.complaints.test_complaints import readers, tell_us

pytestmark = pytest.mark.django_db
TIE = {"kind": "other", "parental_responsibility": "no", "level": 0}


def written_to():
    return {mail.person for mail in OutgoingMail.objects.all()}


def test_a_tie_made_after_a_case_began_takes_the_chair_off_it_only_with_a_second_person(cast):
    complaint = tell_us(cast.other_mother, concerned=[cast.manager])
    page = f"/complaints/{complaint.pk}/"
    actions_family.relate(cast.tobi, cast.chair, by=cast.manager, **TIE)
    assert readers(cast, complaint) == {"other_mother", "chair"}
    assert not tasks.watch_handlers()
    approval = Approval.objects.get(kind=Approval.Kind.TIE_IN_OFFICE)
    OutgoingMail.objects.all().delete()
    actions_approval.agree(approval, by=cast.trustee)
    assert readers(cast, complaint) == {"other_mother", "trustee"}, "a tie that two people know to be true does"
    OutgoingMail.objects.all().delete()
    assert tasks.watch_handlers() == 1
    assert tasks.watch_handlers() == 0
    assert written_to() == {cast.other_mother, cast.chair, cast.trustee}
    shown = signed_in(cast.other_mother).get(page).content.decode()
    assert "Martin Voss no longer" in shown
    assert "Leila Haddad since" in shown


def test_the_other_way_round_too_the_complainant_is_tied_to_the_chairs_child(cast):
    Relationship.objects.create(child=cast.noor, adult=cast.chair, **TIE)
    complaint = tell_us(cast.other_mother, concerned=[cast.manager])
    actions_family.relate(cast.noor, cast.other_mother, by=cast.manager, **TIE)
    assert readers(cast, complaint) == {"other_mother", "chair"}


def test_a_tie_from_before_the_case_still_counts_when_it_is_entered_anew(cast):
    actions_family.relate(cast.tobi, cast.chair, by=cast.manager, **TIE)
    complaint = tell_us(cast.other_mother, concerned=[cast.manager])
    actions_family.relate(cast.tobi, cast.chair, by=cast.manager, **TIE)
    assert readers(cast, complaint) == {"other_mother", "trustee"}


def test_a_chair_brought_in_by_whom_it_concerns_never_reads_it(cast):
    out_of_office(cast.chair.roles.get())
    complaint = tell_us(cast.other_mother, about_leaders="yes")
    assert readers(cast, complaint) == {"other_mother", "trustee"}
    form = {"existing": "", "full_name": "Ann Other", "email": "ann@example.org", "role": "chair"}
    signed_in(cast.manager).post("/staff/", form)
    puppet = Person.objects.get(email="ann@example.org")
    assert not Invitation.objects.filter(person=puppet).exists()
    Approval.objects.update(
        takes_effect_at=timezone.now()
    )  # as if there had been nobody to agree, and nobody had stopped it
    assert actions_approval.take_effect() == 1
    assert puppet.roles.get().role == Role.CHAIR
    assert not complaint.__class__.objects.visible_to(puppet).exists()
    assert readers(cast, complaint) == {"other_mother", "trustee"}, "and whoever stood in goes on"


def test_a_chair_whom_somebody_not_concerned_agreed_to_takes_over(cast):
    out_of_office(cast.chair.roles.get())
    complaint = tell_us(cast.other_mother, about_leaders="yes")
    signed_in(cast.manager).post("/staff/", {"existing": cast.father.pk, "role": "chair"})
    actions_approval.agree(Approval.objects.get(), by=cast.trustee)
    assert readers(cast, complaint) == {"other_mother", "father"}
    tasks.watch_handlers()
    assert HandlerChange.objects.filter(complaint=complaint, person=cast.father, handles=True).exists()


def test_the_chair_is_not_ended_over_a_case_by_the_manager_alone(cast):
    complaint = tell_us(cast.other_mother, concerned=[cast.manager])
    signed_in(cast.manager).post(f"/staff/roles/{cast.chair.roles.get().pk}/end/")
    assert readers(cast, complaint) == {"other_mother", "chair"}
    RoleHeld.objects.filter(person__in=[cast.trustee, cast.deputy, cast.safeguarding_lead]).delete()
    Approval.objects.all().delete()
    signed_in(cast.manager).post(f"/staff/roles/{cast.chair.roles.get().pk}/end/")
    alone = Approval.objects.get()
    assert alone.takes_effect_at - alone.asked_at == timedelta(hours=24)
    actions_approval.stop(alone, by=cast.chair)
    assert readers(cast, complaint) == {"other_mother", "chair"}


@pytest.mark.parametrize("before", [True, False])
def test_a_tie_that_a_second_person_refused_takes_the_chair_off_nothing(cast, before):
    """Tied to the chair before any complaint came, the child would take its judge away for good."""
    if not before:
        complaint = tell_us(cast.other_mother, concerned=[cast.manager])
    actions_family.relate(cast.tobi, cast.chair, by=cast.manager, **TIE)
    page = f"/approvals/{Approval.objects.get().pk}/stop/"
    said = signed_in(cast.trustee).post(page, follow=True).content.decode()
    assert "takes nobody off a complaint" in said and "Nothing has changed" not in said
    if before:
        complaint = tell_us(cast.other_mother, concerned=[cast.manager])
    assert readers(cast, complaint) == {"other_mother", "chair"}


def test_nobody_takes_a_judge_away_by_tying_the_complainant_to_the_judges_child_beforehand(cast):
    """No office is tied here, and no complaint has come: the chair reads what was entered around his own child, and stops it."""
    Relationship.objects.create(child=cast.noor, adult=cast.chair, **TIE)
    actions_family.relate(cast.noor, cast.other_mother, by=cast.manager, **TIE)
    approval = Approval.objects.get(kind=Approval.Kind.TIE_IN_OFFICE, person=cast.other_mother)
    chair = signed_in(cast.chair)
    assert "somebody in office belongs to" in chair.get(f"/approvals/{approval.pk}/").content.decode()
    chair.post(f"/approvals/{approval.pk}/stop/")
    complaint = tell_us(cast.other_mother, concerned=[cast.manager])
    assert readers(cast, complaint) == {"other_mother", "chair"}


def test_a_tie_around_a_child_of_nobody_in_office_asks_nobody(cast):
    actions_family.relate(cast.noor, cast.other_mother, by=cast.manager, **TIE)
    assert not Approval.objects.exists()
