"""The verbs of this room: the only place that writes about people."""

import hashlib
import secrets
from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people import (
    actions_checking,
    actions_security,
    actions_sessions,
    notifications,
    roles,
    rules,
)
from people.actions_family import (
    add_adult,
    bring_in_adult,
    end_relationship,
    place_key_person,
    relate,
    restrict,
)
from people.actions_roles import end_role, give_role, take_on
from people.models import (
    Authenticator,
    CheckAtTheDoor,
    Child,
    Invitation,
    OpenSession,
    OutgoingMail,
    Person,
    RecoveryCode,
    RecoveryCodes,
    Room,
    SecurityEvent,
    Setting,
)
from records.audit import note
from records.make_secret import make_secret
from records.refused import ActionRefused, refuse

# The verbs of families and of roles have files of their own and are found here, too.
__all__ = [
    "add_adult",
    "bring_in_adult",
    "end_relationship",
    "end_role",
    "give_role",
    "place_key_person",
    "relate",
    "restrict",
]

WORDS = "apple bridge candle daisy feather garden harbour island kettle lantern meadow orchard pebble ribbon sparrow thimble"


@transaction.atomic
def add_child(*, by, **facts):
    """Enter a child into the books."""
    if not rules.may_keep_families(by):
        raise ActionRefused(_("Only the manager or the deputy adds children."))
    child = Child.objects.create(**facts)
    note("people.child_added", child, by=by, child=child)
    return child


@transaction.atomic
def bring_in_staff(role, *, by, existing, full_name, email, starts_on=None, ends_on=None):
    """Give somebody a role from a day to a day, `existing` or entered anew, in one go or not at all.

    (the person, the Approval that waits for a second colleague or None).
    """
    person = existing or add_adult(by=by, full_name=full_name, email=email)
    return person, take_on(person, role, by=by, starts_on=starts_on, ends_on=ends_on)


def _hash(token):
    plain = "".join(letter for letter in token if letter.isalnum() or letter in "-_")
    return hashlib.sha256(plain.encode()).hexdigest()


@transaction.atomic
def invite(person, *, by, by_letter=False):
    """Make a single-use way in for this person; earlier ones stop working.

    Returns (invitation, link, word): the link is in the mail, or on the letter together with the word. Neither is kept.
    A mailed link alone lets nobody in: it asks a family's adult for a child's date of birth, and anybody else for a word
    that the inviter tells them.
    """
    if by is not None:
        refuse(rules.why_not_invite(by, person))
    if by_letter:
        refuse(rules.why_not_by_letter(person))
    if not by_letter:
        refuse(rules.why_not_by_mail(person))
    lasts = timedelta(days=Setting.now().invitations_last)
    with_word = by_letter or (by is not None and not person.relationships.exists())
    made, link, word = way_in(person, by=by, by_letter=by_letter, lasts=lasts, with_word=with_word)
    if not by_letter:
        notifications.send_invitation(person, link, made)
    return made, link, word


def way_in(person, *, by, by_letter, lasts, with_word=True):
    """A single-use way in, for the actions that asked their rule; the person's earlier ones stop working."""
    now = timezone.now()
    actions_security.withdraw_invitations(person, now)
    token = make_secret(26) if by_letter else make_secret()  # 128 bits and more
    word = secrets.choice(WORDS.split()) + "-" + make_secret(4) if with_word else ""
    made = Invitation(
        person=person, token_hash=_hash(token), by_letter=by_letter, made_by=by, made_at=now, ends_at=now + lasts
    )
    if word:
        made.set_word(word)
    made.save()
    note("people.invited", made, by=by)
    return made, settings.SITE_URL + reverse("people:arrive", args=[token]), word


def printed_in(invitations, browser):
    """Keep which browser printed these letters (a hash): it cannot use them."""
    Invitation.objects.filter(pk__in=[one.pk for one in invitations]).update(printed_in=browser)


def open_invitation(token):
    """The invitation this token opens, or None when it was used, withdrawn, ran out or never was."""
    return Invitation.objects.usable().filter(token_hash=_hash(token)).select_related("person").first()


@transaction.atomic
def answer_invitation(invitation, answer) -> bool:
    """Whether this is what the invitation asks for. A wrong answer counts as a try, and after ten it opens nothing."""
    # Counted up before it is looked at, so that of many tries at one moment each counts.
    if not Invitation.objects.usable().filter(pk=invitation.pk).update(tries=F("tries") + 1):
        return False
    if not invitation.is_answered_by(answer):
        note("people.invitation_answer_refused", invitation)
        return False
    Invitation.objects.filter(pk=invitation.pk).update(tries=F("tries") - 1)
    return True


@transaction.atomic
def arrive(invitation, *, password, email="", sign_in_name="", device=""):
    """Use an invitation whose question was answered: the person chooses a password and can sign in from now on.

    `email` and `sign_in_name` are taken from a person who had none; a typed address is confirmed by mail before it counts.
    One under which somebody else is here is taken in the same way: whoever tries out addresses learns nothing.
    Whoever could sign in before is told that this happened, and every open session of theirs ends.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).usable().filter(pk=invitation.pk).first()
    if invitation is None:
        raise ActionRefused(_("This invitation was used already or has run out. Ask the pre-school for a new one."))
    person, now = invitation.person, timezone.now()
    had_account = person.has_usable_password()
    person.set_password(password)
    person.is_active = True
    if person.email and not invitation.by_letter and invitation.made_by_id:  # the link was read there
        person.email_confirmed_at = person.email_confirmed_at or now
    if email and not person.email:
        is_taken = Person.objects.filter(email=email).exists()
        person.email, person.typed_email = (None, email) if is_taken else (email, "")
    person.sign_in_name = person.sign_in_name or sign_in_name or None
    if not person.sign_in_as:
        raise ActionRefused(
            _("Type an e-mail address or choose a short name: one of them is what you will sign in with.")
        )
    person.save(update_fields=["password", "is_active", "email", "typed_email", "email_confirmed_at", "sign_in_name"])
    actions_sessions.end_sessions_of(person, by=person)
    if CheckAtTheDoor.objects.filter(person=person, printed_at=invitation.made_at, factor_too=True).exists():
        actions_sessions.forget_second_factors(person, by=person)
    Invitation.objects.filter(pk=invitation.pk).update(used_at=now)
    actions_security.withdraw_invitations(person, now)
    if had_account and invitation.by_letter:
        notifications.tell_chairs_of_letter(person, used=True)
    if had_account:
        notifications.tell_of_security(person, SecurityEvent.Kind.NEW_PASSWORD_BY_INVITATION, device=device)
    actions_security.ask_to_confirm_address(person)
    note("people.arrived", person, by=person)
    return person


@transaction.atomic
def confirm_authenticator(person, key, code, device_in_words=""):
    """Set up an authenticator app once its first code was typed: (device, ten recovery codes), or None on a wrong code."""
    device = Authenticator(user=person, name="Authenticator app", key=key, confirmed=False)
    device.save()
    if not device.verify_token(code):
        device.delete()
        return None
    Authenticator.objects.filter(user=person).exclude(pk=device.pk).delete()
    Authenticator.objects.filter(pk=device.pk).update(confirmed=True)
    device.refresh_from_db()
    notifications.tell_of_security(person, SecurityEvent.Kind.AUTHENTICATOR, device=device_in_words)
    note("people.second_factor_set_up", person, by=person)
    return device, new_recovery_codes(person, device_in_words)


@transaction.atomic
def new_recovery_codes(person, device_in_words=""):
    """Ten fresh codes, returned once and kept as hashes; the earlier ones stop working."""
    actions_security.withdraw_invitations(person)  # a way in dies with what it mends
    RecoveryCodes.objects.filter(user=person).delete()
    device = RecoveryCodes.objects.create(user=person, name="Recovery codes", confirmed=True)
    codes = [make_secret(5, 5) for _n in range(10)]
    for code in codes:
        RecoveryCode.objects.create(device=device, hashed=RecoveryCode.hash_of(code))
    notifications.tell_of_security(person, SecurityEvent.Kind.RECOVERY_CODES, device=device_in_words)
    note("people.recovery_codes_made", person, by=person)
    return codes


@transaction.atomic
def keep_setting(form, *, by):
    """Change the setting's facts."""
    if not roles.has_right(by, roles.Right.KEEP_SETTING):
        raise ActionRefused(_("Only the manager or the deputy changes the setting's facts."))
    setting = form.save()
    actions_checking.match_checking(setting.pages_are_checked)
    note("people.setting_changed", setting, by=by)
    return setting


def first_setting(**facts):
    """The one row of the setting's facts, made when the program is first started."""
    return Setting.objects.first() or Setting.objects.create(**facts)


def mail_was_sent(mail, keep_words=False):
    """The mail has left; its words go with it (in the demo they stay, on a page of the portal)."""
    words = {} if keep_words else {"body": ""}
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), **words)


def mail_stays(mail, *, until):
    """The mail could not leave; it is tried again after this moment."""
    OutgoingMail.objects.filter(pk=mail.pk).update(tries=mail.tries + 1, try_after=until)


@transaction.atomic
def clear_up(before):
    """Mail and invitations from before this moment go; Wagtail's groups follow the roles of today."""
    OutgoingMail.objects.filter(written_at__lt=before).delete()
    Invitation.objects.filter(ends_at__lt=before).delete()
    OpenSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - timedelta(days=30)).delete()
    for person in Person.objects.filter(Q(roles__isnull=False) | Q(groups__isnull=False)).distinct():
        roles.match_wagtail(person)


def first_room(name):
    """The room of a setting that has just begun."""
    return Room.objects.get_or_create(name=name)[0]
