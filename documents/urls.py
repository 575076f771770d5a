from django.urls import path

from documents import views, views_staff

app_name = "papers"

urlpatterns = [
    path("", views.papers, name="list"),
    path("permissions/", views.permissions, name="permissions"),
    path("permissions/<uuid:child_id>/<slug:purpose>/", views.decide, name="decide"),
    path("allowed/", views_staff.allowed, name="allowed"),
    path("ask/", views_staff.ask, name="ask"),
    path("asked/", views_staff.asked, name="asked"),
    path("forms/<int:form_id>/", views.words_of_form, name="form"),
    path("<uuid:ask_id>/", views.fill, name="fill"),
    path("<uuid:ask_id>/check/", views.check, name="check"),
    path("<uuid:ask_id>/signed/", views.signed, name="signed"),
    path("<uuid:ask_id>/paper.pdf", views.download, name="download"),
    path("<uuid:ask_id>/withdraw/", views_staff.withdraw, name="withdraw"),
]
