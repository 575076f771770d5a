"""The verbs of the journal: the only place that writes it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Child, Level, Person, Relationship
from people.notifications import tell
from portal.journal import rules
from portal.journal.models import Comment, Observation, Origin, Photograph, ReadMark
from records import files
from records.audit import note
from records.once import once
from records.refused import Refused

NOT_YOURS = _("You can write only about children you look after here, or of your own family.")


@transaction.atomic
def write(*, by, children, words, areas, pictures, press):
    """Begin an observation as a draft that only staff can see."""
    if not rules.may_write_about(by, children):
        raise Refused(NOT_YOURS)
    facts = {"origin": Origin.SETTING, "words": words, "areas": areas}
    observation, new = once(Observation, facts, same=("words", "areas"), author=by, press=press)
    if new:
        observation.children.set(children)
        _add_pictures(observation, pictures)
        for child in children:
            note("journal.observation_written", observation, by=by, child=child)
    return observation


@transaction.atomic
def change(observation, *, by, children, words, areas, pictures, without=()):
    """Change a draft: its words, its children, its photographs."""
    observation = Observation.objects.select_for_update().get(pk=observation.pk)
    if why_not := rules.why_not_change(by, observation):
        raise Refused(why_not)
    if not rules.may_write_about(by, children):
        raise Refused(NOT_YOURS)
    observation.words, observation.areas = words, areas
    observation.save(update_fields=["words", "areas"])
    observation.children.set(children)
    observation.photographs.filter(pk__in=without).delete()
    _add_pictures(observation, pictures)
    note("journal.observation_changed", observation, by=by)
    return observation


@transaction.atomic
def share(observation, *, by):
    """Put an observation in front of the families of the children in it. Sharing it twice shares it once."""
    observation = Observation.objects.select_for_update().get(pk=observation.pk)
    if observation.shared_at and observation.author_id == by.pk:
        return observation
    if why_not := rules.why_not_share(by, observation):
        raise Refused(why_not)
    observation.shared_at = observation.dated_at = timezone.now()
    observation.save(update_fields=["shared_at", "dated_at"])
    for child in observation.children.all():
        note("journal.observation_shared", observation, by=by, child=child)
    _tell_families(observation)
    return observation


@transaction.atomic
def withdraw(observation, *, by):
    """Take an observation back: it is gone from every journal at once."""
    if why_not := rules.why_not_withdraw(by, observation):
        raise Refused(why_not)
    Observation.objects.filter(pk=observation.pk).update(withdrawn_at=timezone.now())
    note("journal.observation_withdrawn", observation, by=by)


@transaction.atomic
def add_from_home(child, *, by, words, pictures, press):
    """A family adds what it saw at home; the setting and the author's household read it at once."""
    if not rules.may_add_from_home(by, child):
        raise Refused(NOT_YOURS)
    now = timezone.now()
    facts = {"origin": Origin.HOME, "words": words, "dated_at": now, "shared_at": now}
    observation, new = once(Observation, facts, same=("words",), author=by, press=press)
    if new:
        observation.children.set([child])
        _add_pictures(observation, pictures)
        note("journal.added_from_home", observation, by=by, child=child)
        for person in Person.objects.filter(key_children__in=child.key_people.running(timezone.localdate())):
            if Child.objects.as_staff_of(person).filter(pk=child.pk).exists():  # not somebody whose role has ended
                tell(person)
    return observation


@transaction.atomic
def comment(observation, child, *, by, words, press):
    """Say something about a page in one child's journal."""
    if not rules.may_comment(by, child):
        raise Refused(NOT_YOURS)
    facts = {
        "observation": observation,
        "child": child,
        "from_family": rules.may_add_from_home(by, child),
        "words": words,
    }
    said, new = once(Comment, facts, same=("observation", "child", "words"), author=by, press=press)
    if new:
        note("journal.commented", said, by=by, child=child)
        if observation.author_id != by.pk and Observation.objects.visible_to(observation.author).filter(
            pk=observation.pk
        ):
            tell(observation.author)
    return said


def mark_read(person, child, to):
    """Remember up to where somebody has read."""
    ReadMark.objects.update_or_create(person=person, child=child, defaults={"read_to": to})


def _add_pictures(observation, pictures):
    """Each file is on disk for good before its row; position counts on from those already there."""
    taken = set(observation.photographs.values_list("position", flat=True))
    begin = max(taken, default=-1) + 1
    for position, picture in enumerate(pictures, start=begin):
        Photograph.objects.create(
            observation=observation,
            position=position,
            small=files.keep(picture.sizes["small"], "image/jpeg"),
            large=files.keep(picture.sizes["large"], "image/jpeg"),
            width=picture.width,
            height=picture.height,
        )


def _tell_families(observation):
    """Tell the adults who may now read it; nobody hears of a page they cannot open."""
    ties = Relationship.objects.running(timezone.localdate()).filter(
        child__in=observation.children.all(), level__gte=Level.PARTICIPATE
    )
    for person in Person.objects.filter(pk__in=ties.values("adult")):
        if Observation.objects.visible_to(person).filter(pk=observation.pk).exists():
            tell(person)
