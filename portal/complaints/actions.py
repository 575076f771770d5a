"""Actions of complaints: the only place that writes them."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.models import Person
from people.mail.notifications import notify
from people.setting.role_holders import people_in, people_with
from people.setting.roles import OFFICES, Right
from portal.complaints import rules
from portal.complaints.models import ANSWER_WITHIN, AboutLeaders, Complaint, HandlerChange, PersonConcerned, Step
from records import audit
from records.refused import ActionRefused, refuse
from records.submitted import create_once

if TYPE_CHECKING:
    from people.families.models import Child

NOBODY = _(
    "There is nobody here left who could look into this. Please turn to Ofsted or the other addresses on the page."
)


@transaction.atomic
def complain(
    *,
    by: Person,
    idempotency_key: UUID | str,
    child: "Child | None",
    about_leaders: str = AboutLeaders.NO,
    concerned: Iterable[Person] = (),
    somebody_else: str | None = None,
    now: datetime | None = None,
    **told: Any,
) -> Complaint:
    """Take in a complaint. The clock begins today, and nothing stops it. Pressing twice makes one.

    `concerned` are the people it is about; `somebody_else` is the name typed for one more, empty where none was given;
    `told` holds child_at_risk, category, words and wish.
    """
    meant = set(concerned) | set(rules.colleagues_called(somebody_else or ""))
    route, handlers = rules.way_of(by, about_leaders, meant)
    if route is None:
        raise ActionRefused(NOBODY)
    if child is not None and not rules.children_to_name(by).filter(pk=child.pk).exists():
        child = None
    received_at = now or timezone.now()
    today = timezone.localdate(received_at)
    facts = {
        **told,
        "child": child,
        "about_leaders": rules.about_leaders_of(about_leaders, meant),
        "route": route,
        "received_at": received_at,
        "received_on": today,
        "due_on": today + ANSWER_WITHIN,
    }
    said = ("child", "child_at_risk", "about_leaders", "category", "words", "wish")
    key = _key_for(idempotency_key, meant, somebody_else)
    complaint, new = create_once(Complaint, facts, same=said, complainant=by, idempotency_key=key)
    if new:
        _name_concerned(complaint, meant, somebody_else)
        audit.record("complaints.received", complaint, by=by, child=child)
        _tell_handlers(complaint, {*handlers, *people_with(Right.HEAR_OF_CHILDREN_AT_RISK)})
    return complaint


def _tell_handlers(complaint: Complaint, people: set[Person]) -> None:
    for person in people:
        if rules.may_handle(person, complaint):
            HandlerChange.objects.create(complaint=complaint, person=person, handles=True)
            notify(person, at_once=True)


@transaction.atomic
def note_handlers(complaint: Complaint) -> bool:
    """Write down who looks into a complaint now; where that changed, whoever sent it and all who do or did hear of it.

    True where something changed since it was last looked at. A complaint from before this was kept begins its list.
    """
    known = dict(complaint.handler_changes.order_by("pk").values_list("person", "handles"))
    now = {person.pk: person for person in people_in(OFFICES) if rules.may_handle(person, complaint)}
    went = [pk for pk, handles in known.items() if handles and pk not in now]
    came = [pk for pk in now if not known.get(pk)]
    for pk in [*went, *came]:
        HandlerChange.objects.create(complaint=complaint, person_id=pk, handles=pk in now)
    if not known or not (went or came):
        return False
    audit.record("complaints.handlers_changed", complaint)
    for person in Person.objects.filter(pk__in=[complaint.complainant_id, *now, *went]):
        notify(person, at_once=True)
    return True


def _key_for(idempotency_key: UUID | str, concerned: set[Person], somebody_else: str | None) -> UUID | str:
    """Return the key of this form with these people: chosen anew on the page before, it is another complaint."""
    if not concerned and somebody_else is None:
        return idempotency_key
    people = ",".join(str(pk) for pk in sorted(one.pk for one in concerned))
    return uuid.uuid5(uuid.UUID(str(idempotency_key)), f"{people} {somebody_else}")


def _name_concerned(complaint: Complaint, concerned: set[Person], somebody_else: str | None) -> None:
    fitting = {one.pk for one in rules.colleagues_called(somebody_else or "")}
    for person in sorted(concerned, key=lambda one: one.pk):
        name = (somebody_else or "") if person.pk in fitting else ""
        PersonConcerned.objects.create(complaint=complaint, person=person, name=name)
    if somebody_else is not None and not fitting:
        PersonConcerned.objects.create(complaint=complaint, name=somebody_else)


@transaction.atomic
def take_step(complaint: Complaint, *, by: Person, kind: str, words: str, idempotency_key: UUID | str) -> Step:
    """Acknowledge, write to the complainant, note among handlers, or tell the outcome."""
    complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if earlier := Step.objects.filter(
        complaint=complaint, idempotency_key=idempotency_key, kind=kind, words=words
    ).first():
        return earlier
    refuse(rules.why_not_answer(by, complaint))
    facts = {"kind": kind, "words": words, "by": by}
    step, new = create_once(Step, facts, same=("kind", "words"), complaint=complaint, idempotency_key=idempotency_key)
    if new:
        audit.record(f"complaints.{kind}", complaint, by=by, child=complaint.child)
        if kind != Step.Kind.NOTE:
            notify(complaint.complainant)
    return step


@transaction.atomic
def opened(complaint: Complaint, *, by: Person) -> None:
    """Opening a complaint is remembered, each time."""
    audit.record("complaints.opened", complaint, by=by, child=complaint.child)
