"""Actions of notices: written in the short form, told of, read, and told aloud to those who do not read."""

from collections.abc import Iterable
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import linebreaks, strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction

from home import rules
from home.audiences import Audience, recipients_of
from home.models import NoticePage, NoticeRead, NoticesPage, NoticeStep
from home.notices import OURS, Phrase, Telling
from home.reads import Channel
from people.accounts.models import Person
from people.mail.notifications import notify, notify_urgently
from records import audit
from records.refused import ActionRefused, refuse

if TYPE_CHECKING:
    from people.setting.models import Room

DRAFTS_MADE_TWICE = timedelta(minutes=10)


def _refuse(why_not: str) -> None:
    refuse(why_not)


@transaction.atomic
def write_notice(
    *,
    by: Person,
    words: str,
    audience: str,
    rooms: "Iterable[Room]" = (),
    weekday: int | None = None,
) -> NoticePage:
    """Begin a notice as a draft of its author. Pressing twice makes one."""
    _refuse(rules.why_not_write(by, audience))
    title, rest = title_and_words(words)
    recently = NoticePage.objects.as_drafts_of(by).filter(
        latest_revision_created_at__gt=timezone.now() - DRAFTS_MADE_TWICE
    )
    earlier: NoticePage | None = recently.filter(title=title, words=rest, audience=audience, weekday=weekday).first()
    if earlier:
        return earlier
    facts = {"audience": audience, "weekday": weekday, "words": rest, "live": False, "owner": by}
    notice = NoticePage(title=title, slug=_free_slug(title), **facts)
    notice.rooms = list(rooms)
    NoticesPage.objects.get().add_child(instance=notice)
    notice.save_revision(user=by, log_action=True)
    audit.record("home.notice_written", notice, by=by)
    return notice


@transaction.atomic
def change_notice(
    notice: NoticePage,
    *,
    by: Person,
    words: str,
    audience: str,
    rooms: "Iterable[Room]" = (),
    weekday: int | None = None,
) -> NoticePage:
    """Change a draft before it is handed in or published."""
    _refuse(rules.why_not_change(by, notice) or rules.why_not_write(by, audience))
    notice = notice.get_latest_revision_as_object()
    notice.title, notice.words = title_and_words(words)
    notice.audience, notice.weekday, notice.rooms = audience, weekday, list(rooms)
    notice.save_revision(user=by, log_action=True)
    # Nobody but its author and the editors can reach a draft, so its row may keep up with its words.
    notice.save()
    audit.record("home.notice_changed", notice, by=by)
    return notice


@transaction.atomic
def hand_in(notice: NoticePage, *, by: Person) -> NoticePage:
    """The author has finished: the draft waits for those who publish."""
    _refuse(rules.why_not_change(by, notice))
    if not notice.steps.filter(what=NoticeStep.What.HANDED_IN).exists():
        NoticeStep.objects.create(notice=notice, what=NoticeStep.What.HANDED_IN, by=by)
        audit.record("home.notice_handed_in", notice, by=by)
    return notice


@transaction.atomic
def publish_notice(notice: NoticePage, *, by: Person, telling: str, phrase: str = "") -> NoticePage:
    """Publish a draft from the portal, as an editor does in Wagtail; pressing twice publishes once."""
    _refuse(rules.why_not_publish(by, notice))
    if notice.live:
        return notice
    notice = notice.get_latest_revision_as_object()
    fits = notice.audience in (Audience.PUBLIC, Audience.FAMILIES) and telling == Telling.URGENT
    notice.telling, notice.phrase = telling, phrase if fits else ""
    notice.posted_on = timezone.localdate()
    revision = notice.save_revision(user=by, log_action=True)
    revision.publish(user=by, skip_permission_checks=True)  # our rule was asked; the manager is no editor of Wagtail's
    return notice


@transaction.atomic
def take_down(notice: NoticePage, *, by: Person) -> None:
    """The notice is gone from every list at once; Wagtail keeps it as a draft."""
    _refuse(rules.why_not_publish(by, notice))
    if notice.live:
        UnpublishPageAction(notice, user=by).execute(skip_permission_checks=True)  # our rule was asked


def title_and_words(typed: str) -> tuple[str, str]:
    """The first line as the title, the rest as the words; a single line is both."""
    lines = typed.strip().splitlines()
    title = lines[0].strip()
    rest = "\n".join(lines[1:]).strip()
    if len(title) > 120:
        title, rest = title[:117].rsplit(" ", 1)[0] + "…", typed.strip()
    return title, linebreaks(rest or title, autoescape=True).replace("<br>", "<br/>")  # as Wagtail's editor reads it


def as_typed(notice: NoticePage) -> str:
    """A notice's title and words as somebody would have typed them in the short form."""
    ends = notice.words.replace("</p>", "\n\n").replace("<br/>", "\n").replace("</li>", "\n")
    words = unescape(strip_tags(ends)).strip()
    return words if words.startswith(notice.title.rstrip("…")) else f"{notice.title}\n{words}"


def _free_slug(title: str) -> str:
    begin = slugify(title)[:80] or "notice"
    begin = f"{begin}-notice" if begin in OURS else begin
    taken = set(NoticePage.objects.filter(slug__startswith=begin).values_list("slug", flat=True))
    return next(slug for slug in [begin, *(f"{begin}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken)


@transaction.atomic
def announce(notice: NoticePage, *, by: Person | None) -> None:
    """Tell those it is for, once: by an e-mail that says there is something new, or at once where it is urgent."""
    What = NoticeStep.What
    if by:
        notice_opened(notice, by)  # whoever publishes it has read it
    if notice.telling == Telling.QUIET or notice.steps.filter(what=What.URGENT).exists():
        return
    urgent = notice.telling == Telling.URGENT
    if not urgent and notice.steps.filter(what=What.TOLD).exists():
        return
    people, phrase = recipients_of(notice).order_by("pk"), _("There is an urgent notice")
    if urgent and notice.phrase and notice.audience in (Audience.PUBLIC, Audience.FAMILIES):
        phrase = str(Phrase(notice.phrase).label)
    sent = [notify_urgently(person, phrase) if urgent else notify(person) for person in _but(people, by)]
    written = sum(mail is not None for mail in sent)
    NoticeStep.objects.create(notice=notice, what=What.URGENT if urgent else What.TOLD, by=by, number=written)


def _but(people: QuerySet[Person], somebody: Person | None) -> QuerySet[Person]:
    return people.exclude(pk=somebody.pk) if somebody else people


@transaction.atomic
def remind(notice: NoticePage, *, by: Person) -> int:
    """Tell those who have not read it that something waits for them; at most once a day. The number of e-mails."""
    _refuse(rules.why_not_remind(by, notice))
    rest = _but(recipients_of(notice), by).exclude(pk__in=notice.reads.values("person")).order_by("pk")
    written = sum(notify(person) is not None for person in rest)
    NoticeStep.objects.create(notice=notice, what=NoticeStep.What.REMINDED, by=by, number=written)
    audit.record("home.notice_reminded", notice, by=by)
    return written


def notice_opened(notice: NoticePage, person: Person) -> None:
    """Remember that somebody has read it; the first time counts."""
    if NoticeRead.objects.filter(notice=notice, person=person).exists():
        return
    if NoticePage.objects.visible_to(person).filter(pk=notice.pk).exists():
        NoticeRead.objects.bulk_create([NoticeRead(notice=notice, person=person)], ignore_conflicts=True)


@transaction.atomic
def told(notice: NoticePage, people: Iterable[Person], *, by: Person, channel: Channel) -> int:
    """Staff have told these people on paper, aloud or through an interpreter. Whoever has read it before has read it."""
    _refuse(rules.why_not_enter(by, notice, channel))
    people = Person.objects.filter(pk__in=[person.pk for person in people])
    fresh = people.filter(pk__in=recipients_of(notice)).exclude(pk__in=notice.reads.values("person"))
    rows = [NoticeRead(notice=notice, person=person, channel=Channel(channel), entered_by=by) for person in fresh]
    NoticeRead.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        audit.record("home.notice_told", notice, by=by)
    return len(rows)


@transaction.atomic
def ring_list_opened(notice: NoticePage, *, by: Person) -> None:
    """Phones are shown: the audit log says to whom."""
    if not rules.may_ring(by, notice):
        raise ActionRefused(_("Only the manager or the deputy sees the phones of families."))
    audit.record("home.ring_list_opened", notice, by=by)
