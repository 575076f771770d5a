"""Mail to people. It says that there is something new and never what, about whom, or from whom."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import AboutMe, OutgoingMail, Setting, Untold

AT_MOST_EVERY = timedelta(hours=1)
DIGESTS = (AboutMe.Mail.DAILY, AboutMe.Mail.WEEKLY)
A_CHECKPOINT_EVERY = timedelta(days=6, hours=12)  # once a week, whatever hour the clock rings


def tell(person, at_once=False):
    """Say that something new waits in the portal. Call it inside the action's transaction.

    A mail that still waits to leave says it already. After one that has left, the next waits until an hour is over,
    unless it has to leave `at_once`. Nothing is ever dropped, but for those who asked to be written to only then; and who
    likes to hear of it once a day or once a week is told then how many there were.
    """
    if not _can_be_told(person):
        return None
    wish = AboutMe.Mail.EACH if at_once else wish_of(person)
    if wish in DIGESTS:
        Untold.objects.create(person=person)
        return None
    if wish == AboutMe.Mail.URGENT:
        return None
    setting = Setting.now()
    subject = _("Something new for you at %(setting)s") % {"setting": setting.short_name}
    earlier = OutgoingMail.objects.filter(person=person, subject=subject)
    waiting = earlier.on_its_way()
    if waiting.exists():
        if at_once:
            waiting.update(try_after=None, kind=OutgoingMail.Kind.PLAIN)
        return None
    last = earlier.filter(sent_at__isnull=False).order_by("-sent_at").first()
    try_after = None if at_once or last is None else last.sent_at + AT_MOST_EVERY
    words = _("there is something new for you. To read it, sign in here:")
    kind = OutgoingMail.Kind.PLAIN if at_once else OutgoingMail.Kind.NEWS
    return _write(person, subject, words, kind=kind, try_after=try_after)


def tell_how_many(person, number):
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


def tell_urgently(person, phrase=""):
    """An urgent notice: to everybody it concerns who has an address, whatever they chose, before all other mail.

    `phrase` is one of a fixed list about the setting; without it the mail says only that there is an urgent notice.
    """
    if not person.post_address or not person.is_active:
        return None
    setting = Setting.now()
    said = phrase or _("There is an urgent notice")
    subject = _("Urgent: %(said)s (%(setting)s)") % {"said": said, "setting": setting.short_name}
    words = _("%(said)s. To read more, sign in here, or ring us on %(phone)s:") % {"said": said, "phone": setting.phone}
    if not setting.phone:
        words = _("%(said)s. To read more, sign in here:") % {"said": said}
    return _write(person, subject, words, kind=OutgoingMail.Kind.URGENT)


def wish_of(person):
    """How often this person likes to hear of what is new."""
    return AboutMe.objects.filter(person=person).values_list("mail", flat=True).first() or AboutMe.Mail.EACH


def _can_be_told(person):
    return bool(person.post_address and person.is_active and person.has_usable_password())


def _write(person, subject, words, *, kind, try_after=None):
    setting = Setting.now()
    body = _(
        "%(hello)s\n\n%(words)s\n\n%(link)s\n\n"
        "For your family's privacy we never put more than this in an e-mail.\n\n%(setting)s\n"
    ) % {"hello": _hello(person), "words": words, "link": f"{settings.SITE_URL}/today/", "setting": setting.name}
    return OutgoingMail.objects.create(
        person=person, address=person.post_address, kind=kind, subject=subject, body=body, try_after=try_after
    )


def _hello(person):
    """Mail to a shared address says for whom it is; mail to one's own names nobody."""
    return _("Hello,") if person.email else _("For %(name)s: hello,") % {"name": person.full_name}


def send_invitation(person, link):
    """The mail with a person's own way in; its words are wiped once it is sent."""
    setting = Setting.now()
    body = _(
        "%(hello)s\n\n%(setting)s invites you to its parent portal. Choose your password here:\n\n%(link)s\n\n"
        "The link works once, for seven days, and is meant for you alone.\n\n%(setting)s\n"
    ) % {"hello": _hello(person), "link": link, "setting": setting.name}
    subject = _("Your invitation from %(setting)s") % {"setting": setting.short_name}
    return OutgoingMail.objects.create(person=person, address=person.post_address, subject=subject, body=body)


def tell_of_new_password(person):
    """Somebody used an invitation of a person who could sign in already: if it was not them, they must hear of it."""
    if not person.post_address:
        return None
    setting = Setting.now()
    subject = _("Your password at %(setting)s was changed") % {"setting": setting.short_name}
    body = _(
        "%(hello)s\n\nsomebody has just used a fresh invitation to choose a new password for you.\n\n"
        "If that was you, all is well. If not, please ring us at once.\n\n%(setting)s\n%(phone)s\n"
    ) % {"hello": _hello(person), "setting": setting.name, "phone": setting.phone}
    return OutgoingMail.objects.create(person=person, address=person.post_address, subject=subject, body=body)


def tell_of_change(person, address):
    """Something about how a person signs in was changed: the address they had until now hears of it at once."""
    if not address:
        return None
    setting = Setting.now()
    subject = _("How you sign in at %(setting)s was changed") % {"setting": setting.short_name}
    body = _(
        "%(hello)s\n\nthe password, the e-mail address or the second factor of your account has just been changed.\n\n"
        "If that was you, all is well. If not, please ring us at once.\n\n%(setting)s\n%(phone)s\n"
    ) % {"hello": _hello(person), "setting": setting.name, "phone": setting.phone}
    return OutgoingMail.objects.create(person=person, address=address, subject=subject, body=body)


def send_new_address(person, address, token):
    """The mail to a new address, with the link that makes it the person's own."""
    setting = Setting.now()
    subject = _("Your new e-mail address at %(setting)s") % {"setting": setting.short_name}
    link = settings.SITE_URL + reverse("people:take_new_address", args=[token])
    body = _(
        "Hello,\n\nsomebody asked to use this address to sign in at %(setting)s. If it was you, follow this link while "
        "you are signed in:\n\n%(link)s\n\nIt works once, for one day. If it was not you, there is nothing to do.\n"
    ) % {"setting": setting.name, "link": link}
    return OutgoingMail.objects.create(person=person, address=address, subject=subject, body=body)


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
