"""On the editors' side: what was once published is taken down, never deleted."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from versions.models import PageVersion


@hooks.register("before_delete_page")
def keep_what_was_published(request, page):
    """An inspector, or a parent, may ask years later what stood there."""
    if not was_published([page]):
        return None
    messages.warning(
        request,
        _(
            "This was published once, so its versions are kept as evidence and it cannot be deleted. "
            "Unpublish it instead: then nobody but editors sees it."
        ),
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_what_was_published_in_bulk(request, action_type, pages, action_class_instance):
    """The same, when several are ticked in a list."""
    if action_type != "delete" or not was_published(pages):
        return None
    messages.warning(
        request, _("At least one of these was published once and cannot be deleted. Unpublish it instead.")
    )
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def was_published(pages):
    """Whether one of the pages, or one below it, has a kept version."""
    return any(PageVersion.objects.filter(page__path__startswith=page.path).exists() for page in pages)
