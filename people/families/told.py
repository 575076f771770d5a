"""Where the words of a record stand and whom it is about, so that all records can be looked through for a child's names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from people.families.access import access_of
from people.families.mentions import Names

if TYPE_CHECKING:
    from people.accounts.models import Person

AT_ONCE = 500  # records whose words are in memory together


@dataclass(frozen=True)
class Told:
    """The fields with words of a record, those of the `rows` that hang on it, and the way to the children it is `about`.

    It stands on a model as `told`, beside `named_for_orders`: the children under an order whom the words name.
    """

    about: str = ""
    fields: tuple[str, ...] = ()
    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    plain: Callable[[str], str] = str  # the words of what is kept with its form

    def texts_of(self, record: Model) -> list[str]:
        """Return every text of one record."""
        texts = [getattr(record, name) for name in self.fields]
        for row, names in self.rows.items():
            texts += [getattr(each, name) for each in getattr(record, row).all() for name in names]
        return texts

    def tables(self, model: type[Model]) -> Iterator[tuple]:
        """Yield (rows, the column that says which record they belong to, the fields with words)."""
        if self.fields:
            yield model._base_manager.all(), "pk", self.fields
        for row, names in self.rows.items():
            relation = cast(Any, model._meta.get_field(row))  # a relation, by what `rows` means
            yield relation.related_model._base_manager.all(), relation.field.attname, names


def naming(model: type[Model], told: Told, names: Names, among: Iterable | None = None) -> Iterator[tuple]:
    """Yield (key, ids of the children) of the records that name some of these, `among` those keys or all there are.

    First every text is asked quickly whether a name may stand in it; only those where it may are read as `Names` reads.
    """
    keys = iter(_where_a_name_may_stand(model, told, names) if among is None else among)
    while chunk := list(islice(keys, AT_ONCE)):
        texts = defaultdict(list)
        for rows, column, fields in told.tables(model):
            for key, *words in rows.filter(**{f"{column}__in": chunk}).values_list(column, *fields):
                texts[key] += map(told.plain, words)
        about = _about(model, told, chunk)
        for key, words in texts.items():
            if found := names.mentions(*words, about=about[key]):
                yield key, {mention.child.pk for mention in found}


def _where_a_name_may_stand(model: type[Model], told: Told, names: Names) -> list:
    keys = {}
    for rows, column, fields in told.tables(model):
        for key, *words in rows.order_by().values_list(column, *fields).iterator(chunk_size=2000):
            if names.may_stand_in(*map(told.plain, words)):
                keys[key] = None
    return list(keys)


def _about(model: type[Model], told: Told, chunk: list) -> dict:
    """Return {key: [the children whom that record is about]}."""
    if not told.about:
        return defaultdict(list)
    children = cast(Any, model._meta.get_field("named_for_orders")).related_model._base_manager
    pairs = list(model._base_manager.order_by().filter(pk__in=chunk).values_list("pk", told.about))
    known, about = children.in_bulk({child for _key, child in pairs if child}), defaultdict(list)
    for key, child in pairs:
        if child in known:
            about[key].append(known[child])
    return about


def reaches_nobody_closed(user: "Person", among: QuerySet, on: date | None) -> Q:
    """No child among these, seen or named, from whom a restriction shuts the reader out: not on a sibling's page either."""
    closed_children = access_of(user, on).closed_children
    return Q(~Exists(among.filter(child__in=closed_children))) if closed_children else Q()


def names_nobody_closed(user: "Person", model: type[Model], on: date | None, record: str = "pk") -> Q:
    """The same of the children whom the words of such a record name: found when it was written, or looked for since.

    The second kind only an order asks for (people/families/actions_mentions.py).
    """
    condition = Q()
    for way in ("named", "named_for_orders"):
        if field := getattr(model, way, None):
            among = field.through.objects.filter(**{model._meta.model_name: OuterRef(record)})
            condition &= reaches_nobody_closed(user, among, on)
    return condition
