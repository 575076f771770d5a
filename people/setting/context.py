"""What every page knows: the setting's facts, who is reading, and where their ways lead."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from people import features
from people.accounts import sessions
from people.setting.models import Setting
from people.setting.roles import Right, has_right

IN_THE_FRAME = (features.Place.MAIN, features.Place.TABLET, features.Place.FOOTER)


def _links_at(place, user):
    return SimpleLazyObject(lambda: features.links(place, user or AnonymousUser()))


def around_the_page(request):
    """Return the setting, rights (as {"keep_families": True, …}), the frame's links, large print, and how long to stay."""
    user = getattr(request, "user", None)
    inside = bool(user and user.is_authenticated)
    return {
        "setting": SimpleLazyObject(Setting.now),
        "demo": settings.DEMO,
        "on_tablet": getattr(user, "on_tablet", None),
        "rights": {right.value: True for right in Right if has_right(user, right)} if inside else {},
        "navigation": {place.value: _links_at(place, user) for place in IN_THE_FRAME},
        "first_page": SimpleLazyObject(features.first_page),
        "large_print": inside and user.reads_large_print,
        "idle_seconds": sessions.idle_seconds(request) if inside else 0,
    }
