from django.apps import AppConfig


class Families(AppConfig):
    name = "people.families"
    label = "families"
    verbose_name = "Families: children, the adults around them, and who may see what"

    def ready(self):
        from people import features

        features.discover()
