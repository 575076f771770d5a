"""The editors' pages of this room, inside Wagtail: importing procedures, and the links that lead nowhere."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.forms import formset_factory
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from people.models import Setting
from procedures.actions import draft_of, keep_as_draft
from procedures.forms import ImportForm, KeepForm
from procedures.importing import CannotRead, Document, read_file, read_text
from procedures.models import ProcedureIndexPage, ProcedurePage, Reference
from procedures.outline import outline
from procedures.reading import words_of
from procedures.references import sort_key

KeepForms = formset_factory(KeepForm, extra=0, max_num=30, validate_max=True)


@dataclass
class Look:
    """One document as the preview shows it."""

    document: Document
    form: KeepForm
    chapters: list
    references: list
    changes: object = None  # the page that importing would change


def import_procedures(request):
    """Upload or paste, look at what was understood, and only then keep it as a draft."""
    must_add_procedures(request)
    if request.method == "POST" and "keep" in request.POST:
        return keep(request)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    looks, problems = [], []
    if form.is_valid():
        texts, problems = read_all(form.cleaned_data)
        if texts:
            forms = KeepForms(initial=[first_values(*each) for each in texts])
            looks = [look_at(one, request) for one in forms]
            return show(request, form, looks, problems, forms)
    return show(request, form, looks, problems)


def must_add_procedures(request):
    index = ProcedureIndexPage.objects.order_by("pk").first()
    if index is None or not index.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied


def read_all(given):
    """(words, name) of everything that can be read, and a sentence for each file that cannot."""
    texts, problems = [], []
    sources = [(one.name, one.read) for one in given["files"]]
    if given["words"].strip():
        sources.append(("", lambda: given["words"].encode()))
    for name, read in sources:
        try:
            content = read()
            read_file(content, name)
        except CannotRead as sentence:
            problems.append((name or _("The pasted words"), sentence))
        else:
            texts.append((content, name))
    return texts, problems


def first_values(content, name):
    words = words_of(content)
    document = read_text(words, name, Setting.now().name)
    return {"words": words, "name": name, "code": document.code, "title": document.title}


def look_at(form, request):
    """What keeping this document would make: the page, laid out, with every mention answered."""
    words = form["words"].value() or ""
    document = read_text(words, form["name"].value() or "", Setting.now().name)
    page = draft_of(document)
    stored = ProcedurePage.objects.filter(pk=page.pk).first()
    found = {}
    for mention in document.references:
        target = ProcedurePage.objects.meant_by(mention.code, mention.title)
        if target is not None and target.live:
            found[sort_key(mention.code)] = (mention.code, mention.title, target.get_url(request))
    references = [(mention, found.get(sort_key(mention.code), ("", "", ""))[2]) for mention in document.references]
    return Look(document, form, outline(page.parts(), found), references, stored)


def keep(request):
    """Keep every document of the preview as a draft, or show again what is missing."""
    forms = KeepForms(request.POST)
    if not forms.is_valid():
        return show(request, ImportForm(), [look_at(one, request) for one in forms if one["words"].value()], [], forms)
    kept = []
    for form in forms:
        document = read_text(form.cleaned_data["words"], form.cleaned_data["name"], Setting.now().name)
        document.code, document.title = form.cleaned_data["code"], form.cleaned_data["title"]
        kept.append(keep_as_draft(document, by=request.user))
    said = ngettext(
        "The draft is kept. Nothing is published yet.",
        "The %(count)s drafts are kept. Nothing is published yet.",
        len(kept),
    ) % {"count": len(kept)}
    messages.success(request, said)
    if len(kept) == 1:
        return redirect("wagtailadmin_pages:edit", kept[0].pk)
    return redirect("wagtailadmin_explore", kept[0].get_parent().pk)


def show(request, form, looks, problems, forms=None):
    title = _("Import a procedure")
    around = {
        "form": form,
        "looks": looks,
        "forms": forms,
        "problems": problems,
        "page_title": title,
        "header_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": title}],
    }
    return render(request, "procedures/admin/import.html", around)


def links_leading_nowhere(request):
    """Every mention of a procedure or form that readers cannot follow, and why."""
    title = _("Links that lead nowhere")
    references = Reference.objects.leading_nowhere().select_related("procedure", "target")
    of_these_codes = ProcedurePage.objects.filter(sort_key__in=references.values("sort_key"))
    same_code = {key: (pk, name) for key, pk, name in of_these_codes.values_list("sort_key", "pk", "title")}
    around = {
        "rows": [(reference, why_nowhere(reference, same_code.get(reference.sort_key))) for reference in references],
        "page_title": title,
        "header_title": title,
        "header_icon": "warning",
        "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": title}],
    }
    return render(request, "procedures/admin/links_leading_nowhere.html", around)


def why_nowhere(reference, same_code):
    if reference.target_id:
        return _("The page exists, but it is not published.")
    if same_code is not None and same_code[0] != reference.procedure_id:
        return _("The page with this code has another title: %(title)s") % {"title": same_code[1]}
    return _("There is no page with this code or title.")
