"""The editors' side: the wording of forms, and nothing about any child."""

from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from documents.models import Form
from people.accounts.models import Person
from people.setting.role_holders import people_with
from people.setting.roles import Right, has_right


class WhoeverEditsPages(ModelPermissionPolicy):
    """Asks today's role, on every request, instead of a list of permissions that could lag behind."""

    def user_has_permission(self, user, action):
        # A form that families have signed is never thrown away: untick "In use" instead.
        return action in ("add", "change", "view") and has_right(user, Right.EDIT_PAGES)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions):
        return people_with(Right.EDIT_PAGES) if {"add", "change", "view"} & set(actions) else Person.objects.none()


class FormViewSet(SnippetViewSet):
    model = Form
    icon = "form"
    menu_label = _("Forms to sign")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["code", "title", "in_use"]
    list_filter = ["in_use"]
    copy_view_enabled = False
    inspect_view_enabled = True
    permission_policy = WhoeverEditsPages(Form)


register_snippet(FormViewSet)
