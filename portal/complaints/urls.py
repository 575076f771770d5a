from django.urls import path

from portal.complaints import views

app_name = "complaints"
urlpatterns = [
    path("", views.own, name="own"),
    path("start/", views.start, name="start"),
    path("write/", views.write, name="write"),
    path("<uuid:complaint_id>/", views.one, name="one"),
]
