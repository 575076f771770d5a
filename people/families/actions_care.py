"""Actions around a child's own facts: foster care, delegated decisions, a new name, the last day."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.families import rules_family
from people.families.actions_family import end_relationship
from people.families.actions_mentions import look_through_for
from people.families.models import Child, DelegatedDecision, FormerName, LookedAfterStatus
from records import audit
from records.refused import ActionRefused, refuse

if TYPE_CHECKING:
    from people.accounts.models import Person
    from people.families.models import Relationship


def _ask(by: "Person", child: Child) -> None:
    refuse(rules_family.why_not_keep(by, child))


@transaction.atomic
def take_into_care(child: Child, *, by: "Person", **facts: Any) -> LookedAfterStatus:
    """Enter that an authority looks after the child, from today. An earlier entry ends now and stays readable.

    A change of authority or social worker keeps the days that it does not name.
    """
    _ask(by, child)
    if earlier := LookedAfterStatus.objects.filter(child=child, ended_at__isnull=True).first():
        facts = {"starts_on": earlier.starts_on, "ends_on": earlier.ends_on} | facts
        LookedAfterStatus.objects.filter(pk=earlier.pk).update(ended_at=timezone.now())
    care = LookedAfterStatus.objects.create(child=child, entered_by=by, **facts)
    audit.record("people.taken_into_care", care, by=by, child=child)
    return care


@transaction.atomic
def end_care(child: Child, *, by: "Person") -> None:
    """The authority no longer looks after the child: now."""
    _ask(by, child)
    for care in LookedAfterStatus.objects.filter(child=child, ended_at__isnull=True):
        LookedAfterStatus.objects.filter(pk=care.pk).update(ended_at=timezone.now())
        audit.record("people.care_ended", care, by=by, child=child)


@transaction.atomic
def delegate(child: Child, decisions: dict[str, tuple[str, str]], *, by: "Person") -> None:
    """Say who decides what: {matter: (decider, words)}. What stands already as it is makes no new row."""
    _ask(by, child)
    standing = {row.matter: (row.decider, row.words) for row in decisions_of(child)}
    for matter, (decider, words) in decisions.items():
        if standing.get(matter) != (decider, words):
            row = DelegatedDecision.objects.create(
                child=child, matter=matter, decider=decider, words=words, entered_by=by
            )
            audit.record("people.decision_delegated", row, by=by, child=child)


def decisions_of(child: Child) -> list[DelegatedDecision]:
    """The delegated decisions that count: the last row of each matter, in the order of the matters."""
    last = {}
    for row in child.delegated_decisions.order_by("entered_at", "pk"):
        last[row.matter] = row
    return [last[matter] for matter in DelegatedDecision.Matter.values if matter in last]


@transaction.atomic
def change_name(
    child: Child,
    *,
    by: "Person",
    full_name: str,
    known_as: str,
    why: str,
    ending: "Iterable[Relationship]" = (),
    care_ends: bool = False,
) -> None:
    """A child's new name (adoption, deed poll), together with the relationships that end with the old one.

    The name before is kept for those who keep families.
    """
    _ask(by, child)
    child = Child.objects.select_for_update(of=("self",), no_key=True).get(pk=child.pk)
    for tie in ending:
        if tie.child_id != child.pk:
            raise ActionRefused(_("One of these relationships belongs to another child."))
        end_relationship(tie, by=by, why=why)
    if care_ends:
        end_care(child, by=by)
    # After the endings, so that whoever leaves with the old name is never told the new one (people/accounts/names.py).
    before = FormerName.objects.create(
        child=child, full_name=child.full_name, known_as=child.known_as, why=why, changed_by=by
    )
    Child.objects.filter(pk=child.pk).update(full_name=full_name, known_as=known_as)
    audit.record("people.name_changed", before, by=by, child=child)
    look_through_for([child])


@transaction.atomic
def change_child(child: Child, *, by: "Person", **facts: Any) -> None:
    """Change a child's room, days here or care notes. Names have an action of their own."""
    _ask(by, child)
    Child.objects.filter(pk=child.pk).update(**facts)
    audit.record("people.child_changed", child, by=by, child=child)
