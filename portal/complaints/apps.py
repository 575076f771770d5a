from django.apps import AppConfig


class Complaints(AppConfig):
    name = "portal.complaints"
    label = "complaints"
    verbose_name = "Complaints: the clock and the register"
