"""What the journal does by itself."""

from datetime import timedelta

from django.utils import timezone

from portal.journal.actions import throw_away_old
from records.work import daily

UNSENT_DAYS = 14


@daily
def throw_away_what_was_typed():
    """What somebody typed and did not come back to within two weeks is forgotten."""
    return throw_away_old(timezone.now() - timedelta(days=UNSENT_DAYS))
