"""The editors' report of this app, inside Wagtail: mentions that lead nowhere, and why."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.models import Form
from procedures.models import ProcedurePage, Reference
from procedures.references import sort_key


def links_leading_nowhere(request):
    """Every mention of a procedure or form that readers cannot follow, and why."""
    title = _("Links that lead nowhere")
    all_mentions = Reference.objects.select_related("procedure", "target", "form")
    references = all_mentions.to_look_at()
    others = all_mentions.exclude(pk__in=references.values("pk"))
    renamed = [each for each in others if is_renamed(each)]
    of_these_codes = ProcedurePage.objects.filter(sort_key__in=references.values("sort_key"))
    same_code = {key: (pk, name) for key, pk, name in of_these_codes.values_list("sort_key", "pk", "title")}
    forms = {sort_key(form.code): form for form in Form.objects.only("code", "title")}
    around = {
        "mentioned": mentioned_pages(),
        "rows": [
            (reference, why_nowhere(reference, same_code.get(reference.sort_key), forms.get(reference.sort_key)))
            for reference in [*references, *renamed]
        ],
        "page_title": title,
        "header_title": title,
        "header_icon": "warning",
        "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": title}],
    }
    return render(request, "procedures/admin/links_leading_nowhere.html", around)


def mentioned_pages():
    """Each page that others refer to, with those others."""
    found = {}
    for reference in Reference.objects.filter(target__isnull=False).select_related("procedure", "target"):
        found.setdefault(reference.target, []).append(reference.procedure)
    return sorted(found.items(), key=lambda item: item[0].sort_key)


def is_renamed(reference):
    """Whether the link works, and what it leads to is called something else by now."""
    if reference.target_id:
        return not reference.target.agrees_with(reference.title)
    return not reference.form_agrees


def why_nowhere(reference, same_code, same_form=None):
    """Why an editor should look at a mention, in a sentence."""
    if reference.target_id and not reference.target.live:
        return _("The page exists, but it is not published.")
    if reference.target_id:
        now = {"now": reference.target.get_admin_display_title()}
        return _("The link works, but the number and the title disagree: the page is now %(now)s") % now
    if reference.form_id and not reference.form.in_use:
        return _("The form exists, but it is not in use.")
    if reference.form_id:
        now = {"now": str(reference.form)}
        return _("The link works, but the number and the title disagree: the form is now %(now)s") % now
    if same_code is not None and same_code[0] != reference.procedure_id:
        return _("The number and the title disagree. The page with this code has another title: %(title)s") % {
            "title": same_code[1]
        }
    if same_form is not None:
        words = _("The number and the title disagree. The form with this code has another title: %(title)s")
        return words % {"title": same_form.title}
    return _("There is no page with this code or title.")
