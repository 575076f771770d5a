from django.urls import path

from home import views_signposts as views

app_name = "signposts"
urlpatterns = [
    path("", views.agencies, name="list"),
    path("<slug:slug>/", views.agencies, name="topic"),
]
