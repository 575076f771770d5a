"""Word documents that went wrong elsewhere: nothing that a reader of the paper sees is dropped or accepted in silence."""

from pathlib import Path

from procedures.importing import read_file
from tests.procedures import imitated_word as word

DOCUMENTS = Path(__file__).parent / "documents_as_they_come"


def read(name):
    return read_file((DOCUMENTS / name).read_bytes(), name)


def body(document):
    return [(part.kind, part.text) for part in document.body]


def test_what_is_struck_through_is_left_out_and_listed():
    document = read("struck-through.docx")
    assert ("paragraph", "We answer a parent within 14 days.") in body(document)
    assert not any("telephones" in text or "28" in text for _kind, text in body(document))
    assert document.left_out == [
        "Struck through: 28",
        "Struck through: Staff may keep photographs on their own telephones.",
    ]


def test_a_change_that_nobody_has_decided_on_shows_both_its_sides_and_is_said():
    document = read("tracked-changes.docx")
    assert body(document) == [
        (
            "unclear",
            "We answer a parent within [taken out: 28] [put in: 60] days. "
            "[taken out: A parent may always come in and see the room.] "
            "Staff [taken out: must not] [put in: may] use their own telephones in the room.",
        )
    ]
    assert document.not_understood[0].startswith("This document holds changes that nobody has decided on.")
    assert "keep one side" in document.body[0].why


def test_changes_in_a_heading_and_in_a_table_are_said_too():
    changed = f"<w:del>{word.run('Old ').replace('w:t>', 'w:delText>').replace('<w:t ', '<w:delText ')}</w:del>"
    changed += f"<w:ins>{word.run('New')}</w:ins>"
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    gone = row.format("<w:trPr><w:del/></w:trPr>", *[word.paragraph(word.run(each)) for each in ("Jo", "rings")])
    stays = row.format("", word.paragraph(word.run("Ada")), word.paragraph(changed))
    first = word.paragraph(word.run("10.02 Lost teeth"), "Heading1") + word.paragraph(
        word.run("We look for every tooth.")
    )
    document = read_file(word.pack(f"{first}<w:tbl>{stays}{gone}</w:tbl>"), "teeth.docx")
    table = next(part for part in document.body if part.kind == "table")
    assert table.paragraphs == ["Ada | [taken out: Old] [put in: New]", "[taken out: Jo] | [taken out: rings]"]
    assert "nobody has decided on" in document.not_understood[0]


def test_a_picture_is_named_as_left_out_at_its_place():
    document = read("picture-flowchart.docx")
    assert body(document) == [
        ("paragraph", "If a child is bitten, follow the flow chart below and ring the number in it."),
        ("unclear", "[A picture stood here]"),
        ("paragraph", "Then tell the parents."),
    ]
    assert document.left_out == ["[A picture stood here]"]
    assert "Put it in here" in document.body[1].why


def test_comments_are_listed_with_the_sentence_they_belong_to():
    document = read("comments.docx")
    assert document.left_out == [
        "Comment on “Children who bite are sent home for the week.”: "
        "This sentence is unlawful since September, take it out"
    ]
    assert [text for _kind, text in body(document)][:1] == ["Children who bite are sent home for the week."]


def test_a_cell_merged_downwards_says_the_same_in_each_of_its_rows():
    def cell(words, merged=""):
        return f"<w:tc><w:tcPr>{merged}</w:tcPr>{word.paragraph(word.run(words))}</w:tc>"

    begins, goes_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = [
        cell("Who") + cell("Day") + cell("Task"),
        cell("Ada", begins) + cell("Monday") + cell("Gate", begins),
        cell("", goes_on) + cell("Friday") + cell("", goes_on),
        cell("Both", wide) + cell("", goes_on),
    ]
    first = word.paragraph(word.run("10.02 Lost teeth"), "Heading1") + word.paragraph(
        word.run("We look for every tooth.")
    )
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    document = read_file(word.pack(f"{first}<w:tbl>{table}</w:tbl>"), "teeth.docx")
    found = next(part for part in document.body if part.kind == "table").paragraphs
    assert [row.rstrip(" |") for row in found] == [
        "Who | Day | Task",
        "Ada | Monday | Gate",
        "Ada | Friday | Gate",
        "Both | Gate",
    ]
