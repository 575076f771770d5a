"""Which families a page reaches: asked of each adult with the rule by which they read it. For staff only."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.accounts.models import Person
from people.families.access import Level
from people.families.models import Relationship
from people.families.recipients import with_somebody_taking_part
from portal.journal.models import Observation


def who_reads(observation: Observation) -> tuple[list[Person], set]:
    """Return the adults of its children's families who can read it now, and the ids of the children whose families can."""
    ties = Relationship.objects.running(timezone.localdate()).filter(level__gte=Level.PARTICIPATE)
    ties = ties.filter(child__in=observation.children.all()).select_related("adult").order_by("pk")
    adults = {tie.adult_id: tie.adult for tie in ties}
    reading = []
    for adult in adults.values():
        adult.access_cache = {}  # read once for the question below
        if Observation.objects.visible_to(adult).filter(pk=observation.pk).exists():
            reading.append(adult)
        adult.access_cache = None
    pks = {adult.pk for adult in reading}
    return reading, {tie.child_id for tie in ties if tie.adult_id in pks}


def nobody_will_read(readers: list) -> bool:
    """Whether no family would find the page, whose `rules.Reader`s these are, if it were shared now."""
    there = with_somebody_taking_part([reader.child for reader in readers], timezone.localdate())
    return not any(reader.reads and reader.child.pk in there for reader in readers)


def shared_in_words(observation: Observation) -> str:
    """What is said when it has been shared."""
    children = list(observation.children.all())
    reached = len(children) - observation.held_back_from
    if observation.held_back_from:
        return _("Shared with %(n)d of %(total)s.") % {"n": reached, "total": families(len(children))}
    if len(children) == 1:
        return _("Shared: %(name)s's family can read it now.") % {"name": children[0].known_as}
    return _("Shared with all %(total)s.") % {"total": families(len(children))}


def reach_in_words(observation: Observation) -> str:
    """Say that not all families can read a shared page, or nothing where they can."""
    children = list(observation.children.all())
    reached = who_reads(observation)[1]
    if len(reached) == len(children):
        return ""
    told = {"n": len(reached), "total": families(len(children))}
    return _("%(n)d of %(total)s can read this page.") % told


def families(number: int) -> str:
    return ngettext("%(n)d family", "%(n)d families", number) % {"n": number}
