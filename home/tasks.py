"""What the clock does for the pages."""

from django.core.management import call_command

from records.work import hourly


@hourly
def publish_scheduled():
    """Pages whose hour has come appear, and those whose hour is over go (Wagtail's own command)."""
    call_command("publish_scheduled")
