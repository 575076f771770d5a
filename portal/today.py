"""The first page: everything that waits for you. A list of `waiting_for`, and nothing else."""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import TaskState

from documents.consent import in_conflict, taken_back_for
from documents.models import Ask
from documents.purposes import SHORT
from home.models import NoticePage
from people import arrivals, rules_approval
from people.access import access_of
from people.former_names import call_as_known
from people.models import CheckAtTheDoor, Child, Draft, HeldForm, Level, Restriction
from people.roles import Right, has_right, who_gives_second_looks, works_here
from people.rules_mend import managers_to_mend
from people.undelivered import undelivered_for
from portal.complaints.models import Complaint
from portal.journal.models import Comment, Observation, ReadMark, Upload
from portal.journal.reaching import families
from portal.journal.views import where_to_read
from portal.progress.due import due_for
from portal.progress.models import Check, Invitation, State
from portal.progress.when import Timing
from procedures.models import Review, ToldItem
from records import room_left
from versions.models import PageVersion

MOST_DRAFTS = 3  # on the page; each stands on its own page as well
PRIVACY_NOTICE = "privacy"  # the address of its page, as in the footer of every page


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: its words and where it leads, if anywhere."""

    words: str
    link: str = ""


def today(request):
    """One card for each of your children with what waits for her, and what waits for you in your role."""
    user = request.user
    to_read = list(PageVersion.objects.waiting_for(user).select_related("page"))
    if first := _read_first(request, to_read):
        return redirect(f"{reverse('versions:read', args=[first.pk])}?first=yes&next={reverse('today')}")
    asks = list(Ask.objects.waiting_for(user).asked_now().select_related("version", "child"))
    children = list(Child.objects.as_family_of(user).select_related("room"))
    joined_in = access_of(user).family(Level.PARTICIPATE)
    new_pages = _new_pages(user, joined_in)
    own_checks = _own_checks(user) if joined_in else {}
    cards = [
        {
            "child": child,
            "reads_journal": child.pk in joined_in,
            "waiting": [*own_checks.get(child.pk, []), *_for_child(child, asks, new_pages)],
        }
        for child in children
    ]
    shown = {
        "cards": cards,
        "duties": [*_to_read(to_read), *_not_sent(user), *_not_taken(user), *_duties(user), *_reviews(user)],
        "notices": NoticePage.objects.live().visible_to(user).newest_first()[:3],
        "managers_to_mend": managers_to_mend(user),
        "works_here": works_here(user),
        "key_children": Child.objects.as_key_person_of(user) if works_here(user) else [],
    }
    return render(request, "today/today.html", shown)


def _own_checks(user):
    """The parts asked of a parent and the checks to read: {child id: [Waiting]}."""
    found = {}
    for invitation in Invitation.objects.waiting_for(user).select_related("check_of"):
        words = _("Add your part: %(check)s") % {"check": invitation.check_of.name}
        found.setdefault(invitation.check_of.child_id, []).append(Waiting(words, invitation.get_absolute_url()))
    own = access_of(user).family(Level.PARTICIPATE)
    for check in Check.objects.waiting_for(user).filter(child__in=own):
        words = _("Read, and say what you think: %(check)s") % {"check": check.name}
        found.setdefault(check.child_id, []).append(Waiting(words, check.get_absolute_url()))
    return found


def _checks_to_write(user):
    """For those who write or look at checks: what waits for them, and in one line each what is due and what is late."""
    if not has_right(user, Right.WRITE_OBSERVATIONS):
        return []
    own = access_of(user).family()
    found = [
        Waiting(_check_in_words(check, user), check.get_absolute_url())
        for check in Check.objects.waiting_for(user).exclude(child__in=own).select_related("child")
    ]
    due = due_for(user)
    late = sum(one.timing == Timing.LATE for one in due)
    now = sum(one.timing == Timing.DUE and one.check is None for one in due)
    if late:
        words = ngettext("%(n)d progress check at two is late", "%(n)d progress checks at two are late", late)
        found.append(Waiting(words % {"n": late}, reverse("progress:due")))
    if now:
        words = ngettext("%(n)d progress check at two is due", "%(n)d progress checks at two are due", now)
        found.append(Waiting(words % {"n": now}, reverse("progress:due")))
    return found


def _check_in_words(check, user):
    """What a check waits for."""
    facts = {"child": check.child.known_as, "check": check.name}
    if check.state == State.CONCERN and check.author_id != user.pk:
        return _("Look at a concern: %(check)s, %(child)s") % facts
    words = {
        State.SCHEDULED: _("Agree on the time with the parents: %(check)s, %(child)s"),
        State.DRAFTED: _("Share with the parents: %(check)s, %(child)s"),
        State.SHARED: _("Talk about it with the parents: %(check)s, %(child)s"),
        State.DISCUSSED: _("Make it final: %(check)s, %(child)s"),
    }
    return words.get(check.state, _("Write: %(check)s, %(child)s")) % facts


def _read_first(request, to_read):
    """The privacy notice, once in each session until it is read; whoever says "later" goes on."""
    for version in to_read:
        if version.page.slug == PRIVACY_NOTICE and request.session.get("offered") != version.pk:
            request.session["offered"] = version.pk
            return version
    return None


def _to_read(versions):
    return [
        Waiting(_("Please read: %(title)s") % {"title": version.title}, reverse("versions:read", args=[version.pk]))
        for version in versions
    ]


def _reviews(user):
    """One line for all reviews that wait for a signature: in November there are many at once."""
    waiting = list(Review.objects.waiting_for(user).select_related("procedure").in_order()[:2])
    if not waiting:
        return []
    if len(waiting) == 1:
        words = _("Please review: %(title)s") % {"title": waiting[0].procedure.full_title}
        return [Waiting(words, waiting[0].get_absolute_url())]
    return [Waiting(_("Procedures wait for your review"), reverse("reviews:all"))]


def _not_sent(user):
    """What this person sent when their session was over, or before they had shown that it is them."""
    words = _("Something of yours was not sent yet: look, and press once more")
    held = list(HeldForm.objects.visible_to(user))
    found = [Waiting(words, reverse("people:held", args=[one.pk])) for one in held]
    words, also_held = (
        _("You began to write something and did not send it"),
        {key for one in held for key in one.drafts},
    )
    drafts = [one for one in Draft.objects.visible_to(user)[:MOST_DRAFTS] if str(one.key) not in also_held]
    return found + [Waiting(words, reverse("people:draft", args=[one.key])) for one in drafts]


def _not_taken(user):
    """Pages to which this person sent photographs that could not be taken, until they have read why."""
    untold = Upload.objects.visible_to(user).refused().filter(told_at=None).select_related("observation")
    pages = {upload.observation for upload in untold}
    return [
        Waiting(
            _("A photograph that you sent could not be taken"),
            where_to_read(page, user) if page.shared_at else reverse("journal:check", args=[page.pk]),
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


def _new_pages(user, children):
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


def _for_child(child, asks, new_pages):
    waiting = [
        Waiting(_("Please read and sign: %(title)s") % {"title": ask.version.title}, ask.get_absolute_url())
        for ask in asks
        if ask.child_id == child.pk
    ]
    if number := new_pages.get(child.pk):
        words = ngettext("%(n)d new page in the journal", "%(n)d new pages in the journal", number) % {"n": number}
        waiting.append(Waiting(words, reverse("journal:pages", args=[child.pk])))
    return waiting


def _about(bar):
    """What a restriction waits for."""
    if not bar.approved_by_id:
        words = _("Approve what was closed around %(child)s")
    elif bar.lift_asked_by_id:
        words = _("Decide whether a restriction around %(child)s is lifted")
    else:
        words = _("Look again at a restriction around %(child)s")
    return words % {"child": bar.child.known_as}


def _approvals(user):
    """Steps that take two people, to agree to or to stop; and whom a second colleague lets in again."""
    found = [
        Waiting(
            _("%(asker)s asks: %(what)s (%(name)s)")
            % {"asker": one.asked_by.full_name, "what": one.get_kind_display(), "name": one.person.full_name},
            reverse("people:approval", args=[one.pk]),
        )
        for one in rules_approval.waiting_for(user)
    ]
    found += [
        Waiting(
            (_("Stopped: %(what)s (%(name)s)") if one.stopped_at else _("Agreed: %(what)s (%(name)s)"))
            % {"what": one.get_kind_display(), "name": one.person.full_name},
            reverse("people:approval", args=[one.pk]),
        )
        for one in rules_approval.decided_for(user)
    ]
    found += [
        Waiting(
            _("You can print the letter for %(name)s now") % {"name": check.person.full_name},
            reverse("people:at_the_door", args=[check.person_id]),
        )
        for check in CheckAtTheDoor.objects.visible_to(user).printable()
    ]
    return found + [
        Waiting(
            _("%(asker)s asks you to agree that %(name)s is let in again")
            % {"asker": check.asked_by.full_name, "name": check.person.full_name},
            reverse("people:agree_at_the_door", args=[check.pk]),
        )
        for check in CheckAtTheDoor.objects.waiting_for(user)
    ]


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


def _complaints(user):
    """What this person has to answer, the most urgent first: one line for each person who complains."""
    sent = {}
    for complaint in Complaint.objects.waiting_for(user):
        sent.setdefault(complaint.complainant_id, []).append(complaint)
    found = []
    for first, *more in sent.values():
        told = {"reference": first.reference, "day": first.day(), "n": len(more) + 1}
        if more:
            words = _("%(n)d complaints by one person: the first is at day %(day)d of 28")
            link = f"{reverse('complaints:own')}#from-{first.complainant_id}"
        else:
            words, link = _("Complaint %(reference)s: day %(day)d of 28"), reverse("complaints:one", args=[first.pk])
        found.append(Waiting(words % told, link))
    return found


def _duties(user):
    duties = [
        Waiting(_about(bar), reverse("people:restriction", args=[bar.pk]))
        for bar in Restriction.objects.waiting_for(user).select_related("child")
    ]
    duties += _approvals(user)
    duties += _complaints(user)
    drafts = Observation.objects.waiting_for(user).newest_first().with_children_of(user)
    duties += [Waiting(_draft_in_words(draft), reverse("journal:check", args=[draft.pk])) for draft in drafts]
    duties += [
        Waiting(
            _("An observation waits for your eyes, before families read it"), reverse("journal:check", args=[page.pk])
        )
        for page in Observation.objects.to_check(user).order_by("sent_to_check_at")[:5]
    ]
    duties += [*_comments(user), *_from_home(user), *_held_back(user), *_in_conflict(user)]
    duties += _taken_back(user)
    return [
        *_about_the_disk(user),
        *_about_signing_in(user),
        *_about_notices_and_mail(user),
        *_to_check(user),
        *duties,
        *_checks_to_write(user),
        *_not_told(user),
    ]


def _draft_in_words(draft):
    """Which draft waits: by the children on it whom its author looks after now."""
    if not draft.looked_after:
        return _("A draft of yours cannot be shared at present")
    names = ", ".join(child.known_as for child in draft.looked_after)
    return _("Your draft about %(children)s is not shared yet") % {"children": names}


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


def _taken_back(user):
    """Permissions that a family takes back, until this person has seen it; never whose word it was."""
    rows = taken_back_for(user)
    call_as_known(user, [row.child for row in rows])
    words = _("Not allowed any more for %(child)s: %(purpose)s")
    return [
        Waiting(words % {"child": row.child.known_as, "purpose": SHORT[row.purpose].lower()}, reverse("papers:allowed"))
        for row in rows
    ]


def _in_conflict(user):
    """Adults of a child who have decided differently about a permission; it stays closed until they agree."""
    words = _("The adults who decide for %(child)s do not agree. Not allowed until they do: %(purposes)s")
    return [
        Waiting(
            words % {"child": child.known_as, "purposes": "; ".join(str(each.label) for each in purposes)},
            reverse("people:family", args=[child.pk]),
        )
        for child, purposes in in_conflict(user)
    ]


def _to_check(user):
    """Pages that an editor has submitted, for whoever gives the second look; where nobody can, for those who lead."""
    if not has_right(user, Right.KEEP_SETTING):
        return []
    gives = has_right(user, Right.EDIT_PAGES)
    if not gives and who_gives_second_looks().exists():
        return []
    if not (number := TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count()):
        return []
    words = ngettext("%(n)d page waits for your second look", "%(n)d pages wait for your second look", number)
    if not gives:
        words = _("Pages wait for a second look, and nobody here can give it: make somebody who leads an editor, too")
        return [Waiting(words, reverse("people:staff"))]
    return [Waiting(words % {"n": number}, reverse("wagtailadmin_home"))]


def _not_told(user):
    """What families must be told and no page says yet, as one line for whoever keeps the setting."""
    if not has_right(user, Right.KEEP_SETTING) or not (number := ToldItem.objects.missing().count()):
        return []
    words = ngettext(
        "%(n)d thing that we must tell families has no page yet",
        "%(n)d things that we must tell families have no page yet",
        number,
    )
    return [Waiting(words % {"n": number}, f"{reverse('told:list')}#missing")]


def _about_the_disk(user):
    """For whoever keeps the setting: what nobody notices until nothing can be kept any more."""
    if not has_right(user, Right.KEEP_SETTING) or not room_left.is_nearly_full():
        return []
    words = _(
        "Only %(share)d%% of the disk is free: tell whoever looks after the computer, before nothing can be kept."
    )
    return [Waiting(words % {"share": 100 * room_left.share_left()})]


def _about_signing_in(user):
    """What is new about one's own way in, and, for those who keep families, invitations that nobody used."""
    found = []
    if user.security_events.filter(seen_at__isnull=True).exists():
        found.append(Waiting(_("How you sign in has changed: was it you?"), reverse("people:security")))
    if user.has_unconfirmed_address:
        found.append(Waiting(_("Confirm your e-mail address"), reverse("people:security")))
    families, staff = arrivals.unused_after_a_week(user)
    for people, page in ((families, "people:invite_all"), (staff, "people:staff")):
        if number := people.count():
            words = ngettext(
                "%(n)d invitation was not used within a week, or does not work any more",
                "%(n)d invitations were not used within a week, or do not work any more",
                number,
            )
            found.append(Waiting(words % {"n": number}, reverse(page)))
    return found


def _about_notices_and_mail(user):
    """Notices handed in, and whom our mail does not reach."""
    found = [
        Waiting(
            _("A notice waits to be looked at: %(title)s") % {"title": notice.title},
            reverse("notices:look", args=[notice.pk]),
        )
        for notice in NoticePage.objects.waiting_for(user).order_by("latest_revision_created_at")
    ]
    if number := undelivered_for(user).count():
        words = ngettext("%(n)d e-mail could not be delivered", "%(n)d e-mails could not be delivered", number)
        found.append(Waiting(words % {"n": number}, reverse("people:undelivered")))
    return found
