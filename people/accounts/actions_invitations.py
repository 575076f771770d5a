"""Actions of invitations: make one, open it, answer its question, arrive."""

import hashlib
import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts import actions_security, actions_sessions
from people.accounts.models import (
    IdentityCheck,
    Invitation,
    Person,
    SecurityEvent,
)
from people.families import rules
from people.mail import notifications
from people.setting.models import Setting
from records import audit
from records.make_secret import make_secret
from records.refused import ActionRefused, refuse

WORDS = "apple bridge candle daisy feather garden harbour island kettle lantern meadow orchard pebble ribbon sparrow thimble"


def _hash(token: str) -> str:
    plain = "".join(letter for letter in token if letter.isalnum() or letter in "-_")
    return hashlib.sha256(plain.encode()).hexdigest()


@transaction.atomic
def invite(person: Person, *, by: Person, by_letter: bool = False) -> tuple[Invitation, str, str]:
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
    made, link, word = create_invitation_token(person, by=by, by_letter=by_letter, lasts=lasts, with_word=with_word)
    if not by_letter:
        notifications.send_invitation(person, link, made)
    return made, link, word


def create_invitation_token(
    person: Person, *, by: Person, by_letter: bool, lasts: timedelta, with_word: bool = True
) -> tuple[Invitation, str, str]:
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
    audit.record("people.invited", made, by=by)
    return made, settings.SITE_URL + reverse("people:arrive", args=[token]), word


def printed_in(invitations: list[Invitation], browser: str) -> None:
    """Keep which browser printed these letters (a hash): it cannot use them."""
    Invitation.objects.filter(pk__in=[one.pk for one in invitations]).update(printed_in=browser)


def open_invitation(token: str) -> Invitation | None:
    """The invitation this token opens, or None when it was used, withdrawn, ran out or never was."""
    return Invitation.objects.usable().filter(token_hash=_hash(token)).select_related("person").first()


@transaction.atomic
def answer_invitation(invitation: Invitation, answer: date | str) -> bool:
    """Whether this is what the invitation asks for. A wrong answer counts as a try, and after ten it opens nothing."""
    # Counted up before it is looked at, so that of many tries at one moment each counts.
    if not Invitation.objects.usable().filter(pk=invitation.pk).update(tries=F("tries") + 1):
        return False
    if not invitation.is_answered_by(answer):
        audit.record("people.invitation_answer_refused", invitation)
        return False
    Invitation.objects.filter(pk=invitation.pk).update(tries=F("tries") - 1)
    return True


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, password: str, email: str = "", sign_in_name: str = "", device: str = ""
) -> Person:
    """Use an invitation whose question was answered: the person chooses a password and can sign in from now on.

    `email` and `sign_in_name` are taken from a person who had none; a typed address is confirmed by mail before it counts.
    One under which somebody else is here is taken in the same way: whoever tries out addresses learns nothing.
    Whoever could sign in before is told that this happened, and every open session of theirs ends.
    """
    usable = Invitation.objects.select_for_update(of=("self",)).usable().filter(pk=invitation.pk).first()
    if usable is None:
        raise ActionRefused(_("This invitation was used already or has run out. Ask the pre-school for a new one."))
    invitation = usable
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
    if IdentityCheck.objects.filter(person=person, printed_at=invitation.made_at, factor_too=True).exists():
        actions_sessions.forget_second_factors(person, by=person)
    Invitation.objects.filter(pk=invitation.pk).update(used_at=now)
    actions_security.withdraw_invitations(person, now)
    if had_account and invitation.by_letter:
        notifications.notify_chairs_of_letter(person, used=True)
    if had_account:
        notifications.notify_of_security(person, SecurityEvent.Kind.NEW_PASSWORD_BY_INVITATION, device=device)
    actions_security.ask_to_confirm_address(person)
    audit.record("people.arrived", person, by=person)
    return person
