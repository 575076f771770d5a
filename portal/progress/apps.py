from django.apps import AppConfig


class Progress(AppConfig):
    name = "portal.progress"
    label = "progress"
    verbose_name = "Progress checks and summaries"
