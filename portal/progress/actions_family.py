"""Actions of the family: write one's own part, send it, say something after reading."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from people.families.actions_mentions import note_for_orders
from people.mail.notifications import notify
from portal.progress import rules
from portal.progress.models import Invitation, Part, Remark, Seen
from records import audit
from records.refused import ActionRefused, ChangedElsewhere, refuse
from records.submitted import create_once

if TYPE_CHECKING:
    from people.accounts.models import Person
    from portal.progress.models import Check

FIELDS = (*Part.WORDS, "health_visitor_on")


@transaction.atomic
def save_part(invitation: Invitation, words: dict[str, str], *, by: "Person", edition: int) -> Part:
    """Keep one's own part on its way: {field: text}. Nobody else sees it before it is sent.

    ChangedElsewhere when another window has saved other words since `edition` (0 when there was nothing yet).
    """
    invitation = _locked(invitation)
    refuse(rules.why_not_send_part(by, invitation))
    part = Part.objects.filter(invitation=invitation).first()
    if part and all(getattr(part, name) == words[name] for name in FIELDS):
        return part
    if part and part.edition != edition:
        raise ChangedElsewhere(part)
    if part is None:
        part = Part(invitation=invitation, check_of=invitation.check_of, adult=by, edition=0)
        audit.record("progress.part_begun", invitation, by=by, child=invitation.check_of.child)
    for name in FIELDS:
        setattr(part, name, words[name])
    part.edition, part.saved_at = part.edition + 1, timezone.now()
    part.save()
    note_for_orders(Part.objects.filter(pk=part.pk))
    return part


@transaction.atomic
def send_part(invitation: Invitation, words: dict[str, str], *, by: "Person", edition: int) -> Part:
    """Give one's part to the key person. It can be changed until the check is shared; nothing in it has to be filled in."""
    part = save_part(invitation, words, by=by, edition=edition)
    if part.sent_at is None:
        part.sent_at = timezone.now()
        part.save(update_fields=["sent_at"])
        audit.record("progress.part_sent", part, by=by, child=part.check_of.child)
        _tell_writers(part.check_of, part)
    return part


def _tell_writers(check: "Check", said: Part | Remark) -> None:
    """Tell whoever writes the check of what the family said; where they have left, whoever is in their place.

    Nobody hears of words that they cannot read.
    """
    for people in rules.who_hears(check):
        reading = [one for one in people if type(said).objects.visible_to(one).filter(pk=said.pk).exists()]
        for person in reading:
            notify(person)
        if reading:
            return


def _locked(invitation: Invitation) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).select_related("check_of__child", "check_of__author")
    return found.get(pk=invitation.pk)


@transaction.atomic
def say(check: "Check", *, by: "Person", words: str, idempotency_key: UUID | str) -> Remark:
    """Say something after reading; it stays as it was said."""
    if not rules.may_remark(by, check):
        raise ActionRefused(rules.NOT_YOURS)
    remark, new = create_once(
        Remark,
        {"check_of": check, "words": words},
        same=("check_of", "words"),
        author=by,
        idempotency_key=idempotency_key,
    )
    if new:
        note_for_orders(Remark.objects.filter(pk=remark.pk))
        audit.record("progress.remarked", remark, by=by, child=check.child)
        _tell_writers(check, remark)
    return remark


def mark_seen(check: "Check", person: "Person") -> None:
    """Remember that an adult of the family has opened the shared check."""
    if not rules.may_remark(person, check):
        raise ActionRefused(rules.NOT_YOURS)
    Seen.objects.update_or_create(check_seen=check, person=person, defaults={"seen_at": timezone.now()})
