"""What progress checks and summaries add to the shared pages."""

from django.utils.translation import gettext_lazy as _

from people.families.access import Level
from people.features import ChildLink, ChildPlace, Feature, Link, Place
from people.setting.roles import Right
from portal.progress import waiting
from portal.progress.rules import may_read_checks

feature = Feature(
    name=_("Progress checks and summaries"),
    navigation=[Link(_("Progress checks"), "progress:due", Place.TABLET_HOME, 300)],
    child_links=[
        ChildLink(
            _("Progress checks and summaries"), "progress:child", [ChildPlace.CARD], order=600, shown_to=may_read_checks
        ),
    ],
    waiting=waiting.for_you,
    waiting_for_family=waiting.for_family,
    access_log_kinds={"progress": _("Progress checks and summaries")},
    tablet_views=frozenset(
        {
            "progress:due",
            "progress:child",
            "progress:begin",
            "progress:one",
            "progress:time",
            "progress:write",
            "progress:talked",
            "progress:step",
        }
    ),
    opens={
        Level.PARTICIPATE: _("Progress checks: reads those that are shared, and adds a part."),
        Right.WRITE_OBSERVATIONS: _("Progress checks of their own key children."),
        Right.SEE_CHECKS: _("Progress checks of every child whom they look after."),
        Right.LOOK_AT_CONCERNS: _("Concerns in a progress check, before parents read it."),
        Right.KEEP_CHECKS: _("Who writes a progress check when the key person cannot."),
    },
)
