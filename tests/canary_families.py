"""Twenty families (and as many as one likes) of whom every word, name, address, photograph and paper is a canary."""

import io
import random
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from documents import actions as papers
from documents import wording
from documents.models import Form
from documents.purposes import Purpose
from people.accounts.models import AboutMe, ContactDetails, Person
from people.families import actions_care, actions_family
from people.families.models import Household
from people.setting.models import Room
from portal.complaints.actions import complain
from portal.journal import actions as journal
from portal.journal.models import Photograph
from records.pictures import clean
from tests.canaries import known, token
from tests.facts import key_of
from tests.written_rules import EVERYTHING, INFORMATION, NOTHING, TAKING_PART, Page, Said

# What the second adult of a family is to the child: (level, shares the home, what is closed).
SECOND = [
    (EVERYTHING, True, None),
    (EVERYTHING, False, None),
    (TAKING_PART, False, "no_timetable"),
    (EVERYTHING, False, "full"),
    (INFORMATION, False, "no_contact_details"),
    (NOTHING, False, None),
    (EVERYTHING, False, "no_photographs"),
    (TAKING_PART, True, "no_portal"),
]


@dataclass
class Family:
    """One child (or two) with the adults around it."""

    children: list
    adults: list
    pages: list = field(default_factory=list)


def coloured(dice):
    """A small picture that nobody else has."""
    drawn = io.BytesIO()
    Image.effect_noise((64, 48), dice.randint(20, 90)).convert("RGB").save(drawn, "PNG")
    return clean(SimpleUploadedFile("picture.png", drawn.getvalue()))


def plant(cast, families=20, seed=7, signing=None):
    """Bring the families into the setting of the cast, the first of them (all by default) `signing` a form; their list."""
    dice, room = random.Random(seed), Room.objects.first()  # noqa: S311
    made = [_family(cast, number, dice, room) for number in range(families)]
    for family in made:
        _words(cast, family, dice)
    for family in made[:signing]:
        _sign(cast, family.children[0], family.adults[0])
    _common_pages(cast, made)
    _naming_pages(cast, made, dice)
    return made


def _family(cast, number, dice, room):
    level, at_home, closed = SECOND[number % len(SECOND)]
    home = Household.objects.create(name="A home")
    adults = [_adult(home), _adult(home if at_home else None)]
    children = [_child(cast, room, number) for _ in range(2 if number % 5 == 0 else 1)]
    for child in children:
        _tie(cast, child, adults[0], EVERYTHING)
        _tie(cast, child, adults[1], level)
    if closed:
        basis = token(kind="basis", child=key_of(children[0].pk))
        actions_family.restrict(children[0], adults[1], by=cast.manager, kind=closed, basis=basis)
    return Family(children, adults)


def _adult(home):
    person = Person.objects.create_user(None, "To be named", "a password nobody types", household=home)
    name = {"kind": "adult's name", "adult": person.pk}
    person.full_name = f"{token(**name)} {token(**name)}"
    person.email = f"{token(kind='contact', adult=person.pk)}@example.org"
    person.save()
    about = {"kind": "contact", "adult": person.pk}
    ContactDetails.objects.create(person=person, phone=token(**about), address=token(**about))
    needs = {"kind": "about me", "adult": person.pk}
    AboutMe.objects.create(person=person, languages_spoken=token(**needs), access_needs=token(**needs))
    return person


def _child(cast, room, number):
    born = timezone.localdate() - timedelta(days=900 + 20 * number)
    before = former_name(number)
    child = actions_family.add_child(by=cast.manager, full_name=before, known_as=before, born_on=born, room=room)
    about = {"kind": "card", "child": key_of(child.pk)}
    new = {"full_name": token(**about), "known_as": token(**about)}
    actions_care.change_name(child, by=cast.manager, why="Deed poll", **new)
    child.refresh_from_db()
    child.care_notes = token(**about)
    child.save()
    known(child.pk, **about)
    actions_family.place_key_person(child, cast.key_person if number % 2 else cast.senco, by=cast.manager)
    return child


def former_name(number):
    """By which the children of a family are named in other children's journals: no token, so that words may hold it."""
    return f"Formerly{number}"


def _tie(cast, child, adult, level):
    evidence = token(kind="kept by leads", child=key_of(child.pk))
    actions_family.relate(
        child,
        adult,
        by=cast.manager,
        kind="parent",
        label=token(kind="adult's name", adult=adult.pk),
        parental_responsibility="yes",
        evidence_seen=evidence,
        level=level,
    )


def _page(author, children, *, from_home=False, shared=True, dice=None, naming="", caption="", named=()):
    """A page with its words and one photograph, all of them canaries; `naming` and `caption` name the `named` child."""
    page = Page({key_of(child.pk) for child in children}, author.pk, from_home, shared)
    page.named = {key_of(child.pk) for child in named} if naming else set()
    page.captioned = {key_of(child.pk) for child in named} if caption else set()
    words = " ".join(filter(None, [token(kind="page", page=page), naming]))
    pictures = [coloured(dice)] if dice else []
    if from_home:
        row = journal.add_from_home(
            children[0], by=author, words=words, pictures=pictures, idempotency_key=uuid.uuid4()
        )
    else:
        row = journal.write(
            by=author, children=children, words=words, areas=[], pictures=pictures, idempotency_key=uuid.uuid4()
        )
        if caption:
            journal.describe(row.photographs.get(), by=author, children=children, words=caption)
        if shared:
            journal.share(row, by=author)
    page.pictured = set(page.children) if pictures else set()
    known(row.pk, kind="page", page=page)
    for photograph in Photograph.objects.filter(observation=row).select_related("small", "large"):
        for word in (photograph.pk, photograph.small.sha256, photograph.large.sha256):
            known(word, kind="photograph", page=page)
    return row, page


def _comment(row, page, child, author, by_family, naming="", named=()):
    said = Said(page, key_of(child.pk), author.pk, by_family, named={key_of(each.pk) for each in named})
    words = " ".join(filter(None, [token(kind="comment", said=said), naming]))
    journal.comment(row, child, by=author, words=words, idempotency_key=uuid.uuid4())


def _words(cast, family, dice):
    """What is written around one family."""
    child, first, second = family.children[0], *family.adults
    papers.decide_consent(child, Purpose.OWN_JOURNAL, True, by=first)
    for author in (cast.key_person, cast.senco):
        row, page = _page(author, [child], dice=dice)
        _comment(row, page, child, author, by_family=False)
        _comment(row, page, child, first, by_family=True)
        family.pages.append(row)
    _page(cast.key_person, [child], shared=False, dice=dice)
    _page(first, [child], from_home=True, dice=dice)
    tie = second.relationships.first()
    if tie.level >= TAKING_PART and not second.restrictions.filter(kind__in=["full", "no_portal"]).exists():
        _page(second, [child], from_home=True, dice=dice)
        _comment(*_page(cast.key_person, [child]), child, second, by_family=True)
    complaint = {"kind": "complaint", "adult": first.pk}
    complain(
        by=first, child=child, child_at_risk=False, about_leaders="no", category="care", words=token(**complaint),
        wish=token(**complaint), idempotency_key=uuid.uuid4(),
    )  # fmt: skip
    papers.ask(child, first, Form.objects.get(code="P2"), by=cast.manager)


def _sign(cast, child, adult):
    """A signed form, each free answer a canary."""
    asked = papers.ask(child, adult, Form.objects.get(code="P1"), by=cast.manager)
    answers = {}
    for piece in wording.questions(asked.version.wording):
        kinds = {"yes_no": "no", "date": timezone.localdate().isoformat()}
        options = piece["value"].get("options")
        secret = token(kind="paper", child=key_of(child.pk), adult=adult.pk)
        answers[piece["id"]] = options[0] if piece["type"] == "choice" else kinds.get(piece["type"], secret)
    draft = papers.save_draft(asked, answers, by=adult, edition=0)
    papers.sign(asked, by=adult, edition=draft.edition, typed_name=adult.full_name, proof=["password"])


def _common_pages(cast, made):
    """Pages about children of two families: with the consent of both, of one, of none."""
    for number, (one, other) in enumerate(zip(made[::2], made[1::2], strict=False)):
        pair = [one.children[0], other.children[0]]
        for family, willing in ((one, number % 3 < 2), (other, number % 3 < 1)):
            papers.decide_consent(family.children[0], Purpose.OTHERS_JOURNALS, willing, by=family.adults[0])
        row, page = _page(cast.key_person, pair)
        for child, family in zip(pair, (one, other), strict=True):
            _comment(row, page, child, family.adults[0], by_family=True)


def _naming_pages(cast, made, dice):
    """What is written about one family's child names another's, by a name from before: page, caption and answer."""
    for number, (one, other) in enumerate(pairwise(made)):
        name, child, named = former_name(number + 1), one.children[0], other.children
        if number % 2:
            _page(cast.key_person, [child], naming=f"with {name.lower()}", named=named)
        else:
            papers.decide_consent(child, Purpose.OWN_JOURNAL, True, by=one.adults[0])
            _page(cast.key_person, [child], dice=dice, caption=f"{name.upper()}’s hat", named=named)
        row, page = _page(cast.key_person, [child])
        _comment(row, page, child, cast.key_person, by_family=False, naming=f"As {name} said", named=named)
