"""What notices put on Today."""

from django.urls import reverse
from django.utils.translation import gettext as _

from home.models import NoticePage
from people.features import SETTING, Section, Waiting


def for_you(user):
    """Notices that were handed in to be looked at."""
    return [
        Waiting(
            _("A notice waits to be looked at: %(title)s") % {"title": notice.title},
            reverse("notices:look", args=[notice.pk]),
            SETTING,
        )
        for notice in NoticePage.objects.waiting_for(user).order_by("latest_revision_created_at")
    ]


def newest(user):
    """The three newest notices."""
    notices = list(NoticePage.objects.live().visible_to(user).newest_first()[:3])
    return [Section("home/today_notices.html", {"notices": notices})] if notices else []
