from django.apps import AppConfig


class Accounts(AppConfig):
    name = "people.accounts"
    label = "accounts"
    verbose_name = "Accounts: who somebody is, and how they come in"
