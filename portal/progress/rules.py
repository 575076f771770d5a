"""Who may do what with a check, and when. Each rule answers; none writes. `why_not` gives the kind reason, or nothing."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import rules as papers_rules
from documents.appearances import may_be_told
from documents.consent import Purpose, allowed, children_allowing
from people.accounts.models import Person
from people.families.access import Level, access_of
from people.families.eyfs import PRIME, Area
from people.families.forms_mentions import Question
from people.families.mentions import Mention, Names, children_to_look_for
from people.families.models import Child
from people.families.recipients import taking_part
from people.setting.role_holders import people_with
from people.setting.roles import Right, has_right
from portal.progress.models import Check, Invitation, Kind, cared_for_by
from portal.progress.models.passed import RECIPIENTS

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from portal.progress.models.written import AreaNote

NOT_YOURS = gettext_lazy(
    "The child's key person writes this. If she cannot, the manager asks somebody else, with a reason."
)


def may_see_list(person: Person) -> bool:
    """Whether there is a list of due checks for this person: for whoever writes about children or reads every check."""
    return has_right(person, Right.WRITE_OBSERVATIONS)


def is_key_person(person: Person, child: Child, on: date | None = None) -> bool:
    """Whether this person is the child's key person or back-up today, and works here."""
    return Child.objects.as_key_person_of(person, on).filter(pk=child.pk).exists()


def may_keep(person: Person, child: Child) -> bool:
    """Whether this person decides who writes, where the key person cannot: the manager and the deputy."""
    return has_right(person, Right.KEEP_CHECKS) and Child.objects.as_staff_of(person).filter(pk=child.pk).exists()


def may_write(person: Person, check: Check) -> bool:
    """Whether this person writes this check: today's key person, or whoever the manager asked with a reason."""
    if is_key_person(person, check.child):
        return True
    asked = check.author_id == person.pk and check.why_author
    return bool(asked) and Child.objects.as_staff_of(person).filter(pk=check.child_id).exists()


def who_hears(check: Check) -> Iterator[list[Person]]:
    """Those who hear of what a family says about a check, in turn: its author, the key people of today, those who lead."""
    today = timezone.localdate()
    yield [check.author] if may_write(check.author, check) else []
    placed = Person.objects.filter(key_children__in=check.child.key_people.running(today)).distinct()
    yield [person for person in placed if may_write(person, check)]
    yield [person for person in people_with(Right.KEEP_CHECKS, today) if may_keep(person, check.child)]


def why_not_begin(person: Person, child: Child, kind: Kind, author: Person, why_author: str) -> str:
    """Why this person cannot begin such a check by that author, in words, or nothing."""
    if not is_key_person(person, child) and not may_keep(person, child):
        return str(NOT_YOURS)
    if not is_key_person(author, child):
        if not may_keep(person, child):
            return str(NOT_YOURS)
        if not why_author.strip():
            return _("Say why somebody other than the key person writes it. The reason is kept with the check.")
        if not has_right(author, Right.WRITE_OBSERVATIONS):
            return _("Choose somebody who looks after the children here.")
        if not Child.objects.as_staff_of(author).filter(pk=child.pk).exists():
            return _("Choose somebody who looks after this child, and is not of the child's own family.")
    if kind == Kind.AT_TWO and Check.objects.filter(child=child, kind=Kind.AT_TWO).exists():
        return _("There is a progress check at two for this child already.")
    return ""


def why_not_write(person: Person, check: Check) -> str:
    """Why this person cannot change what the setting writes now, in words, or nothing."""
    if not may_write(person, check):
        return str(NOT_YOURS)
    if not check.is_ours:
        return _("This check is not written here: the other setting completes it, or it was done on paper.")
    if check.shared_at:
        return _("The parents are reading it. Take it back first; then you can change it and share it anew.")
    return ""


def eligible_adults(child: Child, on: date) -> QuerySet[Person]:
    """Whom we ask for a part: whoever takes part in the child's life here, living with the child or apart; nobody barred."""
    return taking_part(child, on)


def why_not_send_part(person: Person, invitation: Invitation) -> str:
    """Why this adult cannot write or send their part now, in words, or nothing."""
    if not Invitation.objects.as_invited(person).filter(pk=invitation.pk).exists():
        return _("This is not open to you at present. Please talk to us.")
    if invitation.check_of.shared_at:
        return _(
            "The check is ready to read, so the parts are closed. You can still say something about it on its page."
        )
    return ""


def missing(check: Check) -> list[str]:
    """The headings that are needed and empty, in words (P2, P4)."""
    notes = {note.area: note for note in check.areas.all()}
    found = []
    if check.kind == Kind.AT_TWO:
        for area in PRIME:
            found += missing_in(Area(area).label, notes.get(area))
    if not check.summary.strip():
        found.append(_("All in all"))
    if not check.next_steps.strip():
        found.append(_("Next steps here"))
    if not check.home_ideas.strip():
        found.append(_("Ideas for home"))
    if has_concern(check) and not any(row.what.strip() for row in check.plan.all()):
        found.append(_("Who does what, and by when: there is a concern, so at least one line"))
    return found


def missing_in(name: "StrPromise", note: "AreaNote | None") -> list[str]:
    rows = {
        _("what I can do"): note and note.can.strip(),
        _("where I am progressing well"): note and note.well.strip(),
        _("where some more support helps me"): note and note.support.strip(),
        _("is there a concern, yes or no"): note and note.concern is not None,
    }
    return [f"{name}: {heading}" for heading, there in rows.items() if not there]


def has_concern(check: Check) -> bool:
    """Whether there is a concern in any area."""
    return any(note.concern for note in check.areas.all())


def why_not_ready(person: Person, check: Check) -> str:
    """Why the draft is not ready, in words, or nothing."""
    if why_not := why_not_write(person, check):
        return why_not
    if empty := missing(check):
        return _("Still empty: %(headings)s.") % {"headings": "; ".join(empty)}
    return ""


def why_not_look(person: Person, check: Check) -> str:
    """Why this person cannot say that they looked at the concern, in words, or nothing: SENCo or manager, not its author."""
    if not has_right(person, Right.LOOK_AT_CONCERNS) or check.child_id in access_of(person).related_children:
        return _("The SENCo or the manager looks at this.")
    if check.author_id == person.pk:
        return _("You wrote this yourself, so a colleague has to look at it.")
    if not check.drafted_at:
        return _("It is not written yet.")
    return ""


def why_not_share(person: Person, check: Check) -> str:
    """Why the check cannot be put in front of the parents now, in words, or nothing."""
    if check.shared_at:
        return _("It is with the parents already.")
    if why_not := why_not_ready(person, check):
        return why_not
    if not check.drafted_at:
        return _("Say first that it is ready.")
    if check.concern and not check.looked_at:
        return _("There is a concern. The SENCo or the manager looks at it first; they were told.")
    return why_not_read(person, check)


def named_in(check: Check, reader: Person | None = None) -> list[Mention]:
    """Return the other children whom a check names, as far as `reader` may know their names."""
    found = Names(children_to_look_for(), reader).mentions(*check.told.texts_of(check), about=[check.child])
    return [mention for mention in found if mention.child != check.child]


def why_not_read(person: Person, check: Check) -> str:
    """Why some of the parents could not read what is to be shared, in words, or nothing: a check must reach them all."""
    mentions = named_in(check)
    if not mentions:
        return ""
    willing = set(children_allowing(Purpose.OTHERS_JOURNALS).values_list("pk", flat=True))
    closed, adults = set(), []
    for adult in eligible_adults(check.child, timezone.localdate()):
        own = access_of(adult).family(Level.PARTICIPATE)
        if kept := {mention.child for mention in mentions if mention.child.pk not in own | willing}:
            closed |= kept
            adults.append(adult.full_name)
    if not closed:
        return ""
    if not all(may_be_told(person, child) for child in closed):
        return _("It names somebody of whom not all who are asked may read at present. Write “a friend” instead.")
    names = [word for mention in named_in(check, person) if mention.child in closed for word in mention.typed]
    return _(
        "It names %(names)s, whose family has not agreed to other families reading about their child. So %(adults)s could "
        "not read it. Write “a friend” instead."
    ) % {"names": ", ".join(dict.fromkeys(names)) or _("a child"), "adults": ", ".join(adults)}


def question_of(person: Person, check: Check) -> Question | None:
    """Return what is asked before a check is shared that names another child."""
    mentions = named_in(check, person)
    if not mentions:
        return None
    adults = eligible_adults(check.child, timezone.localdate()).order_by("full_name", "pk")
    return Question(mentions, ", ".join(adult.full_name for adult in adults), [])


def why_not_take_back(person: Person, check: Check) -> str:
    """Why it cannot be taken back to be changed, in words, or nothing."""
    if not may_write(person, check):
        return str(NOT_YOURS)
    if check.final_at:
        return _("It is final, and the parents have their copies. Write what has changed in a summary of the term.")
    return ""


def why_not_talked(person: Person, check: Check) -> str:
    """Why a talk cannot be noted now, in words, or nothing."""
    if not may_write(person, check) and not may_keep(person, check.child):
        return str(NOT_YOURS)
    if not check.shared_at:
        return _("Share it with the parents first; then talk about it.")
    if check.final_at:
        return _("It is final already.")
    return ""


def why_not_finish(person: Person, check: Check) -> str:
    """Why the check cannot be made final, in words, or nothing."""
    if not may_write(person, check) and not may_keep(person, check.child):
        return str(NOT_YOURS)
    if check.final_at:
        return _("It is final already.")
    if not check.shared_at:
        return _("Share it with the parents first.")
    if empty := missing(check):
        return _("Still empty: %(headings)s.") % {"headings": "; ".join(empty)}
    if not check.discussed_at:
        return _("Note first when you talked about it, and with whom.")
    return ""


def why_not_copy(person: Person, check: Check) -> str:
    """Why no copies can be made anew for this check, in words, or nothing."""
    if not may_write(person, check) and not may_keep(person, check.child):
        return str(NOT_YOURS)
    return "" if check.final_at else _("It is not final yet, so there are no copies.")


def may_remark(person: Person, check: Check) -> bool:
    """Whether this adult of the family may say something about the check they can read."""
    takes_part = check.child_id in access_of(person).family(Level.PARTICIPATE)
    return bool(check.shared_at) and takes_part and Check.objects.visible_to(person).filter(pk=check.pk).exists()


def who_decides(child: Child) -> QuerySet[Person]:
    """The adults with a full say about this child today."""
    return papers_rules.who_can_sign_for(child, timezone.localdate()).order_by("full_name", "pk")


def hidden_from_each_other(adults: Iterable[Person]) -> list[Person]:
    """One adult for each group of these who are shown to each other; a single one where nobody is hidden."""
    groups = []
    for adult in adults:
        shown = set(adult.shown_to().values_list("pk", flat=True))
        if not any(other.pk in shown for other in groups):
            groups.append(adult)
    return groups


def may_pass_on(person: Person, child: Child) -> bool:
    """Whether this person gives checks to others: the key person, and those who look at concerns or lead."""
    if is_key_person(person, child):
        return True
    return has_right(person, Right.LOOK_AT_CONCERNS) and cared_for_by(person).filter(pk=child.pk).exists()


def why_not_pass_on(person: Person, check: Check, purpose: str, on: date | None = None) -> str:
    """Why the check cannot go to this kind of recipient now, in words, or nothing. No age and no hurry replaces consent."""
    if not may_pass_on(person, check.child):
        return str(NOT_YOURS)
    if purpose not in RECIPIENTS:
        return _("Choose one from the list.")
    if not check.final_at:
        return _("It is not final yet.")
    if not allowed(check.child, purpose, on):
        return _("The family does not allow this at present, so nothing leaves. The parents can give it themselves.")
    return ""


def may_read_checks(person: Person, child: Child) -> bool:
    """Whether there is a page of progress checks and summaries of this child for this person."""
    access = access_of(person)
    if child.pk in access.family(Level.PARTICIPATE) or child.pk in access.key_children:
        return True
    return has_right(person, Right.SEE_CHECKS) and Child.objects.as_staff_of(person).filter(pk=child.pk).exists()
