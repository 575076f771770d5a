"""Who may write, share and answer in the journal, and when. Each rule answers; none writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from documents.appearances import kept_out, may_be_told
from documents.consent import Purpose, children_allowing
from people.families.access import Level, access_of
from people.families.forms_mentions import Question
from people.families.mentions import Mention, Names, children_to_look_for
from people.families.models import Child
from people.setting.models import Setting
from people.setting.roles import Right, has_right
from portal.journal.models import Comment, Observation, Origin, Photograph
from portal.journal.models.observation import as_staff

if TYPE_CHECKING:
    from people.accounts.models import Person


def may_write_about(person: "Person", children: Iterable[Child]) -> bool:
    """Whether this member of staff may write an observation about all of these children."""
    if not has_right(person, Right.WRITE_OBSERVATIONS):
        return False
    wanted = {child.pk for child in children}
    return wanted <= set(Child.objects.as_staff_of(person).filter(pk__in=wanted).values_list("pk", flat=True))


def may_add_from_home(person: "Person", child: Child) -> bool:
    """Whether this adult takes part in the child's journal today."""
    return child.pk in access_of(person).family(Level.PARTICIPATE)


def may_comment(person: "Person", child: Child) -> bool:
    """Whether this person may say something in this child's journal: its family, and staff who write here."""
    if may_add_from_home(person, child):
        return True
    return (
        has_right(person, Right.WRITE_OBSERVATIONS) and Child.objects.as_staff_of(person).filter(pk=child.pk).exists()
    )


def why_not_say(person: "Person", observation: Observation, child: Child) -> str:
    """Why this person cannot say or thank something for this page in this child's journal, in words, or nothing."""
    reads = Observation.objects.visible_to(person).filter(pk=observation.pk, children=child).exists()
    if may_comment(person, child) and reads:
        return ""
    return _("You can say something only about a page that you can read, in the journal of a child of yours.")


def why_not_answer(person: "Person", said: Comment, observation: Observation, child: Child) -> str:
    """Why this person cannot answer this comment on this page, in words, or nothing: staff answer the family."""
    if not writes_there(person, child) or may_add_from_home(person, child):
        return _("Only the people who look after the child answer here. Comment on the page instead.")
    to_answer = Comment.objects.visible_to(person).filter(from_family=True, observation=observation, child=child)
    if not to_answer.filter(pk=said.pk).exists():
        return _("What you want to answer is not here any more. Look at the page again.")
    return ""


def writes_there(person: "Person", child: Child) -> bool:
    """Whether somebody who reads this child's journal writes in it as staff: whoever is, or was, family does not."""
    return has_right(person, Right.WRITE_OBSERVATIONS) and child.pk not in access_of(person).related_children


def why_not_change(person: "Person", observation: Observation) -> str:
    """Why this observation cannot be changed by this person, in words, or nothing."""
    if observation.author_id != person.pk:
        return _("Only the person who wrote it can change it.")
    if observation.shared_at:
        return _("It has been shared already. Correct it instead: what it said before is kept.")
    return ""


def why_not_describe(person: "Person", observation: Observation) -> str:
    """Why this person cannot say who can be seen in the photographs, in words, or nothing."""
    if person.pk != observation.author_id and why_not_check(person, observation):
        return _("Only the person who wrote it, or who checks it, can do this.")
    return _("It has been shared already. Take it back first, then write it anew.") if observation.shared_at else ""


def why_not_ready(person: "Person", observation: Observation) -> str:
    """Why this draft cannot be sent on or shared by its author now, in words, or nothing."""
    if observation.withdrawn_at:  # in another window, or on the room's tablet
        return _("It was taken back meanwhile. Write it anew if you would like to share it.")
    if why_not := why_not_change(person, observation) or why_stuck(person, observation):
        return why_not
    if observation.photographs.exclude(pk__in=Photograph.objects.visible_to(person).values("pk")).exists():
        return _(
            "A photograph on it cannot be shown to you at present. Take it away under “Change it”, or ask the manager."
        )
    return why_not_complete(observation)


def why_stuck(person: "Person", observation: Observation) -> str:
    """What keeps this person from going on with a draft of their own that they still have, in words, or nothing."""
    if not Observation.objects.stuck_for(person).filter(pk=observation.pk).exists():
        return ""
    if not may_write_about(person, observation.children.all()):
        return _(
            "You do not look after every child on it at present. Choose under “Change it” whom it is about, or ask the "
            "manager."
        )
    return _("Its words name a child of whom you cannot write at present. Write “a friend”, or ask the manager.")


def why_not_complete(observation: Observation) -> str:
    """What is missing or in the way before families can read it, in words, or nothing."""
    if observation.uploads.waiting().exists():
        return _("Photographs are still on their way to this page. Look again in a minute.")
    if not says_something(observation):
        return _("There is nothing on the page yet. Write a sentence or choose a photograph.")
    if observation.origin == Origin.SETTING and not may_write_about(observation.author, observation.children.all()):
        return _("You can share only what is about children you look after here.")
    if names := without_photographs(observation):
        return _("The families of these children have not allowed photographs in their journal: %(names)s.") % {
            "names": ", ".join(names)
        }
    return ""


def says_something(observation: Observation) -> bool:
    texts = (observation.words, observation.child_says, *(each.words for each in observation.own_words.all()))
    return any(text.strip() for text in texts) or observation.photographs.exists()


def why_not_check(person: "Person", observation: Observation) -> str:
    """Why this person cannot look at this draft as the second pair of eyes, in words, or nothing."""
    if observation.shared_at or not observation.sent_to_check_at:
        return _("Nobody has asked for this page to be looked at.")
    if not Observation.objects.to_check(person).filter(pk=observation.pk).exists():
        return _("Somebody else looks at it: the manager or the deputy.")
    return ""


def is_checked_first(person: "Person") -> bool:
    """Whether what this person writes is looked at by somebody else before families read it."""
    return Setting.now().journal_is_checked and not has_right(person, Right.SEE_DRAFTS)


def why_not_share(person: "Person", observation: Observation) -> str:
    """Why this observation cannot be shared now, in words, or nothing."""
    if observation.author_id != person.pk and observation.sent_to_check_at and not observation.shared_at:
        return why_not_check(person, observation) or why_not_complete(observation)
    if why_not := why_not_ready(person, observation):
        return why_not
    return _("A colleague looks at it before families read it. Send it on.") if is_checked_first(person) else ""


def without_photographs(observation: Observation) -> list[str]:
    """The names of the children in its photographs whose families have not allowed photographs in their own journal."""
    willing = children_allowing(Purpose.OWN_JOURNAL)
    shown = Child.objects.filter(
        pk__in=Photograph.children.through.objects.filter(photograph__observation=observation).values("child")
    )
    return list(shown.exclude(pk__in=willing).values_list("known_as", flat=True))


def photographs_kept_back(observation: Observation) -> int:
    """How many photographs of a shared page a missing permission hides from everybody."""
    return Photograph.objects.filter(observation=observation).kept_back().count()


def why_not_correct(person: "Person", observation: Observation) -> str:
    """Why this person cannot put right what was shared, in words, or nothing."""
    if not observation.shared_at or observation.withdrawn_at:
        return _("Only a page that families can read is corrected. A draft is simply changed.")
    if observation.origin == Origin.HOME:
        return _("It is the family's own page. Say what you know under it.")
    if _answers_for(person, observation):
        return ""
    return _("Only the person who wrote it, or the manager, can correct it; never a page about a child of their own.")


def why_not_withdraw(person: "Person", observation: Observation) -> str:
    """Why this observation cannot be taken back by this person, in words, or nothing."""
    own = observation.author_id == person.pk
    from_own_home = observation.origin == Origin.HOME and own
    own_draft = own and not observation.shared_at and has_right(person, Right.WRITE_OBSERVATIONS)
    if from_own_home or own_draft or _answers_for(person, observation):
        return ""
    return _("Only the person who wrote it, or the manager, can take it back; never a page about a child of their own.")


def _answers_for(person: "Person", observation: Observation) -> bool:
    """Whether it is this person's as staff: its author or a lead, who looks after all of its children."""
    wrote_or_leads = observation.author_id == person.pk or has_right(person, Right.SEE_DRAFTS)
    return wrote_or_leads and Observation.objects.filter(as_staff(person), pk=observation.pk).exists()


def names_in(observation: Observation, names: Names) -> list[Mention]:
    """Return whom the words of a page name in front of another child's family; captions are asked one by one."""
    children = list(observation.children.all())
    common = (getattr(observation, name) for name in observation.told.fields)
    named = {mention.child.pk: mention for mention in names.mentions(*common, about=children)}
    for own in observation.own_words.all():
        found = names.mentions(own.words, about=children)
        named |= {mention.child.pk: mention for mention in found if mention.child.pk != own.child_id}
    return list(named.values())


@dataclass(frozen=True)
class Reader:
    """What one child's family will find: whether it reads the page, whom the words name, which photographs it sees."""

    child: Child
    reads: bool
    held: bool  # whether a name in the words keeps it from this family
    named: list  # mentions of other children in the words and captions, as this writer may know them
    kept_by: list  # the words for those of them whose families keep them out of other journals, as the writer may know
    photographs: list
    kept: list  # (photograph, the children who keep it out, as the writer may know)

    @property
    def kept_for(self) -> list:
        """The children who keep photographs out, as the writer may know, each once."""
        return list(dict.fromkeys(who for _photograph, children in self.kept for who in children))


def readers_of(observation: Observation, by: "Person | None" = None) -> list[Reader]:
    """A Reader for each child on the page, as it would be if it were shared now; what nobody may see is in none.

    `by` is who is asked about the names.
    """
    children = list(observation.children.all())
    photographs = list(observation.photographs.allowed().prefetch_related("children"))
    willing = set(children_allowing(Purpose.OTHERS_JOURNALS).values_list("pk", flat=True))
    names = Names(children_to_look_for())
    asked = Names(names.children.values(), by) if by and access_of(by).former_children else names
    named, may_know = names_in(observation, names), {mention.child for mention in names_in(observation, asked)}
    captions = {each: names.mentions(each.words, about=children) for each in photographs}
    may_know |= {mention.child for each in photographs for mention in asked.mentions(each.words, about=children)}
    texts = observation.words.strip() or observation.child_says.strip()
    readers = []
    for child in children:
        others = [mention for mention in named if mention.child != child]
        closed = [mention for mention in others if mention.child.pk not in willing]
        kept = []
        for photograph in photographs:
            there = {*photograph.children.all(), *(mention.child for mention in captions[photograph])} - {child}
            if without := sorted((who for who in there if who.pk not in willing), key=str):
                kept.append((photograph, without))
        shown = [photograph for photograph in photographs if photograph not in [each for each, _who in kept]]
        others += [mention for each in shown for mention in captions[each] if mention.child != child]
        held = bool(closed)
        reads = not held and bool(texts or observation.words_for(child).strip() or shown)
        others, closed = ([one for one in found if one.child in may_know] for found in (others, closed))
        if by:
            closed = [mention for mention in closed if may_be_told(by, mention.child)]
            kept = [(photograph, [who for who in without if may_be_told(by, who)]) for photograph, without in kept]
        readers.append(Reader(child, reads, held, others, typed(closed), shown, kept))
    return readers


def typed(mentions: list[Mention]) -> list[str]:
    """Return the words that name somebody, each once."""
    return list(dict.fromkeys(word for mention in mentions for word in mention.typed))


def named_before_others(readers: list[Reader]) -> list[str]:
    """The names that another child's family will read, as they were typed, so that somebody says that it is right."""
    return sorted({word for reader in readers if reader.reads for word in typed(reader.named)})


def question_about(person: "Person", child: Child, words: str, answers: Comment | None = None) -> Question | None:
    """Return what staff are asked before they say something in a child's journal that names another child."""
    found = Names(children_to_look_for(), person).mentions(words, about=[child])
    mentions = [mention for mention in found if mention.child != child]
    if not mentions:
        return None
    readers = _("the family of %(name)s, and everybody who looks after %(name)s here") % {"name": child.known_as}
    if answers:
        readers = _("whoever reads what it answers, and everybody who looks after %(name)s here") % {
            "name": child.known_as
        }
    return Question(mentions, readers, kept_out(mentions, person))


def question_about_correction(
    person: "Person", observation: Observation, said: dict[str, str], own_words: dict[UUID, str]
) -> Question | None:
    """Return what is asked before a corrected page is read that names another child than before it did."""
    children = list(observation.children.all())
    names, found = Names(children_to_look_for(), person), {}
    for each in names.mentions(*said.values(), about=children):
        if set(children) != {each.child}:
            found[each.child.pk] = each
    for child, words in own_words.items():
        found |= {each.child.pk: each for each in names.mentions(words, about=children) if each.child != child}
    if not found:
        return None
    families = ", ".join(child.known_as for child in children)
    mentions = list(found.values())
    return Question(mentions, _("the families of %(names)s") % {"names": families}, kept_out(mentions, person))
