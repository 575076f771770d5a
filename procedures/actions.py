"""The actions of this app: keep an imported procedure as a draft, and note what a procedure refers to."""

import datetime
import re
import uuid
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from documents.models import Form
from procedures.beginning import SECTION
from procedures.models import ProcedureIndexPage, ProcedurePage, Reference
from procedures.references import agrees, distinct, find_mentions, sort_key
from records import audit
from records.refused import ActionRefused, refuse

if TYPE_CHECKING:
    from wagtail.models import Revision

    from people.accounts.models import Person
    from procedures.importing import Document

# An imported part and the block that it becomes.
BLOCKS = {kind: kind for kind in ("paragraph", "heading", "commitment", "point", "subpoint", "table")}
BLOCKS["unclear"] = "to_check"
MOST_COMPARISONS = 60_000  # a document of thousands of parts is compared only for exactly the same words
STILL_THE_SAME = 0.6  # of the words; then a commitment keeps its address although it was reworded

Known = tuple[str, str, str]  # a block: its kind, its id, its words


def blocks_of(document: "Document", before: Iterable[tuple[str, str, Any]] = ()) -> list[dict[str, Any]]:
    """The document's parts as blocks; one that stood there before, in these or nearly these words, keeps its id."""
    known = [(kind, identifier, str(value)) for kind, identifier, value in before if kind in BLOCKS.values()]
    blocks = []
    for part in document.body:
        kind, value = BLOCKS[part.kind], part.value
        match = next((old for old in known if (old[0], old[2]) == (kind, value)), None)
        blocks.append({"type": kind, "value": value, "id": take(known, match) if match else None})
    missing = sum(block["id"] is None for block in blocks)
    for block in blocks:
        if block["id"] is None and missing * len(known) > MOST_COMPARISONS:
            block["id"] = str(uuid.uuid4())
        elif block["id"] is None:
            alike = [
                old for old in known if old[0] == block["type"] and likeness(old[2], block["value"]) >= STILL_THE_SAME
            ]
            best = max(alike, key=lambda old: likeness(old[2], block["value"]), default=None)
            block["id"] = take(known, best) if best else str(uuid.uuid4())
    return blocks


def take(known: list[Known], old: Known) -> str:
    known.remove(old)
    return old[1]


def likeness(one: str, other: str) -> float:
    words = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return words.ratio() if words.real_quick_ratio() >= STILL_THE_SAME <= words.quick_ratio() else 0


def of_this_code(code: str) -> Iterable[ProcedurePage]:
    """The pages with this code, published ones first."""
    return ProcedurePage.objects.filter(sort_key=sort_key(code)).order_by("-live", "pk") if code else []


def pages_by_code(codes: Iterable[str]) -> dict[str, list[ProcedurePage]]:
    """{sort key: pages} of all these codes, in one question."""
    found: dict[str, list[ProcedurePage]] = {}
    keys = {sort_key(code) for code in codes if code}
    for page in ProcedurePage.objects.filter(sort_key__in=keys).order_by("-live", "pk").defer("body"):
        found.setdefault(page.sort_key, []).append(page)
    return found


def is_same(page: ProcedurePage, title: str) -> bool:
    """Whether a document of this title can be that page, published or as its newest draft: a number alone says nothing."""
    return any(agrees(title, known) for known in {page.title, page.draft_title} if known)


def taken_by(code: str, title: str) -> ProcedurePage | None:
    """The page of another title that has this code already, or None."""
    pages = list(of_this_code(code))
    return pages[0] if pages and not any(is_same(page, title) for page in pages) else None


def why_not_this_code(code: str, title: str) -> str:
    """Why a document cannot be kept under this code, in words, or nothing."""
    if other := taken_by(code, title):
        return _(
            "%(code)s is the number of “%(title)s” already. Give this one another number, or give that page another one "
            "first. If it is the same procedure under a new name, write the name of the page here."
        ) % {"code": code, "title": other.draft_title or other.title}
    return ""


def draft_of(document: "Document") -> ProcedurePage:
    """The page that an import would make or change, unsaved: the newest draft of the same code and title, or a new page."""
    page = next((each for each in of_this_code(document.code) if is_same(each, document.title)), None)
    page = page.get_latest_revision_as_object() if page else ProcedurePage(live=False)
    chosen = [
        {"type": "related", "value": block.value.pk, "id": block.id}
        for block in page.body
        if block.block_type == "related" and block.value
    ]
    page.body = page.body.stream_block.to_python(blocks_of(document, page.parts()) + chosen)
    page.code, page.title, page.draft_title = document.code, document.title[:255], document.title[:255]
    page.section = section_name(document.section)[:200] or page.section
    if document.adopted_on:
        page.adopted_on = page.adopted_on or datetime.date.fromisoformat(document.adopted_on)
    if document.review:
        page.review_months = document.review.months or page.review_months
        page.review_month = document.review.month or page.review_month
        page.reviewed_by = (document.review.by or page.reviewed_by)[:100]
        if document.review.by:
            page.signed_by_staff, page.signed_by_committee = who_signs(document.review.by)
    return page


def who_signs(words: str) -> tuple[bool, bool]:
    """Whether a member of staff and one of the committee sign, by the words after "reviewed by"; both where neither is named."""
    committee = bool(re.search(r"committee|trustee|chair|governor|board", words, re.IGNORECASE))
    staff = bool(re.search(r"staff|manager|team|practitioner|leader", words, re.IGNORECASE))
    return (staff, committee) if staff or committee else (True, True)


def section_name(section: str) -> str:
    """ "10 Working with families procedures" without its number and without the word at its end."""
    match = SECTION.fullmatch(section)
    words = (match["title"] if match else section).split()
    if len(words) > 1 and words[-1].casefold() in ("procedures", "policies"):
        words.pop()
    return " ".join(words)


@transaction.atomic
def keep_as_draft(document: "Document", *, by: "Person | None" = None) -> ProcedurePage:
    """Keep an imported document as a draft; importing again changes the draft. What is published stays as it is."""
    if not document.code or not document.title:
        raise ActionRefused(_("A procedure needs a code and a title at its beginning before it can be kept."))
    refuse(why_not_this_code(document.code, document.title))
    index = ProcedureIndexPage.objects.select_for_update().order_by("pk").first()
    if index is None:
        raise ActionRefused(_("There is no list of procedures to put it in."))
    page = draft_of(document)
    if page.pk is None:
        index.add_child(instance=page)
    elif not page.live:
        page.save()  # nobody has read it yet: the row, too, takes the new code and words
    page.save_revision(user=by, log_action=True)
    note_references(page)
    audit.record("procedures.draft_imported", page, by=by)
    return page


def when_published(
    sender: type[Model],
    instance: Model,
    revision: "Revision | None" = None,
    **_others: Any,
) -> None:
    """Wagtail has published a page: from now on its words are what readers see."""
    if isinstance(instance, ProcedurePage):
        audit.record("procedures.published", instance, by=revision.user if revision else None)
        note_references(instance)


@transaction.atomic
def note_references(page: ProcedurePage) -> None:
    """Write down what the page mentions, in its published words and in its newest draft, and find the pages meant."""
    page = ProcedurePage.objects.get(pk=page.pk)
    versions = [page, page.get_latest_revision_as_object()]
    mentions = [mention for version in versions for text in version.texts() for mention in find_mentions(text)]
    known = {reference.sort_key: reference for reference in page.references.all()}
    for mention in distinct(mentions, page.code):
        reference = known.pop(sort_key(mention.code), None) or Reference(
            procedure_id=page.pk, sort_key=sort_key(mention.code)
        )
        if not reference.is_same_title(mention.title):
            reference.target = reference.form = None
        reference.code, reference.title = mention.code, mention.title[:300]
        reference.save()
    Reference.objects.filter(pk__in=[reference.pk for reference in known.values()]).delete()
    find_targets(page)


def find_targets(page: ProcedurePage) -> None:
    """Look again for the page of each mention in this page, and of each mention that may mean it, that has none yet."""
    about = Q(procedure=page) | Q(sort_key=page.sort_key) | Q(title__iexact=page.title)
    for reference in Reference.objects.filter(about, target__isnull=True):
        target = ProcedurePage.objects.exclude(pk=reference.procedure_id).meant_by(reference.code, reference.title)
        if target is not None:
            reference.target_id = target.pk
            reference.save(update_fields=["target"])
    find_forms(Reference.objects.filter(procedure=page))


def find_forms(references: QuerySet[Reference]) -> None:
    """Look for the form that each of these mentions means, where neither a page nor a form is known."""
    waiting = list(references.filter(target__isnull=True, form__isnull=True))
    forms = list(Form.objects.only("code", "title")) if waiting else []
    for reference in waiting:
        reference.form = form_meant_by(reference, forms)
        if reference.form:
            reference.save(update_fields=["form"])


def form_meant_by(mention: Reference, forms: Iterable[Form]) -> Form | None:
    """The one of these forms that a mention means, by its number and its title; or None."""
    key = sort_key(mention.code)
    return next((form for form in forms if sort_key(form.code) == key and agrees(mention.title, form.title)), None)


def when_form_saved(sender: type[Model], instance: Form, **_others: Any) -> None:
    """An editor has written a form: mentions of it that led nowhere lead to it from now on."""
    find_forms(Reference.objects.filter(sort_key=sort_key(instance.code)))
