from django.urls import path

from procedures import views_review

app_name = "reviews"

urlpatterns = [
    path("", views_review.reviews, name="all"),
    path("<int:pk>/", views_review.one, name="one"),
    path("<int:pk>/begin/", views_review.begin, name="begin"),
]
