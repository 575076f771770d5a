"""What progress checks and summaries add to the shared pages."""

from django.utils.translation import gettext_lazy as _

from people.features import ChildLink, ChildPlace, Feature, Link, Place
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
            "progress:save",
            "progress:talked",
            "progress:step",
        }
    ),
    background_views=frozenset({"progress:save", "progress:save_part"}),
)
