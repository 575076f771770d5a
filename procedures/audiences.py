"""Whom a procedure is for. Asked in every list, for every link, and before a page is shown."""

from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from people.roles import Right, has_right, works_here
from people.standing import standing_of


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("Everyone: the procedure is public")
    FAMILIES = "families", _("Our families, and those who work here")
    STAFF = "staff", _("Only those who work here")


def audiences_of(user):
    """The audiences to which this person belongs today; a signed-out visitor belongs to everyone."""
    belongs = {Audience.EVERYONE}
    if user.is_authenticated:
        if works_here(user) or standing_of(user).family():
            belongs.add(Audience.FAMILIES)
        if has_right(user, Right.READ_STAFF_PAGES) or has_right(user, Right.EDIT_PAGES):
            belongs.add(Audience.STAFF)
    return belongs


def turn_away(page, request):
    """None for a reader of the page's audience; else the way to the sign-in page, or Http404 for somebody signed in."""
    if page.audience in audiences_of(request.user):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404
