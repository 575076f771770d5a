"""The way out for mail: only what the scheduler sends leaves. Wagtail would write to editors about pages, with their words."""

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend


class OurMail(EmailMessage):
    """A mail of our own, which says that there is something new and never what."""


class OnlyOurs(EmailBackend):
    """Sends mail of ours and quietly drops the rest: what waits for an editor or a checker stands in Wagtail and on Today."""

    def send_messages(self, email_messages):
        ours = [message for message in email_messages if isinstance(message, OurMail)]
        return super().send_messages(ours) if ours else 0
