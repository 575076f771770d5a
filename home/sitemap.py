"""The site map: every page of words that a stranger may read, and none besides."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemaps
from wagtail.models import Page, get_page_models


class PagesForAll(Sitemap):
    """Each kind of page is asked what a signed-out visitor may read; a kind that has no audience is for all."""

    def items(self):
        found = []
        for model in get_page_models():
            if model is Page:
                continue
            everybody = AnonymousUser()
            asks = hasattr(model.objects, "visible_to")
            rows = model.objects.visible_to(everybody) if asks else model.objects.all()
            found += rows.live().public().order_by("pk")
        return found[: self.limit]

    def location(self, page):
        return page.url

    def lastmod(self, page):
        return page.last_published_at


@login_not_required  # search engines are strangers
def sitemap(request):
    """The addresses of public pages, for search engines."""
    return sitemaps.sitemap(request, {"words": PagesForAll})
