"""The actions of this app. Writing and publishing pages is Wagtail's; we note in the audit log that it happened."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.db.models import Model
from wagtail.models import Site, TaskState
from wagtail.signals import page_published, page_unpublished, task_submitted

from home.actions_notices import announce
from home.models import NoticePage
from people.families.actions_mentions import note_for_orders
from people.mail.notifications import notify
from people.setting.roles import CHECKERS
from records import audit

if TYPE_CHECKING:
    from wagtail.models import Revision

    from people.accounts.models import Person


def listen() -> None:
    """Wagtail publishes by hand, in bulk and by timer; its signal is the one place where all of them meet."""
    page_published.connect(when_published, sender=NoticePage, dispatch_uid="home.when_published")
    task_submitted.connect(when_handed_in, sender=TaskState, dispatch_uid="home.when_handed_in")
    page_unpublished.connect(when_taken_down, sender=NoticePage, dispatch_uid="home.when_taken_down")


def when_published(
    sender: type[Model], instance: NoticePage, revision: "Revision | None" = None, **_others: Any
) -> None:
    by = revision.user if revision else None
    if not instance.live:  # Wagtail says so of a page that is only scheduled, too; it says it again when it appears
        audit.record("home.notice_scheduled", instance, by=by)
        return
    audit.record("home.notice_published", instance, by=by)
    note_for_orders(NoticePage.objects.filter(pk=instance.pk))
    announce(instance, by=by)


def when_handed_in(sender: type[Model], instance: NoticePage, user: "Person | None" = None, **_others: Any) -> None:
    """An editor has submitted a page where two people look at each: those who check hear that there is something new."""
    for checker in (
        Group.objects.get(name=CHECKERS).user_set.filter(is_active=True).exclude(pk__in=[user.pk] if user else [])
    ):
        notify(checker)


def when_taken_down(sender: type[Model], instance: NoticePage, **_others: Any) -> None:
    audit.record("home.notice_taken_down", instance)


def name_site(name: str) -> None:
    """What Wagtail calls the site on the editors' pages."""
    Site.objects.filter(is_default_site=True).update(site_name=name)
