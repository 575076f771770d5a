"""The journal: a family reads, answers and adds; staff write and share."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.models import Child, Level
from people.roles import in_words
from people.standing import Bar, standing_of
from portal.journal import actions, forms, rules
from portal.journal.models import Comment, Observation, Photograph, ReadMark
from portal.journal.paging import after, page_of
from records import files
from records.looks import looked
from records.refused import Refused

PAGE = 20


def _child(request, child_id):
    """The child whose journal this person reads, as family that takes part or as staff; 404 otherwise."""
    children = Child.objects.as_family_of(request.user, at_least=Level.PARTICIPATE) | Child.objects.as_staff_of(
        request.user
    )
    return get_object_or_404(children, pk=child_id)


def _readable(request, child):
    """Pages of one child's journal with all that is shown on them, in three queries whatever their number."""
    return (
        Observation.objects.visible_to(request.user)
        .filter(children=child)
        .select_related("author")
        .prefetch_related(
            Prefetch("photographs", Photograph.objects.visible_to(request.user)),
            Prefetch("comments", Comment.objects.visible_to(request.user).filter(child=child).select_related("author")),
        )
    )


def _dates_coarse(request, child):
    """Whether days and times are closed to this person, so that pages carry only their month."""
    return child.pk in standing_of(request.user).barred_from(Bar.NO_TIMETABLE)


def pages(request, child_id):
    """A child's journal, newest page first."""
    child, opened_at = _child(request, child_id), timezone.now()
    rows = after(_readable(request, child).newest_first(), request.GET.get("before"))
    observations, older = page_of(rows, PAGE)
    mark = ReadMark.objects.filter(person=request.user, child=child).first()
    if not request.GET.get("before") and observations:
        actions.mark_read(request.user, child, opened_at)
    looked(request.user, child, "journal", role=in_words(request.user))
    shown = {
        "child": child,
        "observations": observations,
        "older": older,
        "new_since": mark.read_to if mark else None,
        "coarse": _dates_coarse(request, child),
        "may_add": rules.may_add_from_home(request.user, child),
        "may_write": rules.may_write_about(request.user, [child]),
    }
    return render(request, "journal/pages.html", shown)


def page(request, child_id, observation_id):
    """One page of the journal with its photographs large, and what was said about it."""
    child = _child(request, child_id)
    observation = get_object_or_404(_readable(request, child), pk=observation_id)
    form = forms.Say(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        actions.comment(observation, child, by=request.user, words=facts["words"], press=facts["press"])
        messages.success(request, _("Your words are on the page."))
        return redirect("journal:page", child_id=child.pk, observation_id=observation.pk)
    looked(request.user, child, "journal", role=in_words(request.user))
    shown = {
        "child": child,
        "observation": observation,
        "form": form,
        "coarse": _dates_coarse(request, child),
        "may_comment": rules.may_comment(request.user, child),
        "may_withdraw": not rules.why_not_withdraw(request.user, observation),
    }
    return render(request, "journal/page.html", shown)


def photograph(request, photograph_id, size):
    """One photograph, to whoever may read its page."""
    found = get_object_or_404(
        Photograph.objects.visible_to(request.user).select_related("small", "large"), pk=photograph_id
    )
    if size not in ("small", "large"):
        raise Http404
    return files.respond(getattr(found, size), name="photograph.jpg", inline=True)


def add_from_home(request, child_id):
    """A family adds what it saw at home."""
    child = get_object_or_404(Child.objects.as_family_of(request.user, at_least=Level.PARTICIPATE), pk=child_id)
    form = forms.FromHome(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        actions.add_from_home(
            child, by=request.user, words=facts["words"], pictures=facts["photographs"], press=facts["press"]
        )
        messages.success(request, _("It is in the journal now, and the key person will see it."))
        return redirect("journal:pages", child_id=child.pk)
    return render(request, "journal/add_from_home.html", {"child": child, "form": form})


def _children_to_write_about(request):
    """Own key children first, then the others."""
    key_children = Child.objects.as_key_person_of(request.user).filter(pk=OuterRef("pk"))
    everyone = Child.objects.as_staff_of(request.user).here()
    return everyone.annotate(mine=Exists(key_children)).order_by("-mine", "known_as", "pk")


def write(request):
    """Staff begin an observation; it stays a draft until it was looked at and shared."""
    everyone = _children_to_write_about(request)
    if not rules.may_write_about(request.user, []):
        raise Refused(_("Only the people who look after the children write observations."))
    form = forms.Page(
        request.POST or None,
        request.FILES or None,
        children=everyone,
        initial={"children": request.GET.getlist("child")},
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        observation = actions.write(
            by=request.user,
            children=list(facts["children"]),
            words=facts["words"],
            areas=facts["areas"],
            pictures=facts["photographs"],
            press=facts["press"],
        )
        return redirect("journal:check", observation_id=observation.pk)
    drafts = Observation.objects.waiting_for(request.user).prefetch_related("children")
    return render(request, "journal/write.html", {"form": form, "drafts": drafts})


def _own_draft(request, observation_id):
    drafts = Observation.objects.visible_to(request.user).filter(shared_at__isnull=True)
    return get_object_or_404(drafts, pk=observation_id)


def change(request, observation_id):
    """Change a draft before it is shared."""
    draft = _own_draft(request, observation_id)
    if why_not := rules.why_not_change(request.user, draft):
        raise Refused(why_not)
    everyone = _children_to_write_about(request)
    photographs = list(draft.photographs.all())
    initial = {
        "children": [child.pk for child in draft.children.all()],
        "words": draft.words,
        "areas": draft.areas,
        "has_photographs": bool(photographs),
    }
    form = forms.Page(request.POST or None, request.FILES or None, children=everyone, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        keys = {str(found.pk) for found in photographs}
        actions.change(
            draft,
            by=request.user,
            children=list(facts["children"]),
            words=facts["words"],
            areas=facts["areas"],
            pictures=facts["photographs"],
            without=[key for key in request.POST.getlist("without") if key in keys],
        )
        return redirect("journal:check", observation_id=draft.pk)
    return render(request, "journal/write.html", {"form": form, "draft": draft, "photographs": photographs})


def check(request, observation_id):
    """The page as families will see it, and who will see it, before it is shared."""
    draft = _own_draft(request, observation_id)
    if request.method == "POST":
        actions.share(draft, by=request.user)
        messages.success(request, _("Shared with the families."))
        return redirect("today")
    readers = [{"child": child, "kept_by": kept_by} for child, kept_by in rules.kept_from(draft).items()]
    shown = {"observation": draft, "readers": readers, "why_not": rules.why_not_share(request.user, draft)}
    return render(request, "journal/check.html", shown)


@require_POST
def withdraw(request, observation_id):
    """Take a page back."""
    observation = get_object_or_404(Observation.objects.visible_to(request.user), pk=observation_id)
    actions.withdraw(observation, by=request.user)
    messages.success(request, _("The page is gone from every journal."))
    return redirect("today")
