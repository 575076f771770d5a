"""What forms and consents add to the shared pages."""

from django.utils.translation import gettext_lazy as _

from documents import waiting
from documents.consent import on_the_emergency_card
from people.families.access import Level
from people.features import FIRST, LATER, Feature, Link, Place
from people.setting.roles import Right, has_right

feature = Feature(
    name=_("Papers"),
    navigation=[
        Link(_("Papers"), "papers:list", order=300),
        Link(
            _("What families allow"),
            "papers:allowed",
            Place.TODAY,
            FIRST,
            shown_to=lambda user: has_right(user, Right.SEE_CHILDREN),
        ),
        Link(_("What families allow"), "papers:allowed", Place.TABLET_HOME, LATER),
    ],
    waiting=waiting.for_you,
    waiting_for_family=waiting.for_family,
    access_log_kinds={"papers": _("Forms and papers")},
    tablet_views=frozenset({"papers:allowed"}),
    emergency_card=on_the_emergency_card,
    opens={
        Level.FULL: _("Forms to read and sign, what they allow, and the papers that they signed."),
        Right.SEE_CHILDREN: _("What families allow."),
        Right.ASK_FOR_FORMS: _("Forms: asks families for them and reads what was signed."),
    },
)
