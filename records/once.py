"""Pressing twice sends once: a form carries a random number, and its row can exist only once."""

from django.db import IntegrityError, transaction


def once(model, make, **key):
    """(row, True) from make(), or (the row that this press made before, False). `key` has a unique constraint."""
    if earlier := model.objects.filter(**key).first():
        return earlier, False
    try:
        with transaction.atomic():
            return make(), True
    except IntegrityError:
        earlier = model.objects.filter(**key).first()
        if earlier is None:
            raise
        return earlier, False
