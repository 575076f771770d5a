"""Actions of roles: who works here as what. Offices are given and ended by two people, all other roles by the manager."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.families import rules
from people.families.actions_family import add_adult
from people.mail import notifications
from people.setting import actions_approval, roles, rules_approval
from people.setting.models import Approval, RoleHeld
from records import audit
from records.refused import ActionRefused

if TYPE_CHECKING:
    from people.accounts.models import Person


@transaction.atomic
def give_role(
    person: "Person", role: str, *, by: "Person | None", starts_on: date | None = None, ends_on: date | None = None
) -> RoleHeld:
    """Let somebody work here as something. Pressed twice, it is one role.

    `by` is None only for the first people of an empty setting; for an office `take_on` asks a second person first.
    """
    if by is not None and not rules.may_keep_staff(by):
        raise ActionRefused(_("Only the manager says who works here."))
    if by is not None and rules_approval.takes_two(role):
        raise ActionRefused(_("An office is given by two people. Ask for it on the page “Who works here”."))
    return _give(person, role, by=by, starts_on=starts_on, ends_on=ends_on)


def _give(
    person: "Person",
    role: str,
    *,
    by: "Person | None",
    agreed_by: "Person | None" = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> RoleHeld:
    begins = starts_on or timezone.localdate()
    try:
        with transaction.atomic():
            held = RoleHeld.objects.create(
                person=person,
                role=role,
                given_at=timezone.now() if by else None,
                given_by=by,
                agreed_by=agreed_by,
                starts_on=begins,
                ends_on=ends_on,
            )
    except IntegrityError:
        same = RoleHeld.objects.filter(person=person, role=role, ended_at__isnull=True, ends_on=ends_on)
        already = (same.filter(starts_on=begins) if ends_on else same).first()
        if already is None:  # the days are wrong, not the role
            raise
        return already
    roles.match_wagtail(person)
    audit.record("people.role_given", held, by=by)
    return held


@transaction.atomic
def take_on(
    person: "Person", role: str, *, by: "Person", starts_on: date | None = None, ends_on: date | None = None
) -> Approval | None:
    """Give an ordinary role at once, or ask for an office: the Approval that waits, or None where nothing does.

    Any role takes two for somebody who is kept from a child here, or bears the name of such an adult.
    """
    if not rules_approval.is_given_by_two(role, person):
        give_role(person, role, by=by, starts_on=starts_on, ends_on=ends_on)
        return None
    if not rules.may_keep_staff(by):
        raise ActionRefused(_("Only the manager says who works here."))
    days = {name: day.isoformat() for name, day in (("starts_on", starts_on), ("ends_on", ends_on)) if day}
    return actions_approval.ask(Approval.Kind.GIVE_ROLE, by=by, person=person, role=role, facts=days)


@actions_approval.carries_out(Approval.Kind.GIVE_ROLE)
def _appoint(approval: Approval) -> None:
    """Give the office that two people agreed on, from today at the earliest. Whoever asked invites them, if need be."""
    days = {name: date.fromisoformat(day) for name, day in approval.facts.items()}
    days["starts_on"] = max(timezone.localdate(), days.get("starts_on", timezone.localdate()))
    if days.get("ends_on") and days["ends_on"] < days["starts_on"]:
        return
    _give(approval.person, approval.role, by=approval.asked_by, agreed_by=approval.agreed_by, **days)
    notifications.notify(approval.person, at_once=True)


@transaction.atomic
def end_role(held: RoleHeld, *, by: "Person") -> Approval | None:
    """End a role now, in every row of it: in every open session, on the very next request, in Wagtail too.

    For an office a second person is asked first: the Approval that waits, or None where the role has ended.
    """
    if not rules.may_keep_staff(by):
        raise ActionRefused(_("Only the manager says who works here."))
    if held.person_id == by.pk and held.role == roles.Role.MANAGER:
        raise ActionRefused(
            _("Nobody can end their own role as manager. Make somebody else manager first; they can end yours.")
        )
    if rules_approval.takes_two(held.role):
        return actions_approval.ask(Approval.Kind.END_ROLE, by=by, person=held.person, role=held.role)
    _end(held.person, held.role, by=by)
    return None


@actions_approval.carries_out(Approval.Kind.END_ROLE)
def _dismiss(approval: Approval) -> None:
    _end(approval.person, approval.role, by=approval.asked_by)


def _end(person: "Person", role: str, *, by: "Person | None") -> None:
    """Every row of a role that runs or is to come: who held it twice does not keep it."""
    rows = RoleHeld.objects.running_or_to_come(timezone.localdate()).filter(person=person, role=role)
    for held in rows:
        RoleHeld.objects.filter(pk=held.pk, ended_at__isnull=True).update(ended_at=timezone.now())
        audit.record("people.role_ended", held, by=by)
    roles.match_wagtail(person)


@transaction.atomic
def bring_in_staff(
    role: str,
    *,
    by: "Person",
    existing: "Person | None",
    full_name: str,
    email: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> "tuple[Person, Approval | None]":
    """Give somebody a role from a day to a day, `existing` or entered anew, in one go or not at all.

    (the person, the Approval that waits for a second colleague or None).
    """
    person = existing or add_adult(by=by, full_name=full_name, email=email)
    return person, take_on(person, role, by=by, starts_on=starts_on, ends_on=ends_on)
