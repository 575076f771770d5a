"""The editors' side of notices, and the question before each of them is shown."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from home import actions_notices, rules, wagtail_hooks_signposts  # noqa: F401  the last: more of the editors' side
from home.audiences import turn_away
from home.models import NoticePage
from home.naming import question_about


@hooks.register("before_serve_page")
def only_for_its_audience(page, request, serve_args, serve_kwargs):
    """A notice for families leads a visitor to the sign-in page; for anyone else who may not read it, it is not there."""
    if isinstance(page, NoticePage):
        return turn_away(page, request)
    return None


@hooks.register("on_serve_page")
def opening_is_noted(serve_page):
    """Note who has opened a notice, and show the way to its readers to those who may follow it."""

    def serve(page, request, serve_args, serve_kwargs):
        response = serve_page(page, request, serve_args, serve_kwargs)
        if isinstance(page, NoticePage) and request.user.is_authenticated and request.method == "GET":
            actions_notices.notice_opened(page, request.user)
            response.context_data["may_follow"] = rules.may_follow(request.user, page)
        return response

    return serve


@hooks.register("before_bulk_action")
def names_are_asked_about_one_by_one(request, action_type, objects, action):
    """Many pages published at once would ask nobody: those that name a child are published on their own."""
    if action_type != "publish" or request.method != "POST":
        return None
    pages = Page.objects.filter(pk__in=[page.pk for page in objects])
    if request.POST.get("include_descendants"):
        pages = Page.objects.filter(pk__in=[page.pk for each in pages for page in each.get_descendants(inclusive=True)])
    for page in pages.specific():
        draft = page.get_latest_revision_as_object()
        texts = [getattr(draft, name) or "" for name in getattr(page, "READ_BY_MANY", ())]
        if question_about(texts, request.user, ""):
            messages.warning(
                request, _("“%(title)s” names a child. Open it and publish it on its own.") % {"title": draft.title}
            )
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


class NoDocuments:
    """Wagtail's editor asks for the address of a document list even where documents are not installed, as here."""

    @classmethod
    def get_urlpatterns(cls):
        return [path("", cls.nothing, name="listing")]

    @staticmethod
    def nothing(request):
        raise Http404


NoDocuments.model = NoDocuments  # type: ignore[attr-defined] # the router compares models with it; nothing is a NoDocuments


@hooks.register("construct_admin_api")
def stand_in_for_documents(router):
    router.register_endpoint("documents", NoDocuments)


@hooks.register("insert_editor_js")
def let_a_press_wait_for_the_save_under_way():
    return format_html('<script src="{}"></script>', static("js/cms-save.js"))
