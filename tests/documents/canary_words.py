"""A form that each canary family is asked for, and one that some of them sign (tests/canary_families.py)."""

from django.utils import timezone

from documents import actions as papers
from documents import wording
from documents.models import Form
from tests.canaries import token
from tests.facts import key_of


def plant(cast, families, *, signing, **_rest):
    for family in families:
        papers.ask(family.children[0], family.adults[0], Form.objects.get(code="P2"), by=cast.manager)
    for family in families[:signing]:
        _sign(cast, family.children[0], family.adults[0])


def _sign(cast, child, adult):
    """A signed form, each free answer a canary."""
    asked = papers.ask(child, adult, Form.objects.get(code="P1"), by=cast.manager)
    answers = {}
    for piece in wording.questions(asked.version.wording):
        kinds = {"yes_no": "no", "date": timezone.localdate().isoformat()}
        options = piece["value"].get("options")
        secret = token(kind="paper", child=key_of(child.pk), adult=adult.pk)
        answers[piece["id"]] = options[0] if piece["type"] == "choice" else kinds.get(piece["type"], secret)
    draft = papers.save_draft(asked, answers, by=adult, edition=0)
    papers.sign(asked, by=adult, edition=draft.edition, typed_name=adult.full_name, proof=["password"])
