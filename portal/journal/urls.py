from django.urls import path

from portal.journal import views, views_book

app_name = "journal"
urlpatterns = [
    path("write/", views.write, name="write"),
    path("drafts/<uuid:observation_id>/", views.change, name="change"),
    path("drafts/<uuid:observation_id>/check/", views.check, name="check"),
    path("pages/<uuid:observation_id>/withdraw/", views.withdraw, name="withdraw"),
    path("photographs/<uuid:photograph_id>/<slug:size>/", views.photograph, name="photograph"),
    path("<uuid:child_id>/", views.pages, name="pages"),
    path("<uuid:child_id>/add/", views.add_from_home, name="add_from_home"),
    path("<uuid:child_id>/book/", views_book.choose, name="choose_book"),
    path("<uuid:child_id>/book/<uuid:book_id>/", views_book.book, name="book"),
    path("<uuid:child_id>/book/<uuid:book_id>/<slug:kind>/", views_book.take_book, name="take_book"),
    path("<uuid:child_id>/<uuid:observation_id>/", views.page, name="page"),
]
