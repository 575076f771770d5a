"""Who may see what, in words: what each level and each role opens, and what one person of the setting sees today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people import features
from people.accounts.models import Person
from people.families.access import Level, access_of, of_nobody_hidden
from people.families.models import Child, Relationship, Restriction
from people.setting.models import RoleHeld
from people.setting.roles import RIGHTS, Right, Role, roles_of


@dataclass(frozen=True)
class Opens:
    """A level or a role, and what it opens, in sentences."""

    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class AroundChild:
    """What one person is to one child, what that opens, and what is closed to them."""

    child: Child
    level: Opens
    closed: tuple[str, ...]


def levels() -> list[Opens]:
    """Return what each level of a relationship opens beside the ones before it."""
    return [
        Opens(str(level.label), tuple(map(str, features.opened_by(level)))) for level in Level if level != Level.NONE
    ]


def roles() -> list[Opens]:
    """Return what each role opens."""
    return [Opens(str(role.label), _of_rights(RIGHTS[role])) for role in Role]


def _of_level(level: Level) -> tuple[str, ...]:
    return tuple(str(words) for each in Level if Level.NONE < each <= level for words in features.opened_by(each))


def _of_rights(rights: Iterable[Right]) -> tuple[str, ...]:
    given = set(rights)
    return tuple(str(words) for right in Right if right in given for words in features.opened_by(right))


def people_to_ask_about(user: Person, on: date | None = None):
    """Return the adults around the children whom this person keeps, and who works here; nobody who is hidden from them."""
    on = on or timezone.localdate()
    kept = Child.objects.as_staff_of(user, on).order_by().values("pk")
    around = Relationship.objects.running(on).filter(child__in=kept).values("adult")
    works = RoleHeld.objects.running(on).values("person")
    found = Person.objects.filter(Q(pk__in=around) | Q(pk__in=works)).filter(of_nobody_hidden(user, "pk", on))
    return found.order_by("full_name", "pk")


def seen_by(person: Person, user: Person) -> tuple[list[Opens], list[AroundChild]]:
    """Return what the roles of a person open today, and what they see of each child, as far as `user` may know."""
    today, access = timezone.localdate(), access_of(person)
    work = [Opens(str(role.label), _of_rights(RIGHTS[role])) for role in sorted(roles_of(person))]
    closed: dict = {}
    for restriction in Restriction.objects.visible_to(user).running(today).filter(adult=person):
        closed.setdefault(restriction.child_id, []).append(str(restriction.get_kind_display()))
    children = Child.objects.as_staff_of(user).filter(pk__in=access.related_children).order_by("known_as", "pk")
    around = []
    for child in children:
        level = access.levels.get(child.pk, Level.NONE)
        sentences = _of_level(level) or (_("Nothing of this child opens in the portal."),)
        around.append(AroundChild(child, Opens(str(level.label), sentences), tuple(closed.get(child.pk, ()))))
    return work, around
