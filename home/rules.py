"""Who may write, publish and follow a notice."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from home.audiences import Audience
from home.models import NoticePage, NoticeStep
from home.reads import Channel
from people.setting.models import Setting
from people.setting.roles import Right, has_right

if TYPE_CHECKING:
    from people.accounts.models import Person

FOR_THOSE_WHO_PUBLISH = {Audience.PUBLIC}


def may_publish(person: "Person") -> bool:
    """Whether this person's notices need nobody else; where the setting wants a second look, an editor's do."""
    if has_right(person, Right.KEEP_SETTING):
        return True
    return has_right(person, Right.PUBLISH_PAGES) and not Setting.now().pages_are_checked


def audiences_for(person: "Person") -> set[Audience]:
    """For whom this person may write: the public only by those who publish, the committee only by its members."""
    if not has_right(person, Right.WRITE_NOTICES):
        return set()
    found = {Audience.FAMILIES, Audience.ROOM, Audience.SESSION, Audience.STAFF}
    if may_publish(person):
        found.add(Audience.PUBLIC)
    if has_right(person, Right.READ_COMMITTEE_PAGES) or has_right(person, Right.EDIT_PAGES):
        found.add(Audience.COMMITTEE)
    return found


def why_not_write(person: "Person", audience: str) -> str:
    """Why this person does not write a notice for this audience, in words, or nothing."""
    if not has_right(person, Right.WRITE_NOTICES):
        return _("Only those who work here write notices.")
    if audience not in audiences_for(person):
        return _("You do not write notices for these readers. Choose others, or ask the manager.")
    return ""


def why_not_change(person: "Person", notice: NoticePage) -> str:
    """Why this person does not change this draft here, in words, or nothing."""
    if notice.live or notice.first_published_at:
        return _("This notice is published. An editor can change it.")
    handed_in = notice.steps.filter(what=NoticeStep.What.HANDED_IN).exists()
    if notice.owner_id == person.pk and not handed_in:
        return ""
    if may_publish(person):
        return ""
    return _("This notice is with those who publish it. Ask them to change it.")


def why_not_publish(person: "Person", notice: NoticePage) -> str:
    """Why this person does not publish this notice, in words, or nothing."""
    if not may_publish(person):
        return _("The manager, the deputy or an editor publishes notices.")
    return ""


def may_follow(person: "Person", notice: NoticePage) -> bool:
    """Whether this person sees who has read it: those who look after children, where they may read it themselves."""
    if not has_right(person, Right.SEE_CHILDREN) and not has_right(person, Right.READ_COMMITTEE_PAGES):
        return False
    return bool(notice.live and NoticePage.objects.visible_to(person).filter(pk=notice.pk).exists())


def may_ring(person: "Person", notice: NoticePage) -> bool:
    """Whether this person sees the phones of those who have not read it."""
    return has_right(person, Right.KEEP_FAMILIES) and may_follow(person, notice)


def reminded_today(notice: NoticePage) -> bool:
    """Whether today's reminder has left already."""
    return bool(notice.steps.filter(what=NoticeStep.What.REMINDED, at__date=timezone.localdate()).exists())


def why_not_remind(person: "Person", notice: NoticePage) -> str:
    """Why this person does not send the reminder now, in words, or nothing."""
    if not may_follow(person, notice) or not has_right(person, Right.SEE_CHILDREN):
        return _("Those who look after the children send reminders.")
    if reminded_today(notice):
        return _("Today's reminder has been sent. The next one can go tomorrow.")
    return ""


def why_not_enter(person: "Person", notice: NoticePage, channel: Channel) -> str:
    """Why this person does not enter that somebody was told, in words, or nothing."""
    if not may_follow(person, notice):
        return _("Only those who work here enter who was told.")
    if channel not in Channel.values or channel == Channel.PORTAL:
        return _("Say how they were told: on paper, aloud or through an interpreter.")
    return ""
