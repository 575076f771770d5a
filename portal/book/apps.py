from django.apps import AppConfig


class Book(AppConfig):
    name = "portal.book"
    label = "book"
    verbose_name = "The book of a child"
