from django.urls import path

from versions import views

app_name = "versions"

urlpatterns = [
    path("of/<int:pk>/", views.history, name="history"),
    path("<int:pk>/", views.one, name="one"),
    path("<int:pk>/since/<int:number>/", views.since, name="since"),
    path("<int:pk>/read/", views.read, name="read"),
    path("readers/", views.readers, name="readers"),
    path("readers/<int:pk>/", views.readers_of, name="readers_of"),
]
