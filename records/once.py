"""Pressing twice sends once: a form carries a random number (`press`), and its row can exist only once.

But a form that comes back changed, because the browser's back button kept its number, is something new and is kept too.
"""

import uuid

from django.db import IntegrityError, transaction


def once(model, facts, *, same, **key):
    """(row, True) made from `facts` and `key`, or (the row this very press made before, False).

    `key` has a unique constraint and holds `press`; `same` names the facts that make it the same thing.
    """
    if earlier := _the_same(model, facts, same, key):
        return earlier, False
    if model.objects.filter(**key).exists():
        key = {**key, "press": uuid.uuid4()}
    try:
        with transaction.atomic():
            return model.objects.create(**key, **facts), True
    except IntegrityError:
        earlier = _the_same(model, facts, same, key)
        if earlier is None:
            raise
        return earlier, False


def _the_same(model, facts, same, key):
    earlier = model.objects.filter(**key).first()
    return earlier if earlier and all(getattr(earlier, name) == facts[name] for name in same) else None
