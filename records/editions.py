"""Typing that is saved on the way: which edition a page was showing, and what it says about the last save."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _


def edition_in(request: HttpRequest) -> int:
    """The edition that the page was showing; 0 where it says none, or something that no page of ours says."""
    typed = request.POST.get("edition", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def saved_in_words(row: Any) -> str:
    """When a row was last saved, as its page says it."""
    return _("Saved at %(time)s") % {"time": timezone.localtime(row.saved_at).strftime("%H:%M")}
