from django.apps import AppConfig


class Documents(AppConfig):
    name = "documents"
    verbose_name = "Documents: what is agreed and signed"

    def ready(self):
        from documents.consent import on_the_emergency_card
        from people.emergency import on_the_card

        on_the_card(on_the_emergency_card)
