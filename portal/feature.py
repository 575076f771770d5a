"""What Today itself adds to the shared pages."""

from django.utils.translation import gettext_lazy as _

from people.features import FIRST, Feature, Link

feature = Feature(
    name=_("Today"),
    navigation=[Link(_("Today"), "today", order=FIRST)],
    remembered_phone_views=frozenset({"today"}),
)
