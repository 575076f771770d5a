"""Lists of families that went wrong elsewhere: what cannot be seen in them is named, and nothing doubtful is “good”."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from people.accounts.models import Person
from people.families import decoding, family_rows, spreadsheets
from people.families.models import Child, FamilyList
from tests.cast import signed_in
from tests.people.test_spreadsheets import HEADINGS, KEYS, ROW, TODAY, as_csv

LISTS = Path(__file__).parent / "lists"


def read(name):
    return spreadsheets.read((LISTS / name).read_bytes())


def rows_of(name):
    return family_rows.understand(read(name).lines, TODAY)


def brought(cast, name):
    """The rows of a file on the manager's page."""
    client = signed_in(cast.manager)
    page = client.post("/families/import/", {"file": SimpleUploadedFile(name, (LISTS / name).read_bytes())})
    return client, page["Location"]


def test_an_old_excel_for_mac_asks_how_the_names_are_written_and_shows_them(cast):
    client, page = brought(cast, "excel-for-mac.csv")
    shown = client.get(page).content.decode()
    assert "Renée Brontë" in shown
    assert (
        "Zoë Brontë-Õun" in shown
    )  # the file's own byte: in every alphabet of the Mac with an ë it is an Õ, in none a Ş
    assert "Zo‘" not in shown
    assert "Save the list as XLSX" in shown
    assert "Choose the line" in client.post(page).content.decode()  # nothing comes in before
    assert not Child.objects.filter(known_as__startswith="Zo").exists()
    assert client.post(page, {"reading": "0"})["Location"] == page
    client.post(page)
    assert Person.objects.filter(full_name="Renée Brontë").exists()
    assert FamilyList.objects.get().readings == []


@pytest.mark.parametrize(
    ("words", "encoding", "found"),
    [
        ("Zoë Müller", "cp1252", ["cp1252"]),
        ("Åse O’Malley, Élise – née Smith–Jones", "cp1252", ["cp1252"]),
        ("MÜLLER, GÖRAN", "cp1252", ["cp1252"]),
        ("Zoë Brontë", "mac_roman", ["mac_roman"]),
        ("Björn", "mac_roman", ["cp1252", "mac_roman"]),  # Bjšrn is a likely name, too
        ("Łukasz Król", "cp1250", ["cp1250"]),
        ("Şule Yıldız", "cp1254", ["cp1252", "cp1254"]),  # Þule Yýldýz would be Icelandic
        ("Zoë", "utf-8", ["utf-8-sig"]),
    ],
)
def test_readings_are_those_that_make_names(words, encoding, found):
    readings = decoding.texts_of(words.encode(encoding))
    assert {*found} <= {name for name, _text in readings}
    assert words in [text for _name, text in readings]
    if found in (["cp1252"], ["utf-8-sig"]):  # nobody is asked
        assert len(readings) == 1


def test_every_sheet_with_our_headings_is_read_and_the_others_are_named(cast):
    sheet = read("two-sheets.xlsx")
    assert [(line.sheet, line.number) for line in sheet.lines] == [("Butterflies", 2), ("Caterpillars", 2)]
    client, page = brought(cast, "two-sheets.xlsx")
    shown = client.get(page).content.decode()
    assert "Read: the sheets Butterflies, Caterpillars." in shown
    assert "Caterpillars, Row 2" in shown
    client.post(page)
    assert Child.objects.filter(full_name__in=["Ottoline Fenwick", "Idris Vale"]).count() == 2


def workbook(change, rows=(ROW,)):
    book = Workbook()
    book.active.append(HEADINGS)
    for row in rows:
        book.active.append([row.get(key) for key in KEYS])
    change(book)
    out = io.BytesIO()
    book.save(out)
    return spreadsheets.read(out.getvalue())


def test_a_hidden_sheet_and_one_with_other_headings_are_not_read_and_named():
    def add(book):
        book.create_sheet("Waiting list").append(["Who", "When"])
        book.create_sheet("Old").append(HEADINGS)
        book["Old"].append([ROW.get(key) for key in KEYS])
        book["Old"].sheet_state = "hidden"
        book.create_sheet("Empty")

    sheet = workbook(add)
    assert len(sheet.lines) == 1
    assert sheet.remarks == [
        "These sheets were not read, because they are hidden or hold other headings: Waiting list, Old."
    ]


def test_a_hidden_column_is_named():
    def hide(book):
        book.active.column_dimensions["C"].hidden = True

    assert workbook(hide).remarks == ["These columns are hidden in your spreadsheet, and were read: Date of birth."]


def test_a_hidden_row_is_asked_about_and_left_out_unless_ticked(cast):
    shown, hidden = rows_of("hidden-row-leaver.xlsx")
    assert shown.is_good
    assert hidden.asks
    assert "hidden in your spreadsheet" in hidden.questions[0]
    client, page = brought(cast, "hidden-row-leaver.xlsx")
    client.post(page)
    assert Child.objects.filter(full_name="Amber Quill").exists()
    assert not Child.objects.filter(full_name="Left Lastyear").exists()


def test_merged_cells_give_both_children_the_mother(cast):
    client, page = brought(cast, "merged-siblings.xlsx")
    assert "the same person as in row 3" in client.get(page).content.decode()
    client.post(page)
    mother = Person.objects.get(email="ros.fenwick@example.org")
    assert {tie.child.known_as for tie in mother.relationships.all()} == {"Ottoline", "Casper"}
    assert all(tie.level == 3 and tie.may_collect for tie in mother.relationships.all())


def test_names_are_turned_round_only_with_a_question_and_otherwise_stay(cast):
    first, *others = rows_of("names.xlsx")
    assert (first.child["full_name"], first.child["known_as"]) == ("Saoirse O'Malley-Ó Dálaigh", "Saoirse")
    assert first.asks
    assert all(row.is_good for row in others)
    names = [(row.child["full_name"], row.child["known_as"]) for row in others]
    assert names == [
        ("Suharto", "Suharto"),
        ("王小明", "王小明"),
        ("محمد علي", "محمد"),
        ("MAISIE MCDONALD", "MAISIE"),
        ("Mary Jane Watts", "Mary"),
    ]
    client, page = brought(cast, "names.xlsx")
    shown = client.get(page).content.decode()
    assert [f"Known as {known_as}" in shown for _name, known_as in names] == [True] * 5
    assert "Known as Saoirse" in shown


@pytest.mark.parametrize("name", ["Micha? Kowalski", "Zo\ufffd Bell"])
def test_a_lost_letter_is_asked_about(name):
    (row,) = family_rows.understand(spreadsheets.read(as_csv([ROW | {"child": name}])).lines, TODAY)
    assert "in place of a letter" in row.questions[0]


def test_addresses_as_programs_write_them_are_understood_two_are_refused_and_slips_asked():
    named, linked, two, slip, ending = rows_of("emails.xlsx")
    assert [row.adults[0].email for row in (named, linked)] == ["june.q@example.org", "ada@example.org"]
    assert named.is_good
    assert linked.is_good
    assert "holds two addresses" in two.problems[0]
    assert "Did adult 1 mean cy.lamb@gmail.com?" in slip.questions[0]
    assert "Did adult 1 mean di.nunn@gmail.com?" in ending.questions[0]
    shared = {"1_email": "", "1_mail": "office@littleacorns.con"}
    (row,) = family_rows.understand([spreadsheets.Line(4, ROW | shared)], TODAY)
    assert "office@littleacorns.com" in row.questions[0]


def dated(*days):
    lines = [spreadsheets.Line(at, ROW | {"born_on": day}) for at, day in enumerate(days, start=4)]
    return family_rows.understand(lines, TODAY)


def test_a_mixture_of_day_first_and_month_first_is_asked_about():
    turned, doubtful, clear, same = dated("03/14/2022", "04/03/2022", "25/03/2022", "05/05/2022")
    assert "is not a day" in turned.problems[0]
    assert doubtful.asks
    assert "read as 4 March 2022" in doubtful.questions[0]
    assert "“03/14/2022” in row 4 has the month first" in doubtful.questions[0]
    assert clear.is_good
    assert same.is_good
    assert all(row.is_good for row in dated("04/03/2022", "25/03/2022", "2022-03-04"))


def test_days_that_an_american_spreadsheet_turned_round_are_asked_about():
    """It made a cell of 04/03 as April the third and left 25/03 as words."""
    cell, left = dated("2022-04-03", "25/03/2022")
    assert "read as 3 April 2022" in cell.questions[0]
    assert left.is_good
    assert all(row.is_good for row in dated("2022-04-03", "2022-03-25", "25/03/2022"))
    assert dated("2022-04-03")[0].child["born_on"] == date(2022, 4, 3)


@pytest.mark.parametrize("written", ["17/07/0022", "0022-07-17", "17 July 0022"])
def test_a_year_with_two_noughts_before_it_is_a_slip_and_never_taken_for_one_of_now(written):
    (row,) = dated(written)
    assert "Check the year" in row.problems[0]
    assert dated("17/07/22")[0].child["born_on"] == date(2022, 7, 17)
