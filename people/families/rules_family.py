"""Who may close and open what around a child, who hears of foster care, who may share a household. None of these writes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.names import name_key
from people.families.access import HIDES_OTHERS, Level, access_of
from people.families.models import Child, Kind, Relationship, Restriction
from people.families.rules import may_keep_families
from people.setting.models import RoleHeld
from people.setting.roles import OFFICES, Right, has_right, roles_of

if TYPE_CHECKING:
    from people.accounts.models import Person


def why_not_keep(person: "Person", child: Child) -> str:
    """Why this person cannot change what is kept about this child and the adults around it, in words, or nothing."""
    if not may_keep_families(person):
        return _("This page is for the people who keep the families' records.")
    if child.pk in access_of(person).related_children:
        return _("This is a child of your own family, so a colleague has to do this.")
    return ""


def why_not_themselves(by: "Person", adult: "Person") -> str:
    """Why this is not theirs to enter, in words, or nothing: nobody says what they are to a child themselves."""
    return _("This is about yourself, so a colleague has to do this.") if by and by.pk == adult.pk else ""


def restrictions_around(child: Child, adult: "Person") -> list[Restriction]:
    """What is closed to this adult, or, around this child or a sibling, to somebody of the same name who may be the same.

    Whoever the siblings are shows only once a parent is entered: until then, and of the adult's own restrictions, every
    one counts, so that nothing hangs on who is entered first.
    """
    parents = Relationship.objects.filter(child=child, level=Level.FULL).exclude(adult=adult).values("adult")
    siblings = Relationship.objects.filter(adult__in=parents, level=Level.FULL).values("child")
    bars = Restriction.objects.running(timezone.localdate()).filter(kind__in=HIDES_OTHERS)
    if parents.exists():
        bars = bars.filter(Q(adult=adult) | Q(child=child) | Q(child__in=siblings))
    bars, key = bars.select_related("adult", "child"), name_key(adult.full_name)
    return [bar for bar in bars if bar.adult_id == adult.pk or name_key(bar.adult.full_name) == key]


def restrictions_of_name(adult: "Person") -> list[Restriction]:
    """What keeps this adult, or somebody of the same name who may be the same, from a child here."""
    bars = Restriction.objects.running(timezone.localdate()).filter(kind__in=HIDES_OTHERS)
    key = name_key(adult.full_name)
    return [bar for bar in bars.select_related("adult", "child") if name_key(bar.adult.full_name) == key]


def why_not_open(child: Child, adult: "Person", level: Level | int) -> str:
    """Why one person cannot open this much of the child's record to this adult, in words, or nothing."""
    running = Relationship.objects.running(timezone.localdate()).filter(child=child, adult=adult)
    opens = max(running.values_list("level", flat=True), default=Level.NONE)
    if level > opens and restrictions_around(child, adult):
        return _(
            "Something is closed to this person, or to somebody of the same name, so a second person has to agree."
        )
    return ""


def why_not_hidden(by: "Person", adult: "Person") -> str:
    """Why this adult's affairs are a colleague's, in words, or nothing: whoever is hidden is so on every child's record."""
    if by and adult.pk in access_of(by).hidden_adults:
        return _("This adult belongs to your own family, so a colleague has to do this.")
    return ""


def holds_office(person: "Person") -> bool:
    """Whether this person holds an office, so that a tie may take somebody's judge away."""
    return bool(roles_of(person) & set(OFFICES))


def may_take_a_judge_away(child: Child, adult: "Person") -> bool:
    """Whether a first tie between these may take somebody in office off a complaint: theirs, or of whoever is their family."""
    if holds_office(adult):
        return True
    others = RoleHeld.objects.running(timezone.localdate()).filter(role__in=OFFICES).exclude(person=adult)
    return Relationship.objects.filter(child=child, adult__in=others.values("person")).exists()


def may_watch_restrictions(person: "Person") -> bool:
    """See all that is closed, approve it and lift it: who keeps families, and the safeguarding leads."""
    return may_keep_families(person) or has_right(person, Right.HEAR_OF_CHILDREN_AT_RISK)


def why_not_watch(person: "Person", bar: Restriction) -> str:
    """Why this person has no say about this restriction, in words, or nothing."""
    if not may_watch_restrictions(person):
        return _("Only the manager, the deputy and the safeguarding leads decide what is closed.")
    access = access_of(person)
    if bar.adult_id == person.pk or bar.child_id in access.related_children or bar.adult_id in access.hidden_adults:
        return _("This is about your own family, so a colleague has to do this.")
    if bar.ended_at:
        return _("This was lifted already.")
    return ""


def why_not_approve(person: "Person", bar: Restriction) -> str:
    """Why this person cannot approve what was closed, in words, or nothing: it takes somebody else than who entered it."""
    if why_not := why_not_watch(person, bar):
        return why_not
    if bar.approved_by_id:
        return _("This was approved already.")
    if bar.entered_by_id == person.pk:
        return _("You entered this yourself, so somebody else has to approve it.")
    return ""


def why_not_ask_to_lift(person: "Person", bar: Restriction) -> str:
    """Why this person cannot ask for it to be lifted, in words, or nothing."""
    if why_not := why_not_watch(person, bar):
        return why_not
    if bar.lift_asked_by_id:
        return _("Somebody asked for this already. It waits for a second person.")
    return ""


def why_not_lift(person: "Person", bar: Restriction) -> str:
    """Why this person cannot lift it, in words, or nothing: one asks, with a reason, and another one lifts."""
    if why_not := why_not_watch(person, bar):
        return why_not
    if not bar.lift_asked_by_id:
        return _("First somebody has to ask for this to be lifted, and say why.")
    if bar.lift_asked_by_id == person.pk:
        return _("You asked for this yourself, so somebody else has to lift it.")
    asker = bar.lift_asked_by
    if asker is None or not may_watch_restrictions(asker):
        return _(
            "Whoever asked for this does not decide about it any more. Keep it closed; then it can be asked for anew."
        )
    return ""


def may_see_care(person: "Person", child: Child) -> bool:
    """Know that a child is looked after by an authority: the leads, the safeguarding leads and the key person."""
    if not Child.objects.as_staff_of(person).filter(pk=child.pk).exists():
        return False
    return may_watch_restrictions(person) or child.pk in access_of(person).key_children


def may_read_decisions(person: "Person", child: Child) -> bool:
    """As the child's foster carer, read what one may decide oneself: delegation is hers to know (domain.md C2)."""
    if child.pk not in access_of(person).family():
        return False
    running = Relationship.objects.running(timezone.localdate())
    return running.filter(child=child, adult=person, kind=Kind.FOSTER_CARER).exists()


def why_not_one_household(by: "Person", child: Child, adult: "Person", other: "Person") -> str:
    """Why these two adults of a child cannot be put into one household, in words, or nothing."""
    if why_not := why_not_keep(by, child):
        return why_not
    theirs = {adult.pk, other.pk}
    if len(theirs) == 1:
        return _("Choose another adult.")
    today = timezone.localdate()
    around = Relationship.objects.running(today).filter(child=child, adult__in=theirs)
    if set(around.values_list("adult", flat=True)) != theirs:
        return _("Only two adults around the same child can be put into one household.")
    if _of_the_family_of(by, theirs):
        return _("One of them belongs to your own family, so a colleague has to do this.")
    bars = Restriction.objects.running(today).filter(kind__in=HIDES_OTHERS)
    home = [other, *at_home_with(other)]
    for one, another in [pair for member in home for pair in ((adult, member), (member, adult))]:
        if bars.filter(adult=one, child__in=Relationship.objects.filter(adult=another).values("child")).exists():
            return _("Something is closed to one of them that keeps them from the other. It has to be lifted first.")
    return ""


def at_home_with(person: "Person") -> "list[Person]":
    """The other adults of a person's household, in the order of their names."""
    home = person.household
    return list(home.adults.exclude(pk=person.pk)) if home else []


def also_shown_by_joining(adult: "Person", other: "Person") -> "list[Person]":
    """Whom else `adult` would be shown to by moving in with `other`, who are hidden from each other today."""
    shown = set(adult.shown_to().values_list("pk", flat=True))
    return [member for member in at_home_with(other) if member.pk not in shown]


def _of_the_family_of(person: "Person", adults: Iterable[int]) -> bool:
    return Relationship.objects.filter(adult__in=adults, child__in=access_of(person).related_children).exists()


def why_not_change_household(by: "Person", child: Child, adult: "Person") -> str:
    """Why this adult of a child cannot be taken out of their household by this person, in words, or nothing."""
    if why_not := why_not_keep(by, child):
        return why_not
    if not child.relationships.filter(adult=adult).exists():
        return _("This adult does not belong to this child.")
    if _of_the_family_of(by, [adult.pk]):
        return _("This adult belongs to your own family, so a colleague has to do this.")
    return ""
