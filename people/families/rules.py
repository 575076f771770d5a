"""Who may do what with families, staff and invitations. Each rule answers; none writes."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.models import Person
from people.families.access import Level, access_of
from people.families.models import Child, Relationship, Responsibility
from people.setting.roles import Right, has_right
from records.request_cache import cached_while_reading


def looks_after(person: Person, child: Child) -> bool:
    """Return whether this person looks after the child here today, as staff."""
    children = Child.objects.as_staff_of(person).filter(pk=child.pk)
    looked_after: bool = cached_while_reading((looks_after, person.pk, child.pk), children.exists)
    return looked_after


def may_keep_families(person: Person) -> bool:
    """Add children, adults and what ties them together; invite them."""
    return has_right(person, Right.KEEP_FAMILIES)


def may_keep_family_of(person: Person, child: Child) -> bool:
    """The same for one child: never for a child of one's own family."""
    return may_keep_families(person) and child.pk not in access_of(person).related_children


def may_keep_staff(person: Person) -> bool:
    """Say who works here as what."""
    return has_right(person, Right.KEEP_STAFF)


def why_not_invite(by: Person, person: Person) -> str:
    """Why this person cannot be sent a way in by `by`, in words, or nothing. A way in is as good as the account itself."""
    if not (may_keep_families(by) or may_keep_staff(by)):
        return _("Only the manager or the deputy invites people.")
    if works_or_will(person) and not may_keep_staff(by):
        return _("Only the manager renews the invitation of somebody who works here.")
    return why_not_own_family(by, person)


def why_not_own_family(by: Person, person: Person) -> str:
    """Why `by` leaves this to somebody else, in words, or nothing: no role counts in one's own family."""
    return (
        _("This person belongs to your own family, so a colleague has to do this.") if is_own_family(by, person) else ""
    )


def works_or_will(person: Person) -> bool:
    """Whether the person holds a role today, or one that is still to begin."""
    today = timezone.localdate()
    return person.roles.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), ended_at__isnull=True).exists()


def is_own_family(by: Person, person: Person) -> bool:
    """Whether this is the person themselves, somebody hidden from them, or with whom they have, or had, a child in common."""
    own_children = Relationship.objects.filter(adult=by).values("child")
    if person.pk in access_of(by).hidden_adults:
        return True
    return person.pk == by.pk or person.relationships.filter(child__in=own_children).exists()


def why_not_by_letter(person: Person) -> str:
    """Why no letter can be printed: whoever prints it could use it, so somebody with an account gets theirs by mail."""
    if person.has_usable_password() and _reads_own_mail(person):
        return _("This person has an account already, so the fresh invitation goes to their own e-mail address.")
    if person.has_usable_password():
        return _("This person has an account already. Use “Lost password or phone” when they stand before you.")
    return ""


def _reads_own_mail(person: Person) -> bool:
    """Whether mail reaches this person at an address that nobody shares, and that they have confirmed if they typed it."""
    return bool(person.email) and person.post_address == person.email


def why_not_by_mail(person: Person) -> str:
    """Why no invitation can be mailed. To a shared address only the first one goes: whoever reads it could use a later one."""
    if not person.post_address and not person.has_usable_password():
        return _("There is no e-mail address for this person. Print a letter instead.")
    if person.has_usable_password() and not _reads_own_mail(person):
        return _("This person has an account already. Use “Lost password or phone” when they stand before you.")
    return ""


def why_not_related(level: Level | int, responsibility: str, evidence: str) -> str:
    """Why this level cannot be given, in words, or nothing. Full belongs to parental responsibility or a paper that says so."""
    if level == Level.FULL and responsibility != Responsibility.YES and not evidence.strip():
        return _(
            "“Everything” belongs to people with parental responsibility. If a court or a parent has given it to this "
            "person in writing, say in “Evidence seen” which paper you saw."
        )
    return ""
