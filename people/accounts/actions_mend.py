"""Actions at the door: a lost password or phone is mended in person. Each step is a row and a line in the chain."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.accounts import actions_invitations, rules_mend
from people.accounts.models import IdentityCheck, SecurityEvent
from people.mail import notifications
from people.setting.models import Approval
from people.setting.role_holders import people_in
from people.setting.roles import OFFICES
from records import audit
from records.refused import refuse

if TYPE_CHECKING:
    from people.accounts.models import Invitation, Person


@transaction.atomic
def recognise(person: "Person", *, by: "Person", identity_seen: str, factor_too: bool = False) -> IdentityCheck:
    """Say how a person at the door was recognised. An earlier check of theirs that was not used is taken back."""
    refuse(rules_mend.why_not_ask(by, person))
    now = timezone.now()
    IdentityCheck.objects.open(now).filter(person=person).update(withdrawn_at=now)
    check = IdentityCheck.objects.create(
        person=person, asked_by=by, asked_at=now, identity_seen=identity_seen, factor_too=factor_too
    )
    audit.record("people.recognised_at_the_door", check, by=by)
    if seconds := rules_mend.seconds_for(check):
        for second in seconds:
            notifications.notify(second, at_once=True)
        return check
    check.takes_effect_at = now + Approval.ALONE
    IdentityCheck.objects.filter(pk=check.pk).update(takes_effect_at=check.takes_effect_at)
    for colleague in people_in(OFFICES).exclude(pk__in=[by.pk, person.pk]):
        notifications.notify_of_approval(colleague, alone=True)
    notifications.notify_of_security(person, SecurityEvent.Kind.LETTER_ASKED)
    return check


@transaction.atomic
def agree(check: IdentityCheck, *, by: "Person") -> None:
    """As a second person, agree that somebody is let in again."""
    check = IdentityCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    refuse(rules_mend.why_not_agree(by, check))
    if check.agreed_by_id is None:
        IdentityCheck.objects.filter(pk=check.pk).update(agreed_by=by, agreed_at=timezone.now())
        audit.record("people.agreed_at_the_door", check, by=by)
        notifications.notify(check.asked_by, at_once=True)


@transaction.atomic
def print_letter(check: IdentityCheck, *, by: "Person") -> "tuple[Invitation, str, str]":
    """The letter that lets the person in again: (invitation, link, word). It works once, for an hour, and is not kept.

    The check and its letter share one moment (printed_at, made_at): by it `actions.arrive` knows what was lost.
    """
    check = IdentityCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    refuse(rules_mend.why_not_print(by, check))
    made, link, word = actions_invitations.create_invitation_token(
        check.person, by=by, by_letter=True, lasts=rules_mend.LETTER_LASTS
    )
    IdentityCheck.objects.filter(pk=check.pk).update(printed_at=made.made_at)
    audit.record("people.printed_at_the_door", check, by=by)
    notifications.notify_of_security(check.person, SecurityEvent.Kind.LETTER)
    notifications.notify_chairs_of_letter(check.person)
    return made, link, word


@transaction.atomic
def take_back(check: IdentityCheck, *, by: "Person") -> None:
    """Take a check back before its letter was printed; where nobody could agree, everybody in office may."""
    refuse(rules_mend.why_not_take_back(by, check))
    IdentityCheck.objects.open(timezone.now()).filter(pk=check.pk).update(withdrawn_at=timezone.now())
    audit.record("people.taken_back_at_the_door", check, by=by)


def forget_old_checks() -> None:
    """Checks older than three years go; the clock calls this."""
    IdentityCheck.objects.filter(asked_at__lt=timezone.now() - IdentityCheck.KEPT).delete()
