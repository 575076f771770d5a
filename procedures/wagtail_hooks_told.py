"""The editors' side of what we must tell families."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from documents.wagtail_hooks import WhoeverEditsPages
from people.setting.roles import Right, has_right
from procedures.models import ToldItem
from procedures.views_told import not_told


class WhoeverKeepsTheList(WhoeverEditsPages):
    def user_has_permission(self, user, action):
        return action in ("add", "change", "view", "delete") and has_right(user, Right.EDIT_PAGES)


class ToldViewSet(SnippetViewSet):
    model = ToldItem
    icon = "list-ul"
    menu_label = _("What we must tell")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["title", "page", "source", "in_use"]
    list_export = ["title", "words", "source", "page", "in_use"]
    copy_view_enabled = False
    permission_policy = WhoeverKeepsTheList(ToldItem)
    panels = [
        FieldPanel("title"),
        FieldPanel("words"),
        PageChooserPanel("page"),
        FieldPanel("source"),
        FieldPanel("place"),
        FieldPanel("in_use"),
    ]


register_snippet(ToldViewSet)


@hooks.register("register_admin_urls")
def addresses():
    return [path("reports/not-told-yet/", not_told, name="not_told")]


@hooks.register("register_reports_menu_item")
def report_in_the_menu():
    return MenuItem(_("Not told to families yet"), reverse("not_told"), icon_name="warning", order=705)
