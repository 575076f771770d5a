"""Pressing twice sends once: a form carries a random number (`press`), and its row can exist only once.

But a form that comes back changed, because the browser's back button kept its number, is something new and is kept too.
"""

import uuid

from django.db import IntegrityError, transaction


def once(model, facts, *, same, **key):
    """(row, True) made from `facts` and `key`, or (the row this very press made before, False).

    `key` has a unique constraint and holds `press`; `same` names the facts that make it the same thing. The constraint
    decides, and not a look before: of many presses at one moment the first makes the row and the others meet the conflict.
    """
    while True:
        try:
            with transaction.atomic():
                return model.objects.create(**key, **facts), True
        except IntegrityError:
            earlier = model.objects.filter(**key).first()
            if earlier is None:  # another constraint than the press
                raise
        if all(getattr(earlier, name) == facts[name] for name in same):
            return earlier, False
        # The same number with something else in the form: new, and pressed twice it is still one.
        said = repr([(name, str(facts[name])) for name in sorted(same)])
        key = {**key, "press": uuid.uuid5(uuid.UUID(str(key["press"])), said)}
