from django.urls import path

from portal.progress import views, views_family, views_giving

app_name = "progress"
urlpatterns = [
    path("", views.due, name="due"),
    path("parts/<uuid:invitation_id>/", views_family.part, name="part"),
    path("checks/<uuid:check_id>/", views_family.one, name="one"),
    path("checks/<uuid:check_id>/time/", views.time, name="time"),
    path("checks/<uuid:check_id>/write/", views.write, name="write"),
    path("checks/<uuid:check_id>/talked/", views.talked, name="talked"),
    path("checks/<uuid:check_id>/copy.pdf", views_giving.copy, name="copy"),
    path("checks/<uuid:check_id>/health-visitor/", views_giving.health_visitor, name="health_visitor"),
    path("checks/<uuid:check_id>/pass-on/", views_giving.pass_on, name="pass_on"),
    path("checks/<uuid:check_id>/do/<slug:step>/", views.step, name="step"),
    path("given/<uuid:share_id>/check.pdf", views_giving.given, name="given"),
    path("<uuid:child_id>/", views_family.of_child, name="child"),
    path("<uuid:child_id>/begin/<slug:kind>/", views.begin, name="begin"),
]
