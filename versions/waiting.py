"""What published words put on Today: what is to be read, and pages of editors that wait for a second look."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import TaskState

from people.features import FIRST, SETTING, Waiting, first_page
from people.setting.role_holders import who_gives_second_looks
from people.setting.roles import Right, has_right
from records.request_cache import cached_while_reading
from versions.models import PageVersion

PRIVACY_NOTICE = "privacy"  # the address of its page, as in the footer of every page


def for_you(user):
    """Pages to read, and second looks."""
    return [*_to_read(user), *_to_check(user)]


def privacy_notice_first(request):
    """Lead to the privacy notice, once in each session until it is read; whoever says "later" goes on."""
    for version in _waiting(request.user):
        if version.page.slug == PRIVACY_NOTICE and request.session.get("offered") != version.pk:
            request.session["offered"] = version.pk
            return redirect(f"{reverse('versions:read', args=[version.pk])}?first=yes&next={first_page()}")
    return None


def _to_read(user):
    return [
        Waiting(_("Please read: %(title)s") % {"title": each.title}, reverse("versions:read", args=[each.pk]), FIRST)
        for each in _waiting(user)
    ]


def _waiting(user):
    """The versions that somebody has still to read."""
    rows = PageVersion.objects.waiting_for(user).select_related("page")
    return cached_while_reading((_waiting, user.pk), lambda: list(rows))


def _to_check(user):
    """Pages that an editor has submitted, for whoever gives the second look; where nobody can, for those who lead."""
    if not has_right(user, Right.KEEP_SETTING):
        return []
    gives = has_right(user, Right.EDIT_PAGES)
    if not gives and who_gives_second_looks().exists():
        return []
    if not (number := TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count()):
        return []
    words = ngettext("%(n)d page waits for your second look", "%(n)d pages wait for your second look", number)
    if not gives:
        words = _("Pages wait for a second look, and nobody here can give it: make somebody who leads an editor, too")
        return [Waiting(words, reverse("people:staff"), SETTING)]
    return [Waiting(words % {"n": number}, reverse("wagtailadmin_home"), SETTING)]
