"""The journals of the canary families: every word and photograph is a secret (tests/canary_families.py)."""

import io
import uuid
from itertools import pairwise

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from documents import actions as papers
from documents.purposes import Purpose
from portal.journal import actions as journal
from portal.journal.models import Photograph
from records.pictures import clean
from tests.canaries import known, token
from tests.canary_families import former_name
from tests.facts import key_of
from tests.journal.written_rules import Page, Said
from tests.written_rules import TAKING_PART


def plant(cast, families, *, dice, **_rest):
    for family in families:
        _words(cast, family, dice)
    _common_pages(cast, families)
    _naming_pages(cast, families, dice)


def coloured(dice):
    """A small picture that nobody else has."""
    drawn = io.BytesIO()
    Image.effect_noise((64, 48), dice.randint(20, 90)).convert("RGB").save(drawn, "PNG")
    return clean(SimpleUploadedFile("picture.png", drawn.getvalue()))


def _page(author, children, *, from_home=False, shared=True, dice=None, naming="", caption="", named=()):
    """A page with its words and one photograph, all of them canaries; `naming` and `caption` name the `named` child."""
    page = Page({key_of(child.pk) for child in children}, author.pk, from_home, shared)
    page.named = {key_of(child.pk) for child in named} if naming else set()
    page.captioned = {key_of(child.pk) for child in named} if caption else set()
    words = " ".join(filter(None, [token(kind="page", about=page), naming]))
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
    known(row.pk, kind="page", about=page)
    for photograph in Photograph.objects.filter(observation=row).select_related("small", "large"):
        for word in (photograph.pk, photograph.small.sha256, photograph.large.sha256):
            known(word, kind="photograph", about=page)
    return row, page


def _comment(row, page, child, author, by_family, naming="", named=()):
    said = Said(page, key_of(child.pk), author.pk, by_family, named={key_of(each.pk) for each in named})
    words = " ".join(filter(None, [token(kind="comment", about=said), naming]))
    journal.comment(row, child, by=author, words=words, idempotency_key=uuid.uuid4())


def _words(cast, family, dice):
    """What is written around one family, and by it."""
    child, first, second = family.children[0], *family.adults
    papers.decide_consent(child, Purpose.OWN_JOURNAL, True, by=first)
    for author in (cast.key_person, cast.senco):
        row, page = _page(author, [child], dice=dice)
        _comment(row, page, child, author, by_family=False)
        _comment(row, page, child, first, by_family=True)
    _page(cast.key_person, [child], shared=False, dice=dice)
    _page(first, [child], from_home=True, dice=dice)
    tie = second.relationships.first()
    if tie.level >= TAKING_PART and not second.restrictions.filter(kind__in=["full", "no_portal"]).exists():
        _page(second, [child], from_home=True, dice=dice)
        _comment(*_page(cast.key_person, [child]), child, second, by_family=True)


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
