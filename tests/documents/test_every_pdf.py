"""Every kind of PDF that we make passes the same questions, in both sizes of print; the kinds are collected from the code."""

import ast
import io
import re
import uuid

import pdfplumber
import pytest
from django.utils import timezone

from documents import actions, paper, seal
from documents.models import Signature
from people.accounts import actions_me
from portal.book import actions as books
from portal.book import press
from portal.demo.drawings import drawn
from portal.journal import actions as journal
from portal.progress import paper as progress_paper
from portal.progress.models import Copy
from procedures import actions_folder, folder
from procedures.audiences import Audience
from procedures.models import Print
from records.pictures import clean
from tests.database import PROJECT
from tests.documents.both_standards import assert_both_standards
from tests.documents.stories import sign
from tests.procedures.made import published
from tests.progress import stories as progress

pytestmark = pytest.mark.django_db
# Letters of many scripts, a line separator, a sign of several parts and an address: what papers met in the wild.
HARD = (
    "Łódź, ਪੰਜਾਬੀ, বাংলা, 王小明, שלום, \ue123, \U0001f469\U0001f3fd\u200d\U0001f373\u2028see https://example.org/a?b=c."
)
PROCEDURE = """# 04.1 Snack

## What we do

- We sit down, see 04.02 Tables.
- {hard}

| Who | What |
| --- | --- |
| All | Wipe |
"""
SEALED = {"pdf/form.html", "pdf/check.html"}


def papers(cast, large):
    """A form that was signed, and the request that encloses a progress check."""
    form = next(form for form in cast.forms if form.code == "P1")
    yield paper.make(sign(actions.ask(cast.maja, cast.mother, form, by=cast.manager), long=HARD))
    progress.final(progress.make_two(cast.maja), cast.key_person, adults=[cast.mother])
    enclosing = cast.mother.asks.exclude(pk__in=Signature.objects.values("ask")).get()
    assert enclosing.enclosed
    yield paper.make(sign(enclosing))


def copies(cast, large):
    """A copy of a check for each who gets one: the record, professionals, the mother."""
    progress.final(progress.make_two(cast.maja), cast.key_person, adults=[cast.mother])
    made = Copy.objects.filter(adult=None) | Copy.objects.filter(adult=cast.mother)
    assert len(made) == 3
    for copy in made:
        yield progress_paper.make(copy)


def procedure(cast, large):
    page = published(PROCEDURE.format(hard=HARD), in_short=HARD, looked_after_by="The cook")
    actions_folder.make(Print.objects.get(procedure=page))
    yield folder.path_of(folder.digest_of_procedure(page), large).read_bytes()


def whole_folder(cast, large):
    """All procedures as everybody reads them, and as those who work here do."""
    published(PROCEDURE.format(hard=HARD), section="Food")
    published("04.02 Tables\n\n- We wipe the tables.\n", section="Food")
    published("06.01 Keys\n\n- The keys hang in the office.\n", audience=Audience.STAFF, section="Safety")
    for audience in (Audience.EVERYONE, Audience.STAFF):
        actions_folder.make(actions_folder.want_folder(audience, large))
        yield folder.path_of(folder.digest_of_folder(audience), large).read_bytes()


def book(cast, large):
    """The book of a journal for the screen and for the printer."""
    pictures = [clean(drawn("tower", number, (640, 480))) for number in (1, 2, 3)]
    journal.add_from_home(cast.maja, by=cast.mother, words=HARD, pictures=pictures, idempotency_key=uuid.uuid4())
    asked = books.ask_for_book(cast.maja, "everything", by=cast.mother)
    books.lay_out(asked)
    press.make(books.folder_of(asked))
    books.finish(asked)
    for kind in ("screen", "print"):
        yield books.file_of(asked, kind).read_bytes()


KINDS = {
    "pdf/form.html": papers,
    "pdf/check.html": copies,
    "pdf/procedure.html": procedure,
    "pdf/folder.html": whole_folder,
    "pdf/book.html": book,
}
# Who sets something in type, and the kinds that come of it. documents.typesetting only hands on.
TYPESETTERS = {
    "documents/paper.py": {"pdf/form.html"},
    "portal/progress/paper.py": {"pdf/check.html"},
    "procedures/actions_folder.py": {"pdf/procedure.html", "pdf/folder.html"},
    "portal/book/press.py": {"pdf/book.html"},
    "documents/typesetting.py": set(),
}
CODE = ("config", "documents", "home", "people", "portal", "procedures", "records", "versions")
SETS_IN_TYPE = {"make_pdf", "make_public_pdf", "typeset", "write_pdf"}


def our_code():
    for name in CODE:
        for path in sorted((PROJECT / name).rglob("*.py")):
            yield str(path.relative_to(PROJECT)), path.read_text(encoding="utf-8")


def calls_a_typesetter(call):
    """Whether this is typesetter().paper(…), typesetter().public(…), or one of the functions behind them."""
    if not isinstance(call.func, ast.Attribute):
        return False
    of = call.func.value
    by_process = isinstance(of, ast.Call) and getattr(of.func, "id", getattr(of.func, "attr", "")) == "typesetter"
    return call.func.attr in SETS_IN_TYPE or by_process


def test_every_kind_that_the_code_makes_stands_here():
    named = {kind for _path, words in our_code() for kind in re.findall(r"[\"'](pdf/\w+\.html)[\"']", words)}
    pages = {
        f"pdf/{path.name}"
        for path in (PROJECT / "templates").rglob("*.html")
        if path.parent.name == "pdf" and "<!doctype" in path.read_text(encoding="utf-8")
    }
    assert named == pages == set(KINDS), "a new kind of PDF gets a maker here, and so our questions"


def test_whoever_sets_something_in_type_makes_only_kinds_that_stand_here():
    found = {
        path
        for path, words in our_code()
        if path != "documents/pdf.py"  # which does it
        for node in ast.walk(ast.parse(words))
        if isinstance(node, ast.Call) and calls_a_typesetter(node)
    }
    assert found == set(TYPESETTERS)
    assert set().union(*TYPESETTERS.values()) == set(KINDS)


@pytest.fixture
def surroundings(cast, forms, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    cast.forms = forms
    return cast


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large print"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_passes_the_same_questions(surroundings, kind, large, tmp_path):
    if large:
        actions_me.keep_about_me(surroundings.mother, large_print=True)
    made = list(KINDS[kind](surroundings, large))
    assert made
    for content in made:
        assert_both_standards(content, tmp_path)
        if kind in SEALED:
            assert seal.verify(content).intact


def test_no_month_of_a_book_in_large_print_stands_alone_on_its_page(surroundings):
    actions_me.keep_about_me(surroundings.mother, large_print=True)
    screen, _printed = book(surroundings, large=True)
    with pdfplumber.open(io.BytesIO(screen)) as pages:
        first = pages.pages[1]
        assert str(timezone.localdate().year) in first.extract_text()
        assert "from home" in first.extract_text() and first.images, "the month's name and nothing else"
        words, by = (
            next(page for page in pages.pages if said in page.extract_text()) for said in ("see https", "at home by")
        )
        assert words.page_number == by.page_number, "who wrote it stands with the words"
