"""What happens after Wagtail publishes a procedure, for those who search and for those who print."""

from procedures.actions_folder import want_procedure
from procedures.actions_search import note_words
from procedures.models import ProcedurePage


def when_published(sender, instance, **_others):
    if isinstance(instance, ProcedurePage):
        note_words(instance)
        want_procedure(instance)
