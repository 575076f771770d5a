"""Mail to people. It says that there is something new and never what, about whom, or from whom."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.accounts.models import AboutMe, SecurityEvent
from people.families.access import CLOSES_THE_PORTAL, RestrictionKind, access_of
from people.families.models import Restriction
from people.features import first_page
from people.mail.models import OutgoingMail, PendingDigestItem
from people.setting.models import Setting
from people.setting.role_holders import people_with
from people.setting.roles import Right

AT_MOST_EVERY = timedelta(hours=1)
DIGESTS = (AboutMe.Mail.DAILY, AboutMe.Mail.WEEKLY)
A_CHECKPOINT_EVERY = timedelta(days=6, hours=12)  # once a week, whatever hour the clock rings


def notify(person, at_once=False, children=()):
    """Say that something new waits in the portal. Call it inside the action's transaction.

    A mail that still waits to leave says it already. After one that has left, the next waits until an hour is over,
    unless it has to leave `at_once`. Nothing is ever dropped, but for those who asked to be written to only then; and who
    likes to hear of it once a day or once a week is told then how many there were.

    `children` are the ids of those it is about: whoever may not know the days of one of them hears with the weekly
    count, because a mail of this minute would tell that the child is here.
    """
    if not _can_be_told(person):
        return None
    wish = AboutMe.Mail.EACH if at_once else wish_of(person)
    tells_a_day = not at_once and not access_of(person).children_closed_by(RestrictionKind.NO_TIMETABLE).isdisjoint(
        children
    )
    if wish in DIGESTS or (tells_a_day and wish != AboutMe.Mail.URGENT):
        PendingDigestItem.objects.create(person=person)
        return None
    if wish == AboutMe.Mail.URGENT:
        return None
    setting = Setting.now()
    subject = _("Something new for you at %(setting)s") % {"setting": setting.short_name}
    earlier = OutgoingMail.objects.filter(person=person, subject=subject)
    waiting = earlier.on_its_way()
    if waiting.exists():
        if at_once:
            waiting.update(try_after=None, kind=OutgoingMail.Kind.IMPORTANT)
        return None
    last = earlier.filter(sent_at__isnull=False).order_by("-sent_at").first()
    try_after = None if at_once or last is None else last.sent_at + AT_MOST_EVERY
    words = _("there is something new for you. To read it, sign in here:")
    kind = OutgoingMail.Kind.IMPORTANT if at_once else OutgoingMail.Kind.NEWS
    return _write(person, subject, words, kind=kind, try_after=try_after)


def notify_of_approval(person, alone):
    """Tell somebody in office, or whom it concerns, of a step that takes two people; `alone`: that nobody else can agree.

    Whoever has not arrived yet cannot sign in to stop it, so the mail says whom to ring.
    """
    if not alone:
        return notify(person, at_once=True)
    if not person.post_address or not person.is_active:
        return None
    setting = Setting.now()
    subject = _("Please look within 24 hours (%(setting)s)") % {"setting": setting.short_name}
    words = _(
        "one person at %(setting)s asked for a step that should take two, and there is no second. It takes effect after 24 "
        "hours, unless somebody stops it. To read what it is, sign in here, or ring us on %(phone)s:"
    ) % {"setting": setting.name, "phone": setting.phone}
    return _write(person, subject, words, kind=OutgoingMail.Kind.IMPORTANT)  # a day in which to stop it is short


def notify_how_many(person, number):
    """The e-mail of those who like to hear of what is new once a day or once a week: how many, and never what."""
    if not _can_be_told(person):
        return None
    setting = Setting.now()
    subject = ngettext("%(n)d new thing for you at %(setting)s", "%(n)d new things for you at %(setting)s", number)
    words = ngettext(
        "there is %(n)d new thing for you. To read it, sign in here:",
        "there are %(n)d new things for you. To read them, sign in here:",
        number,
    )
    named = {"n": number, "setting": setting.short_name}
    return _write(person, subject % named, words % named, kind=OutgoingMail.Kind.NEWS)


def notify_urgently(person, phrase=""):
    """Urgent news: to everybody it concerns who has an address, whatever they chose, before all other mail.

    `phrase` is one of a fixed list about the setting; without it the mail says only that there is something urgent.
    """
    if not person.post_address or not person.is_active:
        return None
    setting = Setting.now()
    said = phrase or _("There is something urgent")
    subject = _("Urgent: %(said)s (%(setting)s)") % {"said": said, "setting": setting.short_name}
    words = _("%(said)s. To read more, sign in here, or ring us on %(phone)s:") % {"said": said, "phone": setting.phone}
    if not setting.phone:
        words = _("%(said)s. To read more, sign in here:") % {"said": said}
    return _write(person, subject, words, kind=OutgoingMail.Kind.URGENT)


def wish_of(person):
    """How often this person likes to hear of what is new."""
    return AboutMe.objects.filter(person=person).values_list("mail", flat=True).first() or AboutMe.Mail.EACH


def may_be_told_of_days(person):
    """Whether nothing is closed to this person that a mail on an ordinary day could tell."""
    return not access_of(person).children_closed_by(RestrictionKind.NO_TIMETABLE)


def is_overtaken(person, since, kinds):
    """Whether a restriction of these kinds was entered since this moment and is in force."""
    entered = Restriction.objects.running(timezone.localdate()).filter(adult=person, kind__in=kinds)
    return entered.filter(entered_at__gte=since).exists()


def has_nothing_left(person, since):
    """Whether the portal was closed to this person since this moment and nothing else in it is theirs."""
    access = access_of(person)
    left = access.family() or access.roles
    return not left and is_overtaken(person, since, CLOSES_THE_PORTAL)


def _can_be_told(person):
    return bool(person.post_address and person.is_active and person.has_usable_password())


def _write(person, subject, words, *, kind, try_after=None):
    setting = Setting.now()
    body = _(
        "%(hello)s\n\n%(words)s\n\n%(link)s\n\n"
        "For your family's privacy we never put more than this in an e-mail.\n\n%(setting)s\n"
    ) % {"hello": _hello(person), "words": words, "link": f"{settings.SITE_URL}{first_page()}", "setting": setting.name}
    return OutgoingMail.objects.create(
        person=person, address=person.post_address, kind=kind, subject=subject, body=body, try_after=try_after
    )


def _hello(person):
    """Mail to a shared address says for whom it is; mail to one's own names nobody."""
    return _("Hello,") if person.post_address == person.email else _for_whom(person)


def _for_whom(person):
    return _("For %(name)s: hello,") % {"name": person.full_name}


def send_invitation(person, link, invitation):
    """The mail with a person's own way in; its words are wiped once it is sent."""
    setting = Setting.now()
    until = date_format(timezone.localtime(invitation.ends_at), "j F")
    asks = {
        "word": _("You will be asked for the word that we tell you ourselves."),
        "born_on": _("You will be asked for the child's date of birth."),
    }
    body = _(
        "%(hello)s\n\n%(setting)s invites you to its parent portal. Choose your password here:\n\n%(link)s\n\n"
        "The link works once, until %(until)s, and is meant for you alone. %(asks)s\n\n%(setting)s\n"
    ) % {
        "hello": _hello(person),
        "link": link,
        "setting": setting.name,
        "until": until,
        "asks": asks.get(invitation.asks_for, ""),
    }
    subject = _("Your invitation from %(setting)s") % {"setting": setting.short_name}
    return _important(person, person.post_address, subject, body, sender=invitation.made_by)


def _important(person, address, subject, body, *, sender=None):
    return OutgoingMail.objects.create(
        person=person, address=address, kind=OutgoingMail.Kind.IMPORTANT, subject=subject, body=body, sender=sender
    )


def notify_of_security(person, kind: str, *, device: str = "", old_address: str = "") -> SecurityEvent:
    """Tell a person by every means we have that their way in was changed or used: Today, and mail to each address of theirs.

    :param kind: one of SecurityEvent.Kind
    :param device: where it was done, in words ("Chrome, Android"); empty where we do not know
    :param old_address: one that was theirs until now
    """
    event = SecurityEvent.objects.create(person=person, kind=kind, device=device[:120])
    setting = Setting.now()
    subject = _("How you sign in at %(setting)s") % {"setting": setting.short_name}
    what = event.get_kind_display()
    where = _("On: %(device)s") % {"device": device} if device else ""
    for address in {address for address in (old_address, person.post_address, person.mail_to) if address}:
        body = _(
            "%(hello)s\n\n%(what)s.\n%(where)s\n\n"
            "If that was you, all is well. If not, please ring us at once.\n\n%(setting)s\n%(phone)s\n"
        ) % {
            "hello": _hello(person) if address != person.mail_to else _for_whom(person),
            "what": what,
            "where": where,
            "setting": setting.name,
            "phone": setting.phone,
        }
        _important(person, address, subject, body)
    return event


def notify_chairs_of_letter(person, used=False):
    """The chair hears of each letter that lets somebody in again, and of its use; the mail names nobody."""
    setting = Setting.now()
    subject = _("A letter at the door (%(setting)s)") % {"setting": setting.short_name}
    said = _("was used") if used else _("was printed")
    body = _(
        "Hello,\n\na letter that lets somebody sign in again, without their old password, %(said)s at %(setting)s just "
        "now. Two people have to agree to each. If you know nothing of it, ask whoever leads, or ring %(phone)s.\n"
    ) % {"said": said, "setting": setting.name, "phone": setting.phone}
    for chair in people_with(Right.HANDLE_COMPLAINTS_ABOUT_LEADERS).exclude(pk=person.pk):
        if chair.post_address:
            _important(chair, chair.post_address, subject, body)


def send_new_password(person, token):
    """The mail to somebody who has forgotten their password, with a link that works once, for an hour."""
    setting = Setting.now()
    subject = _("A new password for %(setting)s") % {"setting": setting.short_name}
    link = settings.SITE_URL + reverse("people:new_password", args=[token])
    body = _(
        "Hello,\n\nsomebody asked for a new password for the account with this address. If it was you, choose one here:"
        "\n\n%(link)s\n\nThe link works once, within an hour. If it was not you, there is nothing to do: your password "
        "stays as it is.\n\n%(setting)s\n%(phone)s\n"
    ) % {"setting": setting.name, "phone": setting.phone, "link": link}
    return _important(person, person.email, subject, body)


def send_new_address(person, address, token):
    """The mail to a new address, with the link that makes it the person's own."""
    setting = Setting.now()
    subject = _("Your new e-mail address at %(setting)s") % {"setting": setting.short_name}
    link = settings.SITE_URL + reverse("people:take_new_address", args=[token])
    body = _(
        "Hello,\n\nsomebody asked to use this address to sign in at %(setting)s. If it was you, follow this link while "
        "you are signed in:\n\n%(link)s\n\nIt works once, for one day. If it was not you, there is nothing to do.\n"
    ) % {"setting": setting.name, "link": link}
    return _important(person, address, subject, body, sender=person)


def send_checkpoint(person, line, public_key):
    """The mail that keeps a word about the audit chain where nobody at the setting can change it; no record is named."""
    setting = Setting.now()
    subject = _("Please keep: a checkpoint of %(setting)s") % {"setting": setting.short_name}
    since = timezone.now() - A_CHECKPOINT_EVERY
    if (
        not person.post_address
        or OutgoingMail.objects.filter(person=person, subject=subject, written_at__gt=since).exists()
    ):
        return None
    body = _(
        "Hello,\n\nplease leave this mail in your letter box; there is nothing to do. With it anybody can tell later "
        "whether the portal's list of who did what was cut short or written anew.\n\n%(line)s\n\nPublic key: %(key)s\n\n"
        "How to check it stands in docs/running-it.md, under “Was the audit log changed?”.\n\n%(setting)s\n"
    ) % {"line": line, "key": public_key, "setting": setting.name}
    return OutgoingMail.objects.create(person=person, address=person.post_address, subject=subject, body=body)
