"""What notices and pages of information add to the shared pages."""

from django.utils.translation import gettext_lazy as _

from home import waiting
from people.families.access import Level
from people.features import Feature, Link, Place
from people.setting.roles import Right

feature = Feature(
    name=_("Notices"),
    navigation=[
        Link(_("Notices"), "/notices/", order=500, shown_to=lambda user: True),
        Link(_("Help near you"), "signposts:list", Place.FOOTER, 200, shown_to=lambda user: True),
        Link(_("Privacy notice"), "/privacy/", Place.FOOTER, 400, shown_to=lambda user: True),
        Link(_("Accessibility"), "/accessibility/", Place.FOOTER, 500, shown_to=lambda user: True),
        Link(_("Write a notice"), "notices:write", Place.TABLET_HOME, 200),
    ],
    waiting=waiting.for_you,
    today_sections=waiting.newest,
    tablet_views=frozenset({"notices:write", "notices:change", "notices:look"}),
    remembered_phone_views=frozenset({"wagtail_serve", "pictures"}),
    opens={
        Level.INFORMATION: _("Notices for the families of the child's room and days."),
        Right.WRITE_NOTICES: _("Writes notices."),
        Right.PUBLISH_PAGES: _("Publishes notices and pages."),
        Right.EDIT_PAGES: _("Edits pages and procedures, in Wagtail."),
    },
)
