"""Forms, consents and open requests of Hazel Lane in the demo."""

from datetime import timedelta

from django.utils import timezone

from documents import actions, wording
from documents.models import Form
from documents.purposes import Purpose
from documents.samples import add_sample_forms


def add_demo(cast):
    """Add the forms, sign some, and leave others to be signed."""
    add_sample_forms()
    _permissions(cast)
    _open_requests(cast)


def sign_form(cast, code, child, adult, answers=None):
    """One adult answers and signs a form: yes to everything, but for `answers` ({purpose: "no"})."""
    form = Form.objects.get(code=code)
    asked = actions.ask(child, adult, form, by=cast.manager)
    words = {}
    for piece in wording.questions(asked.version.wording):
        wish = (answers or {}).get(piece["value"].get("purpose"), "yes")
        words[piece["id"]] = wish if piece["type"] == "yes_no" else _any_answer(piece)
    draft = actions.save_draft(asked, words, by=adult, edition=0)
    return actions.sign(asked, by=adult, edition=draft.edition, typed_name=adult.full_name, proof=["password"])


def _any_answer(piece):
    if piece["type"] == "choice":
        return piece["value"]["options"][0]
    if piece["type"] == "date":
        return timezone.localdate().isoformat()
    return "Nothing in particular." if piece["type"] == "long" else "Dr Fern, Marlow Surgery"


def _permissions(cast):
    for child, adult in (
        (cast.maja, cast.mother),
        (cast.maja, cast.father),
        (cast.tobi, cast.other_mother),
        (cast.noor, cast.foster_carer),
    ):
        sign_form(cast, "P1", child, adult)
    sign_form(cast, "P1", cast.alfie, cast.strict_father, {Purpose.OTHERS_JOURNALS: "no"})
    actions.decide_consent(cast.noor, Purpose.OUTINGS, False, by=cast.foster_carer)  # new on Today until it was seen


def _open_requests(cast):
    today = timezone.localdate()
    agreement = Form.objects.get(code="P2")
    actions.ask(cast.maja, cast.mother, agreement, by=cast.manager, due_on=today + timedelta(days=10))
    actions.ask(cast.tobi, cast.other_mother, agreement, by=cast.manager, due_on=today + timedelta(days=10))
    actions.ask(cast.leon, cast.mother, Form.objects.get(code="P1"), by=cast.manager, due_on=today + timedelta(days=5))
