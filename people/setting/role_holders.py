"""Who holds which role, as people to ask or to tell."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from people.accounts.models import Person
from people.setting.models import RoleHeld
from people.setting.roles import Right, roles_with

if TYPE_CHECKING:
    from people.setting.roles import Role


def people_with(right: Right, on: date | None = None) -> QuerySet[Person]:
    """People who hold a role with this right on this day and can sign in."""
    return people_in(roles_with(right), on)


def who_gives_second_looks(on: date | None = None) -> QuerySet[Person]:
    """Whoever may publish what another has submitted: editors who lead."""
    return people_with(Right.EDIT_PAGES, on).filter(pk__in=people_with(Right.KEEP_SETTING, on).order_by().values("pk"))


def people_in(roles: "Iterable[Role]", on: date | None = None) -> QuerySet[Person]:
    """People who hold one of these roles on this day and can sign in."""
    holders = RoleHeld.objects.running(on or timezone.localdate()).filter(role__in=roles).values("person")
    return Person.objects.filter(pk__in=holders, is_active=True)
