"""Actions around children who are named: what words they stand in is written down for whoever is barred from them.

A text may be older than the child's place in the books, its name or the order. So all texts are looked through when an
order begins and when a child under an order is called otherwise, and each text when it is written. Only an order asks
for these rows, and nobody's consent: the family of a child nobody knew of was not asked.
"""

from collections.abc import Iterable
from typing import Any, cast

from django.apps import apps
from django.db import transaction
from django.db.models import Model, QuerySet

from people.families.mentions import Names, children_under_an_order, names_for_orders
from people.families.models import Child
from people.families.told import AT_ONCE, Told, naming
from records.audit import one_at_a_time


def records_that_tell() -> dict[type[Model], Told]:
    """Return the models whose words may name a child, with what to read of each."""
    found = {model: getattr(model, "told", None) for model in apps.get_models()}
    return {model: told for model, told in found.items() if isinstance(told, Told)}


@transaction.atomic
def note_for_orders(*records: QuerySet) -> None:
    """Write down anew which children under an order the words of these records name.

    An order that is entered at the same moment comes first or afterwards, and finds this text either way.
    """
    one_at_a_time()
    names = names_for_orders(children_under_an_order())
    for rows in records:
        model = rows.model
        keys = list(rows.values_list("pk", flat=True))
        field = model._meta.get_field("named_for_orders")
        field.remote_field.through.objects.filter(**{f"{field.m2m_field_name()}__in": keys}).delete()
        if names.children:
            keep(model, naming(model, model.told, names, keys))


@transaction.atomic
def look_through_for(children: Iterable[Child]) -> None:
    """Look through every text for these children, as far as there is an order around them; nothing is taken away."""
    one_at_a_time()
    names = names_for_orders(children_under_an_order().filter(pk__in=[child.pk for child in children]))
    if names.children:
        look_through(names)


@transaction.atomic
def look_through_again() -> None:
    """Look through every text for every child around whom there is an order."""
    one_at_a_time()
    look_through(names_for_orders(children_under_an_order()))


def look_through(names: Names) -> None:
    for model, told in records_that_tell().items():
        keep(model, naming(model, told, names))


def keep(model: type[Model], found: Iterable[tuple]) -> None:
    """Write down whom records name: (key, ids of children) each."""
    field = cast(Any, model._meta.get_field("named_for_orders"))  # a many-to-many, as `told` asks for
    through, record, child = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
    rows = []
    for key, children in found:
        rows += [through(**{f"{record}_id": key, f"{child}_id": each}) for each in children]
        if len(rows) >= AT_ONCE:
            through._base_manager.bulk_create(rows, ignore_conflicts=True)
            rows = []
    through._base_manager.bulk_create(rows, ignore_conflicts=True)
