"""Two pages: one with the session and one query, one with a list of twenty entries."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from bench.bare.models import Entry


@login_required
def page(request):
    return render(request, "page.html", {"count": Entry.objects.count()})


@login_required
def entries(request, journal):
    found = Entry.objects.filter(journal=journal).select_related("author").prefetch_related("pictures")[:20]
    return render(request, "list.html", {"entries": found, "journal": journal})


def other(_request, *_words, **_named):
    return HttpResponse("")


urlpatterns = [
    path("page/", page, name="page"),
    path("journal/<int:journal>/", entries, name="list"),
    path("journal/<int:journal>/<int:pk>/", other, name="entry"),
    path("pictures/<int:pk>/<slug:size>/", other, name="picture"),
]
