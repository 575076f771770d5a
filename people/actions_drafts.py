"""The verbs of what is being typed: keep it, and forget it."""

import json
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.actions_held import LONGEST, SECRET
from people.models import Draft

MOST_DRAFTS = 20  # of one person
KEPT_FOR = timedelta(days=14)


@transaction.atomic
def keep_draft(*, by, key, fields, files=(), texts=(), **where) -> bool:
    """Keep what `by` is typing, as it stands now; whether it is kept. `where` is its path, query and address.

    `texts` are the names of the fields for words, `files` the names of the files that were chosen.
    Without words there is nothing to keep. Passwords and codes are never kept.
    """
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


def forget_draft(person, key) -> None:
    """It was sent, is thrown away, or has no words any more."""
    Draft.objects.filter(person=person, key=key).delete()


def forget_old_drafts() -> int:
    """What nobody came back to within two weeks is forgotten; how many there were."""
    return Draft.objects.filter(kept_at__lt=timezone.now() - KEPT_FOR).delete()[0]
