from django.apps import AppConfig


class Mail(AppConfig):
    name = "people.mail"
    label = "mail"
    verbose_name = "Mail: what is told to whom, and what does not arrive"
