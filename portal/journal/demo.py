"""The journal of Hazel Lane in the demo: pages, answers and drafts of the last weeks, told through the actions."""

import uuid
from datetime import timedelta

from django.utils import timezone

from portal.demo.drawings import drawn
from portal.journal import actions
from portal.journal.models import Comment, Observation
from records.pictures import clean

# days ago, who, about whom, words, areas, drawings
PAGES = [
    (
        26,
        "key_person",
        ["maja"],
        "Maja built a tower as tall as herself and told me it was the castle where the inhaler dragon lives. "
        "She counted the blocks: seven, then one for luck.",
        ["mathematics", "communication"],
        [("tower", 1)],
    ),
    (
        21,
        "senco",
        ["leon"],
        "Leon carried the watering can right across the garden without spilling. "
        "At the tap he waited for his turn, all by himself.",
        ["physical", "personal"],
        [],
    ),
    (
        15,
        "key_person",
        ["tobi"],
        "Tobi mixed red and yellow and shouted “I made a sunset!” He then showed two friends how to do it.",
        ["arts", "communication"],
        [("painting", 1), ("painting", 2)],
    ),
    (
        12,
        "senco",
        ["noor"],
        "Noor sat with the garden book for a long time and named every insect. "
        "Ladybird is her favourite, because it is also a bird.",
        ["literacy", "world"],
        [("garden", 2)],
    ),
    (
        9,
        "key_person",
        ["alfie"],
        "Alfie found out that jumping with both feet makes the biggest splash. We tried it eleven times to be sure.",
        ["physical", "world"],
        [("puddle", 1)],
    ),
    (
        4,
        "key_person",
        ["maja", "tobi"],
        "Two engineers at work: the bridge fell twice and stood the third time. "
        "“We need a fatter leg,” was the finding.",
        ["mathematics", "personal"],
        [("tower", 2), ("tower", 3)],
    ),
    (
        2,
        "key_person",
        ["maja"],
        "In the big puddle Maja asked where the water goes when it is gone. "
        "We put a chalk line around it and will look again tomorrow.",
        ["world"],
        [("puddle", 2)],
    ),
]

FROM_HOME = [
    (
        6,
        "mother",
        "maja",
        "At bedtime she told her little brother the whole story of the inhaler dragon. He was very impressed.",
        [("painting", 5)],
    ),
    (
        3,
        "father",
        "maja",
        "We planted beans on my balcony on Saturday. She checks on them by telephone.",
        [("garden", 4)],
    ),
]


def _pictures(drawings):
    return [clean(drawn(theme, seed)) for theme, seed in drawings]


def _back_to(row, days, **fields):
    """Move a row's moments into the past; only the demo does this."""
    moment = timezone.now() - timedelta(days=days)
    type(row).objects.filter(pk=row.pk).update(**{name: moment for name in fields})


def add_demo(cast):
    """Write and share the pages, and what was said about them."""
    for days, who, about, words, areas, drawings in PAGES:
        author = getattr(cast, who)
        page = actions.write(
            by=author,
            children=[getattr(cast, name) for name in about],
            words=words,
            areas=areas,
            pictures=_pictures(drawings),
            idempotency_key=uuid.uuid4(),
        )
        actions.share(page, by=author)
        _back_to(page, days, dated_at=1, shared_at=1)
    for days, who, child, words, drawings in FROM_HOME:
        page = actions.add_from_home(
            getattr(cast, child),
            by=getattr(cast, who),
            words=words,
            pictures=_pictures(drawings),
            idempotency_key=uuid.uuid4(),
        )
        _back_to(page, days, dated_at=1, shared_at=1)
    _said_corrected_and_begun(cast)


def _said_corrected_and_begun(cast):
    first = Observation.objects.filter(children=cast.maja).order_by("dated_at").first()
    said = actions.comment(
        first,
        cast.maja,
        by=cast.mother,
        words="The dragon lives under her bed now. Thank you for this!",
        idempotency_key=uuid.uuid4(),
    )
    _back_to(Comment.objects.get(pk=said.pk), 25, said_at=1)
    answer = actions.comment(
        first,
        cast.maja,
        by=cast.key_person,
        words="Then it must be a quiet one: she told us that it only roars on Sundays.",
        idempotency_key=uuid.uuid4(),
        answers=said,
    )
    _back_to(Comment.objects.get(pk=answer.pk), 24, said_at=1)
    bridge = Observation.objects.filter(children=cast.tobi).get(children=cast.maja)
    actions.correct(
        bridge,
        by=cast.key_person,
        why="It fell three times: I had missed the first.",
        words=bridge.words.replace("fell twice and stood the third time", "fell three times and stood the fourth"),
        own_words={
            cast.tobi: "Two engineers at work. Tobi drew the fatter leg before he built it, and the fourth bridge stood."
        },
    )
    actions.write(
        by=cast.key_person,
        children=[cast.maja, cast.alfie],
        words="Sharing the red bucket: first a tug, then a plan.",
        own_words={cast.alfie: "Sharing the red bucket: Alfie let go first and said “You pour, I dig.”"},
        areas=["personal"],
        pictures=_pictures([("puddle", 7)]),
        idempotency_key=uuid.uuid4(),
    )
