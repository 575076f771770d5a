"""The journal: a family reads, answers and adds; staff write and share."""

from django.contrib import messages
from django.db.models import F, OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from people.families.access import Level
from people.families.eyfs import Area
from people.families.models import Child
from people.features import ChildPlace, child_links, first_page
from people.setting.roles import in_words
from portal.journal import actions, actions_uploads, forms, rules
from portal.journal.answering import everybody_reads, say_who_reads, threads
from portal.journal.days import tells_months_only
from portal.journal.entries import entry_of
from portal.journal.finding import found_in, months_since
from portal.journal.models import About, Comment, Observation, Photograph, ReadMark, Thanks, Upload
from portal.journal.models.finding import anywhere
from portal.journal.paging import after, page_of
from portal.journal.reaching import reach_in_words
from records import files
from records.access_log import log_access, log_access_to_each
from records.finding import terms_of
from records.refused import ActionRefused

PAGE = 20


def _children_of(user):
    """The children whose journal this person reads, as family that takes part or as staff."""
    return Child.objects.as_family_of(user, at_least=Level.PARTICIPATE) | Child.objects.as_staff_of(user)


def _child(request, child_id, **more):
    """One of them; 404 otherwise."""
    return get_object_or_404(_children_of(request.user).annotate(**more), pk=child_id)


def leave_looks(user, observation):
    """Remember that somebody who works here opened a page in no child's journal in particular: one look for each child."""
    if role := in_words(user):
        children = Child.objects.visible_to(user).filter(observations=observation)
        log_access_to_each(user, children, "journal", role=role)


def where_to_read(page, user):
    """The address of a page in the first journal in which this person reads it."""
    child = _children_of(user).filter(pk__in=page.children.values("pk")).first()
    return reverse("journal:page", args=[child.pk, page.pk]) if child else first_page()


def uploads_to(observation, user):
    """For whoever sent photographs to a page: those that still wait, and a sentence for each that could not be taken."""
    if observation.author_id != user.pk:
        return {}
    uploads = list(Upload.objects.visible_to(user).filter(observation=observation))
    refused = [upload for upload in uploads if upload.problem]
    if any(upload.told_at is None for upload in refused):
        actions_uploads.sender_was_told(refused)
    return {"on_their_way": len(uploads) - len(refused), "refused": refused}


def _readable(request, child):
    """Pages of one child's journal with all that is shown on them, in as many queries whatever their number."""
    visible = Observation.objects.visible_to(request.user).filter(children=child).in_journal_of(child)
    comments = Comment.objects.on_readable_pages(request.user).filter(child=child).annotate(by=F("author__full_name"))
    if not rules.may_add_from_home(request.user, child):  # staff are told whose household reads it
        comments = comments.select_related("author")
    photographs = Photograph.objects.on_readable_pages(request.user)
    return visible.prefetch_related(Prefetch("photographs", photographs), Prefetch("comments", comments))


def _page(request, child, observation_id):
    """One of them; 404 otherwise."""
    return get_object_or_404(_readable(request, child), pk=observation_id)


def pages(request, child_id):
    """A child's journal, newest page first: all of it, or a month, an area of learning, or what somebody looks for."""
    read = ReadMark.objects.filter(person=request.user, child=OuterRef("pk")).values("read_to")
    child = _child(request, child_id, read_to=Subquery(read))
    finding, opened_at = forms.Finding(request.GET), timezone.now()
    if finding.names_no_month:
        raise Http404
    asked = finding.asked()
    rows = found_in(_readable(request, child), child, asked)
    observations, older = page_of(after(rows.newest_first(), request.GET.get("before")), PAGE)
    seen_all = child.read_to and observations and observations[0].dated_at <= child.read_to
    if not request.GET.get("before") and not asked and observations and not seen_all:
        actions.mark_read(request.user, child, opened_at)
    said = {each.pk: threads(each.comments.all()) for each in observations}
    if not rules.may_add_from_home(request.user, child):
        say_who_reads([thread for found in said.values() for thread in found], child, timezone.localdate())
    log_access(request.user, child, "journal", role=in_words(request.user))
    hide_dates = tells_months_only(child, request.user)
    shown = {
        "child": child,
        "entries": [
            entry_of(each, child, hide_dates=hide_dates, is_new=_is_new(each, child, request.user), found=said[each.pk])
            for each in observations
        ],
        "older": older,
        "may_add": rules.may_add_from_home(request.user, child),
        "may_write": rules.writes_there(request.user, child),
        "asked": asked,
        "areas": Area.choices,
        "months": months_since(child.starts_on),
        "links": child_links(ChildPlace.PAGES, request.user, child),
    }
    return render(request, "journal/pages.html", shown)


def _is_new(observation, child, user):
    """Whether somebody else's page came since this person was here; nothing is new on the first visit."""
    return bool(child.read_to and observation.dated_at > child.read_to and observation.author_id != user.pk)


def find(request):
    """Staff look through the journals of all children they look after."""
    if not rules.may_write_about(request.user, []):
        raise ActionRefused(_("Only the people who look after the children look through all journals."))
    asked = forms.Finding(request.GET).asked().get("q", "")
    found, older = [], ""
    if terms := terms_of(asked):
        rows = Observation.objects.as_staff_of(request.user).filter(anywhere(terms), shared_at__isnull=False)
        rows = rows.select_related("author").prefetch_related("children")
        found, older = page_of(after(rows.newest_first(), request.GET.get("before")), PAGE)
    children = {child for each in found for child in each.children.all()}
    log_access_to_each(request.user, children, "journal", role=in_words(request.user))
    shown = {"asked": asked, "found": [(each, each.children.all()) for each in found], "older": older, "terms": terms}
    return render(request, "journal/find.html", shown)


def page(request, child_id, observation_id):
    """One page of the journal with its photographs large, and what was said about it."""
    child = _child(request, child_id)
    observation = _page(request, child, observation_id)
    by_family = rules.may_add_from_home(request.user, child)
    may_comment = by_family or rules.writes_there(request.user, child)
    said = threads(observation.comments.all())
    if not by_family:
        say_who_reads(said, child, timezone.localdate())
    form, sent, unanswered = _what_is_said(request, observation, child, said, by_family, may_comment)
    if sent.is_bound and sent.is_valid():
        facts = sent.cleaned_data
        more = {name: facts[name] for name in ("words", "idempotency_key")} | {"about": facts.get("about", About.PAGE)}
        actions.comment(observation, child, by=request.user, answers=sent.answers, **more)
        messages.success(request, _("Your words are on the page."))
        return redirect("journal:page", child_id=child.pk, observation_id=observation.pk)
    log_access(request.user, child, "journal", role=in_words(request.user))
    thanks = Thanks.objects.visible_to(request.user).filter(child=child, observation=observation)
    thankful = [each.person for each in thanks.select_related("person")]
    hide_dates = tells_months_only(child, request.user)
    as_staff = not by_family and Observation.objects.as_staff_of(request.user).filter(pk=observation.pk).exists()
    if as_staff:
        prefetch_related_objects([observation], "children")  # what it said before names them, once for all corrections
    shown = {
        "child": child,
        "observation": observation,
        "entry": entry_of(observation, child, hide_dates=hide_dates, found=said),
        "said": said,
        "form": form,
        "everybody": "" if by_family else everybody_reads(child),
        "unanswered": unanswered,
        "hide_dates": hide_dates,
        "may_comment": may_comment,
        "may_withdraw": not rules.why_not_withdraw(request.user, observation),
        "may_correct": not rules.why_not_correct(request.user, observation),
        **(_for_who_answers(request.user, observation) if as_staff else {}),
        **uploads_to(observation, request.user),
        "thanks": [person for person in thankful if person != request.user],
        "thanked": request.user in thankful,
        "earlier": observation.earlier.select_related("corrected_by") if as_staff else [],
        "is_corrected": not as_staff and observation.earlier.exists(),
    }
    return render(request, "journal/page.html", shown)


def _for_who_answers(user, observation):
    """What the staff who answer for a page know of it: how many photographs are kept back, and whom it does not reach."""
    if rules.why_not_correct(user, observation):
        return {}
    return {"kept_back": rules.photographs_kept_back(observation), "reach": reach_in_words(observation)}


def _what_is_said(request, observation, child, said, by_family, may_comment):
    """(the box for everybody, the box that was sent, the words of an answer to what is not here any more).

    Staff have a box of its own under each comment of the family: what is meant for one household never goes to all.
    """
    posted = request.POST or None
    answers = posted["answers"] if posted and "answers" in posted else None
    corrigible = by_family and observation.author_id != request.user.pk

    def asks(form):
        return rules.question_about(request.user, child, form.cleaned_data["words"], form.answers)

    more = {"ask": None if by_family else asks}
    mine = posted if answers is None else None
    form = forms.Say(mine, observation=observation, may_ask_for_correction=corrigible, **more)
    if may_comment and not by_family:
        for thread in said:
            if thread.comment.from_family:
                is_it = answers == str(thread.comment.pk)
                thread.form = forms.Answer(posted if is_it else None, to=thread.comment, **more)
    sent = next((thread.form for thread in said if thread.form and thread.form.is_bound), form)
    return form, sent, posted.get("words", "") if answers is not None and sent is form else ""


@require_POST
def thank(request, child_id, observation_id):
    """Say thank you with one touch; a second takes it back."""
    child = _child(request, child_id)
    observation = _page(request, child, observation_id)
    actions.thank(observation, child, by=request.user)
    return redirect(f"{reverse('journal:page', args=[child.pk, observation.pk])}#thanks")


def look(request, child_id, observation_id, photograph_id):
    """One photograph as large as the screen, with the way to the next."""
    child = _child(request, child_id)
    observation = _page(request, child, observation_id)
    photographs = list(observation.photographs.all())
    at = next((place for place, each in enumerate(photographs) if each.pk == photograph_id), None)
    if at is None:
        raise Http404
    log_access(request.user, child, "journal", role=in_words(request.user))
    shown = {
        "child": child,
        "observation": observation,
        "photograph": photographs[at],
        "number": at + 1,
        "of": len(photographs),
        "before": photographs[at - 1] if at else None,
        "after": photographs[at + 1] if at + 1 < len(photographs) else None,
    }
    return render(request, "journal/look.html", shown)


def photograph(request, photograph_id, size):
    """One photograph, to whoever may read its page."""
    if size not in ("small", "large"):
        raise Http404
    visible = Photograph.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related(size).only("observation", size), pk=photograph_id)
    leave_looks(request.user, found.observation_id)
    return files.respond(getattr(found, size), name="photograph.jpg", inline=True)


def sent_to(request, address, photographs):
    """Where a form leads that was sent: a redirect, or for a page that sends it by script the address alone.

    A script that followed the redirect would use up the kind words for the next page. Files that were no photographs
    each get their sentence there.
    """
    for problem in photographs.problems:
        messages.warning(request, problem)
    if number := len(photographs.waiting):
        words = ngettext(
            "%(n)d photograph waits for its turn, and comes to the page by itself within a few minutes.",
            "%(n)d photographs wait for their turn, and come to the page by themselves within a few minutes.",
            number,
        )
        messages.info(request, words % {"n": number})
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"go": address})
    return redirect(address)


def add_from_home(request, child_id):
    """A family adds what it saw at home."""
    child = get_object_or_404(Child.objects.as_family_of(request.user, at_least=Level.PARTICIPATE), pk=child_id)
    form = forms.FromHome(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        actions.add_from_home(
            child,
            by=request.user,
            words=facts["words"],
            child_says=facts["child_says"],
            pictures=facts["photographs"],
            idempotency_key=facts["idempotency_key"],
        )
        messages.success(request, _("It is in the journal now, and the key person will see it."))
        return sent_to(request, reverse("journal:pages", args=[child.pk]), facts["photographs"])
    return render(request, "journal/add_from_home.html", {"child": child, "form": form})
