"""Whom words are for. A page's audience is asked here in every list and before it is shown, and nowhere else."""

from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from people.roles import works_here
from people.standing import standing_of


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everyone: the notice is public")
    FAMILIES = "families", _("All our families, and those who work here")


def audiences_of(user):
    """The audiences to which this person belongs today; a signed-out visitor is of the public."""
    belongs = {Audience.PUBLIC}
    if user.is_authenticated and (works_here(user) or standing_of(user).family()):
        belongs.add(Audience.FAMILIES)
    return belongs


def turn_away(page, request):
    """None for a reader of the page's audience; else the way to the sign-in page, or Http404 for somebody signed in."""
    if page.audience in audiences_of(request.user):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404
