"""What complaints add to the shared pages."""

from django.utils.translation import gettext_lazy as _

from people.features import FIRST, LATER, Feature, Link, Place
from people.setting.roles import Right
from portal.complaints import waiting

feature = Feature(
    name=_("Complaints"),
    navigation=[
        Link(_("Unhappy with something?"), "complaints:start", Place.FOOTER, FIRST, shown_to=lambda user: True),
        Link(_("Complaints and concerns"), "complaints:own", Place.TODAY, LATER),
    ],
    waiting=waiting.for_you,
    opens={
        Right.HANDLE_COMPLAINTS: _("Complaints, but none about themselves or about those who lead."),
        Right.HANDLE_COMPLAINTS_ABOUT_LEADERS: _("Complaints about those who lead."),
        Right.STAND_IN_FOR_THE_CHAIR: _("The same while there is no chair."),
    },
)
