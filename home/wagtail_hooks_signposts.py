"""The editors' side of signposting: topics, agencies, and the websites that did not answer."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from documents.wagtail_hooks import WhoeverEditsPages
from home.models import Agency, Topic
from home.views_signposts import links_without_answer
from people.setting.roles import Right, has_right


class WhoeverKeepsTheDirectory(WhoeverEditsPages):
    """Unlike a signed form, an agency that is gone may go from here, too."""

    def user_has_permission(self, user, action):
        return action in ("add", "change", "view", "delete") and has_right(user, Right.EDIT_PAGES)


class AgencyViewSet(SnippetViewSet):
    model = Agency
    icon = "group"
    menu_label = _("Agencies")
    list_display = ["name", "area", "languages", "audience", "checked_on", "in_use"]
    list_filter = ["topics", "area", "audience", "in_use"]
    search_fields = ["name", "words", "area", "languages"]
    search_backend_name = None
    list_export = ["name", "words", "area", "languages", "audience", "phone", "hours", "url", "checked_on", "in_use"]
    ordering = ["checked_on", "name"]  # what nobody has looked at for longest stands first
    copy_view_enabled = False
    permission_policy = WhoeverKeepsTheDirectory(Agency)


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name", "sensitive", "place"]
    copy_view_enabled = False
    permission_policy = WhoeverKeepsTheDirectory(Topic)


class Signposting(SnippetViewSetGroup):
    items = (AgencyViewSet, TopicViewSet)
    menu_label = _("Who else can help")
    menu_icon = "group"
    menu_order = 310


register_snippet(Signposting)


@hooks.register("register_admin_urls")
def addresses():
    return [path("reports/websites-without-answer/", links_without_answer, name="links_without_answer")]


@hooks.register("register_reports_menu_item")
def report_in_the_menu():
    return MenuItem(_("Websites that did not answer"), reverse("links_without_answer"), icon_name="warning", order=710)
