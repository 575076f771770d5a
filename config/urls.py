"""Every door of the house. A new one needs its row in the access.toml of its app."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from django.views.static import serve as serve_folder
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern
from wagtail.views import serve as serve_page

from home.sitemap import sitemap
from people.accounts import views_door
from portal import gallery, search, today

handler403 = "people.accounts.errors.not_allowed"
handler404 = "people.accounts.errors.not_found"
handler500 = "people.accounts.errors.broken"

# Wagtail brings sign-in pages of its own; there is one door here, so they all lead to it.
sign_in = RedirectView.as_view(pattern_name="people:sign_in", query_string=True)
to_our_door = login_not_required(sign_in)  # whoever is sent to the door is not signed in yet

urlpatterns = [
    *([path("__debug__/", include("debug_toolbar.urls"))] if "debug_toolbar" in settings.INSTALLED_APPS else []),
    path("", include("people.urls")),
    path("today/", today.today, name="today"),
    path("journal/", include("portal.book.urls")),
    path("journal/", include("portal.journal.urls")),
    path("progress/", include("portal.progress.urls")),
    path("versions/", include("versions.urls")),
    path("reviews/", include("procedures.urls_review")),
    path("papers/", include("documents.urls")),
    path("complaints/", include("portal.complaints.urls")),
    path("demo/components/", gallery.components, name="components"),
    path("search/", search.search, name="search"),
    path("help-near-you/", include("home.urls_signposts")),
    path("what-we-tell-you/", include("procedures.urls_told")),
    path("printed/", include("procedures.urls_folder")),
    path("notices/", include("home.urls")),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("cms/login/", to_our_door),
    path("cms/logout/", views_door.sign_out),
    path("cms/password_reset/", to_our_door),
    path("_util/login/", to_our_door),
    path("cms/", include(wagtailadmin_urls)),
    # Wagtail's pictures are public by design; the page where one is chosen says so. Nothing of a child is ever here.
    re_path(
        r"^pictures/(?P<path>.*)$",
        login_not_required(serve_folder),  # notices are public, and so are the pictures in them
        {"document_root": settings.MEDIA_ROOT},
        name="pictures",
    ),
    # Public words. Who may read a page is asked by the page itself (home.audiences, procedures.audiences). Wagtail answers
    # OPTIONS before that question, so any method but reading is refused before it is known whether a page is there.
    re_path(
        serve_pattern,
        require_safe(login_not_required(serve_page)),  # home page, public notices and procedures are for everybody
        name="wagtail_serve",
    ),
]
