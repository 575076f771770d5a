"""What procedures add to the shared pages."""

from django.utils.translation import gettext_lazy as _

from people.features import Feature, Link, Place
from people.setting.roles import Right
from procedures import waiting

feature = Feature(
    name=_("Procedures"),
    navigation=[
        Link(_("Procedures"), "/procedures/", order=600, shown_to=lambda user: True),
        Link(_("What we must tell you"), "told:list", Place.FOOTER, 300, shown_to=lambda user: True),
        Link(_("Reviews"), "reviews:all", Place.MANAGERS),
    ],
    waiting=waiting.for_you,
    opens={
        Right.READ_STAFF_PAGES: _("Procedures and pages for staff."),
        Right.READ_COMMITTEE_PAGES: _("Procedures and pages for the committee."),
    },
)
