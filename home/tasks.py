"""What the scheduler calls for the pages."""

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision

from home.actions_signposts import check_links
from records.work import hourly, soon


@soon
def publish_scheduled():
    """Pages whose moment has come appear, and those whose moment is over go (Wagtail's own command)."""
    now = timezone.now()
    come = Revision.objects.filter(approved_go_live_at__lt=now).exists()
    if not come and not Page.objects.filter(live=True, expire_at__lt=now).exists():
        return 0
    call_command("publish_scheduled")
    return 1


@hourly
def try_links():
    """Do the websites of the directory still answer? Only where this server may go out (CHECK_LINKS)."""
    return check_links() if settings.CHECK_LINKS else 0
