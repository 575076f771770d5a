"""Importing, as editors meet it inside Wagtail: bring files, wait a moment, look, and only then keep drafts."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from documents.models import Form
from procedures.actions import draft_of, form_meant_by, pages_by_code
from procedures.actions_import import begin_import, choose, go_on
from procedures.difference import difference
from procedures.forms import ImportForm, KeepForm, SectionsForm, no_code_twice
from procedures.importing import Document
from procedures.models import Batch, BatchFile, ProcedureIndexPage, ProcedurePage
from procedures.outline import outline
from procedures.references import sort_key
from procedures.sections import names_here, sections_to_ask
from records.turns import Busy

State = BatchFile.State
AT_ONCE = 3  # seconds of work inside one request; the scheduler, or the next press of the button, does the rest
DONE = (State.KEPT, State.LEFT)
BUSY = gettext_lazy(
    "Other files are being unpacked at this moment. Choose yours again in a minute. Words that you pasted are still here."
)


@dataclass
class AccessLogEntry:
    """One document as it will be: the page laid out, its mentions answered, and what it would change."""

    file: BatchFile
    document: Document
    chapters: list
    references: list
    changes: list | None = None


def must_add_procedures(request):
    index = ProcedureIndexPage.objects.order_by("pk").first()
    if index is None or not index.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied


def import_procedures(request):
    """Bring files or words; nothing is kept before somebody has looked."""
    must_add_procedures(request)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            batch = begin_import(form.uploads(), by=request.user)
        except Busy:
            form.add_error(None, BUSY)
        else:
            go_on(AT_ONCE, batch)
            return redirect("import_batch", batch.pk)
    unfinished = Batch.objects.filter(files__state__in=[State.TO_READ, State.READ, State.TO_KEEP]).distinct()[:20]
    return show(request, "procedures/admin/import.html", form=form, unfinished=unfinished)


def import_batch(request, batch_id):
    """How far an import has come; when all is read, the list to choose from; when all is kept, the drafts."""
    must_add_procedures(request)
    batch = get_object_or_404(Batch, pk=batch_id)
    if request.method == "POST" and "keep" in request.POST:
        return keep(request, batch)
    if request.method == "POST":
        go_on(AT_ONCE, batch)
        return redirect("import_batch", batch.pk)
    return show_batch(request, batch)


def keep(request, batch):
    """Keep the chosen documents as drafts, or show again what is missing."""
    rows, sections = rows_of(batch, request.POST), sections_of(batch, request.POST)
    forms = [form for _file, form in rows]
    if not all([form.is_valid() for form in [sections, *forms]]) or not no_code_twice(forms):
        return show_batch(request, batch, rows, sections)
    chosen, here = {}, names_here()
    for file, form in rows:
        if form.cleaned_data["keep"]:
            code, title = form.cleaned_data["code"], form.cleaned_data["title"]
            chosen[file.pk] = (code, title, sections.name_of(code, here))
    choose(batch, chosen, by=request.user)
    go_on(AT_ONCE, batch)
    kept = list(batch.files.filter(pk__in=chosen, state=State.KEPT))
    said = ngettext(
        "The draft is kept. Nothing is published yet.",
        "The %(count)s drafts are kept. Nothing is published yet.",
        len(chosen),
    ) % {"count": len(chosen)}
    if len(kept) == len(chosen) > 0:
        messages.success(request, said)
    if len(kept) == 1 == len(chosen):
        return redirect("wagtailadmin_pages:edit", kept[0].page_id)
    return redirect("import_batch", batch.pk)


def rows_of(batch, given=None):
    """Each document that was read, with the form in which it is chosen."""
    files = batch.files.filter(state=State.READ).select_related("page").defer("content", "understood")
    rows, pages = [], pages_by_code([file.code for file in files])
    for file in files:
        others = pages.get(sort_key(file.code), ())
        file.taken_by = next(iter(others), None) if file.page is None else None
        initial = {"keep": file.taken_by is None, "code": file.code, "title": file.title}
        rows.append((file, KeepForm(given, prefix=f"file-{file.pk}", initial=initial)))
    return rows


def sections_of(batch, given=None):
    """The form in which the sections of all documents that were read get their names."""
    read = batch.files.filter(state=State.READ).values_list("code", "understood__section")
    return SectionsForm(given, sections=sections_to_ask(read))


def show_batch(request, batch, rows=None, sections=None):
    files = list(batch.files.select_related("page").defer("content", "understood"))
    waiting = [file for file in files if file.state in (State.TO_READ, State.TO_KEEP)]
    rows = rows if rows is not None else rows_of(batch)
    only = batch.files.filter(state=State.READ).first() if len(rows) == 1 and not waiting else None
    page = show(
        request,
        "procedures/admin/batch.html",
        batch=batch,
        waiting=len(waiting),
        done=len(files) - len(waiting),
        all=len(files),
        reading=any(file.state == State.TO_READ for file in waiting),
        rows=[] if waiting else rows,
        sections=sections or sections_of(batch),
        unreadable=[file for file in files if file.state == State.UNREADABLE],
        kept=[file for file in files if file.state == State.KEPT and file.page],
        look=look_at(only, request) if only else None,
    )
    if waiting:
        page["Refresh"] = "2"  # seconds; it counts along, also without a script
    return page


def import_file(request, batch_id, file_id):
    """One document of an import: the page as it will be, and what it would change."""
    must_add_procedures(request)
    file = get_object_or_404(BatchFile, pk=file_id, batch=batch_id, state=State.READ)
    return show(request, "procedures/admin/file.html", batch=file.batch, look=look_at(file, request))


def look_at(file, request):
    document = Document.from_stored(file.understood)
    page = draft_of(document)
    stored = ProcedurePage.objects.filter(pk=page.pk).first() if page.pk else None
    found, forms = {}, list(Form.objects.visible_to(request.user).only("code", "title"))
    for mention in document.references:
        if form := form_meant_by(mention, forms):
            found[sort_key(mention.code)] = (mention.code, mention.title, reverse("papers:form", args=[form.pk]))
        target = ProcedurePage.objects.meant_by(mention.code, mention.title)
        if target is not None and target.live:
            found[sort_key(mention.code)] = (mention.code, mention.title, target.get_url(request))
    references = [(mention, found.get(sort_key(mention.code), ("", "", ""))[2]) for mention in document.references]
    changes = difference(stored.get_latest_revision_as_object().parts(), page.parts()) if stored else None
    return AccessLogEntry(file, document, outline(page.parts(), found), references, changes)


def show(request, template, **around):
    title = _("Import procedures")
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("import_procedures"), "label": title},
    ]
    if batch := around.get("batch"):
        trail.append(
            {"url": reverse("import_batch", args=[batch.pk]), "label": _("Import of %(day)s") % {"day": batch}}
        )
    around |= {"page_title": title, "header_title": title, "header_icon": "upload", "breadcrumbs_items": trail}
    return render(request, template, around)
