from django.contrib.auth.decorators import login_not_required
from django.urls import path

from home import views
from home.feed import PublicNotices

app_name = "notices"

urlpatterns = [
    path("write/", views.write, name="write"),
    path("write/<int:notice_id>/", views.look, name="look"),
    path("write/<int:notice_id>/change/", views.change, name="change"),
    path("desk/<int:notice_id>/", views.desk, name="desk"),
    path("desk/<int:notice_id>/told/", views.told, name="told"),
    path("desk/<int:notice_id>/remind/", views.remind, name="remind"),
    path("desk/<int:notice_id>/ring/", views.ring, name="ring"),
    path("desk/<int:notice_id>/poster/", views.poster, name="poster"),
    path("desk/<int:notice_id>/take-down/", views.take_down, name="take_down"),
    path("feed/", login_not_required(PublicNotices()), name="feed"),  # public notices only
]
