"""The actions of this app. Writing and publishing pages is Wagtail's; we note in the audit log that it happened."""

from django.contrib.auth.models import Group
from wagtail.models import Site, TaskState
from wagtail.signals import page_published, page_unpublished, task_submitted

from home.actions_notices import announce
from home.models import NoticePage
from people.families.actions_mentions import note_for_orders
from people.mail.notifications import notify
from people.setting.roles import CHECKERS
from records import audit


def listen():
    """Wagtail publishes by hand, in bulk and by timer; its signal is the one place where all of them meet."""
    page_published.connect(when_published, sender=NoticePage, dispatch_uid="home.when_published")
    task_submitted.connect(when_handed_in, sender=TaskState, dispatch_uid="home.when_handed_in")
    page_unpublished.connect(when_taken_down, sender=NoticePage, dispatch_uid="home.when_taken_down")


def when_published(sender, instance, revision=None, **_others):
    by = revision.user if revision else None
    if not instance.live:  # Wagtail says so of a page that is only scheduled, too; it says it again when it appears
        audit.record("home.notice_scheduled", instance, by=by)
        return
    audit.record("home.notice_published", instance, by=by)
    note_for_orders(NoticePage.objects.filter(pk=instance.pk))
    announce(instance, by=by)


def when_handed_in(sender, instance, user=None, **_others):
    """An editor has submitted a page where two people look at each: those who check hear that there is something new."""
    for checker in (
        Group.objects.get(name=CHECKERS).user_set.filter(is_active=True).exclude(pk=user.pk if user else None)
    ):
        notify(checker)


def when_taken_down(sender, instance, **_others):
    audit.record("home.notice_taken_down", instance)


def name_site(name):
    """What Wagtail calls the site on the editors' pages."""
    Site.objects.filter(is_default_site=True).update(site_name=name)
