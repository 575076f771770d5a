"""For whom words are, where they are for everyone, for all families or for staff. Asked wherever they are listed or shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.families.access import access_of
from people.setting.roles import Right, has_right, works_here


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("Everyone: it is public")
    FAMILIES = "families", _("Our families, and those who work here")
    STAFF = "staff", _("Only those who work here")


class Asked(models.TextChoices):
    """Who is asked to say that they have read something."""

    NOBODY = "nobody", _("Nobody")
    FAMILIES = "families", _("Our families")
    STAFF = "staff", _("Those who work here")
    BOTH = "both", _("Our families, and those who work here")


def audiences_of(user):
    """The audiences to which this person belongs today; a signed-out visitor belongs to everyone."""
    belongs = {Audience.EVERYONE}
    if user.is_authenticated:
        if works_here(user) or access_of(user).family():
            belongs.add(Audience.FAMILIES)
        if has_right(user, Right.READ_STAFF_PAGES) or has_right(user, Right.EDIT_PAGES):
            belongs.add(Audience.STAFF)
    return belongs


def asked_as(user):
    """The values of `Asked` that mean this person today."""
    meant = set()
    if access_of(user).family():
        meant |= {Asked.FAMILIES, Asked.BOTH}
    if has_right(user, Right.READ_STAFF_PAGES):
        meant |= {Asked.STAFF, Asked.BOTH}
    return meant
