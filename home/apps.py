from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Home(AppConfig):
    name = "home"
    verbose_name = _("Home page and notices")

    def ready(self):
        from home import actions, pictures

        pictures.listen()
        actions.listen()
