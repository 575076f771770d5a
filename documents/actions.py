"""The actions of this app, the only place that writes about forms, signatures, consents and papers."""

from collections.abc import Collection, Iterable
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import rules, wording
from documents.consent import decided_by_others, taken_back_for
from documents.models import (
    Consent,
    ConsentSeen,
    Draft,
    Form,
    FormVersion,
    Signature,
    SignatureRequest,
    SignedDocument,
    new_reference,
)
from people.accounts.actions_drafts import forget_drafts_on
from people.families.actions_mentions import note_for_orders
from people.families.models import Child
from people.mail.notifications import notify
from people.setting.models import Setting
from people.setting.words import in_our_words
from records import audit, files
from records.refused import ActionRefused, ChangedElsewhere, refuse

if TYPE_CHECKING:
    from people.accounts.models import Person


@transaction.atomic
def current_version(form: Form) -> FormVersion:
    """The form's wording of now, frozen; the earlier version is used again while nothing has changed."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    frozen = in_our_words(wording.plain(form.wording))
    sha256 = wording.hash_of([form.code, form.title, frozen])
    last = form.versions.order_by("-number").first()
    if last and last.sha256 == sha256:
        return last
    if earlier := form.versions.filter(sha256=sha256).first():
        return earlier
    return FormVersion.objects.create(
        form=form,
        number=last.number + 1 if last else 1,
        code=form.code,
        title=form.title,
        wording=frozen,
        text=wording.text_of(form.code, form.title, frozen),
        sha256=sha256,
    )


@transaction.atomic
def ask(
    child: Child,
    adult: "Person",
    form: Form,
    *,
    by: "Person",
    due_on: date | None = None,
    enclosed: Iterable[dict[str, Any]] = (),
) -> SignatureRequest:
    """Ask one adult to read and sign a form about a child, in its wording of now, with words for them alone (as pieces)."""
    child = Child.objects.select_for_update(no_key=True).get(pk=child.pk)
    refuse(rules.why_not_asked(by, child, adult, form, timezone.localdate(), enclosed))
    facts = {"asked_by": by, "due_on": due_on, "enclosed": list(enclosed)}
    asked = SignatureRequest.objects.create(version=current_version(form), child=child, adult=adult, **facts)
    if enclosed:
        note_for_orders(SignatureRequest.objects.filter(pk=asked.pk))
    audit.record("documents.form_asked_for", asked, by=by, child=child)
    notify(adult, at_once=True)  # it needs an answer
    return asked


@transaction.atomic
def withdraw_ask(asked: SignatureRequest, *, by: "Person") -> SignatureRequest:
    """Take back a request that nobody has signed; what was begun is thrown away."""
    asked = SignatureRequest.objects.select_for_update().get(pk=asked.pk)
    refuse(rules.why_not_withdrawn(by, asked))
    if asked.withdrawn_at is None:
        asked.withdrawn_at = timezone.now()
        asked.save(update_fields=["withdrawn_at"])
        Draft.objects.filter(ask=asked).delete()
        audit.record("documents.request_withdrawn", asked, by=by, child=asked.child)
    return asked


@transaction.atomic
def save_draft(asked: SignatureRequest, answers: dict[str, str], *, by: "Person", edition: int) -> Draft:
    """Keep answers on their way. `edition` is the one the person was looking at (0 when there was none yet).

    ChangedElsewhere when another window has saved other answers since.
    """
    asked = SignatureRequest.objects.select_for_update().get(pk=asked.pk)
    refuse(rules.why_not_answered(by, asked))
    known = {piece["id"] for piece in wording.questions(asked.version.wording)}
    answers = {key: answer for key, answer in answers.items() if key in known and answer}
    draft = Draft.objects.filter(ask=asked).first()
    if draft and draft.answers == answers:
        return draft
    if draft and draft.edition != edition:
        raise ChangedElsewhere(draft)
    if draft is None:
        draft = Draft(ask=asked, edition=0)
        audit.record(
            "documents.draft_begun", asked, by=by, child=asked.child
        )  # once: a line for every few seconds says nothing
    draft.answers, draft.saved_at, draft.edition = answers, timezone.now(), draft.edition + 1
    draft.save()
    return draft


@transaction.atomic
def sign(asked: SignatureRequest, *, by: "Person", edition: int, typed_name: str, proof: list[str]) -> Signature:
    """Sign the answers of this edition of the draft. `proof` says how the person showed who they are.

    Signing again gives the signature that is there. ChangedElsewhere when the answers are not those that were read.
    """
    asked = SignatureRequest.objects.select_for_update().get(pk=asked.pk)
    if already := Signature.objects.filter(ask=asked, ask__adult=by).first():
        return already
    refuse(rules.why_not_answered(by, asked))
    draft = Draft.objects.filter(ask=asked).first() or Draft(ask=asked, edition=0)
    if draft.edition != edition:
        raise ChangedElsewhere(draft)
    if rules.still_to_answer(asked.version.wording, draft.answers):
        raise ActionRefused(_("Some questions still need an answer before the form can be signed."))
    if not rules.is_their_name(typed_name, by):
        raise ActionRefused(_("Please type your own name, as we have it, to sign."))
    signature = signature_of(asked, draft.answers, typed_name=typed_name, proof=proof)
    signature.save(force_insert=True)
    Draft.objects.filter(ask=asked).delete()
    forget_drafts_on(by, asked.get_absolute_url())
    audit.record("documents.form_signed", signature, by=by, child=asked.child, digest=signature.sha256)
    for piece in wording.questions(asked.version.wording):
        purpose, answer = piece["value"].get("purpose"), signature.answers.get(piece["id"])
        if purpose and answer:
            record_decision(asked.child, purpose, answer == "yes", by=by, signature=signature)
    return signature


def signature_of(asked: SignatureRequest, answers: dict[str, str], *, typed_name: str, proof: list[str]) -> Signature:
    """The row that says everything: who signed which words with which answers, and a hash over all of it."""
    version, child, adult = asked.version, asked.child, asked.adult
    facts = {
        "child": child.full_name,
        "born_on": child.born_on.isoformat(),
        "adult": adult.full_name,
        "setting": Setting.now().name,
    }
    signature = Signature(
        ask=asked,
        reference=new_reference(),
        answers=answers,
        facts=facts,
        text=wording.signed_text(version.code, version.title, asked.wording, answers, facts),
        answers_sha256=wording.hash_of(answers),
        typed_name=" ".join(typed_name.split()),
        signed_at=timezone.now(),
        proof=" and ".join(proof),
    )
    signature.text_sha256 = wording.hash_of(signature.text)
    signature.sha256 = hash_over(signature)
    return signature


def hash_over(signature: Signature) -> str:
    """SHA-256 (hex) over everything a signature says; anyone can work it out again from the record in the PDF."""
    return wording.hash_of(
        {
            "signature": signature.reference,
            "request": str(signature.ask_id),
            "wording_sha256": signature.ask.version.sha256,
            "facts": signature.facts,
            "answers_sha256": signature.answers_sha256,
            "text_sha256": signature.text_sha256,
            "typed_name": signature.typed_name,
            "signed_at": signature.signed_at.astimezone(UTC).isoformat(),
            "proof": signature.proof,
        }
    )


@transaction.atomic
def decide_consent(child: Child, purpose: str, allows: bool, *, by: "Person") -> Consent:
    """Change one's mind about one purpose for one child; it counts from the next request on."""
    if not rules.has_full_say(by, child):
        raise ActionRefused(_("This is not yours to decide at present. Please talk to us."))
    if allows:
        refuse(decided_by_others(by).get((child.pk, purpose), ""))
    Child.objects.select_for_update(no_key=True).get(pk=child.pk)  # of many presses at one moment, one at a time
    last = Consent.objects.filter(child=child, purpose=purpose, adult=by).order_by("-pk").first()
    if last and last.allows == allows:
        return last
    return record_decision(child, purpose, allows, by=by)


def see_taken_back(*, by: "Person", consents: Collection[int] = ()) -> int:
    """Whoever must know has seen that these permissions were taken back: they no longer wait for them. How many."""
    waiting = [row for row in taken_back_for(by) if row.pk in consents]
    ConsentSeen.objects.bulk_create([ConsentSeen(consent=row, person=by) for row in waiting], ignore_conflicts=True)
    return len(waiting)


def record_decision(
    child: Child, purpose: str, allows: bool, *, by: "Person", signature: Signature | None = None
) -> Consent:
    """Add one adult's decision and its line in the audit chain."""
    decision = Consent.objects.create(child=child, purpose=purpose, allows=allows, adult=by, signature=signature)
    audit.record("documents.consent_decided", decision, by=by, child=child)
    return decision


def keep_paper(signature: Signature, pdf: bytes) -> SignedDocument:
    """Put a sealed PDF away for good: first the file, then its row. Of two at once the first one counts."""
    stored = files.keep(pdf, "application/pdf")
    with transaction.atomic():
        Signature.objects.select_for_update().get(pk=signature.pk)
        paper, made = SignedDocument.objects.get_or_create(
            signature=signature, defaults={"file": stored, "sha256": stored.sha256}
        )
        if made:
            audit.record("documents.paper_made", paper, child=signature.ask.child, digest=paper.sha256)
    return paper
