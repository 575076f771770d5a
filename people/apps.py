from django.apps import AppConfig


class People(AppConfig):
    name = "people"
    verbose_name = "People: who is who, and who may see what"

    def ready(self):
        from people import features

        features.discover()
