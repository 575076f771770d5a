"""What procedures put on Today: reviews to sign, and what families must be told and no page says yet."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.features import LATER, Waiting
from people.setting.roles import Right, has_right
from procedures.models import Review, ToldItem


def for_you(user):
    """What no page says yet, and reviews."""
    return [*_not_told(user), *_reviews(user)]


def _not_told(user):
    """What families must be told and no page says yet, as one line for whoever keeps the setting."""
    if not has_right(user, Right.KEEP_SETTING) or not (number := ToldItem.objects.missing().count()):
        return []
    words = ngettext(
        "%(n)d thing that we must tell families has no page yet",
        "%(n)d things that we must tell families have no page yet",
        number,
    )
    return [Waiting(words % {"n": number}, f"{reverse('told:list')}#missing", LATER)]


def _reviews(user):
    """One line for all reviews that wait for a signature: in November there are many at once."""
    waiting = list(Review.objects.waiting_for(user).select_related("procedure").in_order()[:2])
    if not waiting:
        return []
    if len(waiting) == 1:
        words = _("Please review: %(title)s") % {"title": waiting[0].procedure.full_title}
        return [Waiting(words, waiting[0].get_absolute_url(), LATER)]
    return [Waiting(_("Procedures wait for your review"), reverse("reviews:all"), LATER)]
