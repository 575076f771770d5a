"""The directory of those who can help. It is public, and nothing notes who looks at what."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.models import Agency, Topic
from people.setting.roles import works_here

A_PAGE = 30


def leaves_no_trace(view):
    """Open to everybody, and no website that is opened from here hears where its reader came from."""

    @login_not_required  # a directory for the whole town
    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answer


@leaves_no_trace
def agencies(request, slug=None):
    """All agencies that this reader may be shown, or those of one topic; by area and language."""
    topic = get_object_or_404(Topic, slug=slug) if slug else None
    topics = list(Topic.objects.all())
    shown = Agency.objects.visible_to(request.user)
    of_topic = shown.filter(topics=topic) if topic else shown
    areas, languages = choices_of(shown)
    area, language = chosen(request, "area", areas), chosen(request, "language", languages)
    found = of_topic.filter(area__in=[area, ""]) if area else of_topic
    found = found.filter(languages__icontains=language) if language else found
    found = found.prefetch_related(Prefetch("topics", queryset=Topic.objects.all()))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    at_work = request.user.is_authenticated and works_here(request.user)
    return render(
        request,
        "signposts/list.html",
        {
            "topic": topic,
            "topics": topics,
            "page": page,
            "areas": areas,
            "languages": languages,
            "area": area,
            "language": language,
            "sensitive": topic.sensitive if topic else any(each.sensitive for each in topics),
            "leave_for": settings.LEAVE_FOR,
            "to_send": settings.SITE_URL + request.path if at_work else "",
        },
    )


def choices_of(shown):
    """The areas and languages there are, among what this reader may be shown."""
    rows = shown.values_list("area", "languages")
    areas = sorted({area for area, _languages in rows if area})
    languages = {word.strip() for _area, words in rows for word in words.split(",") if word.strip()}
    return areas, sorted(languages)


def chosen(request, name, among):
    value = request.GET.get(name, "")
    return value if value in among else ""


def links_without_answer(request):
    """For editors: websites of the directory that did not answer."""
    title = _("Websites that did not answer")
    around = {
        "agencies": Agency.objects.visible_to(request.user).in_trouble().select_related("link"),
        "tries": settings.CHECK_LINKS,
        "page_title": title,
        "header_title": title,
        "header_icon": "warning",
        "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": title}],
    }
    return render(request, "signposts/admin/links_without_answer.html", around)
