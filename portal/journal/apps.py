from django.apps import AppConfig


class Journal(AppConfig):
    name = "portal.journal"
    label = "journal"
    verbose_name = "The learning journal"
