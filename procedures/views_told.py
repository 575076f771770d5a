"""What we must tell families: the list for everybody, and for editors what is still missing."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.setting.roles import Right, has_right
from procedures.audiences import audiences_of
from procedures.models import ToldItem


@login_not_required  # it is for families who only think of coming, too
@require_safe
def what_we_tell_you(request):
    """Each item with the page that answers it, where this reader may open that."""
    items = ToldItem.objects.with_pages()
    audiences = audiences_of(request.user)
    for item in items:
        item.address = item.answer.get_url(request) if item.may_be_read_by(audiences) else ""
    knows = request.user.is_authenticated and any(
        has_right(request.user, right) for right in (Right.KEEP_SETTING, Right.EDIT_PAGES)
    )
    missing = [item for item in items if not item.is_told] if knows else []
    return render(request, "told/list.html", {"items": items, "missing": missing})


def not_told(request):
    """For editors: what has no page yet, and why."""
    title = _("What we must tell families, and do not yet")
    around = {
        "rows": [(item, why_missing(item)) for item in ToldItem.objects.missing()],
        "page_title": title,
        "header_title": title,
        "header_icon": "warning",
        "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": title}],
    }
    return render(request, "told/admin/missing.html", around)


def why_missing(item):
    if item.page_id and item.page.live:
        return _("Its page is for those who work here, so families cannot read it.")
    return _("Its page is not published.") if item.page_id else _("No page is chosen.")
