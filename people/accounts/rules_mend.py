"""Who may let somebody in again who stands at the door without password or phone, and who agrees to it."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.models import IdentityCheck
from people.families import rules
from people.setting.role_holders import people_in, people_with
from people.setting.roles import Right, roles_of

if TYPE_CHECKING:
    from people.accounts.models import Person

LETTER_LASTS = timedelta(hours=1)  # the person stands at the door; a letter that lies about is a key that lies about


def may_mend(by: "Person") -> bool:
    """Whether this person lets anybody in again at the door: who keeps families, or staff."""
    return rules.may_keep_families(by) or rules.may_keep_staff(by)


def managers_to_mend(by: "Person") -> "QuerySet[Person]":
    """Managers whom the deputy and the chair can let in again: a single manager has nobody else."""
    managers = people_with(Right.KEEP_STAFF)
    return managers.exclude(pk=by.pk) if _leads(by) and not rules.may_keep_staff(by) else managers.none()


def _leads(by: "Person") -> bool:
    return bool(roles_of(by) & IdentityCheck.MAY_AGREE)


def seconds_for(check: IdentityCheck) -> "list[Person]":
    """The people who may be the second: in office and arrived, neither whoever asked nor the person, nor their family."""
    people = people_in(IdentityCheck.MAY_AGREE).exclude(pk__in=[check.asked_by_id, check.person_id])
    return [one for one in people if one.has_usable_password() and not rules.is_own_family(one, check.person)]


def why_not_ask(by: "Person", person: "Person") -> str:
    """Why `by` cannot let this person in again, in words, or nothing."""
    for_a_manager = rules.may_keep_staff(person) and _leads(by)
    why_not = (rules.why_not_own_family if for_a_manager else rules.why_not_invite)(by, person)
    if why_not:
        return why_not
    if not person.has_usable_password():
        return _("This person has not arrived yet. Send them an invitation, or print one.")
    return ""


def why_not_agree(by: "Person", check: IdentityCheck) -> str:
    """Why `by` cannot be the second person, in words, or nothing."""
    if not _leads(by) or check.takes_effect_at:
        return _("The manager, the deputy or the chair agrees to this.")
    if by.pk in (check.asked_by_id, check.person_id):
        return _("Somebody else has to agree: neither whoever asked nor the person themselves.")
    if why_not := rules.why_not_own_family(by, check.person):
        return why_not
    return "" if _is_open(check) else _over()


def why_not_print(by: "Person", check: IdentityCheck) -> str:
    """Why no letter can be printed now, in words, or nothing."""
    if check.asked_by_id != by.pk:
        return _("Whoever recognised the person prints the letter.")
    if not _is_open(check):
        return _over()
    if check.takes_effect_at and timezone.now() < check.takes_effect_at:
        return _("Nobody else could agree, so this waits for 24 hours in which everybody in office can stop it.")
    if check.agreed_by is None and check.takes_effect_at is None:
        return _("A second colleague has to agree first. It waits on their page “Today”.")
    return why_not_ask(by, check.person)


def why_not_take_back(by: "Person", check: IdentityCheck) -> str:
    """Why `by` cannot take it back or stop it, in words, or nothing."""
    may = check.asked_by_id == by.pk or IdentityCheck.objects.waiting_for(by).filter(pk=check.pk).exists()
    return "" if may else _("Whoever recognised the person takes it back, or somebody in office stops it.")


def _is_open(check: IdentityCheck) -> bool:
    return IdentityCheck.objects.open(timezone.now()).filter(pk=check.pk).exists()


def _over() -> str:
    return _("This was used, taken back or is older than a day. Begin again at the door.")
