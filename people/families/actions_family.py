"""Actions around a family: adults, what ties them to a child, their households, what is closed to them."""

from datetime import date, timedelta
from typing import Any, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.models import ContactDetails, Person
from people.families import rules, rules_family
from people.families.actions_mentions import look_through_for
from people.families.models import Child, Household, KeyPerson, Relationship, Restriction
from people.setting import actions_approval
from people.setting.models import Approval
from records import audit
from records.refused import ActionRefused, refuse


@transaction.atomic
def add_adult(
    *, by: Person, full_name: str, email: str = "", phone: str = "", shares_home_with: Person | None = None
) -> Person:
    """Enter an adult. Nobody is ever found by name or address: a look-alike is somebody else until a person says so."""
    household = None
    if shares_home_with:
        household = shares_home_with.household or Household.objects.create(name=shares_home_with.full_name)
        Person.objects.filter(pk=shares_home_with.pk, household__isnull=True).update(household=household)
    adult = Person.objects.create_user(email, full_name, household=household)
    if phone:
        ContactDetails.objects.create(person=adult, phone=phone)
    audit.record("people.adult_added", adult, by=by)
    return adult


def _evidence(facts: dict[str, Any], by: Person) -> dict[str, Person | date | None]:
    """Who saw a paper, and when, unless that was said (or stands unchanged from an earlier row)."""
    if not facts.get("evidence_seen", "").strip():
        return {"evidence_by": None, "evidence_on": None}
    return {
        "evidence_by": facts.get("evidence_by") or by,
        "evidence_on": facts.get("evidence_on") or timezone.localdate(),
    }


@transaction.atomic
def relate(
    child: Child,
    adult: Person,
    *,
    by: Person,
    why_ended: str = "",
    second: Person | Approval | None = None,
    **facts: Any,
) -> Relationship:
    """Tie an adult to a child. An earlier tie ends now and stays readable, with who ended it and why."""
    if not rules.may_keep_family_of(by, child):
        raise ActionRefused(_("This is a child of your own family, so a colleague has to do this."))
    refuse(rules_family.why_not_themselves(by, adult) or rules_family.why_not_hidden(by, adult))
    if second is None:
        refuse(rules_family.why_not_open(child, adult, facts["level"]))
    refuse(rules.why_not_related(facts["level"], facts["parental_responsibility"], facts.get("evidence_seen", "")))
    Child.objects.select_for_update(no_key=True).get(pk=child.pk)  # two rows at one moment: one after the other
    open_now = Relationship.objects.filter(child=child, adult=adult, ended_at__isnull=True)
    was_family = Relationship.objects.filter(child=child, adult=adult).exists()
    open_now = open_now.exclude(ends_on__lt=timezone.localdate())  # what ended with its last day stays as it was
    open_now.update(ended_at=timezone.now(), ended_by=by, why_ended=why_ended)
    tie = Relationship.objects.create(child=child, adult=adult, entered_by=by, **(facts | _evidence(facts, by)))
    audit.record("people.related", tie, by=by, child=child)
    if not was_family and rules_family.may_take_a_judge_away(child, adult):
        actions_approval.ask(Approval.Kind.TIE_IN_OFFICE, by=by, person=adult, child=child, relationship=tie)
    return tie


@actions_approval.carries_out(Approval.Kind.TIE_IN_OFFICE)
def _confirm_tie(approval: Approval) -> None:
    Relationship.objects.filter(pk=cast(int, approval.relationship_id)).update(confirmed_at=timezone.now())


@transaction.atomic
def change_relationship(tie: Relationship, *, by: Person, why_ended: str = "", **facts: Any) -> Relationship:
    """A new row in place of this one. Evidence that stands as it was keeps who saw it, and when."""
    tie = Relationship.objects.select_for_update().select_related("child", "adult").get(pk=tie.pk)
    if tie.is_over(timezone.localdate()):
        raise ActionRefused(_("Somebody has changed or ended this meanwhile. Look at the family's page again."))
    return relate(tie.child, tie.adult, by=by, why_ended=why_ended, **_with_what_stays(tie, facts))


def _with_what_stays(tie: Relationship, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of a new row in place of this one, with what they do not say: its days, and who saw the same paper."""
    facts = {"ends_on": tie.ends_on, **facts}
    if tie.starts_on > timezone.localdate():  # what begins later does not begin with a change
        facts.setdefault("starts_on", tie.starts_on)
    same_paper = facts.get("evidence_seen", "") == tie.evidence_seen
    if same_paper and facts.get("evidence_on") in (None, tie.evidence_on):
        facts |= {"evidence_by": tie.evidence_by, "evidence_on": tie.evidence_on}
    return facts


@transaction.atomic
def bring_in_adult(
    child: Child,
    *,
    by: Person,
    existing: Person | None,
    full_name: str,
    email: str,
    shares_home_with: Person | None,
    why: str = "",
    **facts: Any,
) -> tuple[Person, Approval | None]:
    """Tie an adult to a child, `existing` or entered anew, in one go or not at all.

    (the adult, the Approval that waits where something is closed to them or to somebody of their name, or None).
    """
    adult = existing or add_adult(by=by, full_name=full_name, email=email, shares_home_with=shares_home_with)
    if rules_family.why_not_open(child, adult, facts["level"]):
        return adult, ask_to_open(child, adult, by=by, why=why, **facts)
    relate(child, adult, by=by, **facts)
    return adult, None


@transaction.atomic
def ask_to_open(child: Child, adult: Person, *, by: Person, why: str = "", **facts: Any) -> Approval:
    """Ask a second person before a relationship opens a record around which something is closed: the Approval that waits."""
    if not rules.may_keep_family_of(by, child):
        raise ActionRefused(_("This is a child of your own family, so a colleague has to do this."))
    refuse(rules_family.why_not_themselves(by, adult))
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
    return actions_approval.ask(Approval.Kind.TIE_RESTRICTED, by=by, person=adult, child=child, why=why, facts=kept)


@actions_approval.carries_out(Approval.Kind.TIE_RESTRICTED)
def _open(approval: Approval) -> None:
    child = cast(Child, approval.child)  # always there in an approval of this kind
    facts: dict[str, Any] = {
        name: date.fromisoformat(value) if value and name.endswith("_on") else value
        for name, value in approval.facts.items()
    }
    ties = Relationship.objects.filter(child=child, adult=approval.person, ended_at__isnull=True)
    if tie := ties.exclude(ends_on__lt=timezone.localdate()).order_by("-starts_on").first():
        facts = _with_what_stays(tie, facts)
    relate(child, approval.person, by=approval.asked_by, second=approval.agreed_by or approval, **facts)


@transaction.atomic
def end_relationship(tie: Relationship, *, by: Person, why: str = "", on: date | None = None) -> None:
    """End what an adult is to a child: now, so that the very next request knows, or with the day `on`."""
    if not rules.may_keep_family_of(by, tie.child):
        raise ActionRefused(_("This is a child of your own family, so a colleague has to do this."))
    refuse(rules_family.why_not_hidden(by, tie.adult))
    if tie.is_over(timezone.localdate()):
        raise ActionRefused(_("This has ended already."))
    if on and on < max(timezone.localdate(), tie.starts_on):
        raise ActionRefused(
            _("That day has passed, or it lies before the first day. Choose a later one, or end it now.")
        )
    ending: dict[str, Any] = {"ends_on": on} if on else {"ended_at": timezone.now()}
    Relationship.objects.filter(pk=tie.pk, ended_at__isnull=True).update(ended_by=by, why_ended=why, **ending)
    asked = Approval.objects.open().filter(kind=Approval.Kind.TIE_RESTRICTED, child=tie.child, person=tie.adult)
    asked.update(stopped_by=by, stopped_at=timezone.now())  # an older wish does not open again what was ended
    audit.record("people.relationship_ended", tie, by=by, child=tie.child)


@transaction.atomic
def ask_to_undo(tie: Relationship, *, by: Person, why: str) -> Approval:
    """Ask for a relationship that was entered by mistake to count as never having been: the Approval that waits."""
    refuse(rules_family.why_not_themselves(by, tie.adult))
    if not rules.may_keep_family_of(by, tie.child):
        raise ActionRefused(_("This is a child of your own family, so a colleague has to do this."))
    if not why.strip():
        raise ActionRefused(_("Say what was the mistake."))
    facts: dict[str, Any] = {"child": tie.child, "relationship": tie, "why": why.strip()}
    return actions_approval.ask(Approval.Kind.UNDO_TIE, by=by, person=tie.adult, **facts)


@actions_approval.carries_out(Approval.Kind.UNDO_TIE)
def _undo_tie(approval: Approval) -> None:
    """It stays in the database and in the audit log, and opens, shuts and shows nothing any more."""
    now = timezone.now()
    Relationship.with_undone.filter(pk=cast(int, approval.relationship_id)).update(undone_at=now)
    Relationship.with_undone.filter(pk=cast(int, approval.relationship_id), ended_at__isnull=True).update(ended_at=now)
    others = Approval.objects.open(now).filter(relationship=approval.relationship_id).exclude(pk=approval.pk)
    others.update(stopped_at=now)  # there is nothing left to confirm


@transaction.atomic
def place_key_person(child: Child, person: Person, *, by: Person, back_up: bool = False) -> KeyPerson:
    """Make somebody a child's key person (or back-up) from today; the one before ends yesterday."""
    if not rules.may_keep_family_of(by, child):
        raise ActionRefused(_("This is a child of your own family, so a colleague has to do this."))
    today = timezone.localdate()
    earlier = KeyPerson.objects.running(today).filter(child=child, back_up=back_up)
    earlier.filter(starts_on=today).delete()  # chosen and changed on one day: nothing happened under the first choice
    earlier.update(ends_on=today - timedelta(days=1))
    placed = KeyPerson.objects.create(child=child, person=person, back_up=back_up)
    audit.record("people.key_person_placed", placed, by=by, child=child)
    return placed


@transaction.atomic
def join_household(child: Child, adult: Person, other: Person, *, by: Person) -> Household:
    """`adult` lives in one household with `other`, both around `child`: from now on they are shown to each other."""
    refuse(rules_family.why_not_one_household(by, child, adult, other))
    household = other.household or Household.objects.create(name=other.full_name)
    Person.objects.filter(pk__in=[adult.pk, other.pk]).update(household=household)
    audit.record("people.household_joined", adult, by=by, child=child)
    return household


@transaction.atomic
def leave_household(child: Child, adult: Person, *, by: Person) -> None:
    """`adult` does not live with the others any more: from now on they are hidden from each other."""
    refuse(rules_family.why_not_change_household(by, child, adult))
    Person.objects.filter(pk=adult.pk).update(household=None)
    audit.record("people.household_left", adult, by=by, child=child)


# --- what is closed to somebody ---------------------------------------------------------------------------------


@transaction.atomic
def restrict(
    child: Child, adult: Person, *, by: Person, kind: str, basis: str, review_on: date | None = None
) -> Restriction:
    """Close something to an adult on a written basis, from today and at once; a second person approves it afterwards."""
    if not rules.may_keep_family_of(by, child):
        raise ActionRefused(_("This is a child of your own family, so a colleague has to do this."))
    refuse(rules_family.why_not_themselves(by, adult))
    bar = Restriction.objects.create(
        child=child, adult=adult, kind=kind, basis=basis, review_on=review_on, entered_by=by
    )
    audit.record("people.restricted", bar, by=by, child=child)
    look_through_for([child])
    return bar


def _locked(bar: Restriction) -> Restriction:
    return Restriction.objects.select_for_update(of=("self",)).select_related("child").get(pk=bar.pk)


@transaction.atomic
def approve_restriction(bar: Restriction, *, by: Person) -> None:
    """A second person has seen the basis. Never the one who entered it."""
    bar = _locked(bar)
    refuse(rules_family.why_not_approve(by, bar))
    Restriction.objects.filter(pk=bar.pk).update(approved_by=by, approved_at=timezone.now())
    audit.record("people.restriction_approved", bar, by=by, child=bar.child)


@transaction.atomic
def ask_to_lift(bar: Restriction, *, by: Person, why: str, by_mistake: bool = False) -> None:
    """The first of two people says why it can be lifted. It stays closed meanwhile."""
    bar = _locked(bar)
    refuse(rules_family.why_not_ask_to_lift(by, bar))
    if not why.strip():
        raise ActionRefused(_("Say why it can be lifted."))
    asked = {"lift_asked_by": by, "lift_asked_at": timezone.now(), "why_lifted": why.strip(), "by_mistake": by_mistake}
    Restriction.objects.filter(pk=bar.pk).update(**asked)
    audit.record("people.restriction_lift_asked", bar, by=by, child=bar.child)


@transaction.atomic
def lift_restriction(bar: Restriction, *, by: Person) -> None:
    """The second of two people lifts it; the very next request knows. What was a mistake counts as never having been."""
    bar = _locked(bar)
    refuse(rules_family.why_not_lift(by, bar))
    Restriction.objects.filter(pk=bar.pk).update(lifted_by=by, ended_at=timezone.now())
    Restriction.objects.filter(pk=bar.pk, by_mistake=True).update(undone_at=timezone.now())
    audit.record("people.restriction_lifted", bar, by=by, child=bar.child)


@transaction.atomic
def keep_restriction(bar: Restriction, *, by: Person) -> None:
    """It stays closed, although somebody had asked to lift it; the audit log keeps that they had."""
    bar = _locked(bar)
    refuse(rules_family.why_not_watch(by, bar))
    Restriction.objects.filter(pk=bar.pk).update(
        lift_asked_by=None, lift_asked_at=None, why_lifted="", by_mistake=False
    )
    audit.record("people.restriction_kept", bar, by=by, child=bar.child)


@transaction.atomic
def review_restriction(bar: Restriction, *, by: Person, review_on: date) -> None:
    """It was looked at again and stays; the next look is on `review_on`."""
    bar = _locked(bar)
    refuse(rules_family.why_not_watch(by, bar))
    if review_on <= timezone.localdate():
        raise ActionRefused(_("Choose a day in the future on which somebody looks at this again."))
    Restriction.objects.filter(pk=bar.pk).update(review_on=review_on)
    audit.record("people.restriction_reviewed", bar, by=by, child=bar.child)


@transaction.atomic
def add_child(*, by: Person, **facts: Any) -> Child:
    """Enter a child into the books."""
    if not rules.may_keep_families(by):
        raise ActionRefused(_("Only the manager or the deputy adds children."))
    child = Child.objects.create(**facts)
    audit.record("people.child_added", child, by=by, child=child)
    return child
