"""Pages for when something is not there, not allowed, or broken."""

from django.shortcuts import render


def not_found(request, exception=None):
    """Not there, or not yours: the same page, so that nothing can be told from it."""
    return render(request, "404.html", status=404)


def not_allowed(request, exception=None):
    """A kind no."""
    return render(request, "refused.html", {"why": ""}, status=403)


def broken(request):
    """Our fault; nothing about it is shown."""
    return render(request, "500.html", status=500)


def csrf_failure(request, reason=""):
    """The page was open too long, or the form came from elsewhere."""
    return render(request, "page_too_old.html", status=403)
