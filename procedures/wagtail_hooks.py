"""The editors' side of procedures, and the question before each of them is shown."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from procedures import wagtail_hooks_told  # noqa: F401  more of the editors' side
from procedures.actions import note_references
from procedures.audiences import turn_away
from procedures.models import ProcedurePage
from procedures.views import links_leading_nowhere
from procedures.views_import import import_batch, import_file, import_procedures


@hooks.register("before_serve_page")
def only_for_its_audience(page, request, serve_args, serve_kwargs):
    """A procedure for some leads a visitor to the sign-in page; for anyone else who may not read it, it is not there."""
    if isinstance(page, ProcedurePage):
        return turn_away(page, request)
    return None


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def look_for_mentions(request, page):
    """Also in a draft: the editor sees in the report what would lead nowhere before readers do."""
    if isinstance(page, ProcedurePage):
        note_references(page)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("import-procedures/", import_procedures, name="import_procedures"),
        path("import-procedures/<int:batch_id>/", import_batch, name="import_batch"),
        path("import-procedures/<int:batch_id>/<int:file_id>/", import_file, name="import_file"),
        path("reports/links-leading-nowhere/", links_leading_nowhere, name="links_leading_nowhere"),
    ]


@hooks.register("register_admin_menu_item")
def import_in_the_menu():
    return MenuItem(_("Import procedures"), reverse("import_procedures"), icon_name="upload", order=250)


@hooks.register("register_reports_menu_item")
def report_in_the_menu():
    return MenuItem(_("Links that lead nowhere"), reverse("links_leading_nowhere"), icon_name="warning", order=700)
