"""What takes two people, who may be the second, and who may stop it. Each rule answers; none writes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.families import rules
from people.families.models import Relationship
from people.families.rules_family import restrictions_of_name
from people.setting.models import Approval, RoleHeld
from people.setting.roles import OFFICES, Role, roles_of

if TYPE_CHECKING:
    from people.accounts.models import Person

DECIDED_LATELY = timedelta(days=3)  # how long a decision stands on the page "Today" of whoever asked for it
LEADERS = (Role.MANAGER, Role.DEPUTY, Role.SAFEGUARDING_LEAD, Role.DEPUTY_SAFEGUARDING_LEAD)
# Who agrees: the first of these groups in which anybody is left.
ABOUT_OFFICES = ((Role.CHAIR,), (Role.COMMITTEE,), LEADERS)
ABOUT_FAMILIES = (LEADERS, (Role.CHAIR,), (Role.COMMITTEE,))


def takes_two(role: str) -> bool:
    """Whether this role is given and ended by two people: whoever holds it judges or guards others."""
    return role in OFFICES


def is_given_by_two(role: str, person: "Person") -> bool:
    """The same of giving it to this person: whoever is kept from a child here, or bears such a name, works here by two."""
    return takes_two(role) or bool(restrictions_of_name(person))


class Voices:
    """Who has a say about these approvals, read together: the same number of queries for one and for two hundred."""

    def __init__(self, approvals: list[Approval]) -> None:
        held = RoleHeld.objects.running(timezone.localdate()).filter(role__in=OFFICES, person__is_active=True)
        self.holders = {}
        for one in held.select_related("person").order_by("person__full_name", "pk"):
            self.holders.setdefault(one.role, []).append(one.person)
        of_people = Relationship.objects.filter(adult__in=[one.person_id for one in approvals]).values("child")
        around = Q(child__in=of_people) | Q(child__in=[one.child_id for one in approvals if one.child_id])
        self.ties = list(Relationship.objects.filter(around).values_list("child", "adult", "pk"))

    def in_office(
        self, roles: tuple[Role, ...] | tuple[Role, Role, Role, Role] | tuple[Role] = OFFICES
    ) -> "list[Person]":
        """People who hold one of these roles and can sign in, each once."""
        return list(dict.fromkeys(person for role in roles for person in self.holders.get(role, ())))

    def family(self, approval: Approval) -> set[int]:
        """Ids of those for whom it is about their own family."""
        own = [tie for tie in self.ties if tie[1] == approval.person_id and tie[2] != approval.relationship_id]
        children = {child for child, _adult, _pk in own}
        if approval.child_id and approval.kind not in Approval.ABOUT_OFFICES:
            children.add(approval.child_id)
        return {adult for child, adult, _pk in self.ties if child in children}

    def agreers(self, approval: Approval) -> "list[Person]":
        """The people who may agree: in office and arrived, neither whoever asked nor whom it concerns, nor their family."""
        about_an_office = approval.kind in Approval.ABOUT_OFFICES and approval.role in ("", *OFFICES)
        groups = ABOUT_OFFICES if about_an_office else ABOUT_FAMILIES  # of what is closed the leads know
        shut_out = {approval.asked_by_id, approval.person_id} | self.family(approval)
        for roles in groups:
            people = self.in_office(roles)
            if left := [one for one in people if one.pk not in shut_out and one.has_usable_password()]:
                return left
        return []

    def told(self, approval: Approval) -> "list[Person]":
        """Where one person asked alone: everybody in office, and whom it concerns; never a parent about what is closed."""
        told = [one for one in self.in_office() if one.pk != approval.asked_by_id]
        if approval.kind in Approval.ABOUT_OFFICES:
            return list(dict.fromkeys([*told, approval.person]))
        family = self.family(approval)
        return [one for one in told if one.pk not in family or one.pk == approval.person_id]

    def may_agree(self, user: "Person", approval: Approval) -> bool:
        return approval.takes_effect_at is None and user in self.agreers(approval)

    def may_stop(self, user: "Person", approval: Approval) -> bool:
        """Whoever asked takes it back; whoever may agree, and where one asked alone everybody who was told, stops it."""
        if user.pk == approval.asked_by_id and user in self.in_office():  # whoever left the office left this, too
            return True
        if self.may_agree(user, approval):
            return True
        return approval.takes_effect_at is not None and user in self.told(approval)


def is_still_in_office(person: "Person") -> bool:
    """Whether somebody who asked for a step holds an office today: what a dismissed colleague asked for is not done."""
    return bool(roles_of(person) & set(OFFICES))


def agreers_of(approval: Approval) -> "list[Person]":
    """The people who may agree to this one."""
    return Voices([approval]).agreers(approval)


def may_agree(user: "Person", approval: Approval) -> bool:
    """Whether this person may be the second."""
    return Voices([approval]).may_agree(user, approval)


def may_stop(user: "Person", approval: Approval) -> bool:
    """Whether this person may stop it, or take it back."""
    return Voices([approval]).may_stop(user, approval)


def may_read(user: "Person", approval: Approval) -> bool:
    """Whether there is a page about it for them: whoever may stop it, and whoever might have asked for it themselves."""
    if may_stop(user, approval):
        return True
    about_roles = approval.kind in (Approval.Kind.GIVE_ROLE, Approval.Kind.END_ROLE)
    might_ask = rules.may_keep_staff(user) if about_roles else rules.may_keep_families(user)
    return might_ask and user.pk != approval.person_id and user.pk not in Voices([approval]).family(approval)


def decided_for(user: "Person", now: datetime | None = None) -> QuerySet[Approval]:
    """What this person asked for and others, or the day that ran, have decided within the last days."""
    since = (now or timezone.now()) - DECIDED_LATELY
    if not is_still_in_office(user):
        return Approval.objects.none()
    decided = Q(done_at__gt=since) | Q(stopped_at__gt=since) & ~Q(stopped_by=user)
    return Approval.objects.filter(decided, asked_by=user).select_related("person")


def waiting_for(user: "Person") -> list[Approval]:
    """Open approvals to which this person may agree, or which they can stop while their day runs."""
    found = list(Approval.objects.open().exclude(asked_by=user).select_related("person", "asked_by"))
    if not found:
        return []
    voices = Voices(found)
    return [one for one in found if voices.may_stop(user, one)]


def why_not_decide(user: "Person", approval: Approval, allowed: Callable[..., Any]) -> str:
    """Why this person cannot agree or stop it now, in words, or nothing."""
    if not Approval.objects.open().filter(pk=approval.pk).exists():
        return _("This was decided meanwhile.")
    if not allowed(user, approval):
        return _("Somebody else decides about this: neither whoever asked nor whom it concerns.")
    return ""
