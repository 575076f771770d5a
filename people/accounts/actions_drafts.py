"""Actions of what is being typed: keep it, and forget it once it was sent or is thrown away."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from people.accounts.actions_held import LONGEST, SECRET
from people.accounts.models import Draft
from records.submissions import remember_sent, was_sent

if TYPE_CHECKING:
    from people.accounts.models import Person

MOST_DRAFTS = 20  # of one person
KEPT_FOR = timedelta(days=14)
ON_ITS_WAY = timedelta(minutes=2)  # after a form was sent, what its page had sent before may still arrive


@transaction.atomic
def keep_draft(
    *,
    by: "Person",
    key: UUID,
    fields: dict[str, list[str]],
    files: Sequence[str] = (),
    texts: Sequence[str] = (),
    **where: Any,
) -> bool:
    """Keep what `by` is typing, as it stands now; whether it is kept. `where` is its path, query and address.

    `texts` are the names of the fields for words, `files` the names of the files that were chosen.
    Without words there is nothing to keep, nor where the form was sent a moment ago. Passwords and codes are never kept.
    """
    if was_sent("draft", by.pk, key, within=ON_ITS_WAY):
        return False
    fields = {name: values for name, values in fields.items() if name not in SECRET and "password" not in name}
    longest = sum(len(value) for values in fields.values() for value in values)
    if not longest:
        forget_draft(by, key)
    if not longest or longest > LONGEST:
        return False
    typed = json.dumps({"fields": fields, "files": list(files), "texts": list(texts)})
    facts = {**where, "typed": typed, "kept_at": timezone.now()}
    Draft.objects.update_or_create(person=by, key=key, defaults=facts)
    older = Draft.objects.filter(person=by).values_list("pk", flat=True)[MOST_DRAFTS:]
    Draft.objects.filter(pk__in=list(older)).delete()
    return True


def forget_draft(person: "Person", key: UUID) -> None:
    """Forget a draft that is thrown away or has no words any more."""
    Draft.objects.filter(person=person, key=key).delete()


def forget_drafts_on(person: "Person", path: str) -> None:
    """Forget what this person typed on a page where nothing can be sent any more."""
    Draft.objects.filter(person=person, path=path).delete()


@transaction.atomic
def mark_sent(person: "Person", key: UUID) -> None:
    """Forget the words of a form that was taken; what its page had sent before and arrives late is not kept."""
    remember_sent("draft", person.pk, key)
    forget_draft(person, key)


def forget_old_drafts() -> int:
    """Forget what nobody came back to within two weeks; return how many drafts that were."""
    return Draft.objects.filter(kept_at__lt=timezone.now() - KEPT_FOR).delete()[0]
