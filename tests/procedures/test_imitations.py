"""Eighty-five documents that look as settings' documents do: counts of headings, commitments and references right in all."""

import pytest

from procedures.apart import Apart
from procedures.importing import read_file
from tests.procedures import imitated_pdf, imitated_word, imitations

TEXTS = [
    imitations.text_wrapped,
    imitations.text_long_lines,
    imitations.text_numbered,
    imitations.text_spaced,
    imitations.text_hyphenated,
    imitations.text_capitals,
    imitations.text_clauses,
    imitations.markdown,
]
WORD = [
    imitated_word.from_word,
    imitated_word.from_word_bold,
    imitated_word.from_libreoffice,
    imitated_word.from_google,
    imitated_word.from_word_typed,
]
PDF = [
    imitated_pdf.usual,
    imitated_pdf.numbered_small_pages,
    imitated_pdf.without_weight,
    imitated_pdf.dashes_and_tight,
]
NESTED = {
    "text_wrapped",
    "text_long_lines",
    "text_numbered",
    "markdown",
    "from_word",
    "from_word_bold",
    "from_libreoffice",
}
NESTED |= {"from_google", "usual", "numbered_small_pages"}
WITH_TABLE = {"markdown", "from_word", "from_libreoffice", "usual", "numbered_small_pages"}
WITH_LINKS = {"markdown", "from_word", "usual", "numbered_small_pages", "without_weight", "dashes_and_tight"}


@pytest.fixture(scope="module")
def reader():
    with Apart() as apart:
        yield apart


def name_of(look, spec):
    """The file's name; Google's imitation has the code nowhere else."""
    if look is imitated_word.from_google:
        return f"{spec.code} {spec.title}.docx"
    return "procedure.md" if look is imitations.markdown else "procedure"


@pytest.mark.parametrize("spec", imitations.SPECS, ids=lambda spec: spec.code)
@pytest.mark.parametrize("look", [*TEXTS, *WORD, *PDF], ids=lambda look: look.__name__)
def test_an_imitated_document_is_understood(reader, look, spec):
    document = read_file(look(spec), name_of(look, spec), apart=reader)
    assert (document.code, document.title) == (spec.code, spec.title)
    in_capitals = look is imitations.text_capitals
    assert document.headings == [heading.upper() if in_capitals else heading for heading in spec.headings]
    assert [(each.heading.casefold(), each.text) for each in document.commitments] == [
        (heading.casefold(), words) for heading, words, _level in spec.items
    ]
    assert document.paragraphs == list(spec.intro)
    assert [reference.code for reference in document.references] == list(spec.references)
    review = document.review
    assert ((review.months, review.month, review.by) if review else (None, None, None)) == spec.cycle
    assert document.not_understood == []


@pytest.mark.parametrize("look", [*TEXTS, *WORD, *PDF], ids=lambda look: look.__name__)
def test_lists_in_lists_are_kept(reader, look):
    document = read_file(look(imitations.DOOR), name_of(look, imitations.DOOR), apart=reader)
    levels = [level for _heading, _words, level in imitations.DOOR.items]
    assert 2 in levels
    assert [each.level for each in document.commitments] == (levels if look.__name__ in NESTED else [1] * len(levels))


@pytest.mark.parametrize("look", [*TEXTS, *WORD, *PDF], ids=lambda look: look.__name__)
def test_tables_and_links_are_kept(reader, look):
    document = read_file(look(imitations.POND), name_of(look, imitations.POND), apart=reader)
    tables = [part.paragraphs for part in document.body if part.kind == "table"]
    rows = [" | ".join(row) for row in imitations.POND.table]
    assert tables == ([rows] if look.__name__ in WITH_TABLE else [])
    document = read_file(look(imitations.WORDS), name_of(look, imitations.WORDS), apart=reader)
    assert document.links == (list(imitations.WORDS.links) if look.__name__ in WITH_LINKS else [])


def test_signatures_headers_and_footers_are_left_out_and_their_day_is_kept(reader):
    document = read_file(imitated_word.from_word(imitations.GARDEN), "a.docx", apart=reader)
    assert {"Hazel Hill Pre-school", "Page 1 of 2", "Signed", "Name: Jo Example"} <= set(document.left_out)
    assert document.adopted_on == "2025-11-12"
