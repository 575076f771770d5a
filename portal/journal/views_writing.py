"""Staff write about children: a draft, a look at who will read it, and sharing; later a correction."""

from dataclasses import replace
from datetime import timedelta

from django.contrib import messages
from django.db.models import Exists, Max, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.asking_first import ask_first, asks_and_does
from people.accounts.drafts import written_with
from people.families.models import Child
from people.features import first_page
from people.setting.models import Setting
from people.setting.roles import Right, in_words
from portal.journal import actions, coverage, forms, rules
from portal.journal.entries import entry_of, picture_of
from portal.journal.models import Observation, Photograph
from portal.journal.reaching import nobody_will_read, shared_in_words
from portal.journal.views import leave_looks, sent_to, uploads_to, where_to_read
from records.access_log import log_access
from records.refused import ActionRefused, refuse


def _children_to_write_about(request, draft=None):
    """Own key children first, then the others; each with the moment of its last page by the setting.

    Who has left since is there only for a draft that is about them.
    """
    key_children = Child.objects.as_key_person_of(request.user).filter(pk=OuterRef("pk"))
    looked_after = Child.objects.as_staff_of(request.user)
    everyone = looked_after.here()
    if draft:
        everyone |= looked_after.filter(pk__in=draft.children.values("pk"))
    pages_here = Q(observations__origin="setting", observations__withdrawn_at__isnull=True)
    last = Max("observations__dated_at", filter=pages_here)
    return everyone.annotate(mine=Exists(key_children), last_page_at=last).order_by("-mine", "known_as", "pk")


@written_with(Right.WRITE_OBSERVATIONS)
def write(request):
    """Staff begin an observation; it stays a draft until it was looked at and shared."""
    if not rules.may_write_about(request.user, []):
        raise ActionRefused(_("Only the people who look after the children write observations."))
    setting = Setting.now()
    form = forms.Page(
        request.POST or None,
        request.FILES or None,
        children=_children_to_write_about(request),
        framework=setting.framework,
        initial={"children": request.GET.getlist("child")},
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        observation = actions.write(
            by=request.user,
            children=list(facts["children"]),
            pictures=facts["photographs"],
            idempotency_key=facts["idempotency_key"],
            **form.said(),
        )
        return sent_to(request, reverse("journal:check", args=[observation.pk]), facts["photographs"])
    shown = {
        "form": form,
        "setting": setting,  # asked for once
        "drafts": Observation.objects.drafts_of(request.user).newest_first().with_children_of(request.user),
        "last": None if request.POST else _last_children(request.user),
    }
    return render(request, "journal/write.html", shown)


def _last_children(person):
    """The children of this person's last page, to be chosen again with one touch, where there were several."""
    last = Observation.objects.visible_to(person).filter(author=person).newest_first().first()
    children = list(last.children.all()) if last else []
    return children if len(children) > 1 else None


def _draft(request, observation_id):
    drafts = Observation.objects.visible_to(request.user) | Observation.objects.stuck_for(request.user)
    draft = get_object_or_404(drafts, pk=observation_id, shared_at__isnull=True)
    leave_looks(request.user, draft)
    return draft


@written_with(Right.WRITE_OBSERVATIONS)
def change(request, observation_id):
    """Change a draft before it is shared."""
    draft = _draft(request, observation_id)
    refuse(rules.why_not_change(request.user, draft))
    photographs = list(draft.photographs.all())
    shown_to_her = set(Photograph.objects.visible_to(request.user).filter(observation=draft))
    for photograph in photographs:
        photograph.is_shown = photograph in shown_to_her
    initial = {name: getattr(draft, name) for name in forms.SAID}
    initial |= {"children": [child.pk for child in draft.children.all()], "has_photographs": bool(photographs)}
    form = forms.Page(
        request.POST or None,
        request.FILES or None,
        children=_children_to_write_about(request, draft),
        framework=Setting.now().framework,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        keys = {str(found.pk) for found in photographs}
        own_words = {own.child: own.words for own in draft.own_words.select_related("child")}
        actions.change(
            draft,
            by=request.user,
            children=list(facts["children"]),
            pictures=facts["photographs"],
            without=[key for key in request.POST.getlist("without") if key in keys],
            own_words={child: words for child, words in own_words.items() if child in facts["children"]},
            **form.said(),
        )
        return sent_to(request, reverse("journal:check", args=[draft.pk]), facts["photographs"])
    return render(request, "journal/write.html", {"form": form, "draft": draft, "photographs": photographs})


def check(request, observation_id):
    """The page as each family will find it, and who can be seen on it, before it is shared."""
    draft = _draft(request, observation_id)
    if why_stuck := rules.why_stuck(request.user, draft):
        return render(request, "journal/stuck.html", {"draft": draft, "why_stuck": why_stuck})
    by_author = not rules.why_not_change(request.user, draft)
    by_other = not rules.why_not_check(request.user, draft)
    sent = request.POST if request.method == "POST" and "back" not in request.POST else None
    everyone = "everyone" in request.GET
    look = AccessLogEntry(draft, sent, request.user, everyone)
    back = forms.Say(request.POST if "back" in request.POST else None, prefix="back")
    if back.is_bound and back.is_valid():
        more = {name: back.cleaned_data[name] for name in ("words", "idempotency_key")}
        actions.give_back(draft, by=request.user, **more)
        messages.success(request, _("It is back with its author, with your words."))
        return redirect(first_page())
    if not back.is_bound and request.method == "POST":
        refuse(rules.why_not_describe(request.user, draft))
        if look.is_valid():
            look.keep(by=request.user)
            if "everyone" in request.POST:
                return redirect(f"{reverse('journal:check', args=[draft.pk])}?everyone=yes#seen")
            if answer := _go_on(request, draft):
                return answer
            look = AccessLogEntry(draft, None, request.user, everyone)
    readers = rules.readers_of(draft, request.user)
    shown = {
        "observation": draft,
        "entry": replace(entry_of(draft), pictures=look.pictures()),
        "look": look,
        "everyone": everyone,
        "readers": readers,
        "named": rules.named_before_others(readers),
        "nobody": nobody_will_read(readers),
        "by_author": by_author,
        "by_other": by_other,
        "sends_on": by_author and rules.is_checked_first(request.user),
        "why_not": _why_not(request.user, draft, by_author, by_other),
        "back": back,
        "said": draft.comments.select_related("author"),
        **uploads_to(draft, request.user),
    }
    return render(request, "journal/check.html", shown)


def _why_not(user, draft, by_author, by_other):
    if by_author:
        return rules.why_not_ready(user, draft)
    return rules.why_not_complete(draft) if by_other else ""


def _go_on(request, draft):
    """Share or send on as the button said; None where the page has to be looked at once more."""
    named = rules.named_before_others(rules.readers_of(draft, request.user))
    names_stay = not named or request.POST.get("names_stay") == ", ".join(named)  # a yes is to these names only
    if "keep" in request.POST:
        messages.success(request, _("Kept. Nobody else has seen it yet."))
        return None
    if not names_stay:
        messages.warning(request, _("The words name another child. Say below that it is right, or change them."))
        return None
    if draft.author == request.user and rules.is_checked_first(request.user):
        actions.send_to_check(draft, by=request.user)
        messages.success(request, _("A colleague will look at it before families read it."))
    else:
        messages.success(request, shared_in_words(actions.share(draft, by=request.user)))
    return redirect(first_page())


class AccessLogEntry:
    """The small forms of the checking page: one for each photograph, one for each child with a text of its own.

    To be seen in a photograph are offered the children of the page and who was named before, or `everyone` who is here.
    """

    def __init__(self, draft, typed, person, everyone=False):
        self.draft = draft
        self.children = list(draft.children.all())
        visible = Photograph.objects.visible_to(person).filter(observation=draft)
        photographs = list(visible.prefetch_related("children"))
        seen = {who.pk for photograph in photographs for who in photograph.children.all()}
        there = {child.pk for child in self.children} | seen
        if everyone:
            there |= set(Child.objects.as_staff_of(person).here().values_list("pk", flat=True))
        choices = Child.objects.as_staff_of(person).filter(pk__in=there).order_by("known_as", "pk")
        self.photographs = [
            (
                photograph,
                forms.InPhotograph(
                    typed,
                    prefix=f"photo-{photograph.position}",
                    children=choices,
                    initial={
                        "seen": [who.pk for who in photograph.children.all()],
                        "words": photograph.words,
                        "asked": True,
                    },
                ),
            )
            for photograph in photographs
        ]
        own = {each.child_id: each.words for each in draft.own_words.all()}
        self.texts = [
            (child, forms.OwnText(typed, prefix=f"own-{number}", initial={"words": own.get(child.pk, "")}))
            for number, child in enumerate(self.children)
        ]

    def pictures(self):
        """The photographs that this person may see, for the leaf."""
        return tuple(picture_of(photograph) for photograph, _form in self.photographs)

    def forms(self):
        return [form for _of, form in (*self.photographs, *self.texts)]

    def is_valid(self):
        return all([form.is_valid() for form in self.forms()])

    def keep(self, *, by):
        """Write down who is seen, what is seen, and each family's own words."""
        for photograph, form in self.photographs:
            said = form.cleaned_data
            if said["asked"]:  # no tick at all is an answer only where the question was on the page
                actions.describe(photograph, by=by, children=said["seen"], words=said["words"])
        actions.say_to_each(
            self.draft, by=by, own_words={child: form.cleaned_data["words"] for child, form in self.texts}
        )


def correct(request, observation_id):
    """Put right what families can read already; what it said before stays readable to staff."""
    page = get_object_or_404(Observation.objects.visible_to(request.user), pk=observation_id)
    refuse(rules.why_not_correct(request.user, page))
    leave_looks(request.user, page)
    form = forms.Correction(
        request.POST or None,
        page=page,
        ask=lambda form: rules.question_about_correction(request.user, page, form.said(), form.own_words()),
    )
    if request.method == "POST" and form.is_valid():
        why, own_words = form.cleaned_data["why"], form.own_words()
        actions.correct(page, by=request.user, why=why, own_words=own_words, **form.said())
        messages.success(request, _("Corrected. What it said before is kept for colleagues."))
        return redirect(where_to_read(page, request.user))
    shown = {"form": form, "readers": rules.readers_of(page, request.user), "back": where_to_read(page, request.user)}
    return render(request, "journal/correct.html", shown)


@asks_and_does
def withdraw(request, observation_id):
    """Take a page back, with a reason."""
    pages = Observation.objects.visible_to(request.user) | Observation.objects.stuck_for(request.user)
    page = get_object_or_404(pages, pk=observation_id)
    refuse(rules.why_not_withdraw(request.user, page))
    leave_looks(request.user, page)
    if request.method != "POST" and not page.shared_at:
        return _ask_to_throw_away(request, page)
    form = forms.Why(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        shown = {"form": form, "back": where_to_read(page, request.user), "page": page}
        shown["names"] = _names_on(page, request.user)
        return render(request, "journal/withdraw.html", shown, status=422 if form.is_bound else 200)
    actions.withdraw(page, by=request.user, why=form.cleaned_data["why"])
    messages.success(request, _("The page is gone from every journal."))
    return redirect(first_page())


def _names_on(page, reader):
    """The children on a page whom its reader looks after, in words."""
    children = page.children.filter(pk__in=Child.objects.as_staff_of(reader).values("pk"))
    return ", ".join(child.known_as for child in children.order_by("known_as"))


def _ask_to_throw_away(request, draft):
    named = {"names": _names_on(draft, request.user)}
    says = [*filter(None, [draft.words]), _("Nobody has seen it but staff. It cannot be brought back.")]
    carries, back = {"why": _("A draft that was not needed")}, reverse("journal:check", args=[draft.pk])
    title = _("Throw away your draft about %(names)s?") % named if named["names"] else _("Throw away your draft?")
    return ask_first(request, title, says, _("Yes, throw it away"), back, carries)


def areas_so_far(request, child_id):
    """On how many of a child's pages each area of learning was named, for the staff who look after the child."""
    child = get_object_or_404(Child.objects.as_staff_of(request.user), pk=child_id)
    spans = {"term": (_("Three months"), 91), "year": (_("A year"), 365), "all": (_("All of it"), None)}
    span = request.GET.get("span") if request.GET.get("span") in spans else "year"
    days = spans[span][1]
    bars = coverage.coverage(request.user, child, timezone.now() - timedelta(days=days) if days else None)
    log_access(request.user, child, "journal", role=in_words(request.user))
    shown = {
        "child": child,
        "bars": bars,
        "span": span,
        "spans": [(key, label) for key, (label, _days) in spans.items()],
        "width": coverage.WIDTH,
        "height": coverage.ROW * len(bars),
    }
    return render(request, "journal/coverage.html", shown)
