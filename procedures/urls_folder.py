from django.urls import path

from procedures import views_folder as views

app_name = "folder"
urlpatterns = [
    path("procedures/", views.whole, name="whole"),
    path("procedures/all/", views.whole_pdf, name="whole_pdf"),
    path("procedures/<int:page_id>/", views.procedure, name="procedure"),
]
