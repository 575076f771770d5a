from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Procedures(AppConfig):
    name = "procedures"
    verbose_name = _("Procedures")

    def ready(self):
        from django.db.models.signals import post_save
        from wagtail.signals import page_published

        from documents.models import Form
        from procedures import listening
        from procedures.actions import when_form_saved, when_published

        # Wagtail publishes also by timer and in bulk, past every hook of its pages: so we listen.
        page_published.connect(when_published, dispatch_uid="procedures.when_published")
        page_published.connect(listening.when_published, dispatch_uid="procedures.listening")
        # A form is a snippet: Wagtail's editor saves it, and no action of ours.
        post_save.connect(when_form_saved, sender=Form, dispatch_uid="procedures.when_form_saved")
