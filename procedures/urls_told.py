from django.urls import path

from procedures import views_told as views

app_name = "told"
urlpatterns = [path("", views.what_we_tell_you, name="list")]
