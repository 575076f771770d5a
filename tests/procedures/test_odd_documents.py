"""Habits of settings' documents that trip a reader up: names above titles, clauses, odd signs, signatures, text boxes."""

import pytest

from procedures.importing import read_file, read_text
from procedures.review import Review
from tests.procedures import imitated_word as word

OLD = """Safeguarding and Welfare Requirement: Key Person
Providers must have this.

1.4 Looking after the fish

Policy statement
The fish belongs to everybody.
Procedures
Staff and volunteers
▪ We feed the fish on Mondays.
▪ We follow our policy 1.3 Clean water.
Legal framework
▪ The Ponds Act (1989 s47)

This policy was adopted by
Acorn Preschool
(name of provider)
On
12 November 2025
(date)
Date to be reviewed
November 2026
Signed on behalf of the provider

Name of signatory
Jo Example
Role of signatory (e.g. chair, director or owner)
"""
CODE_BELOW = """Acorn Lane Pre-school
Lost teeth
Policy number 10.02
Date: November 2025     Review: November 2026

Our aim is simple.

What we do
1.1 We look for every tooth that was lost in the room, under the chairs and
in the sandpit.
1.2 We wrap it up.
What you do
2.1 You tell us.
2.2 You look at home and at the bottom of the bag.
"""
SECTION_AND_STAGES = """SECTION 10 – WORKING WITH FAMILIES

Policy 10.2: LOST HATS AND
LOST GLOVES

METHODS:

Stage 1
a) Whoever finds a hat hangs it up.
b) Whoever misses one looks there first.

Stage 2
a) A hat that nobody has missed for a month:
   i. is washed
   ii. is given away:
      - to a child who has none
      - to the shop
b) Gloves go together.
"""


def kinds(document):
    return [(part.kind, part.text) for part in document.body]


def test_a_form_of_old_with_its_signatures_below():
    document = read_text(OLD)
    assert (document.code, document.title) == ("1.4", "Looking after the fish")
    assert document.headings == ["Policy statement", "Procedures", "Staff and volunteers", "Legal framework"]
    assert len(document.commitments) == 3
    assert (document.adopted_on, document.review) == ("2025-11-12", Review(None, 11, None))
    assert document.not_understood == []
    assert "Jo Example" in " ".join(document.left_out)


def test_the_code_below_its_title_and_numbered_clauses():
    document = read_text(CODE_BELOW)
    assert (document.code, document.title) == ("10.02", "Lost teeth")
    assert document.headings == ["What we do", "What you do"]
    assert [each.text[:12] for each in document.commitments] == [
        "We look for ",
        "We wrap it u",
        "You tell us.",
        "You look at ",
    ]
    assert document.commitments[0].text.endswith("under the chairs and in the sandpit.")
    assert document.review == Review(None, 11, None)


def test_a_section_with_a_dash_a_title_over_two_lines_and_three_levels():
    document = read_text(SECTION_AND_STAGES)
    assert document.section == "SECTION 10 – WORKING WITH FAMILIES"
    assert (document.code, document.title) == ("10.2", "LOST HATS AND LOST GLOVES")
    assert document.headings == ["METHODS", "Stage 1", "Stage 2"]
    assert [each.level for each in document.commitments] == [1, 1, 1, 2, 2, 3, 3, 1]


def test_signs_of_a_font_that_came_out_as_letters():
    document = read_text(
        "04.02 Food\n\nMenus\nØ They hang.\nØ They change each\nweek.\nFruit\n§ We cut it.\n§ We eat it.\n"
    )
    assert document.headings == ["Menus", "Fruit"]
    assert [each.text for each in document.commitments][1:3] == ["They change each week.", "We cut it."]


def test_questions_as_headings_and_a_list_of_other_procedures():
    document = read_text(
        "06.1 Odd socks\n\nWho is it for?\n\nAll who wear them.\n\n"
        "What do I do when I find only one?\n\n• Ask (see 06.4 Pairs).\n"
        "Related procedures\n06.4 Pairs\n07.06 Privacy notice\nForms\n06.1b List of socks\n"
    )
    assert document.headings == [
        "Who is it for?",
        "What do I do when I find only one?",
        "Related procedures",
        "Forms",
    ]
    assert [each.code for each in document.references] == ["06.4", "07.06", "06.1b"]


def test_word_counts_clauses_and_headings_itself(monkeypatch):
    monkeypatch.setitem(word.LISTS, "3", [("decimal", "%1."), ("decimal", "%1.%2")])

    def at(level, words, look=""):
        return word.paragraph(
            word.run(words, look), "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
        )

    body = word.paragraph(word.run("Lost keys (10.02)"), "Heading1") + at(0, "Aims", "<w:b/>")
    body += at(1, "We look.") + at(1, "We find.") + at(0, "Who looks", "<w:b/>") + at(1, "Everybody.")
    document = read_file(word.pack(body), "keys.docx")
    assert (document.code, document.title) == ("10.02", "Lost keys")
    assert document.headings == ["Aims", "Who looks"]
    assert [(each.text, each.level) for each in document.commitments] == [
        ("We look.", 1),
        ("We find.", 1),
        ("Everybody.", 1),
    ]


def test_tables_at_the_beginning_and_tables_that_only_place_words():
    body = word.table([("Policy number", "10.2"), ("Policy title", "Lost keys"), ("Date adopted", "12/11/2025")])
    body += word.table([("Review date", "November 2026")]) + word.paragraph(word.run("AIM", "<w:b/>"))
    body += word.paragraph(word.run("We look."))
    inside = word.listed("under the mat") + word.listed("behind the clock")
    body += (
        f"<w:tbl><w:tr><w:tc>{word.paragraph(word.run('Where', '<w:b/>'))}</w:tc><w:tc>{inside}</w:tc></w:tr></w:tbl>"
    )
    document = read_file(word.pack(body), "keys.docx")
    assert (document.code, document.title, document.adopted_on) == ("10.2", "Lost keys", "2025-11-12")
    assert kinds(document) == [
        ("heading", "AIM"),
        ("paragraph", "We look."),
        ("heading", "Where"),
        ("commitment", "under the mat"),
        ("commitment", "behind the clock"),
    ]
    assert document.review == Review(None, 11, None)


def test_what_was_moved_shows_both_places_boxes_are_read_once_and_footnotes_are_shown_to_somebody():
    box = "<w:txbxContent>" + word.paragraph(word.run("In a box.")) + "</w:txbxContent>"
    drawing = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    moved = f"<w:moveFrom>{word.run('moved away ')}</w:moveFrom>"
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    link = field.format("begin") + '<w:r><w:instrText> HYPERLINK "https://example.org/x" </w:instrText></w:r>'
    link += field.format("separate") + word.run("their page") + field.format("end")
    body = word.paragraph(word.run("10.1 Boxes"), "Heading1") + word.paragraph(word.run("Before. ") + moved + drawing)
    body += word.paragraph(word.run("See ") + link + word.run("."))
    notes = f'<w:footnote w:id="2">{word.paragraph(word.run("A note."))}</w:footnote>'
    document = read_file(word.pack(body, footnotes=notes), "boxes.docx")
    assert document.paragraphs == ["In a box.", "See their page."]
    assert [part.text for part in document.body if part.kind == "unclear"] == [
        "Before. [taken out: moved away]",
        "A note.",
    ]
    assert document.links == [("their page", "https://example.org/x")]
    assert document.not_understood[1:] == ["Before. [taken out: moved away]", "A note."]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("as ex-", "plained before", "as explained before"),
        ("to pre-", "vent harm", "to prevent harm"),
        ("our pre-", "school day", "our pre-school day"),
        ("an ex-", "partner comes", "an ex-partner comes"),
        ("we co-", "operate with", "we co-operate with"),
        ("her well-", "being counts", "her well-being counts"),
        ("infor-", "mation for", "information for"),
        ("re-", "spect for all", "respect for all"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_where_the_word_has_one(first, second, joined):
    document = read_text(
        f"04.01 Snack\n\nWe eat together.\n\n- {first}\n  {second}\n- And more of it.\n".replace("- re-", "- re-")
    )
    assert document.commitments[0].text == joined


@pytest.mark.parametrize(
    ("line", "headings"),
    [
        ("Who else you can turn to", ["Who else you can turn to"]),
        ("Who we are", ["Who we are"]),
        ("Staff will", []),
        ("We need to", []),
        ("What we do:", ["What we do"]),
    ],
)
def test_a_line_that_asks_is_a_heading_and_one_that_leads_on_is_none(line, headings):
    document = read_text(f"04.01 Snack\n\nWe eat together.\n\n{line}\n\n- We wash our hands.\n- We sit down.\n")
    assert document.headings == headings
    assert len(document.commitments) == 2
