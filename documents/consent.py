"""What a family allows. The strictest word counts: at least one yes and no no, among those with a say today.

For a child in care only whoever decides by agreement can say yes (domain.md CP3); a no counts from everybody with a say.
"""

from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Consent
from documents.purposes import Purpose
from people.families.access import Level
from people.families.models import Child, DelegatedDecision, Kind, LookedAfterStatus, Relationship, Responsibility
from people.setting.roles import Right, has_right
from records.request_cache import cached_while_reading

__all__ = ["Purpose", "allowed", "children_allowing"]

Matter, Decider = DelegatedDecision.Matter, DelegatedDecision.Decider
MATTERS = {
    Purpose.OWN_JOURNAL: Matter.PHOTOGRAPHS,
    Purpose.OTHERS_JOURNALS: Matter.PHOTOGRAPHS,
    Purpose.OUTINGS: Matter.OUTINGS,
    Purpose.URGENT_TREATMENT: Matter.URGENT_TREATMENT,
    Purpose.CHECK_HEALTH_VISITOR: Matter.SHARING,
    Purpose.CHECK_OTHER_SETTING: Matter.SHARING,
    Purpose.CHECK_SCHOOL: Matter.SHARING,
}
# Whose yes opens what for a child in care, as conditions of a relationship. What the authority decides, what the social
# worker is asked about each time, and what is not agreed is opened by nobody's: their word is none of the portal's.
DECIDES = {
    Decider.CARER: Q(kind=Kind.FOSTER_CARER),
    Decider.PARENTS: Q(parental_responsibility=Responsibility.YES) & ~Q(kind=Kind.FOSTER_CARER),
}


def children_allowing(purpose, on=None):
    """Ids of the children for whom `purpose` is allowed on this day (today by default), as a subquery.

    `Observation.objects.filter(children__in=children_allowing(Purpose.OTHERS_JOURNALS))`, or in an Exists with
    `.filter(pk=OuterRef("child"))`. An adult has a say while their relationship is full. Whoever is barred can
    still say no, but their yes opens nothing.
    """
    said = Consent.objects.latest(on).filter(purpose=purpose, child=OuterRef("pk"))
    theirs = {"child": OuterRef("child"), "adult": OuterRef("adult")}

    def yes(of_whom):
        return Exists(said.filter(Exists(with_a_say(on).filter(of_whom, **theirs)), ~Exists(barred(on)), allows=True))

    no = said.filter(Exists(with_a_say(on).filter(**theirs)), allows=False)
    opened = ~Exists(in_care("pk", on)) & Q(yes(Q()))
    for decider, of_whom in DECIDES.items():
        opened |= Q(decider=decider) & Q(yes(of_whom))
    children = Child.objects.alias(decider=agreed(purpose, "pk", on))
    return children.filter(opened, ~Exists(no)).order_by().values("pk")


def with_a_say(on=None):
    """The relationships of those whose word is asked for."""
    return Relationship.objects.running(on or timezone.localdate()).filter(level__gte=Level.FULL)


def in_care(child, on=None):
    """That an authority looks after the child in this field of the outer query."""
    return LookedAfterStatus.objects.running(on or timezone.localdate()).filter(child=OuterRef(child))


def agreed(purpose, child, on=None):
    """Who decides about this for the child in this field of the outer query, by the last agreement."""
    rows = DelegatedDecision.objects.filter(child=OuterRef(child), matter=MATTERS[purpose])
    if on is not None:
        rows = rows.filter(entered_at__date__lte=on)
    return Subquery(rows.order_by("-entered_at", "-pk").values("decider")[:1])


def ids_allowing(purpose: Purpose, on: date | None = None) -> frozenset[UUID]:
    """Return the same ids, read once in a request that only reads: a few, for conditions that ask for them many times."""
    on = on or timezone.localdate()

    def read():
        sql, values = _sql_of(purpose, on, connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return frozenset(UUID(str(pk)) for (pk,) in cursor.fetchall())

    return cached_while_reading((ids_allowing, purpose, on), read)


@lru_cache(maxsize=16)
def _sql_of(purpose, on, _vendor):
    """The SQL of children_allowing, which names nobody: Django takes 15 times as long to write it as the database to answer."""
    return children_allowing(purpose, on).query.sql_with_params()


def barred(on):
    """Restrictions that close the portal to the adult of the consent in the outer query."""
    from people.families.access import CLOSES_THE_PORTAL
    from people.families.models import Restriction

    today = on or timezone.localdate()
    return Restriction.objects.running(today).filter(
        kind__in=CLOSES_THE_PORTAL, child=OuterRef("child"), adult=OuterRef("adult")
    )


def allowed(child, purpose, on=None):
    """Whether `purpose` is allowed for this child on this day (today by default)."""
    return children_allowing(purpose, on).filter(pk=child.pk).exists()


def answers_of(children, on=None):
    """{child id: {purpose: "yes", "no" or "not asked"}}: what counts now, never who said it.

    "Not asked" is where nobody with a say has said anything; without a yes that counts, everything else is a no.
    """
    ids = [child.pk for child in children]
    theirs = {"child": OuterRef("child"), "adult": OuterRef("adult")}
    said = Consent.objects.latest(on).filter(Exists(with_a_say(on).filter(**theirs)), child__in=ids)
    answered = set(said.values_list("child", "purpose"))
    found = {pk: {} for pk in ids}
    for purpose in Purpose:
        yes = ids_allowing(purpose, on)
        for pk in ids:
            found[pk][purpose] = "yes" if pk in yes else "no" if (pk, purpose) in answered else "not asked"
    return found


def on_the_emergency_card(child):
    """[(label, words)]: whether an ambulance may take the child to hospital when nobody can be reached."""
    words = {
        "yes": _("Yes"),
        "no": _("No: ring the family; 999 first when a life is in danger"),
        "not asked": _("Not asked yet: ring the family; 999 first when a life is in danger"),
    }
    answer = answers_of([child])[child.pk][Purpose.URGENT_TREATMENT]
    return [(_("Ambulance and hospital when nobody can be reached"), words[answer])]


def taken_back_for(user, on=None):
    """Decisions by which a yes became a no and which this person has not seen: those of key children, and all for leads.

    Only what is not allowed now, of children who are here: a no after a yes, or a yes that opens nothing any more because
    its adult has no say now. The rows say whose word it was: show child and purpose only.
    """
    theirs = {"child": OuterRef("child"), "purpose": OuterRef("purpose")}
    before = Consent.objects.filter(**theirs, allows=True, pk__lt=OuterRef("pk"))
    rows = Consent.objects.waiting_for(user, on)
    rows = list(rows.filter(Q(Exists(before), allows=False) | Q(_opens_nothing(on), allows=True)))
    yes = {purpose: ids_allowing(purpose, on) for purpose in {row.purpose for row in rows}}
    no = _said_no({row.child_id for row in rows}, on)
    return [
        row
        for row in rows
        if row.child_id not in yes[row.purpose] and not (row.allows and (row.child_id, row.purpose) in no)
    ]


def _opens_nothing(on):
    """That a yes in the outer query may count no more: its adult has no say, is barred, or an authority decides."""
    theirs = {"child": OuterRef("child"), "adult": OuterRef("adult")}
    return ~Exists(with_a_say(on).filter(**theirs)) | Exists(barred(on)) | Exists(in_care("child", on))


def _said_no(children, on):
    """{(child id, purpose)} for which somebody with a say says no."""
    theirs = {"child": OuterRef("child"), "adult": OuterRef("adult")}
    rows = Consent.objects.latest(on).filter(Exists(with_a_say(on).filter(**theirs)), child__in=children, allows=False)
    return set(rows.values_list("child", "purpose"))


def in_conflict(user, on=None):
    """[(child, [purposes])] where one adult says yes and another no, for those who keep families; never of one's own."""
    if not has_right(user, Right.KEEP_FAMILIES, on):
        return []
    theirs = {"child": OuterRef("child"), "adult": OuterRef("adult")}
    said = Consent.objects.latest(on).filter(Exists(with_a_say(on).filter(**theirs)))
    other = said.filter(child=OuterRef("child"), purpose=OuterRef("purpose"), allows=False)
    children = Child.objects.as_staff_of(user, on).here(on).order_by().values("pk")
    rows = said.filter(Exists(other), allows=True, child__in=children).select_related("child")
    found = {}
    for row in rows.order_by("child__known_as", "child", "pk"):
        purposes = found.setdefault(row.child, [])
        if row.purpose not in purposes:
            purposes.append(row.purpose)
    return [(child, [Purpose(purpose) for purpose in purposes]) for child, purposes in found.items()]


def decided_by_others(person, on=None):
    """{(child id, purpose): a kind sentence} of what this person has a say in, but whose yes is not theirs to give."""
    ties = {tie.child_id: tie for tie in with_a_say(on).filter(adult=person).select_related("child")}
    if not LookedAfterStatus.objects.running(on or timezone.localdate()).filter(child__in=ties).exists():
        return {}
    deciders = {(row.child_id, row.matter): row.decider for row in last_decisions(ties)}
    found = {}
    for purpose, matter in MATTERS.items():
        opened = ~Exists(in_care("child", on))
        for decider, of_whom in DECIDES.items():
            opened |= Q(decider=decider) & of_whom
        own = with_a_say(on).filter(adult=person).alias(decider=agreed(purpose, "child", on))
        theirs = set(own.filter(opened).values_list("child", flat=True))
        for child, tie in ties.items():
            if child not in theirs:
                found[child, purpose] = _who_decides(tie, deciders.get((child, matter)))
    return found


def last_decisions(children):
    """The delegated decisions about these children, the last of each matter last."""
    return DelegatedDecision.objects.filter(child__in=children).order_by("entered_at", "pk")


def _who_decides(tie, decider):
    """To the foster carer by name of the office, since delegation is hers to know; to others only that it is not theirs."""
    if tie.kind != Kind.FOSTER_CARER:
        words = _("This is not yours to decide for %(name)s at present. Please ask us if you would like to know more.")
    elif decider == Decider.AUTHORITY:
        words = _("The local authority decides this for %(name)s, so a yes from you cannot allow it. Please ask us.")
    elif decider == Decider.PARENTS:
        words = _("%(name)s's parents decide this, so a yes from you cannot allow it. Please ask us.")
    else:
        words = _("The social worker is asked each time about this for %(name)s, so a yes from you cannot allow it.")
    return words % {"name": tie.child.known_as}
