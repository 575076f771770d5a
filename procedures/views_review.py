"""The yearly review, for people who never open Wagtail: what is due, and signing it off."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.setting.roles import Right, has_right
from procedures import actions_review
from procedures.forms_review import SignOffForm
from procedures.models import ProcedurePage, Review, SignOff
from procedures.models.review import lacks_agreement, sides_of
from versions.models import PageVersion

A_PAGE = 50


def may_look(user):
    return has_right(user, Right.READ_STAFF_PAGES) or has_right(user, Right.EDIT_PAGES)


def may_begin(user):
    return has_right(user, Right.EDIT_PAGES) or has_right(user, Right.KEEP_SETTING)


def reviews(request):
    """What waits for this person, what is overdue, and every review that is running or comes next."""
    if not may_look(request.user):
        raise PermissionDenied
    running = Review.objects.visible_to(request.user).running().select_related("procedure").in_order()
    coming = ProcedurePage.objects.visible_to(request.user).exclude(pk__in=running.order_by().values("procedure"))
    wanted = SignOff.objects.filter(review__in=running.with_current(), agrees=False).select_related("review__procedure")
    around = {
        "waiting": set(Review.objects.waiting_for(request.user).values_list("pk", flat=True)),
        "running": Paginator(running, A_PAGE).get_page(request.GET.get("page")),
        "overdue": Review.objects.visible_to(request.user).overdue().count(),
        "wanted": wanted[:A_PAGE],
        "coming": coming.filter(next_review_on__isnull=False)
        .order_by("next_review_on", "sort_key")
        .defer("body")[:A_PAGE],
        "without_day": coming.filter(next_review_on__isnull=True).in_order().defer("body")[:A_PAGE],
        "today": timezone.localdate(),
    }
    return render(request, "procedures/reviews.html", around)


def one(request, pk):
    """One procedure's review: read it, sign it off; and the log of earlier ones."""
    if not may_look(request.user):
        raise Http404
    page = get_object_or_404(ProcedurePage.objects.visible_to(request.user), pk=pk)
    version = PageVersion.objects.visible_to(request.user).filter(page=page.pk).order_by("-number").first()
    log = Review.objects.visible_to(request.user).filter(procedure=page).prefetch_related("sign_offs__version")
    running = next((review for review in log if review.closed_on is None), None)
    sides = sides_of(request.user) if running else []
    form = SignOffForm(request.POST or None, sides=sides, initial={"version": version.number if version else 0})
    if request.method == "POST":
        if not sides:
            raise PermissionDenied
        if form.is_valid():
            said = form.cleaned_data
            actions_review.sign_off(
                running,
                by=request.user,
                side=said["side"],
                agrees=said["answer"] == "agree",
                comment=said["comment"],
                version_number=said["version"],
            )
            messages.success(request, _("Thank you. Your word is kept with today's date and version."))
            return redirect("reviews:all")
    around = {
        "page": page,
        "version": version,
        "running": running,
        "lacking": [side.label for side in lacks_agreement(running, version.number)] if running and version else [],
        "log": log,
        "form": form if sides else None,
        "may_begin": may_begin(request.user) and not running,
    }
    return render(request, "procedures/review_one.html", around)


@require_POST
def begin(request, pk):
    """Begin a review before its time."""
    if not may_begin(request.user):
        raise Http404
    page = get_object_or_404(ProcedurePage.objects.visible_to(request.user), pk=pk)
    actions_review.begin(page, by=request.user)
    messages.success(request, _("The review has begun. Staff and committee hear of it."))
    return redirect("reviews:one", pk=pk)
