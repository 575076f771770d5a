"""From a text that came out of a PDF to a procedure's parts."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.importing import CannotRead, as_plain, read_file, read_text
from procedures.review import Review, read_review
from tests.procedures.documents import ANOTHER_SETTING, FROM_A_PDF, MARKDOWN, WITH_PAGES

REAL = Path(__file__).resolve().parents[3] / "shared" / "procedures"


def texts(document, heading):
    return [commitment.text for commitment in document.commitments if commitment.heading == heading]


# A text with an empty line after every line.


@pytest.fixture(scope="module")
def rain():
    return read_text(FROM_A_PDF)


def test_section_code_and_title_stand_at_the_beginning(rain):
    assert (rain.section, rain.code, rain.title) == (
        "07 Outdoor play and the garden procedures",
        "07.03",
        "Playing in the rain",
    )


def test_paragraphs_before_the_first_bullet_are_put_together_again(rain):
    assert rain.paragraphs == [
        "We think that rain is weather to play in, not to hide from. Children who are dressed for it learn from puddles, "
        "from mud and from the sound of a wet roof, and they sleep well afterwards.",
        "Waterproof clothes are the setting's business as much as the family's.",
    ]


def test_headings_are_known_without_any_sign(rain):
    assert rain.headings == ["Clothes", "Thunder"]
    assert [len(texts(rain, heading)) for heading in rain.headings] == [3, 2]


def test_a_hyphen_of_the_document_s_own_word_stays_and_one_of_the_line_end_goes(rain):
    first = texts(rain, "Clothes")[0]
    assert "child whose family has none" in first
    assert "the pre-school's own coats" in first


def test_a_dash_inside_a_bullet_starts_no_bullet(rain):
    assert "by the family or \u2013 if they would rather \u2013 by staff" in texts(rain, "Clothes")[1]


def test_a_bullet_of_two_paragraphs_is_one_commitment_with_both(rain):
    part = [part for part in rain.body if part.kind == "commitment"][2]
    assert len(part.paragraphs) == 2
    assert part.paragraphs[1] == "A second coat is kept for every child who comes by bus."
    assert texts(rain, "Clothes")[2] == " ".join(part.paragraphs)


def test_references_are_found_with_their_titles(rain):
    assert [(reference.code, reference.title) for reference in rain.references] == [
        ("07.05", "Lending clothes and boots"),
        ("04.02b", "Clothing and labels list"),
        ("03.01", "Counting children in and out"),
        ("10.02", "Complaints procedure for families"),
    ]


def test_nothing_of_it_is_unclear(rain):
    assert rain.not_understood == []
    assert rain.review is None


# Other settings' habits.


def test_another_setting_with_numbers_letters_and_a_review_line():
    document = read_text(ANOTHER_SETTING)
    assert (document.code, document.title) == ("10.1", "Talking with families")
    assert document.left_out == ["Acorn Lane Preschool"]
    assert document.paragraphs == ["We talk with families every day."]
    assert texts(document, "Arriving") == [
        "A member of staff stands at the door from 8.45 and greets each family by name.",
        "News about the night is written down for the key person and read before 9.30.",
        "Complaints go by 10.2.",
    ]
    assert len(texts(document, "Leaving")) == 2
    assert document.review == Review(12, 11, "Staff and Committee")
    assert [reference.code for reference in document.references] == ["6.1"]
    assert document.not_understood == []


def test_headers_footers_and_page_numbers_are_left_out_and_the_title_stays():
    document = read_text(WITH_PAGES)
    assert (document.code, document.title) == ("09.07", "Settling in")
    assert document.headings == ["What we do", "What families do"]
    assert [len(texts(document, heading)) for heading in document.headings] == [3, 1]
    assert "write it down in words that anyone in the room can find." in texts(document, "What we do")[1]
    assert not any("Version 3" in commitment.text or "Hazel" in commitment.text for commitment in document.commitments)
    assert sum("Page" in text for text in document.left_out) == 2


def test_markdown_keeps_its_own_rules():
    document = read_text(MARKDOWN, "walking.md")
    assert (document.code, document.title) == ("03.04", "Walking to the library")
    assert document.headings == ["Before we leave", "On the way"]
    assert document.paragraphs == ["We go on foot.", "After that we put on our coats."]
    assert texts(document, "Before we leave") == [
        "We count the children, and write the number on a hand.",
        "The list hangs by the door. It is new each month.",
    ]
    assert document.review == Review(24, None, "committee")


@pytest.mark.parametrize("sign", ["\u2022", "-", "\u2013", "\u2014", "*", "\u25aa", "o", "\u25cf", "\uf0b7", "\u2713"])
def test_a_bullet_of_any_sign(sign):
    document = read_text(f"04.1 Snack\n\n{sign} We wash hands.\n{sign} We sit down\n  together.\n{sign} We eat.\n")
    assert [commitment.text for commitment in document.commitments] == [
        "We wash hands.",
        "We sit down together.",
        "We eat.",
    ]


@pytest.mark.parametrize(
    "signs", ["1. 2. 3.", "1) 2) 3)", "(a) (b) (c)", "A. B. C.", "i. ii. iii.", "i) ii) iii)", "4.1.1 4.1.2 4.1.3"]
)
def test_counted_bullets_count_on(signs):
    lines = [f"{sign} We do thing {word}." for sign, word in zip(signs.split(), ["one", "two", "three"], strict=True)]
    document = read_text("04.1 Snack\n\n" + "\n".join(lines))
    assert [commitment.text for commitment in document.commitments] == [
        "We do thing one.",
        "We do thing two.",
        "We do thing three.",
    ]


def test_a_number_that_does_not_count_on_belongs_to_its_sentence():
    document = read_text(
        "04.1 Snack\n\n1. Fruit is cut for everyone who is younger than\n3. Older children cut it themselves.\n2. We sit."
    )
    assert [commitment.text for commitment in document.commitments] == [
        "Fruit is cut for everyone who is younger than 3. Older children cut it themselves.",
        "We sit.",
    ]


def test_a_sign_alone_on_its_line_belongs_to_the_words_below():
    document = read_text("04.1 Snack\n\n\u2022\nWe wash hands.\n\u2022\nWe sit down.\n")
    assert [commitment.text for commitment in document.commitments] == ["We wash hands.", "We sit down."]


def test_a_line_that_leads_into_a_list_is_a_paragraph_and_no_heading():
    document = read_text("04.1 Snack\n\n\u2022 We sit.\n\nAfterwards we will:\n\n\u2022 wash up\n\u2022 sweep\n")
    assert document.headings == []
    assert document.paragraphs == ["Afterwards we will:"]
    assert len(document.commitments) == 3


def test_a_paragraph_further_out_than_the_list_stands_on_its_own():
    document = read_text("04.1 Snack\n\n   \u2022 We sit.\n   \u2022 We eat.\n\nThis is for everybody who eats here.\n")
    assert [commitment.text for commitment in document.commitments] == ["We sit.", "We eat."]
    assert document.paragraphs == ["This is for everybody who eats here."]


def test_code_and_title_may_stand_on_two_lines_and_a_title_may_run_on():
    document = read_text("Procedure 10.1\nWorking with families and\nother people\n\nWe do it.\n")
    assert (document.code, document.title) == ("10.1", "Working with families and other people")


def test_the_file_s_name_may_hold_the_code():
    document = read_text("Snack time\n\nWe sit down together.\n", "04.1 Snack time.txt")
    assert (document.code, document.title) == ("04.1", "Snack time")
    assert document.not_understood == []


def test_what_is_missing_or_odd_is_said_and_kept():
    document = read_text("Snack time\n\nWe sit down.\n\nTime   Who   What\n\nSigned: ____________\n")
    assert document.code == ""
    assert document.not_understood[0] == "There is no code, such as 10.01, at the beginning."
    assert [part.text for part in document.body if part.kind == "unclear"] == ["Time Who What"]
    assert document.left_out == ["Signed: ____________"]


# The line about the review.


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Reviewed annually in November by Staff and Committee", Review(12, 11, "Staff and Committee")),
        ("This policy is reviewed every year by the manager in March.", Review(12, 3, "manager")),
        ("Reviewed every 18 months", Review(18, None, None)),
        ("To be reviewed every two years in May by the trustees", Review(24, 5, "trustees")),
        ("Reviewed half-yearly", Review(6, None, None)),
        ("Reviewed termly by staff", Review(4, None, "staff")),
        ("Next review: September 2027", Review(None, 9, None)),
        ("Review date: by June", Review(None, 6, None)),
    ],
)
def test_the_review_line_says_how_often_when_and_by_whom(line, expected):
    assert read_review(line) == expected
    document = read_text(f"04.1 Snack\n\n\u2022 We sit down.\n\n{line}\n")
    assert document.review == expected
    assert [commitment.text for commitment in document.commitments] == ["We sit down."]


def test_a_sentence_about_reviewing_something_else_is_no_review_line():
    document = read_text("04.1 Snack\n\n\u2022 We sit.\n\u2022 Reviewed plans are shared with families.\n")
    assert document.review is None
    assert len(document.commitments) == 2


# What cannot be read.


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no words"),
        (b"  \n\n\t\n", "no words"),
        (b"12\n13\n14\n", "no words"),
        (b"%PDF-1.7 \x00\x01", "damaged"),
        (b"PK\x03\x04 whatever", "This ZIP is no Word document"),
        (bytes(range(256)) * 20, "readable words"),
        (b"10.01 Title\n\x00\x00\x00\x00", "readable words"),
        (b"10.01 Title\n" + b"We sit. " * 200_000, "too long"),
        (b"a" * 5_000_000, "too large"),
        (b"10.01 Title\nA\n" * 20_000, "too long"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(content, words):
    with pytest.raises(CannotRead, match=words):
        read_file(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_usual_encodings_are_read(encoding):
    document = read_file("04.1 Snack\n\n\u2022 We don\u2019t hurry.\n".encode(encoding))
    assert [commitment.text for commitment in document.commitments] == ["We don\u2019t hurry."]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=600).map(lambda text: text.encode("utf-8", "ignore")))
def test_whatever_is_given_gives_a_document_or_a_sentence(content):
    try:
        as_plain(read_file(content))
    except CannotRead as sentence:
        assert str(sentence)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, len(FROM_A_PDF) - 1), max_size=8), st.integers(0, len(FROM_A_PDF)))
def test_a_damaged_procedure_still_gives_a_document_or_a_sentence(positions, end):
    damaged = list(FROM_A_PDF)
    for position in positions:
        damaged[position] = "\ufffd\n \x07.-\u2022("[position % 7]
    try:
        as_plain(read_text("".join(damaged)[:end]))
    except CannotRead as sentence:
        assert str(sentence)


def test_a_very_long_procedure_takes_no_more_than_seconds():
    started = time.monotonic()
    document = read_text(
        FROM_A_PDF + "\u2022 We look after the garden and everybody who plays in it, see 10.02 Complaints.\n" * 8000
    )
    assert len(document.commitments) == 8005
    assert time.monotonic() - started < 10


# The procedure that this product is made for, where its text lies next to the project.


@pytest.fixture(scope="module")
def real():
    files = sorted(REAL.glob("*.txt")) if REAL.is_dir() else []
    if not files:
        pytest.skip("the folder shared/procedures with the real text is not next to the project")
    return read_file(files[0].read_bytes(), files[0].name)


def test_the_real_procedure_has_its_parts(real):
    assert real.code == "10.01"
    assert real.section.startswith("10 Working in ")
    assert real.section.endswith(" procedures")
    assert real.title.startswith("Working in ")
    assert real.headings == ["Families", "Agencies", "Schools"]
    assert len(real.paragraphs) == 2
    assert [len(texts(real, heading)) for heading in real.headings] == [24, 8, 2]
    assert real.not_understood == []
    assert real.review is None


def test_the_real_procedure_s_lines_are_put_together_again(real):
    commitments = [commitment.text for commitment in real.commitments]
    assert all(text[0].isupper() or text[0] == "\u2018" for text in commitments)
    assert all(text.endswith(".") for text in commitments)
    assert not any("  " in text or "- s" in text or "preschool" in text for text in commitments)
    assert sum("pre-school" in text for text in commitments) == 11


def test_the_real_procedure_s_references_are_all_found(real):
    assert [reference.code for reference in real.references] == [
        "09.01c",
        "07.06",
        "09.14",
        "10.02",
        "09.01b",
        "07.02",
        "09.13",
        "07.04",
    ]
    titles = [len(reference.title.split()) for reference in real.references]
    assert titles == [8, 5, 5, 7, 6, 5, 6, 3]
