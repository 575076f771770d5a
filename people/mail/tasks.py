"""What the scheduler calls for mail."""

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from people.accounts.models import AboutMe
from people.mail import actions_mail, notifications, returned_mail
from people.mail.mail_backend import OurMail
from people.mail.mail_log import stays_because
from people.mail.models import OutgoingMail
from people.mail.quiet import quiet_until
from people.setting.role_holders import people_with
from people.setting.roles import Right
from records import checkpoint
from records.work import daily, hourly, soon

# Within an hour, to one address, by one person and in all: nobody's letter box is flooded. The rest waits.
TO_ONE_ADDRESS, BY_ONE_PERSON, TO_EVERYBODY, AN_HOUR = 5, 200, 500, timedelta(hours=1)


LONGEST_WAIT = timedelta(hours=25)  # the tenth try comes after 17 hours, and a night is over after 24


ASKED_AGAIN = (OutgoingMail.Kind.NEWS, OutgoingMail.Kind.URGENT)  # what leads to a page of the setting's or the child's


FEW = 3  # mails of a lane in one round: an urgent one that comes meanwhile waits for no more of each of the others


LANES = ([OutgoingMail.Kind.URGENT], [OutgoingMail.Kind.IMPORTANT], [OutgoingMail.Kind.PLAIN, OutgoingMail.Kind.NEWS])


@soon
def send_mail():
    """Send what waits, each to one person. In the demo nothing leaves: its mail stays on a page of the portal.

    Urgent notices, and security, complaints and invitations, have lanes of their own, each with a brake of its own: an
    ordinary flood must not hold them up. What one person causes is slowed down before what all cause.
    """
    return sum(_send(OutgoingMail.objects.filter(kind__in=kinds)) for kinds in LANES)


def _send(lane):
    now, done = timezone.now(), 0
    waiting = lane.on_its_way().filter(_is_due(now)).order_by("pk")
    if not waiting.exists():  # as nearly always: what was sent lately need not be counted
        return 0
    lately, senders = _written_to(lane, since=now - AN_HOUR), _written_by(lane, since=now - AN_HOUR)
    full = {address for address, number in lately.items() if number >= TO_ONE_ADDRESS}
    waiting = waiting.exclude(address__in=full)
    waiting = waiting.exclude(sender__in=[person for person, number in senders.items() if number >= BY_ONE_PERSON])
    for mail in waiting.select_related("person")[:FEW]:
        if lately[mail.address] >= TO_ONE_ADDRESS or lately.total() >= TO_EVERYBODY:
            continue
        if mail.sender_id and senders[mail.sender_id] >= BY_ONE_PERSON:
            continue
        if mail.kind in ASKED_AGAIN and actions_mail.is_held_back(mail):
            continue
        if mail.kind == OutgoingMail.Kind.NEWS and (until := quiet_until(mail.person, now)):
            actions_mail.mail_waits(mail, until=until)
        elif _sent(mail, now):
            lately[mail.address] += 1
            senders[mail.sender_id] += 1
            done += 1
    return done


def _is_due(now):
    """The condition of mail that may leave now. None waits longer than a day: then the clock was wrong when it was noted."""
    return Q(try_after__isnull=True) | Q(try_after__lte=now) | Q(try_after__gt=now + LONGEST_WAIT)


def _written_by(lane, since):
    """How many mails each person has caused that left."""
    sent = lane.none() if settings.DEMO else lane.filter(sent_at__range=(since, since + AN_HOUR), sender__isnull=False)
    return Counter(sent.values_list("sender", flat=True))


def _written_to(lane, since):
    """How many mails left to each address; nothing leaves the demo."""
    sent = lane.none() if settings.DEMO else lane.filter(sent_at__range=(since, since + AN_HOUR))
    return Counter(sent.values_list("address", flat=True))


def _sent(mail, now):
    if settings.DEMO:
        actions_mail.mail_was_sent(mail, keep_words=True)
        return 1
    try:
        headers = {"Message-ID": returned_mail.message_id(mail)}
        OurMail(" ".join(mail.subject.split()), mail.body, to=[mail.address], headers=headers).send()  # one line each
    except OSError as problem:  # every failure of smtplib is one; it is tried again, later each time
        stays_because(problem)
        actions_mail.mail_stays(mail, until=now + timedelta(minutes=2**mail.tries))
        return 0
    actions_mail.mail_was_sent(mail)
    return 1


@hourly
def look_for_returned_mail():
    """What was refused for good by the other side stands with what could not be delivered."""
    for letter in returned_mail.letters():
        for mail in returned_mail.came_back(letter):
            actions_mail.mail_came_back(mail)


MORNING, MONDAY = 7, 0


@hourly
def say_how_many():
    """In the morning, for those who like to hear of what is new once a day or, on Monday, once a week."""
    now = timezone.localtime()
    if now.hour < MORNING:
        return 0
    wishes = [AboutMe.Mail.DAILY, *([AboutMe.Mail.WEEKLY] if now.weekday() == MONDAY else [])]
    return actions_mail.say_how_many(wishes, before=now.replace(hour=MORNING, minute=0, second=0, microsecond=0))


@daily
def mail_checkpoint():
    """Once a week the audit chain's checkpoint leaves the house: to the manager and to the chair, who are two people."""
    kept = checkpoint.keep()
    if kept is None:
        return 0
    keepers = {*people_with(Right.KEEP_STAFF), *people_with(Right.HANDLE_COMPLAINTS_ABOUT_LEADERS)}
    words = checkpoint.as_line(kept), checkpoint.public_key()
    return sum(notifications.send_checkpoint(person, *words) is not None for person in keepers)
