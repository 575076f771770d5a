"""Who may write, share and answer in the journal, and when. Each rule answers; none writes."""

from django.utils.translation import gettext as _

from documents.consent import Purpose, children_allowing
from people.models import Child, Level
from people.roles import Right, has_right
from people.standing import standing_of
from portal.journal.models import Origin


def may_write_about(person, children):
    """Whether this member of staff may write an observation about all of these children."""
    if not has_right(person, Right.WRITE_OBSERVATIONS):
        return False
    wanted = {child.pk for child in children}
    return wanted <= set(Child.objects.as_staff_of(person).filter(pk__in=wanted).values_list("pk", flat=True))


def may_add_from_home(person, child):
    """Whether this adult takes part in the child's journal today."""
    return child.pk in standing_of(person).family(Level.PARTICIPATE)


def may_comment(person, child):
    """Whether this person may say something in this child's journal: its family, and staff who write."""
    if may_add_from_home(person, child):
        return True
    return (
        has_right(person, Right.WRITE_OBSERVATIONS) and Child.objects.as_staff_of(person).filter(pk=child.pk).exists()
    )


def why_not_change(person, observation):
    """Why this observation cannot be changed by this person, in words, or nothing."""
    if observation.author_id != person.pk:
        return _("Only the person who wrote it can change it.")
    if observation.shared_at:
        return _("It has been shared already. Take it back first, then write it anew.")
    return ""


def why_not_share(person, observation):
    """Why this observation cannot be shared now, in words, or nothing."""
    if why_not := why_not_change(person, observation):
        return why_not
    if not observation.words.strip() and not observation.photographs.exists():
        return _("There is nothing on the page yet. Write a sentence or choose a photograph.")
    if observation.origin == Origin.SETTING and not may_write_about(person, observation.children.all()):
        return _("You can share only what is about children you look after here.")
    if observation.photographs.exists() and (names := without_photographs(observation)):
        return _("The families of these children have not allowed photographs in their journal: %(names)s.") % {
            "names": ", ".join(names)
        }
    return ""


def without_photographs(observation):
    """The names of the children in it whose families have not allowed photographs in their own journal."""
    willing = children_allowing(Purpose.OWN_JOURNAL)
    return list(observation.children.exclude(pk__in=willing).values_list("known_as", flat=True))


def why_not_withdraw(person, observation):
    """Why this observation cannot be taken back by this person, in words, or nothing."""
    if observation.author_id == person.pk or has_right(person, Right.SEE_DRAFTS):
        return ""
    return _("Only the person who wrote it, or the manager, can take it back.")


def kept_from(observation):
    """By child in it: the other children whose families keep it out of this child's journal."""
    children = list(observation.children.all())
    willing = set(
        children_allowing(Purpose.OTHERS_JOURNALS)
        .filter(pk__in=[child.pk for child in children])
        .values_list("pk", flat=True)
    )
    return {child: [other for other in children if other != child and other.pk not in willing] for child in children}
