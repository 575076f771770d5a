"""A form that is sent twice makes one row: it carries a random number, and the row with that number can exist only once.

But a form that comes back changed, because the browser's back button kept its number, is something new and is kept too.
"""

import uuid
from collections.abc import Iterable
from typing import Any, TypeVar

from django import forms
from django.db import IntegrityError, models, transaction

Row = TypeVar("Row", bound=models.Model)


class Submitted(models.Model):
    """A row made by a SubmittedForm; its Meta has a constraint of `once_for`."""

    idempotency_key = models.UUIDField(default=uuid.uuid4)

    class Meta:
        abstract = True


def once_for(owner: str) -> models.UniqueConstraint:
    """Return the constraint by which each key exists once for an owner, as the field `author`."""
    return models.UniqueConstraint(fields=[owner, "idempotency_key"], name="%(class)s_once")


class SubmittedForm(forms.Form):
    """A form that makes one row, however often it is sent."""

    idempotency_key = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)


def create_once(model: type[Row], facts: dict[str, Any], *, same: Iterable[str], **key: Any) -> tuple[Row, bool]:
    """Return (row, True) made from `facts` and `key`, or (the row that this form made before, False).

    `key` has a unique constraint and holds `idempotency_key`; `same` names the facts that make it the same thing. The
    constraint decides, and not a look before: of many requests at one moment the first makes the row and the others meet
    the conflict.
    """
    while True:
        try:
            with transaction.atomic():
                return model._default_manager.create(**key, **facts), True
        except IntegrityError:
            earlier = model._default_manager.filter(**key).first()
            if earlier is None:  # another constraint than the key's
                raise
        if all(getattr(earlier, name) == facts[name] for name in same):
            return earlier, False
        # The same number with something else in the form: new, and sent twice it is still one.
        said = repr([(name, str(facts[name])) for name in sorted(same)])
        key = {**key, "idempotency_key": uuid.uuid5(uuid.UUID(str(key["idempotency_key"])), said)}
