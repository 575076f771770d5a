from django.urls import path

from portal.journal import views, views_writing

app_name = "journal"
urlpatterns = [
    path("find/", views.find, name="find"),
    path("write/", views_writing.write, name="write"),
    path("drafts/<uuid:observation_id>/", views_writing.change, name="change"),
    path("drafts/<uuid:observation_id>/check/", views_writing.check, name="check"),
    path("pages/<uuid:observation_id>/withdraw/", views_writing.withdraw, name="withdraw"),
    path("pages/<uuid:observation_id>/correct/", views_writing.correct, name="correct"),
    path("photographs/<uuid:photograph_id>/<slug:size>/", views.photograph, name="photograph"),
    path("<uuid:child_id>/", views.pages, name="pages"),
    path("<uuid:child_id>/areas/", views_writing.areas_so_far, name="coverage"),
    path("<uuid:child_id>/add/", views.add_from_home, name="add_from_home"),
    path("<uuid:child_id>/<uuid:observation_id>/", views.page, name="page"),
    path("<uuid:child_id>/<uuid:observation_id>/thank/", views.thank, name="thank"),
    path("<uuid:child_id>/<uuid:observation_id>/<uuid:photograph_id>/", views.look, name="look"),
]
