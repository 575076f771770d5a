from django.urls import path

from procedures import views_folder as views

app_name = "folder"
urlpatterns = [
    path("procedures/", views.whole, name="whole"),
    path("procedures/all.pdf", views.whole_pdf, name="whole_pdf"),
    path("procedures/<int:page_id>.pdf", views.procedure, name="procedure"),
]
