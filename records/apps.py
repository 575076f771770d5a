from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Records(AppConfig):
    name = "records"
    verbose_name = "Records: what we hold, for how long, and who touched it"

    def ready(self) -> None:
        autodiscover_modules("tasks")
