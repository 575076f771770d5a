"""What every page knows: the setting's facts, who is reading, and where their ways lead."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from people import sessions
from people.models import Setting
from people.roles import Right, has_right


def around_the_page(request):
    """`setting`, `demo`, `rights` (as {"keep_families": True, …}), large print, and how long one may be away."""
    user = getattr(request, "user", None)
    inside = bool(user and user.is_authenticated)
    return {
        "setting": SimpleLazyObject(Setting.now),
        "demo": settings.DEMO,
        "on_tablet": getattr(user, "on_tablet", None),
        "rights": {right.value: True for right in Right if has_right(user, right)} if inside else {},
        "large_print": inside and user.reads_large_print,
        "idle_seconds": sessions.idle_seconds(request) if inside else 0,
    }
