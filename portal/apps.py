from django.apps import AppConfig


class Portal(AppConfig):
    name = "portal"
    verbose_name = "Portal: what families and staff do together"
