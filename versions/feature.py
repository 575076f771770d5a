"""What published words add to the shared pages."""

from django.utils.translation import gettext_lazy as _

from people.features import Feature, Link, Place
from versions import waiting

feature = Feature(
    name=_("Versions"),
    navigation=[Link(_("Who has read what"), "versions:readers", Place.MANAGERS)],
    waiting=waiting.for_you,
    before_today=waiting.privacy_notice_first,
)
