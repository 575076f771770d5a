from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Versions(AppConfig):
    name = "versions"
    verbose_name = _("Versions: what was published, and who has read it")

    def ready(self):
        from wagtail.signals import page_published

        from versions.actions import when_published

        # Wagtail publishes also by timer and in bulk, past every hook of its pages: so we listen.
        page_published.connect(when_published, dispatch_uid="versions.when_published")
