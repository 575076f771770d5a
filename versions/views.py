"""Reading versions, what changed between them, saying that one has read them; and who has not."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.accounts.views_door import where_next
from versions import actions, rules
from versions import readers as who
from versions.audiences import Audience
from versions.compare import changes, has_changed
from versions.forms import ToldForm
from versions.models import PageVersion

PEOPLE_A_PAGE = 50


def visible_or_door(request, versions, **wanted):
    """The version meant, (version, None); a visitor is led to the door whether or not there is one: (None, answer)."""
    version = versions.filter(**wanted).first()
    if version is not None:
        return version, None
    if not request.user.is_authenticated:
        return None, redirect_to_login(request.get_full_path())
    raise Http404


def shown(request, version, template, around):
    response = render(request, template, {"version": version, **around})
    if version.audience != Audience.EVERYONE:
        add_never_cache_headers(response)
    return response


@login_not_required  # versions of public pages are public
def one(request, pk):
    """A page as it was published then."""
    versions = PageVersion.objects.visible_to(request.user).select_related("page")
    version, door = visible_or_door(request, versions, pk=pk)
    if door:
        return door
    newest = versions.filter(page=version.page_id).order_by("-number").first()
    return shown(request, version, "versions/one.html", {"newest": newest})


@login_not_required  # versions of public pages are public
def history(request, pk):
    """Every version of a page, newest first."""
    versions = PageVersion.objects.visible_to(request.user).select_related("page")
    newest, door = visible_or_door(request, versions.order_by("-number"), page=pk)
    if door:
        return door
    rows = Paginator(versions.filter(page=pk).order_by("-number"), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    return shown(request, newest, "versions/history.html", {"rows": rows})


@login_not_required  # versions of public pages are public
def since(request, pk, number):
    """What changed between an earlier version and this one."""
    versions = PageVersion.objects.visible_to(request.user).select_related("page")
    version, door = visible_or_door(request, versions, pk=pk)
    if door:
        return door
    earlier, door = visible_or_door(request, versions, page=version.page_id, number=number)
    if door:
        return door
    found = changes(earlier.words, version.words)
    around = {"earlier": earlier, "changes": found, "differ": has_changed(found) or earlier.title != version.title}
    others = versions.filter(page=version.page_id).exclude(pk=version.pk).order_by("-number")[:PEOPLE_A_PAGE]
    return shown(request, version, "versions/since.html", {**around, "others": others})


def read(request, pk):
    """Read a version and say so; or later: nobody is locked out."""
    version = get_object_or_404(PageVersion.objects.visible_to(request.user).select_related("page"), pk=pk)
    if request.method == "POST":
        actions.acknowledge(version, request.user)
        messages.success(request, _("Thank you. We have noted that you have read it."))
        return redirect(where_next(request))
    said = request.user.acknowledgements.filter(version=version).first()
    around = {"said": said, "next": where_next(request), "first": request.GET.get("first")}
    return shown(request, version, "versions/read.html", around)


def readers(request):
    """What people are asked to read, and how many have."""
    if not rules.may_see_readers(request.user):
        raise PermissionDenied
    return render(request, "versions/readers.html", {"counts": who.counts()})


def readers_of(request, pk):
    """Who has not read one of them, since when; reminding them, and writing down who was told in another way."""
    if not rules.may_see_readers(request.user):
        raise PermissionDenied
    version = get_object_or_404(PageVersion.objects.asking().visible_to(request.user), pk=pk)
    if request.method == "POST" and not rules.may_note_readers(request.user):
        raise PermissionDenied
    missing = who.missing(version, request.user)
    form = ToldForm(request.POST or None, people=missing)
    if request.method == "POST" and "remind" in request.POST:
        sent = actions.remind(version, missing, by=request.user)
        said = ngettext("%(n)d person was reminded.", "%(n)d people were reminded.", sent) % {"n": sent}
        messages.success(request, said if sent else _("Everybody was reminded today already."))
        return redirect(reverse("versions:readers_of", args=[pk]))
    if request.method == "POST" and form.is_valid():
        for person in form.cleaned_data["people"]:
            actions.acknowledge(version, person, channel=form.cleaned_data["channel"], by=request.user)
        messages.success(request, _("Noted, with your name."))
        return redirect(reverse("versions:readers_of", args=[pk]))
    shown_people = Paginator(missing, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    for person in shown_people:
        person.since = who.asked_since(version, person)
    around = {
        "version": version,
        "missing": shown_people,
        "form": form,
        "told": who.have_read(version, request.user)[:PEOPLE_A_PAGE],
        "count": who.count(version),
        "may_note": rules.may_note_readers(request.user),
    }
    return render(request, "versions/readers_of.html", around)
