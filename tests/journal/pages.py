"""Writing pages of the journal in tests."""

import uuid

from documents import actions as papers
from documents.purposes import Purpose
from people.accounts.models import Person
from portal.journal import actions
from portal.journal.models import Observation

OWN = Purpose.OWN_JOURNAL


def allow(adult, child, purpose=Purpose.OTHERS_JOURNALS, allows=True):
    papers.decide_consent(child, purpose, allows, by=adult)


PARENTS = {"Maja": "ewa@example.org", "Tobi": "folake@example.org", "Alfie": "owen@example.org"}


def let_photographs(*children):
    for child in children:
        allow(Person.objects.get(email=PARENTS[child.known_as]), child, Purpose.OWN_JOURNAL)


def write(by, *children, words="Two friends built a bridge.", pictures=()):
    return actions.write(
        by=by, children=list(children), words=words, areas=["world"], pictures=pictures, idempotency_key=uuid.uuid4()
    )


def shared(by, *children, **more):
    if more.get("pictures"):
        let_photographs(*children)
    return actions.share(write(by, *children, **more), by=by)


def reads(person, observation):
    return Observation.objects.visible_to(person).filter(pk=observation.pk).exists()
