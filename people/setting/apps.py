from django.apps import AppConfig


class Setting(AppConfig):
    name = "people.setting"
    label = "setting"
    verbose_name = "The setting: its facts, rooms and roles"
