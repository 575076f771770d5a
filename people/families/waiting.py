"""What persons and families put on Today."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.accounts.models import Draft, HeldForm, IdentityCheck
from people.accounts.rules_mend import managers_to_mend
from people.families import arrivals
from people.families.models import Restriction
from people.features import DUTY, FIRST, LATER, SETTING, Section, Waiting
from people.mail.undelivered import undelivered_for
from people.setting import rules_approval
from people.setting.roles import Right, has_right
from records import room_left

MOST_DRAFTS = 3  # on the page; each stands on its own page as well


def for_you(user):
    """What was not sent, one's way in, the disk, mail, restrictions, and steps that take two people."""
    return [
        *_not_sent(user),
        *_about_the_disk(user),
        *_about_signing_in(user),
        *_undelivered(user),
        *_restrictions(user),
        *_approvals(user),
    ]


def managers(user):
    """Managers who cannot get in, for whoever may let them in again."""
    found = list(managers_to_mend(user))
    return [Section("people/today_managers.html", {"managers_to_mend": found}, LATER)] if found else []


def _restrictions(user):
    """Restrictions to agree to, to lift, or to look at again."""
    return [
        Waiting(_about(bar), reverse("people:restriction", args=[bar.pk]), DUTY)
        for bar in Restriction.objects.waiting_for(user).select_related("child")
    ]


def _undelivered(user):
    """E-mails that did not arrive."""
    if not (number := undelivered_for(user).count()):
        return []
    words = ngettext("%(n)d e-mail could not be delivered", "%(n)d e-mails could not be delivered", number)
    return [Waiting(words % {"n": number}, reverse("people:undelivered"), SETTING)]


def _not_sent(user):
    """What this person sent when their session was over, or before they had shown that it is them."""
    words = _("Something of yours was not sent yet: look, and press once more")
    held = list(HeldForm.objects.visible_to(user))
    found = [Waiting(words, reverse("people:held", args=[one.pk]), FIRST) for one in held]
    words, also_held = (
        _("You began to write something and did not send it"),
        {key for one in held for key in one.drafts},
    )
    drafts = [one for one in Draft.objects.visible_to(user)[:MOST_DRAFTS] if str(one.key) not in also_held]
    return found + [Waiting(words, reverse("people:draft", args=[one.key]), FIRST) for one in drafts]


def _about(bar):
    """What a restriction waits for."""
    if not bar.approved_by_id:
        words = _("Approve what was closed around %(child)s")
    elif bar.lift_asked_by_id:
        words = _("Decide whether a restriction around %(child)s is lifted")
    else:
        words = _("Look again at a restriction around %(child)s")
    return words % {"child": bar.child.known_as}


def _approvals(user):
    """Steps that take two people, to agree to or to stop; and whom a second colleague lets in again."""
    found = [
        Waiting(
            _("%(asker)s asks: %(what)s (%(name)s)")
            % {"asker": one.asked_by.full_name, "what": one.get_kind_display(), "name": one.person.full_name},
            reverse("people:approval", args=[one.pk]),
            DUTY,
        )
        for one in rules_approval.waiting_for(user)
    ]
    found += [
        Waiting(
            (_("Stopped: %(what)s (%(name)s)") if one.stopped_at else _("Agreed: %(what)s (%(name)s)"))
            % {"what": one.get_kind_display(), "name": one.person.full_name},
            reverse("people:approval", args=[one.pk]),
            DUTY,
        )
        for one in rules_approval.decided_for(user)
    ]
    found += [
        Waiting(
            _("You can print the letter for %(name)s now") % {"name": check.person.full_name},
            reverse("people:at_the_door", args=[check.person_id]),
            DUTY,
        )
        for check in IdentityCheck.objects.visible_to(user).printable()
    ]
    return found + [
        Waiting(
            _("%(asker)s asks you to agree that %(name)s is let in again")
            % {"asker": check.asked_by.full_name, "name": check.person.full_name},
            reverse("people:agree_at_the_door", args=[check.pk]),
            DUTY,
        )
        for check in IdentityCheck.objects.waiting_for(user)
    ]


def _about_the_disk(user):
    """For whoever keeps the setting: what nobody notices until nothing can be kept any more."""
    if not has_right(user, Right.KEEP_SETTING) or not room_left.is_nearly_full():
        return []
    words = _(
        "Only %(share)d%% of the disk is free: tell whoever looks after the computer, before nothing can be kept."
    )
    return [Waiting(words % {"share": 100 * room_left.share_left()}, order=SETTING)]


def _about_signing_in(user):
    """What is new about one's own way in, and, for those who keep families, invitations that nobody used."""
    found = []
    if user.security_events.filter(seen_at__isnull=True).exists():
        found.append(Waiting(_("How you sign in has changed: was it you?"), reverse("people:security"), SETTING))
    if user.has_unconfirmed_address:
        found.append(Waiting(_("Confirm your e-mail address"), reverse("people:security"), SETTING))
    families, staff = arrivals.unused_after_a_week(user)
    for people, page in ((families, "people:invite_all"), (staff, "people:staff")):
        if number := people.count():
            words = ngettext(
                "%(n)d invitation was not used within a week, or does not work any more",
                "%(n)d invitations were not used within a week, or do not work any more",
                number,
            )
            found.append(Waiting(words % {"n": number}, reverse(page), SETTING))
    return found
