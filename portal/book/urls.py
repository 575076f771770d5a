from django.urls import path

from portal.book import views

app_name = "book"
urlpatterns = [
    path("<uuid:child_id>/book/", views.choose, name="choose"),
    path("<uuid:child_id>/book/<uuid:book_id>/", views.one, name="one"),
    path("<uuid:child_id>/book/<uuid:book_id>/<slug:kind>/", views.take, name="take"),
]
