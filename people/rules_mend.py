"""Who may let somebody in again who stands at the door without password or phone, and who agrees to it."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from people import rules
from people.models import CheckAtTheDoor
from people.roles import Right, people_with, roles_of

LETTER_LASTS = timedelta(hours=1)  # the person stands at the door; a letter that lies about is a key that lies about


def may_mend(by):
    """Whether this person lets anybody in again at the door: who keeps families, or staff."""
    return rules.may_keep_families(by) or rules.may_keep_staff(by)


def managers_to_mend(by):
    """Managers whom the deputy and the chair can let in again: a single manager has nobody else."""
    managers = people_with(Right.KEEP_STAFF)
    return managers.exclude(pk=by.pk) if _leads(by) and not rules.may_keep_staff(by) else managers.none()


def _leads(by):
    return bool(roles_of(by) & CheckAtTheDoor.MAY_AGREE)


def needs_two(person):
    """Whether a second colleague has to agree: for everybody who works here, or will."""
    return rules.works_or_will(person)


def why_not_ask(by, person):
    """Why `by` cannot let this person in again, in words, or nothing."""
    for_a_manager = rules.may_keep_staff(person) and _leads(by)
    why_not = (rules.why_not_own_family if for_a_manager else rules.why_not_invite)(by, person)
    if why_not:
        return why_not
    if not person.has_usable_password():
        return _("This person has not arrived yet. Send them an invitation, or print one.")
    return ""


def why_not_agree(by, check):
    """Why `by` cannot be the second person, in words, or nothing."""
    if not _leads(by):
        return _("The manager, the deputy or the chair agrees to this.")
    if by.pk in (check.asked_by_id, check.person_id):
        return _("Somebody else has to agree: neither whoever asked nor the person themselves.")
    if why_not := rules.why_not_own_family(by, check.person):
        return why_not
    return "" if _is_open(check) else _over()


def why_not_print(by, check):
    """Why no letter can be printed now, in words, or nothing."""
    if check.asked_by_id != by.pk:
        return _("Whoever recognised the person prints the letter.")
    if not _is_open(check):
        return _over()
    if needs_two(check.person) and check.agreed_by is None:
        return _("A second colleague has to agree first. It waits on their page “Today”.")
    return why_not_ask(by, check.person)


def _is_open(check):
    return CheckAtTheDoor.objects.open(timezone.now()).filter(pk=check.pk).exists()


def _over():
    return _("This was used, taken back or is older than a day. Begin again at the door.")
