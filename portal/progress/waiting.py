"""What progress checks and summaries put on Today."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.families.access import Level, access_of
from people.features import FIRST, LATER, Waiting
from people.setting.roles import Right, has_right
from portal.progress.due import due_for
from portal.progress.models import Check, Invitation, State
from portal.progress.when import Timing


def for_family(user):
    """The parts asked of a parent and the checks to read, by child."""
    own = access_of(user).family(Level.PARTICIPATE)
    if not own:
        return {}
    found = {}
    for invitation in Invitation.objects.waiting_for(user).select_related("check_of"):
        words = _("Add your part: %(check)s") % {"check": invitation.check_of.name}
        row = Waiting(words, invitation.get_absolute_url(), FIRST)
        found.setdefault(invitation.check_of.child_id, []).append(row)
    for check in Check.objects.waiting_for(user).filter(child__in=own):
        words = _("Read, and say what you think: %(check)s") % {"check": check.name}
        found.setdefault(check.child_id, []).append(Waiting(words, check.get_absolute_url(), FIRST))
    return found


def for_you(user):
    """For those who write or look at checks: what waits for them, and in one line each what is due and what is late."""
    if not has_right(user, Right.WRITE_OBSERVATIONS):
        return []
    own = access_of(user).family()
    found = [
        Waiting(_check_in_words(check, user), check.get_absolute_url(), LATER)
        for check in Check.objects.waiting_for(user).exclude(child__in=own).select_related("child")
    ]
    due = due_for(user)
    late = sum(one.timing == Timing.LATE for one in due)
    now = sum(one.timing == Timing.DUE and one.check is None for one in due)
    if late:
        words = ngettext("%(n)d progress check at two is late", "%(n)d progress checks at two are late", late)
        found.append(Waiting(words % {"n": late}, reverse("progress:due"), LATER))
    if now:
        words = ngettext("%(n)d progress check at two is due", "%(n)d progress checks at two are due", now)
        found.append(Waiting(words % {"n": now}, reverse("progress:due"), LATER))
    return found


def _check_in_words(check, user):
    """What a check waits for."""
    facts = {"child": check.child.known_as, "check": check.name}
    if check.state == State.CONCERN and check.author_id != user.pk:
        return _("Look at a concern: %(check)s, %(child)s") % facts
    words = {
        State.SCHEDULED: _("Agree on the time with the parents: %(check)s, %(child)s"),
        State.DRAFTED: _("Share with the parents: %(check)s, %(child)s"),
        State.SHARED: _("Talk about it with the parents: %(check)s, %(child)s"),
        State.DISCUSSED: _("Make it final: %(check)s, %(child)s"),
    }
    return words.get(check.state, _("Write: %(check)s, %(child)s")) % facts
