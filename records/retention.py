"""Why each table is held and until when. A table without an answer fails the tests."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models import Model
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Retention:
    """Why we hold a kind of record (`why`) and how long (`until`), in words a parent can read."""

    why: "StrOrPromise"
    until: "StrOrPromise"


ACCESS = Retention(_("People sign in and are given only what is theirs"), _("as long as the account exists"))
WORDS = Retention(_("Public words of the setting: pages, notices, procedures"), _("as long as the setting wants them"))
PLUMBING = Retention(
    _("The program needs it to run; nothing about a person is in it"), _("as long as the program runs")
)
TRIES = Retention(_("Slows down anyone who guesses passwords"), _("30 days"))

# Tables of Django, Wagtail and the libraries: they cannot carry an attribute of ours.
OTHERS = {
    "auth.group": ACCESS,
    "auth.permission": PLUMBING,
    "axes": TRIES,
    "contenttypes": PLUMBING,
    "django_otp_webauthn": ACCESS,
    "modelsearch": WORDS,
    "sessions.session": Retention(_("Keeps a person signed in"), _("signing out, at most 8 hours")),
    "taggit": WORDS,
    "wagtailadmin": WORDS,
    "wagtailcore": WORDS,
    "wagtailimages": WORDS,
    "wagtailredirects": WORDS,
    "wagtailsearch": WORDS,
    "wagtailusers.userprofile": ACCESS,
}


def retention_of(model: "type[Model]") -> Retention:
    """The Retention of any installed model; LookupError names a model that has none."""
    own = getattr(model, "retention", None)
    if isinstance(own, Retention):
        return own
    label = model._meta.label_lower
    for key in (label, model._meta.app_label):
        if key in OTHERS:
            return OTHERS[key]
    if model._meta.auto_created:  # the hidden table of a many-to-many is kept as long as its owner
        return retention_of(cast("type[Model]", model._meta.auto_created))
    raise LookupError(label)
