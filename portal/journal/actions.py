"""Actions of the journal: the only place that writes it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.models import Person
from people.families.actions_mentions import note_for_orders
from people.families.mentions import Names, children_to_look_for
from people.mail.notifications import notify
from people.setting.role_holders import people_with
from people.setting.roles import Right
from portal.journal import rules
from portal.journal.actions_uploads import add_pictures
from portal.journal.models import (
    About,
    ChildSpecificText,
    Comment,
    Observation,
    Origin,
    ReadMark,
    Revision,
    Thanks,
    Word,
)
from portal.journal.reaching import who_reads
from records import audit
from records.finding import words_in
from records.refused import ActionRefused, refuse
from records.submitted import create_once

if TYPE_CHECKING:
    from people.families.models import Child
    from portal.journal.forms import Taken
    from portal.journal.models import Photograph
    from records.pictures import Picture

NOT_YOURS = _("You can write only about children you look after here, or of your own family.")


@transaction.atomic
def write(
    *,
    by: Person,
    children: "list[Child]",
    pictures: "Taken | list[Picture] | tuple[()]",
    idempotency_key: UUID | str,
    own_words: "dict[Child, str] | None" = None,
    **said: Any,
) -> Observation:
    """Begin an observation as a draft that only staff can see; `said` are its words, areas and the like, by field."""
    if not rules.may_write_about(by, children):
        raise ActionRefused(NOT_YOURS)
    facts = {"origin": Origin.SETTING, **said}
    observation, new = create_once(Observation, facts, same=tuple(said), author=by, idempotency_key=idempotency_key)
    if new:
        observation.children.set(children)
        _say_to_each(observation, own_words or {})
        add_pictures(observation, pictures, children)
        note_names(observation)
        for child in children:
            audit.record("journal.observation_written", observation, by=by, child=child)
    return observation


@transaction.atomic
def change(
    observation: Observation,
    *,
    by: Person,
    children: "list[Child]",
    pictures: "Taken",
    without: Sequence[str] = (),
    own_words: "dict[Child, str] | None" = None,
    **said: Any,
) -> Observation:
    """Change a draft: its words, its children, its photographs."""
    observation = Observation.objects.select_for_update(no_key=True).get(pk=observation.pk)
    refuse(rules.why_not_change(by, observation))
    if not rules.may_write_about(by, children):
        raise ActionRefused(NOT_YOURS)
    _put(observation, said)
    observation.children.set(children)
    _say_to_each(observation, own_words or {})
    observation.photographs.filter(pk__in=without).delete()
    add_pictures(observation, pictures, children)
    note_names(observation)
    audit.record("journal.observation_changed", observation, by=by)
    return observation


@transaction.atomic
def describe(photograph: "Photograph", *, by: Person, children: "Collection[Child]", words: str) -> None:
    """Say who can be seen in a photograph of a draft, and what."""
    observation = Observation.objects.select_for_update(no_key=True).get(pk=photograph.observation_id)
    refuse(rules.why_not_describe(by, observation))
    seen = {child.pk for child in children}
    if photograph.words == words and set(photograph.children.values_list("pk", flat=True)) == seen:
        return
    photograph.children.set(children)
    photograph.words = words
    photograph.save(update_fields=["words"])
    note_names(observation)
    audit.record("journal.photograph_described", observation, by=by)


@transaction.atomic
def say_to_each(observation: Observation, *, by: Person, own_words: "dict[Child, str]") -> None:
    """Give children on a draft a text of their own; an empty one means the common words."""
    observation = Observation.objects.select_for_update(no_key=True).get(pk=observation.pk)
    refuse(rules.why_not_describe(by, observation))
    wanted = {child.pk: words for child, words in own_words.items() if words.strip()}
    if wanted != dict(observation.own_words.values_list("child", "words")):
        _say_to_each(observation, own_words)
        note_names(observation)
        audit.record("journal.observation_changed", observation, by=by)


@transaction.atomic
def send_to_check(observation: Observation, *, by: Person) -> None:
    """Ask a senior colleague to look at a draft; it comes to whoever looks first."""
    observation = Observation.objects.select_for_update(no_key=True).get(pk=observation.pk)
    refuse(rules.why_not_ready(by, observation))
    observation.sent_to_check_at = timezone.now()
    observation.save(update_fields=["sent_to_check_at"])
    audit.record("journal.observation_sent_to_check", observation, by=by)


@transaction.atomic
def give_back(observation: Observation, *, by: Person, words: str, idempotency_key: UUID | str) -> None:
    """Give a draft back to its author with a word on what would make it right."""
    observation = Observation.objects.select_for_update(no_key=True).get(pk=observation.pk)
    refuse(rules.why_not_check(by, observation))
    comment(
        observation,
        cast("Child", observation.children.order_by("known_as", "pk").first()),  # a page is about somebody
        by=by,
        words=words,
        idempotency_key=idempotency_key,
    )
    observation.sent_to_check_at = None
    observation.save(update_fields=["sent_to_check_at"])
    audit.record("journal.observation_given_back", observation, by=by)


@transaction.atomic
def share(observation: Observation, *, by: Person) -> Observation:
    """Put an observation in front of the families of the children in it. Sharing it twice shares it once."""
    observation = Observation.objects.select_for_update(no_key=True).get(pk=observation.pk)
    if observation.shared_at and by.pk in (observation.author_id, observation.checked_by_id):
        return observation
    refuse(rules.why_not_share(by, observation))
    observation.shared_at = observation.dated_at = timezone.now()
    observation.checked_by = by if by.pk != observation.author_id else None
    observation.save(update_fields=["shared_at", "dated_at", "checked_by"])
    note_names(observation)
    note_words(observation)
    for child in observation.children.all():
        audit.record("journal.observation_shared", observation, by=by, child=child)
    _tell_families(observation, count_readers(observation))
    return observation


@transaction.atomic
def correct(
    observation: Observation, *, by: Person, why: str, own_words: "dict[Child, str] | None" = None, **said: Any
) -> Observation:
    """Put what was shared right; what it said before stays readable to staff."""
    observation = Observation.objects.select_for_update(no_key=True).get(pk=observation.pk)
    refuse(rules.why_not_correct(by, observation))
    before = {name: getattr(observation, name) for name in said}
    before["own_words"] = {str(each.child_id): each.words for each in observation.own_words.all()}
    Revision.objects.create(observation=observation, said=before, why=why, corrected_by=by)
    _put(observation, said)
    _say_to_each(observation, own_words or {})
    note_names(observation)
    note_words(observation)
    audit.record("journal.observation_corrected", observation, by=by)
    count_readers(observation)
    return observation


@transaction.atomic
def withdraw(observation: Observation, *, by: Person, why: str = "") -> None:
    """Take an observation back: it is gone from every journal at once."""
    refuse(rules.why_not_withdraw(by, observation))
    Observation.objects.filter(pk=observation.pk).update(withdrawn_at=timezone.now(), withdrawn_why=why)
    audit.record("journal.observation_withdrawn", observation, by=by)


@transaction.atomic
def add_from_home(
    child: "Child",
    *,
    by: Person,
    words: str,
    pictures: "Taken | list[Picture]",
    idempotency_key: UUID | str,
    child_says: str = "",
) -> Observation:
    """A family adds what it saw at home; the setting and the author's household read it at once."""
    if not rules.may_add_from_home(by, child):
        raise ActionRefused(NOT_YOURS)
    now = timezone.now()
    said = {"words": words, "child_says": child_says}
    facts = {"origin": Origin.HOME, "dated_at": now, "shared_at": now, **said}
    observation, new = create_once(Observation, facts, same=tuple(said), author=by, idempotency_key=idempotency_key)
    if new:
        observation.children.set([child])
        add_pictures(observation, pictures, [child])
        note_names(observation)
        note_words(observation)
        audit.record("journal.added_from_home", observation, by=by, child=child)
        _tell_first(_who_looks_after(child), reads=lambda one: _is_there(Observation, observation, one), by=by)
    return observation


def _who_looks_after(child: "Child") -> Iterator[QuerySet[Person]]:
    """Groups of those who hear of what a family writes, in turn: the key people of today, then those who lead."""
    yield Person.objects.filter(key_children__in=child.key_people.running(timezone.localdate())).distinct()
    yield people_with(Right.SEE_DRAFTS)


def _is_there(model: Any, record: Comment | Observation, person: Person) -> bool:
    return bool(model.objects.visible_to(person).filter(pk=record.pk).exists())


def _tell_first(groups: Iterable[Any], *, reads: Callable[..., Any], by: Person, children: Iterable[UUID] = ()) -> None:
    """Tell the first of these groups in which anybody reads it; nobody hears of words that they cannot read."""
    for people in groups:
        reading = [one for one in people if reads(one)]
        for person in reading:
            if person != by:
                notify(person, children=children)
        if reading:
            return


@transaction.atomic
def comment(
    observation: Observation,
    child: "Child",
    *,
    by: Person,
    words: str,
    idempotency_key: UUID | str,
    about: str = About.PAGE,
    answers: Comment | None = None,
) -> Comment:
    """Say something about a page in one child's journal; staff also in answer to what somebody of the family said."""
    refuse(rules.why_not_say(by, observation, child))
    if answers:
        refuse(rules.why_not_answer(by, answers, observation, child))
    facts = {
        "observation": observation,
        "child": child,
        "from_family": rules.may_add_from_home(by, child),
        "about": about,
        "answers": answers,
        "words": words,
    }
    same = ("observation", "child", "about", "answers", "words")
    said, new = create_once(Comment, facts, same=same, author=by, idempotency_key=idempotency_key)
    if new:
        mentions = Names(children_to_look_for()).mentions(words, about=[child])
        said.named.set(mention.child for mention in mentions)
        note_for_orders(Comment.objects.filter(pk=said.pk))
        audit.record("journal.commented", said, by=by, child=child)
        _tell_of_comment(said)
    return said


def _tell_of_comment(said: Comment) -> None:
    """Tell whom it answers, or who wrote the page; where they do not read it any more, whoever looks after the child."""
    first = said.answers.author if said.answers else said.observation.author
    groups = [[first], *(_who_looks_after(said.child) if said.from_family else [])]
    about = () if said.from_family else {said.child_id}
    _tell_first(groups, reads=lambda one: _is_there(Comment, said, one), by=said.author, children=about)


@transaction.atomic
def thank(observation: Observation, child: "Child", *, by: Person) -> None:
    """Say thank you for a page, or take it back."""
    refuse(rules.why_not_say(by, observation, child))
    thanks, new = Thanks.objects.get_or_create(observation=observation, child=child, person=by)
    if not new:
        thanks.delete()


def mark_read(person: Person, child: "Child", to: datetime) -> None:
    """Remember up to where somebody has read."""
    if not ReadMark.objects.filter(person=person, child=child).update(read_to=to):
        ReadMark.objects.update_or_create(person=person, child=child, defaults={"read_to": to})


def note_names(observation: Observation) -> None:
    """Write down whom a page and its captions name, so that it stays closed to whoever is kept from one of them."""
    names, children = Names(children_to_look_for()), list(observation.children.all())
    observation.named.set(mention.child for mention in rules.names_in(observation, names))
    for photograph in observation.photographs.all():
        mentions = names.mentions(photograph.words, about=children) if photograph.words else []
        photograph.named.set(mention.child for mention in mentions)
    pages, photographs = Observation.objects.filter(pk=observation.pk), observation.photographs.all()
    note_for_orders(pages, photographs)


def note_words(observation: Observation) -> None:
    """Write down which words stand on a shared page in each child's journal, so that it can be found."""
    observation.words_to_find.all().delete()
    common = (observation.child_says, observation.next_step, observation.home_idea)
    Word.objects.bulk_create(
        Word(observation=observation, child=child, word=word)
        for child in observation.children.all()
        for word in set(words_in(" ".join((observation.words_for(child), *common))))
    )


def _put(observation: Observation, said: dict[str, Any]) -> None:
    for name, value in said.items():
        setattr(observation, name, value)
    observation.save(update_fields=list(said))


def _say_to_each(observation: Observation, own_words: "dict[Child, str]") -> None:
    """The text for each child that has one of its own; the others read the common one."""
    observation.own_words.all().delete()
    ChildSpecificText.objects.bulk_create(
        ChildSpecificText(observation=observation, child=child, words=words)
        for child, words in own_words.items()
        if words.strip()
    )


def count_readers(observation: Observation) -> list[Person]:
    """Note how many families cannot read it now; the adults who can."""
    adults, reached = who_reads(observation)
    observation.held_back_from = observation.children.count() - len(reached)
    observation.save(update_fields=["held_back_from"])
    return adults


def _tell_families(observation: Observation, adults: list[Person]) -> None:
    """Tell the adults who may now read it; nobody hears of a page they cannot open."""
    about = {child.pk for child in (*observation.children.all(), *observation.named.all())}
    for person in adults:
        notify(person, children=about)
