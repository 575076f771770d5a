"""What happened at Hazel Lane in the last weeks: pages, answers, papers and a complaint, told through the actions."""

import uuid
from datetime import timedelta

from django.utils import timezone

from documents import actions as papers
from documents.models import Form
from documents.purposes import Purpose
from documents.samples import add_sample_forms
from home.actions import name_site
from home.samples import add_reading_samples as add_pages_to_read
from home.samples import add_sample_pages as add_notices
from people.actions import take_on
from people.models import Setting
from people.roles import Role
from portal.complaints.actions import complain
from portal.complaints.models import AboutLeaders, Category
from portal.demo import checks, families
from portal.demo.drawings import drawn
from portal.journal import actions as journal
from portal.journal.models import Comment, Observation
from procedures.samples import add_reading_samples as add_more_procedures
from procedures.samples import add_sample_pages as add_procedures
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


def tell(cast):
    """The whole story, once; `cast` is that of portal.demo.cast."""
    add_sample_forms()
    add_procedures()
    add_notices()
    add_pages_to_read()
    add_more_procedures()
    name_site(Setting.now().name)
    families.tell(cast)
    _permissions(cast)
    _journal(cast)
    _open_requests(cast)
    _complaint(cast)
    take_on(cast.trustee, Role.DEPUTY_SAFEGUARDING_LEAD, by=cast.manager)  # the chair has not agreed yet
    checks.tell(cast)


def _pictures(drawings):
    return [clean(drawn(theme, seed)) for theme, seed in drawings]


def _back_to(row, days, **fields):
    """Move a row's moments into the past; only the demo does this."""
    moment = timezone.now() - timedelta(days=days)
    type(row).objects.filter(pk=row.pk).update(**{name: moment for name in fields})


def _journal(cast):
    for days, who, about, words, areas, drawings in PAGES:
        author = getattr(cast, who)
        page = journal.write(
            by=author,
            children=[getattr(cast, name) for name in about],
            words=words,
            areas=areas,
            pictures=_pictures(drawings),
            idempotency_key=uuid.uuid4(),
        )
        journal.share(page, by=author)
        _back_to(page, days, dated_at=1, shared_at=1)
    for days, who, child, words, drawings in FROM_HOME:
        page = journal.add_from_home(
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
    said = journal.comment(
        first,
        cast.maja,
        by=cast.mother,
        words="The dragon lives under her bed now. Thank you for this!",
        idempotency_key=uuid.uuid4(),
    )
    _back_to(Comment.objects.get(pk=said.pk), 25, said_at=1)
    answer = journal.comment(
        first,
        cast.maja,
        by=cast.key_person,
        words="Then it must be a quiet one: she told us that it only roars on Sundays.",
        idempotency_key=uuid.uuid4(),
        answers=said,
    )
    _back_to(Comment.objects.get(pk=answer.pk), 24, said_at=1)
    bridge = Observation.objects.filter(children=cast.tobi).get(children=cast.maja)
    journal.correct(
        bridge,
        by=cast.key_person,
        why="It fell three times: I had missed the first.",
        words=bridge.words.replace("fell twice and stood the third time", "fell three times and stood the fourth"),
        own_words={
            cast.tobi: "Two engineers at work. Tobi drew the fatter leg before he built it, and the fourth bridge stood."
        },
    )
    journal.write(
        by=cast.key_person,
        children=[cast.maja, cast.alfie],
        words="Sharing the red bucket: first a tug, then a plan.",
        own_words={cast.alfie: "Sharing the red bucket: Alfie let go first and said “You pour, I dig.”"},
        areas=["personal"],
        pictures=_pictures([("puddle", 7)]),
        idempotency_key=uuid.uuid4(),
    )


def sign_form(cast, code, child, adult, answers=None):
    """One adult answers and signs a form: yes to everything, but for `answers` ({purpose: "no"})."""
    from documents import wording

    form = Form.objects.get(code=code)
    asked = papers.ask(child, adult, form, by=cast.manager)
    words = {}
    for piece in wording.questions(asked.version.wording):
        wish = (answers or {}).get(piece["value"].get("purpose"), "yes")
        words[piece["id"]] = wish if piece["type"] == "yes_no" else _any_answer(piece)
    draft = papers.save_draft(asked, words, by=adult, edition=0)
    return papers.sign(asked, by=adult, edition=draft.edition, typed_name=adult.full_name, proof=["password"])


def _any_answer(piece):
    if piece["type"] == "choice":
        return piece["value"]["options"][0]
    if piece["type"] == "date":
        return timezone.localdate().isoformat()
    return "Nothing in particular." if piece["type"] == "long" else "Dr Fern, Marlow Surgery"


def _permissions(cast):
    for child, adult in (
        (cast.maja, cast.mother),
        (cast.maja, cast.father),
        (cast.tobi, cast.other_mother),
        (cast.noor, cast.foster_carer),
    ):
        sign_form(cast, "P1", child, adult)
    sign_form(cast, "P1", cast.alfie, cast.strict_father, {Purpose.OTHERS_JOURNALS: "no"})
    papers.decide_consent(cast.noor, Purpose.OUTINGS, False, by=cast.foster_carer)  # new on Today until it was seen


def _open_requests(cast):
    today = timezone.localdate()
    agreement = Form.objects.get(code="P2")
    papers.ask(cast.maja, cast.mother, agreement, by=cast.manager, due_on=today + timedelta(days=10))
    papers.ask(cast.tobi, cast.other_mother, agreement, by=cast.manager, due_on=today + timedelta(days=10))
    papers.ask(cast.leon, cast.mother, Form.objects.get(code="P1"), by=cast.manager, due_on=today + timedelta(days=5))


def _complaint(cast):
    complain(
        by=cast.other_mother,
        idempotency_key=uuid.uuid4(),
        child=cast.tobi,
        child_at_risk=False,
        about_leaders=AboutLeaders.NO,
        category=Category.FOOD,
        words="Twice last week Tobi was given chicken at lunch although we told you that he eats no meat.",
        wish="Please tell us how this will not happen again.",
        now=timezone.now() - timedelta(days=9),
    )
