"""Actions of mail: what waits, the mail that says how many, and what could not be delivered."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.models import AboutMe, Person
from people.families import rules
from people.families.access import RestrictionKind
from people.mail.models import OutgoingMail, PendingDigestItem
from people.mail.notifications import has_nothing_left, is_overtaken, may_be_told_of_days, notify_how_many
from records import audit
from records.refused import ActionRefused


def mail_waits(mail: OutgoingMail, *, until: datetime) -> None:
    """The mail does not leave before this moment; that is no try."""
    OutgoingMail.objects.filter(pk=mail.pk).update(try_after=until)


def is_held_back(mail: OutgoingMail) -> bool:
    """Whether a restriction came between this mail's writing and its leaving; then it does not leave as it is.

    What would tell a day goes with the weekly count; what would lead to a closed door goes nowhere.
    """
    since, person = mail.written_at, mail.person
    closed = has_nothing_left(person, since)
    tells_a_day = mail.kind == OutgoingMail.Kind.NEWS  # an urgent notice is about the setting
    if not closed and not (tells_a_day and is_overtaken(person, since, [RestrictionKind.NO_TIMETABLE])):
        return False
    OutgoingMail.objects.filter(pk=mail.pk).update(put_aside_at=timezone.now(), body="")
    if not closed:
        PendingDigestItem.objects.create(person=person, came_at=since)
    return True


def say_how_many(wishes: list[AboutMe.Mail], *, before: datetime) -> int:
    """One mail to each person of these wishes, with the number of what came before this moment. Their number."""
    counted = PendingDigestItem.objects.filter(came_at__lt=before)
    waiting = Person.objects.filter(pk__in=counted.order_by().values("person"))
    done = 0
    # Whoever has changed their wish meanwhile is told now, so that nothing stays untold.
    for person in waiting.select_related("about_me"):
        wish = getattr(getattr(person, "about_me", None), "mail", "")
        if not may_be_told_of_days(person):
            wish = AboutMe.Mail.WEEKLY
        if wish in wishes or wish not in ("daily", "weekly"):
            done += _say(person, before)
    return done


@transaction.atomic
def _say(person: Person, before: datetime) -> int:
    first = PendingDigestItem.objects.filter(person=person).earliest("came_at").came_at
    number, _rows = PendingDigestItem.objects.filter(person=person, came_at__lt=before).delete()
    if has_nothing_left(person, first):
        return 0
    return int(number > 0 and notify_how_many(person, number) is not None)


def _ask(by: Person) -> None:
    if not rules.may_keep_families(by):
        raise ActionRefused(_("Only the manager or the deputy looks after undelivered mail."))


@transaction.atomic
def mail_came_back(mail: OutgoingMail) -> None:
    """The other side refused it for good: it stands with what could not be delivered. Told twice, it came back once."""
    if OutgoingMail.objects.filter(pk=mail.pk, came_back_at__isnull=True).update(came_back_at=timezone.now()):
        audit.record("people.mail_came_back", mail)


@transaction.atomic
def try_again(mail: OutgoingMail, *, by: Person) -> None:
    """Somebody has put the address right, or the line is back: the mail gets all its tries anew, to today's address.

    What somebody had sent to an address that they typed goes there or nowhere: its link proves that they read mail there.
    """
    _ask(by)
    if mail.came_back_at:
        raise ActionRefused(
            _("This e-mail left, and its words are gone. Ask them for the right address and write anew.")
        )
    typed = mail.sender_id == mail.person_id
    address = mail.address if typed else mail.person.post_address or mail.address
    OutgoingMail.objects.undelivered().filter(pk=mail.pk).update(tries=0, try_after=None, address=address)
    audit.record("people.mail_tried_again", mail, by=by)


@transaction.atomic
def put_aside(mail: OutgoingMail, *, by: Person) -> None:
    """The person was told in another way: the mail is no longer tried."""
    _ask(by)
    OutgoingMail.objects.undelivered().filter(pk=mail.pk).update(put_aside_at=timezone.now(), body="")
    audit.record("people.mail_put_aside", mail, by=by)


def mail_was_sent(mail: OutgoingMail, keep_words: bool = False) -> None:
    """The mail has left; its words go with it (in the demo they stay, on a page of the portal)."""
    words = {} if keep_words else {"body": ""}
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), **words)


def mail_stays(mail: OutgoingMail, *, until: datetime) -> None:
    """The mail could not leave; it is tried again after this moment."""
    OutgoingMail.objects.filter(pk=mail.pk).update(tries=mail.tries + 1, try_after=until)
