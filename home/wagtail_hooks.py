"""The editors' side of notices, and the question before each of them is shown."""

from django.http import Http404
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks

from home import wagtail_hooks_signposts  # noqa: F401  more of the editors' side
from home.audiences import turn_away
from home.models import NoticePage


@hooks.register("before_serve_page")
def only_for_its_audience(page, request, serve_args, serve_kwargs):
    """A notice for families leads a visitor to the sign-in page; for anyone else who may not read it, it is not there."""
    if isinstance(page, NoticePage):
        return turn_away(page, request)
    return None


class NoDocuments:
    """Wagtail's editor asks for the address of a document list even where documents are not installed, as here."""

    @classmethod
    def get_urlpatterns(cls):
        return [path("", cls.nothing, name="listing")]

    @staticmethod
    def nothing(request):
        raise Http404


NoDocuments.model = NoDocuments  # the router compares models with it; nothing is a NoDocuments


@hooks.register("construct_admin_api")
def stand_in_for_documents(router):
    router.register_endpoint("documents", NoDocuments)


@hooks.register("insert_editor_js")
def let_a_press_wait_for_the_save_under_way():
    return format_html('<script src="{}"></script>', static("js/cms-save.js"))
