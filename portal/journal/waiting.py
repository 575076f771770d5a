"""What the journal puts on Today."""

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.families.access import Level, access_of
from people.families.models import Child
from people.features import FIRST, LATER, Section, Waiting
from people.setting.roles import Right, has_right, works_here
from portal.journal.models import Comment, Observation, ReadMark, Upload
from portal.journal.reaching import families
from portal.journal.views import where_to_read


def for_you(user):
    """Photographs that could not be taken, one's drafts, pages to look at, answers, pages from home, and who cannot read."""
    return [
        *_not_taken(user),
        *_drafts(user),
        *_to_check(user),
        *_comments(user),
        *_from_home(user),
        *_held_back(user),
    ]


def for_family(user):
    """How many pages by others are new in each own child's journal."""
    found = {}
    for child, number in new_pages(user, access_of(user).family(Level.PARTICIPATE)).items():
        words = ngettext("%(n)d new page in the journal", "%(n)d new pages in the journal", number) % {"n": number}
        found[child] = [Waiting(words, reverse("journal:pages", args=[child]), LATER)]
    return found


def key_children(user):
    """The key children of a member of staff, each a way to the journal."""
    children = list(Child.objects.as_key_person_of(user)) if works_here(user) else []
    return [Section("journal/today_key_children.html", {"key_children": children})] if children else []


def _drafts(user):
    """Drafts of one's own that no family has been shown."""
    drafts = Observation.objects.waiting_for(user).newest_first().with_children_of(user)
    return [Waiting(_draft_in_words(draft), reverse("journal:check", args=[draft.pk])) for draft in drafts]


def _to_check(user):
    """Pages that colleagues have sent for a second look."""
    words = _("An observation waits for your eyes, before families read it")
    pages = Observation.objects.to_check(user).order_by("sent_to_check_at")[:5]
    return [Waiting(words, reverse("journal:check", args=[page.pk])) for page in pages]


def _draft_in_words(draft):
    """Which draft waits: by the children on it whom its author looks after now."""
    if not draft.looked_after:
        return _("A draft of yours cannot be shared at present")
    names = ", ".join(child.known_as for child in draft.looked_after)
    return _("Your draft about %(children)s is not shared yet") % {"children": names}


def _not_taken(user):
    """Pages to which this person sent photographs that could not be taken, until they have read why."""
    untold = Upload.objects.visible_to(user).refused().filter(told_at=None).select_related("observation")
    pages = {upload.observation for upload in untold}
    return [
        Waiting(
            _("A photograph that you sent could not be taken"),
            where_to_read(page, user) if page.shared_at else reverse("journal:check", args=[page.pk]),
            FIRST,
        )
        for page in pages
    ]


def _from_home(user):
    """What families added from home since this person was in the child's journal: one line for each child."""
    if not has_right(user, Right.WRITE_OBSERVATIONS):
        return []
    numbers = _unseen(user, Observation.objects.from_home_for(user))
    found = []
    for child in Child.objects.as_staff_of(user).filter(pk__in=numbers):
        words = ngettext(
            "%(child)s's family added a page from home",
            "%(child)s's family added %(n)d pages from home",
            numbers[child.pk],
        )
        told = {"child": child.known_as, "n": numbers[child.pk]}
        found.append(Waiting(words % told, reverse("journal:pages", args=[child.pk])))
    return found


def new_pages(user, children):
    """How many pages by others each of these children's journals has that this person has not seen: {child id: number}."""
    if not children:
        return {}
    return _unseen(user, Observation.objects.visible_to(user).filter(children__in=children).exclude(author=user))


def _unseen(user, pages):
    """How many of these pages came since this person was in the child's journal: {child id: number}."""
    mark = ReadMark.objects.filter(person=user, child=OuterRef("children")).values("read_to")[:1]
    fresh = (
        pages.order_by().annotate(read_to=Subquery(mark)).filter(Q(read_to__isnull=True) | Q(dated_at__gt=F("read_to")))
    )
    return dict(fresh.values_list("children").annotate(number=Count("pk")))


def _comments(user):
    """Answers to what this person wrote in a journal, and what a family wrote that waits for an answer."""
    to_answer = _("%(child)s's family wrote under a page")
    answered = _("An answer to what you wrote in %(child)s's journal")
    return [
        Waiting(
            (to_answer if said.from_family else answered) % {"child": said.child.known_as},
            reverse("journal:page", args=[said.child_id, said.observation_id]),
        )
        for said in Comment.objects.waiting_for(user).select_related("child").order_by("said_at", "pk")[:10]
    ]


def _held_back(user):
    """Pages that this person wrote lately and that not every family can read."""
    pages = Observation.objects.held_back_for(user).newest_first().prefetch_related("children")[:5]
    found = []
    for page in pages:
        children = page.children.all()
        told = {"children": ", ".join(child.known_as for child in children), "total": families(len(children))}
        words = _("%(n)d of %(total)s can read your page about %(children)s.")
        words %= told | {"n": len(children) - page.held_back_from}
        found.append(Waiting(words, reverse("journal:page", args=[children[0].pk, page.pk])))
    return found
