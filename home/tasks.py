"""What the clock does for the pages."""

from django.conf import settings
from django.core.management import call_command

from home.actions_signposts import check_links
from records.work import hourly


@hourly
def publish_scheduled():
    """Pages whose hour has come appear, and those whose hour is over go (Wagtail's own command)."""
    call_command("publish_scheduled")


@hourly
def try_links():
    """Do the websites of the directory still answer? Only where this server may go out (CHECK_LINKS)."""
    return check_links() if settings.CHECK_LINKS else 0
