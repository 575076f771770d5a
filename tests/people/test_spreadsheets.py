"""Spreadsheets of families: whatever people save them as is read, and whatever is not one is refused in a sentence."""

import csv
import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from people.accounts import names
from people.families import family_rows, spreadsheets
from people.families.access import Level
from people.families.models import Kind, Responsibility
from people.families.spreadsheets import Line, Unreadable, read

HEADINGS = [column.heading for column in spreadsheets.columns()]
KEYS = [column.key for column in spreadsheets.columns()]
TODAY = date(2026, 9, 1)
ROW = {
    "child": "Zoë Müller",
    "born_on": "14/03/2022",
    "1_name": "Anna Müller",
    "1_kind": "Mum",
    "1_responsibility": "yes",
    "1_email": "Anna@Example.org",
    "1_level": "full",
}


def as_csv(rows, delimiter=",", encoding="utf-8"):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(HEADINGS)
    writer.writerows([row.get(key, "") for key in KEYS] for row in rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows, headings=HEADINGS):
    book = Workbook()
    book.active.append(headings)
    for row in rows:
        book.active.append([row.get(key) for key in KEYS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def only(content):
    (line,) = read(content).lines
    return line


def understood(**cells):
    (row,) = family_rows.understand([Line(4, ROW | cells)], TODAY)
    return row


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_kind_of_csv_is_read(delimiter, encoding):
    line = only(as_csv([ROW], delimiter, encoding))
    assert (line.number, line["child"], line["1_email"]) == (2, "Zoë Müller", "Anna@Example.org")


def test_excels_own_first_line_about_the_separator_is_understood_and_numbers_stay_those_of_the_spreadsheet():
    assert only(b"sep=;\r\n" + as_csv([ROW], ";")).number == 3


def test_a_workbook_is_read_with_real_days_numbers_and_ticks():
    row = ROW | {"born_on": datetime(2022, 3, 14), "room": 7.0, "1_lives": True}
    line = only(as_xlsx([row]))
    assert (line["born_on"], line["room"], line["1_lives"]) == ("2022-03-14", "7", "yes")


@pytest.mark.parametrize("made", [spreadsheets.template_csv, spreadsheets.template_xlsx])
def test_the_template_says_itself_what_to_do_and_its_own_rows_are_passed_over(made):
    with pytest.raises(Unreadable, match="no family in the file yet"):
        read(made())
    if made is spreadsheets.template_csv:
        rows = list(csv.reader(io.StringIO(made().decode("utf-8-sig"))))
        back = as_csv([]) and made() + as_csv([ROW]).split(b"\r\n", 1)[1]
    else:
        book = load_workbook(io.BytesIO(made()))
        rows = list(book.active.iter_rows(max_row=3, values_only=True))
        for at, key in enumerate(KEYS, start=1):
            book.active.cell(4, at).value = ROW.get(key)
        out = io.BytesIO()
        book.save(out)
        back = out.getvalue()
    assert [list(rows[0]), len(rows[1])] == [HEADINGS, len(HEADINGS)]
    assert rows[1][0].startswith("Help:")
    assert rows[2][0].startswith("Example:")
    assert not any(str(cell or "").startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert (only(back).number, only(back)["child"]) == (4, "Zoë Müller")


@pytest.mark.parametrize("words", ['=HYPERLINK("http://evil.example")', "+1+1", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_what_looks_like_a_formula_stays_words(words):
    for content in (as_csv([ROW | {"known_as": words}]), as_xlsx([ROW | {"known_as": words}])):
        assert only(content)["known_as"] == words
    row = understood(known_as=words)
    assert row.child["known_as"] == words
    assert "plain words" in row.notes[0]


def test_other_columns_are_named_and_passed_over_in_any_order_and_case():
    book = Workbook()
    book.active.append(["Shoe size", "DATE OF BIRTH", "childs full name"])
    book.active.append([7, "14/03/2022", "Zoë"])
    out = io.BytesIO()
    book.save(out)
    sheet = read(out.getvalue())
    assert sheet.remarks == ["These columns are not ours and were passed over: Shoe size."]
    assert sheet.lines[0].cells == {"born_on": "14/03/2022", "child": "Zoë"}


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]><workbook>&m;</workbook>"
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \r\n ", "is empty"),
        (b"\xef\xbb\xbf,,,\r\n", "is empty"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (spreadsheets.OLD_EXCEL + b"\0" * 600, "old Excel file"),
        (spreadsheets.OLD_EXCEL + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"PK\x03\x04 not really", "damaged"),
        (as_xlsx([ROW])[:-700], "damaged"),
        (zipped(xl__workbook_xml="<broken"), "damaged"),
        (zipped(xl__workbook_xml=BOMB), "damaged"),
        (zipped(word__document_xml="<a/>"), "not an Excel workbook"),
        (zipped(xl__workbook_xml="0" * (spreadsheets.MOST_UNPACKED + 1)), "far more in this file"),
        (b"%PDF-1.7 whatever", "not a list of families"),
        (b"\x89PNG\r\n\0\0\0", "not a list of families"),
        (b"name,age\r\nZoe,4\r\n", "Not found: Child's full name, Date of birth"),
        (as_csv([]), "no family in the file yet"),
        (as_csv([ROW] * 501), "more than 500 rows"),
        (as_csv([ROW]) + b'"Zoe,1,2\r\n', "quotation mark"),
        (as_xlsx([ROW], ["Child's full name", "Date of birth", "Date of Birth"]), "stand there twice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content, says):
    with pytest.raises(Unreadable, match=says):
        read(content)


def test_five_hundred_rows_are_read_and_a_padded_workbook_too():
    assert len(read(as_csv([ROW] * 500)).lines) == 500
    assert len(read(as_xlsx([ROW] + [{}] * 900 + [ROW])).lines) == 2


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_kindly(noise):
    for content in (noise, spreadsheets.ZIPPED + noise, as_csv([ROW]) + noise):
        try:
            sheet = read(content)
        except Unreadable as why_not:
            assert str(why_not).endswith(".")
        else:
            assert all(isinstance(words, str) for line in sheet.lines for words in line.cells.values())


plain_words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from(KEYS[1:]), plain_words), min_size=1, max_size=4), st.sampled_from(",;\t")
)
def test_what_is_written_comes_back_from_both_kinds_of_file(rows, delimiter):
    rows = [row | {"child": f"Child {number}"} for number, row in enumerate(rows)]
    expected = [{key: spreadsheets.tidy(words) for key, words in row.items()} for row in rows]
    assert [line.cells for line in read(as_csv(rows, delimiter)).lines] == expected


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=40)))
def test_any_row_is_understood_or_told_what_would_be_right(cells):
    (row,) = family_rows.understand([Line(4, cells)], TODAY)
    assert all(problem.endswith((".", "?")) or "ewa.n" in problem for problem in row.problems)
    assert row.outcome


@pytest.mark.parametrize(
    "words",
    [
        "14/03/2022",
        "14.3.2022",
        "14-03-22",
        "2022-03-14",
        "14 March 2022",
        "14th Mar 2022",
        "14 mar. 22",
        "2022-03-14T00:00:00",
    ],
)
def test_days_as_people_write_them(words):
    assert understood(born_on=words).child["born_on"] == date(2022, 3, 14)


@pytest.mark.parametrize("words", ["soon", "31/02/2022", "03/14/2022", "44634", "2022", "14 Smarch 2022", "١٤/٠٣/٢٠٢٢"])
def test_what_is_no_day_is_refused_with_how_to_write_it(words):
    (problem,) = understood(born_on=words).problems
    assert words in problem
    assert "like 14/03/2022" in problem


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"born_on": ""}, "no date of birth"),
        ({"born_on": "14/03/2027"}, "in the future"),
        ({"born_on": "14/03/2012"}, "Check the year"),
        ({"starts_on": "14/03/2021"}, "before the date of birth"),
        ({"starts_on": "01/09/2206"}, "far away"),
        ({"child": ""}, "no child's name"),
        ({"child": "x" * 151}, "too long"),
        ({"1_name": ""}, "Adult 1 has no name"),
        ({"1_level": "some"}, "Write none, information, participate or full"),
        ({"1_responsibility": "perhaps"}, "Write yes, no or not known"),
        ({"1_responsibility": "no"}, "parental responsibility"),
        ({"1_lives": "sometimes"}, "“Lives with” of adult 1"),
        ({"1_collects": "on Mondays"}, "“May collect” of adult 1"),
        ({"1_email": "anna at example"}, "looks like name@example.org"),
        ({"1_short": "a b"}, "A short name has 3 to 40"),
        ({"2_mail": "no@example.org"}, "Adult 2 has no name"),
        ({"known_as": "#REF!"}, "could not work it out"),
        (
            {"child": "as row 9", "1_name": "", "1_kind": "", "1_email": "", "1_level": "", "1_responsibility": ""},
            "no adult",
        ),
    ],
)
def test_a_refused_row_says_what_would_be_right(cells, says):
    row = understood(**cells)
    assert not row.is_good
    assert any(says in problem for problem in row.problems), row.problems


def test_a_column_that_was_filled_in_downwards_makes_nobody():
    row = understood(**{"2_level": "information", "2_collects": "no"})
    assert row.is_good
    assert len(row.adults) == 1
    assert row.notes == ["Adult 2 has no name and is passed over."]


def test_a_good_row_in_our_own_words():
    row = understood(**{"1_lives": "Y", "1_collects": "no"})
    assert row.is_good
    assert row.outcome == "New child, with 1 adult"
    assert row.child["known_as"] == "Zoë"
    assert row.adults[0].email == "anna@example.org"
    assert row.adults[0].tie == {
        "kind": Kind.MOTHER,
        "label": "Mum",
        "parental_responsibility": Responsibility.YES,
        "level": Level.FULL,
        "lives_with": True,
        "may_collect": False,
    }


@pytest.mark.parametrize(
    ("words", "kind", "label"),
    [
        ("Stepfather", Kind.STEP_PARENT, "Stepfather"),
        ("step-parent", Kind.STEP_PARENT, ""),
        ("Foster carer", Kind.FOSTER_CARER, ""),
        ("Babcia", Kind.OTHER, "Babcia"),
        ("", Kind.OTHER, ""),
    ],
)
def test_relationships_in_the_familys_own_word(words, kind, label):
    row = understood(**{"1_kind": words})
    assert (row.adults[0].tie["kind"], row.adults[0].tie["label"]) == (kind, label)
    assert row.is_good


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("Maja Nowicka-Reed", "Maja"), ("MAJA NOWICKA REED", "Maja"), True),
        (("Maja Nowicka", "Maja"), ("Nowicka Maja", "Nowicka"), True),
        (("Maja Nowicka", "Maja"), ("Maya Nowicki", "Maya"), True),
        (("Мaja Nowicka", "Мaja"), ("Maja Nowicka", "Maja"), True),  # a Cyrillic М
        (("Ｍａｊａ Nowicka", "Ｍａｊａ"), ("Maja Nowicka", "Maja"), True),
        (("Oluwatobi Adeyemi", "Tobi"), ("Tobi Adeyemi", "Tobi"), True),
        (("Łukasz Król", "Łukasz"), ("Lukasz Krol", "Lukasz"), True),
        (("Ella Smith", "Ella"), ("Emma Smith", "Emma"), False),  # twins
        (("Noor Hussain", "Noor"), ("Zayd Hussain", "Zayd"), False),
    ],
)
def test_which_children_of_one_day_look_alike(one, other, alike):
    assert names.alike_children(one, other) == alike
    assert names.alike_children(other, one) == alike
