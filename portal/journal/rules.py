"""Who may write, share and answer in the journal, and when. Each rule answers; none writes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.consent import Purpose, children_allowing
from people.models import Child, Level, Setting
from people.roles import Right, has_right
from people.standing import standing_of
from portal.journal.models import Comment, Observation, Origin, Photograph
from portal.journal.models.observation import as_staff
from portal.journal.naming import named_in


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
    """Whether this person may say something in this child's journal: its family, and staff who write here."""
    if may_add_from_home(person, child):
        return True
    return (
        has_right(person, Right.WRITE_OBSERVATIONS) and Child.objects.as_staff_of(person).filter(pk=child.pk).exists()
    )


def why_not_answer(person, said, observation, child):
    """Why this person cannot answer this comment on this page, in words, or nothing: staff answer the family."""
    if not writes_there(person, child) or may_add_from_home(person, child):
        return _("Only the people who look after the child answer here. Comment on the page instead.")
    to_answer = Comment.objects.visible_to(person).filter(from_family=True, observation=observation, child=child)
    if not to_answer.filter(pk=said.pk).exists():
        return _("What you want to answer is not here any more. Look at the page again.")
    return ""


def writes_there(person, child):
    """Whether somebody who reads this child's journal writes in it as staff: whoever is, or was, family does not."""
    return has_right(person, Right.WRITE_OBSERVATIONS) and child.pk not in standing_of(person).kin


def why_not_change(person, observation):
    """Why this observation cannot be changed by this person, in words, or nothing."""
    if observation.author_id != person.pk:
        return _("Only the person who wrote it can change it.")
    if observation.shared_at:
        return _("It has been shared already. Correct it instead: what it said before is kept.")
    return ""


def why_not_describe(person, observation):
    """Why this person cannot say who can be seen in the photographs, in words, or nothing."""
    if person.pk != observation.author_id and why_not_check(person, observation):
        return _("Only the person who wrote it, or who checks it, can do this.")
    return _("It has been shared already. Take it back first, then write it anew.") if observation.shared_at else ""


def why_not_ready(person, observation):
    """Why this draft cannot be sent on or shared by its author now, in words, or nothing."""
    if why_not := why_not_change(person, observation):
        return why_not
    return why_not_complete(observation)


def why_not_complete(observation):
    """What is missing or in the way before families can read it, in words, or nothing."""
    if not says_something(observation):
        return _("There is nothing on the page yet. Write a sentence or choose a photograph.")
    if observation.origin == Origin.SETTING and not may_write_about(observation.author, observation.children.all()):
        return _("You can share only what is about children you look after here.")
    if names := without_photographs(observation):
        return _("The families of these children have not allowed photographs in their journal: %(names)s.") % {
            "names": ", ".join(names)
        }
    return ""


def says_something(observation):
    texts = (observation.words, observation.child_says, *(each.words for each in observation.own_words.all()))
    return any(text.strip() for text in texts) or observation.photographs.exists()


def why_not_check(person, observation):
    """Why this person cannot look at this draft as the second pair of eyes, in words, or nothing."""
    if observation.shared_at or not observation.sent_to_check_at:
        return _("Nobody has asked for this page to be looked at.")
    if observation.author_id == person.pk or not has_right(person, Right.SEE_DRAFTS):
        return _("Somebody else looks at it: the manager or the deputy.")
    return ""


def is_checked_first(person):
    """Whether what this person writes is looked at by somebody else before families read it."""
    return Setting.now().journal_is_checked and not has_right(person, Right.SEE_DRAFTS)


def why_not_share(person, observation):
    """Why this observation cannot be shared now, in words, or nothing."""
    if observation.author_id != person.pk and observation.sent_to_check_at and not observation.shared_at:
        return why_not_check(person, observation) or why_not_complete(observation)
    if why_not := why_not_ready(person, observation):
        return why_not
    return _("A colleague looks at it before families read it. Send it on.") if is_checked_first(person) else ""


def without_photographs(observation):
    """The names of the children in its photographs whose families have not allowed photographs in their own journal."""
    willing = children_allowing(Purpose.OWN_JOURNAL)
    shown = Child.objects.filter(
        pk__in=Photograph.children.through.objects.filter(photograph__observation=observation).values("child")
    )
    return list(shown.exclude(pk__in=willing).values_list("known_as", flat=True))


def photographs_kept_back(observation):
    """How many photographs of a shared page a missing permission hides from everybody."""
    return Photograph.objects.filter(observation=observation).kept_back().count()


def why_not_correct(person, observation):
    """Why this person cannot put right what was shared, in words, or nothing."""
    if not observation.shared_at or observation.withdrawn_at:
        return _("Only a page that families can read is corrected. A draft is simply changed.")
    if observation.origin == Origin.HOME:
        return _("It is the family's own page. Say what you know under it.")
    if _answers_for(person, observation):
        return ""
    return _("Only the person who wrote it, or the manager, can correct it; never a page about a child of their own.")


def why_not_withdraw(person, observation):
    """Why this observation cannot be taken back by this person, in words, or nothing."""
    from_own_home = observation.origin == Origin.HOME and observation.author_id == person.pk
    if from_own_home or _answers_for(person, observation):
        return ""
    return _("Only the person who wrote it, or the manager, can take it back; never a page about a child of their own.")


def _answers_for(person, observation):
    """Whether it is this person's as staff: its author or a lead, who looks after all of its children."""
    wrote_or_leads = observation.author_id == person.pk or has_right(person, Right.SEE_DRAFTS)
    return wrote_or_leads and Observation.objects.filter(as_staff(person), pk=observation.pk).exists()


def children_named(observation):
    """The children whom the words name in front of another child's family."""
    if observation.origin == Origin.HOME:
        return []  # a family's own words stay between it and the setting
    children = list(Child.objects.here())
    common = (observation.words, observation.child_says, observation.next_step, observation.home_idea)
    named = {child.pk: child for child in named_in(" ".join(common), children)}
    for own in observation.own_words.all():
        named |= {child.pk: child for child in named_in(own.words, children) if child.pk != own.child_id}
    return list(named.values())


@dataclass(frozen=True)
class Reader:
    """What one child's family will find: whether it reads the page, whom the words name, which photographs it sees."""

    child: Child
    reads: bool
    named: list  # other children in the words
    kept_by: list  # those of them whose families keep them out of other journals
    photographs: list
    kept: list  # (photograph, the children who keep it out)


def readers_of(observation):
    """A Reader for each child on the page, as it would be if it were shared now; what nobody may see is in none."""
    children = list(observation.children.all())
    photographs = list(observation.photographs.allowed().prefetch_related("children"))
    willing = set(children_allowing(Purpose.OTHERS_JOURNALS).values_list("pk", flat=True))
    named = children_named(observation)
    texts = observation.words.strip() or observation.child_says.strip()
    readers = []
    for child in children:
        others = [other for other in named if other != child]
        kept_by = [other for other in others if other.pk not in willing]
        kept = [
            (photograph, without)
            for photograph in photographs
            if (without := [who for who in photograph.children.all() if who != child and who.pk not in willing])
        ]
        shown = [photograph for photograph in photographs if photograph not in [each for each, _who in kept]]
        reads = not kept_by and bool(texts or observation.words_for(child).strip() or shown)
        readers.append(Reader(child, reads, others, kept_by, shown, kept))
    return readers


def named_before_others(readers):
    """The children whose names another child's family will read, so that somebody says that it is right."""
    return sorted({other.known_as for reader in readers if reader.reads for other in reader.named})
