"""The actions of this app: keep what was published, note who has read it, remind the rest."""

import hashlib
import json
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import get_page_models as page_models

from people.mail import notifications
from records import audit
from records.refused import ActionRefused
from versions import rules
from versions.audiences import Asked
from versions.models import Acknowledgement, Channel, KeptPage, PageVersion, Reminder

if TYPE_CHECKING:
    from wagtail.models import Revision

    from people.accounts.models import Person

A_DAY = timedelta(hours=20)  # who is reminded each morning is reminded once a day


def when_published(
    sender: type[Model],
    instance: Model,
    revision: "Revision | None" = None,
    **_others: Any,
) -> None:
    """Wagtail has published a page: keep its words. It says so of a page that is only scheduled, too, and again later."""
    if isinstance(instance, KeptPage) and instance.live:
        keep_version(instance, by=revision.user if revision else None)


@transaction.atomic
def keep_version(page: KeptPage, by: "Person | None" = None) -> PageVersion:
    """The page's newest version: a new one when its words, readers or those who are asked have changed."""
    words = [list(part) for part in page.kept_words()]
    digest = digest_of(page.kept_title, words)
    last = PageVersion.objects.select_for_update().filter(page=page.pk).order_by("-number").first()
    same_words = last is not None and last.digest == digest
    if last and same_words and (last.audience, last.asked) == (page.audience, page.acknowledged_by):
        return last
    number = last.number + 1 if last else 1
    newly_asked = last is None or (last.asked != page.acknowledged_by and page.acknowledged_by != Asked.NOBODY)
    is_material = newly_asked or (page.change_is_material and not same_words)
    version = PageVersion.objects.create(
        page_id=page.pk,
        number=number,
        title=page.kept_title,
        words=words,
        digest=digest,
        audience=page.audience,
        asked=page.acknowledged_by,
        is_material=is_material,
        read_from=number if is_material or last is None else last.read_from,
        what_changed=page.what_changed,
        published_by=by,
    )
    audit.record("versions.kept", version, by=by, digest=digest)
    return version


def keep_missing() -> int:
    """A first version of every published page that has none; how many were kept."""
    kept = 0
    for kind in page_models():
        for page in kind.objects.live().filter(kept_versions__isnull=True) if issubclass(kind, KeptPage) else ():
            keep_version(page)
            kept += 1
    return kept


def digest_of(title: str, words: list[list[str]]) -> str:
    """SHA-256 (hex) of a title and its words; anchors are left out, they are not words."""
    plain = [title, [[kind, text] for kind, _anchor, text in words]]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def acknowledge(
    version: PageVersion, person: "Person", *, channel: Channel = Channel.PORTAL, by: "Person | None" = None
) -> Acknowledgement:
    """Note that a person has read a version, or was told it; once noted, it stays as it was first noted."""
    by = by or person
    if by.pk != person.pk and not rules.may_note_readers(by):
        raise ActionRefused(_("Only the manager or the deputy writes down who was told."))
    known = Acknowledgement.objects.filter(version=version, person=person).first()
    if known is not None:
        return known
    if not PageVersion.objects.visible_to(person).filter(pk=version.pk).exists():
        raise ActionRefused(_("This page is not for them to read."))
    made = Acknowledgement.objects.create(version=version, person=person, channel=channel, entered_by=by)
    audit.record("versions.acknowledged", made, by=by, digest=version.digest)
    return made


@transaction.atomic
def remind(version: PageVersion, people: "Iterable[Person]", *, by: "Person") -> int:
    """Write to those who have not read it, at most once a day each; how many were written to."""
    if not rules.may_note_readers(by):
        raise ActionRefused(_("Only the manager or the deputy reminds people."))
    lately = set(
        Reminder.objects.filter(version=version, sent_at__gt=timezone.now() - A_DAY).values_list("person", flat=True)
    )
    sent = 0
    for person in people:
        if person.pk in lately:
            continue
        notifications.notify(person)
        Reminder.objects.create(version=version, person=person, sent_by=by)
        sent += 1
    audit.record("versions.reminded", version, by=by)
    return sent
