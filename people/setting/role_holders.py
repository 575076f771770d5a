"""Who holds which role, as people to ask or to tell."""

from django.utils import timezone

from people.accounts.models import Person
from people.setting.models import RoleHeld
from people.setting.roles import Right, roles_with


def people_with(right, on=None):
    """People who hold a role with this right on this day and can sign in."""
    return people_in(roles_with(right), on)


def who_gives_second_looks(on=None):
    """Whoever may publish what another has submitted: editors who lead."""
    return people_with(Right.EDIT_PAGES, on).filter(pk__in=people_with(Right.KEEP_SETTING, on).order_by().values("pk"))


def people_in(roles, on=None):
    """People who hold one of these roles on this day and can sign in."""
    holders = RoleHeld.objects.running(on or timezone.localdate()).filter(role__in=roles).values("person")
    return Person.objects.filter(pk__in=holders, is_active=True)
