"""How editors look at pages: the preview, which begins with a phone."""

from csp.constants import SELF
from django.utils.translation import gettext_lazy as _

PHONE_FIRST = [
    {"name": "phone", "icon": "mobile-alt", "device_width": 360, "label": _("On a phone")},
    {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("On a tablet")},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("On a computer")},
]


def may_be_framed_by_us(response):
    """The editors' preview stands in a frame of the same site; nothing else of ours may be framed."""
    response._csp_replace = {"frame-ancestors": [SELF]}
    return response
