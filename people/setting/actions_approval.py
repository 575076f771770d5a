"""Actions of steps that take two people. What a step does is registered by whoever owns it, with `carries_out`."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.mail import notifications
from people.setting import rules_approval
from people.setting.models import Approval
from records import audit
from records.refused import ActionRefused, refuse

if TYPE_CHECKING:
    from people.accounts.models import Person
    from people.setting.rules_approval import Voices

Step = Callable[[Approval], None]
STEPS: dict[str, Step] = {}


def carries_out(kind: Approval.Kind) -> Callable[[Step], Step]:
    """Register what is done once a step of this kind is agreed to: a function of the approval."""

    def register(function: Step) -> Step:
        STEPS[kind] = function
        return function

    return register


@transaction.atomic
def ask(kind: Approval.Kind, *, by: "Person", person: "Person", now: datetime | None = None, **facts: Any) -> Approval:
    """Ask for a step: it waits for a second person, or where there is none takes effect after a day. Asked twice, it is one.

    The rule whether `by` may ask at all belongs to the action that calls this.
    """
    now = now or timezone.now()
    same = {"kind": kind, "person": person, "role": facts.get("role", ""), "child": facts.get("child")}
    for earlier in Approval.objects.filter(**same, done_at__isnull=True, stopped_at__isnull=True).select_related(
        "asked_by"
    ):
        if _makes_room(earlier, now):
            Approval.objects.filter(pk=earlier.pk).update(stopped_at=now)
    try:
        with transaction.atomic():
            made = Approval.objects.create(kind=kind, person=person, asked_by=by, asked_at=now, **facts)
    except IntegrityError:
        return _same_as(Approval.objects.open(now).get(**same), facts)
    voices = rules_approval.Voices([made])
    for one in voices.agreers(made):
        notifications.notify_of_approval(one, alone=False)
    _wait_a_day_where_nobody_can_agree(made, voices, now)
    audit.record("people.approval_asked", made, by=by, child=made.child)
    return made


def _makes_room(earlier: Approval, now: datetime) -> bool:
    """Whether what was asked for before is over: it ran out, or whoever asked has left office."""
    ran_out = not Approval.objects.open(now).filter(pk=earlier.pk).exists()
    return ran_out or not rules_approval.is_still_in_office(earlier.asked_by)


@transaction.atomic
def _wait_a_day_where_nobody_can_agree(approval: Approval, voices: "Voices", now: datetime) -> None:
    """From now on a day runs in which everybody in office, who are told of it, can stop this."""
    if voices.agreers(approval):
        return
    approval.takes_effect_at = now + Approval.ALONE
    Approval.objects.filter(pk=approval.pk).update(takes_effect_at=approval.takes_effect_at)
    for one in voices.told(approval):
        notifications.notify_of_approval(one, alone=True)


def _same_as(earlier: Approval, facts: dict[str, Any]) -> Approval:
    """What was asked for before, if it is the very same: other days, or another level, would be lost without a word."""
    tie = facts.get("relationship")
    if earlier.facts != facts.get("facts", {}) or earlier.relationship_id != (tie and tie.pk):
        raise ActionRefused(
            _("Something like this was asked for already, with other details. It is decided, or taken back, first.")
        )
    return earlier


def _locked(approval: Approval) -> Approval:
    return Approval.objects.select_for_update(of=("self",)).select_related("person", "asked_by").get(pk=approval.pk)


@transaction.atomic
def agree(approval: Approval, *, by: "Person") -> None:
    """As the second person, agree: the step is taken at once."""
    approval = _locked(approval)
    refuse(rules_approval.why_not_decide(by, approval, rules_approval.may_agree))
    approval.agreed_by = by
    _carry_out(approval, timezone.now())
    audit.record("people.approval_agreed", approval, by=by, child=approval.child)


@transaction.atomic
def stop(approval: Approval, *, by: "Person") -> None:
    """Stop a step before it is taken; whoever asked takes it back in the same way."""
    approval = _locked(approval)
    refuse(rules_approval.why_not_decide(by, approval, rules_approval.may_stop))
    Approval.objects.filter(pk=approval.pk).update(stopped_by=by, stopped_at=timezone.now())
    audit.record("people.approval_stopped", approval, by=by, child=approval.child)
    if by != approval.asked_by:
        notifications.notify(approval.asked_by, at_once=True)


def take_effect(now: datetime | None = None) -> int:
    """Take the steps whose day has passed without anybody stopping them. The clock calls this; their number.

    Where the last who could agree has left meanwhile, the day begins now.
    """
    now, done = now or timezone.now(), 0
    waiting = list(Approval.objects.open(now).filter(takes_effect_at__isnull=True).select_related("person"))
    if waiting:
        voices = rules_approval.Voices(waiting)
        for approval in waiting:
            _wait_a_day_where_nobody_can_agree(approval, voices, now)
    for approval in Approval.objects.due(now):
        try:
            done += _take_due(approval, now)
        except ActionRefused:  # what was asked for is not allowed any more; trying again would not help
            Approval.objects.filter(pk=approval.pk).update(stopped_at=now)
            audit.record("people.approval_refused", approval, child=approval.child)
    return done


@transaction.atomic
def _take_due(approval: Approval, now: datetime) -> int:
    locked = _locked(approval)
    if not Approval.objects.due(now).filter(pk=locked.pk).exists():
        return 0
    _carry_out(locked, now)
    audit.record("people.approval_took_effect", locked, by=locked.asked_by, child=locked.child)
    return 1


def _carry_out(approval: Approval, now: datetime) -> None:
    if not rules_approval.is_still_in_office(approval.asked_by):
        raise ActionRefused(
            _("Whoever asked for this no longer holds an office here. Somebody who does has to ask for it.")
        )
    Approval.objects.filter(pk=approval.pk).update(agreed_by=approval.agreed_by, done_at=now)
    STEPS[approval.kind](approval)
    notifications.notify(approval.asked_by, at_once=True)
