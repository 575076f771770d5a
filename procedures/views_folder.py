"""Procedures on paper: the PDF of one, and of the folder that this reader may have."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.setting.models import Setting
from procedures import actions_folder, folder
from procedures.audiences import audiences_of, turn_away
from procedures.models import Print


@login_not_required  # a public procedure is public on paper, too; the page itself asks for whom it is
@require_safe
def procedure(request, page_id):
    """The PDF of a procedure as it is published now; for the moment in which it is being made, a page that says so."""
    page = get_object_or_404(folder.published(), pk=page_id)  # whose it is, turn_away asks
    if (elsewhere := turn_away(page, request)) is not None:
        return elsewhere
    path = folder.path_of(folder.digest_of_procedure(page), wants_large(request))
    if path.exists():
        return as_file(path, f"{slugify(page.full_title)}.pdf")
    row = Print.objects.filter(procedure=page).first()
    response = render(request, "folder/being_made.html", {"page": page, "failed": has_failed(row)})
    return response if has_failed(row) else looks_again(response)


@login_not_required  # visitors have the public folder
@require_http_methods(["GET", "HEAD", "POST"])
def whole(request):
    """The folder's page: get it, ask for it, or see how far it is. Looking writes nothing; asking is a press."""
    audience = folder.folder_for(audiences_of(request.user))
    large = wants_large(request)
    if request.method == "POST":
        actions_folder.want_folder(audience, large)
        return redirect("folder:whole")
    digest = folder.digest_of_folder(audience)
    row = Print.objects.filter(folder_for=audience).first()
    path = folder.path_of(digest, large)
    shown = {
        "audience": audience,
        "number": folder.pages_in_folder(audience).count(),
        "ready": path.exists(),
        "size": path.stat().st_size if path.exists() else 0,
        "row": row,
        "under_way": row is not None and row.digest == digest and row.made_digest != digest and not has_failed(row),
        "failed": row is not None and row.digest == digest and has_failed(row),
    }
    response = render(request, "folder/whole.html", shown)
    return looks_again(response) if shown["under_way"] else response


@login_not_required
@require_safe
def whole_pdf(request):
    """The folder as this reader may have it; back to its page where it is not made."""
    digest = folder.digest_of_folder(folder.folder_for(audiences_of(request.user)))
    path = folder.path_of(digest, wants_large(request))
    if not path.exists():
        return redirect("folder:whole")
    name = _("%(setting)s procedures") % {"setting": Setting.now().short_name}
    return as_file(path, f"{slugify(name)}.pdf")


def wants_large(request):
    """Whether this reader asked for large print."""
    return request.user.is_authenticated and request.user.reads_large_print


def looks_again(response):
    """The browser asks again by itself, also without script."""
    response["Refresh"] = "4"
    return response


def has_failed(row):
    return row is not None and row.failures >= actions_folder.TRIES


def as_file(path, name):
    words = open(path, "rb")  # noqa: SIM115  the response closes it
    response = FileResponse(words, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
