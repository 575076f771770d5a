"""Start of term with six things wrong in the list: none of them comes in, and mended, each child gets their own mother."""

import json

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.steps import sign_in

EXAMPLE = 3  # the row that she deletes, so that every row below moves up
ROWS = [  # child, date of birth, mother, her address
    ("Ada Ashdown", "14/03/2023", "Robin Ashdown", "robin@example.org"),
    ("Bram Berrow", "15/05/2023", "Rita Berrow", "rita@example.org"),
    ("Cleo Ashdown", "16/06/2022", "as row 4", ""),  # Robin, as long as the example stood above her
    ("Dov Elm", "03/14/2023", "Dina Elm", "dina@example.org"),
    ("Esme Fir", "04/03/2023", "Elsa Fir", "elsa@example.org"),
    ("Finn Gorse", "17/07/0022", "Fay Gorse", "fay@example.org"),
    ("Zo\u200bë\u202e Hazel", "18/02/2023", "Gwen\u200d Hazel", "gwen@example.org"),
    ("Iris Ivy", "19/09/2022", "Ina Ivy", "EWA@example.org"),
]
MENDED = {
    "Cleo Ashdown": ("16/06/2022", "as Robin Ashdown", ""),
    "Finn Gorse": ("17/07/2022", "Fay Gorse", "fay@example.org"),
    "Iris Ivy": ("19/09/2022", "Ina Ivy", "ina@example.org"),
}
FAMILIES = {
    "Ada Ashdown": ["2023-03-14", "Robin Ashdown"],
    "Bram Berrow": ["2023-05-15", "Rita Berrow"],
    "Cleo Ashdown": ["2022-06-16", "Robin Ashdown"],
    "Dov Elm": ["2023-03-14", "Dina Elm"],
    "Esme Fir": ["2023-03-04", "Elsa Fir"],
    "Finn Gorse": ["2022-07-17", "Fay Gorse"],
    "Zoë Hazel": ["2023-02-18", "Gwen Hazel"],
    "Iris Ivy": ["2022-09-19", "Ina Ivy"],
}
IN_THE_BOOKS = """
import json
from people.families.models import Child
found = Child.objects.exclude(full_name__in={before!r})
print(json.dumps({{c.full_name: [str(c.born_on), *(t.adult.full_name for t in c.relationships.all())] for c in found}}))
"""


def filled_in(page, path, rows):
    """The template as it is downloaded, with these rows under its example, and the example deleted."""
    with page.expect_download() as download:
        page.get_by_role("link", name="For Excel (XLSX)").click()
    download.value.save_as(path)
    book = load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    for at, (child, born_on, mother, address) in enumerate(rows, start=EXAMPLE + 1):
        said = {"Child's full name": child, "Date of birth": born_on, "Adult 1: full name": mother}
        said |= {"Adult 1: relationship": "Mother", "Adult 1: e-mail address": address}
        for heading, words in said.items():
            sheet.cell(at, heads.index(heading) + 1).value = words
    sheet.delete_rows(EXAMPLE)
    book.save(path)
    return path


def look_at(page, path):
    page.goto("/families/import/")
    page.get_by_label("The filled-in list").set_input_files(path)
    page.get_by_role("button", name="Look at every row").click()
    expect(page.get_by_role("heading", name="What becomes of every row")).to_be_visible()


def says(page, group, row, words):
    rows = page.get_by_role("region", name=group, exact=True).locator("li.list-row")
    expect(rows.filter(has=page.get_by_text(f"Row {row}", exact=True))).to_contain_text(words)


def shown_on_both(desk, axe, picture):
    """axe and a picture of the list, on a desk and on a phone."""
    axe(desk)
    picture(desk, "six-wrong-rows", full_page=True)
    desk.set_viewport_size({"width": 390, "height": 844})
    axe(desk)
    picture(desk, "six-wrong-rows-on-a-phone", full_page=True)
    desk.set_viewport_size({"width": 1280, "height": 900})


def says_what_is_wrong(desk):
    """Each of the six rows says so, and the right ones stand last."""
    groups = [each.inner_text() for each in desk.get_by_role("main").get_by_role("heading", level=2).all()]
    assert groups == ["Refused", "Please look", "Good"]
    says(desk, "Refused", 5, "write “as Rita Berrow”, if that is who you mean")
    says(desk, "Refused", 6, "“03/14/2023” is not a day")
    says(desk, "Please look", 7, "“04/03/2023” was read as 4 March 2023")
    says(desk, "Refused", 8, "Check the year")
    says(desk, "Refused", 10, "somebody here signs in with this address already")
    for row, words in ((3, "Ada Ashdown"), (4, "Bram Berrow"), (9, "Zoë Hazel")):
        says(desk, "Good", row, words)


def test_six_wrong_rows_none_comes_in_and_mended_each_child_gets_their_own_mother(
    portal, new_page, desk, axe, picture, tmp_path
):
    before = json.loads(
        portal.manage(
            "shell",
            "-c",
            "import json\nfrom people.families.models import Child\n"
            "print(json.dumps(list(Child.objects.values_list('full_name', flat=True))))",
        ).splitlines()[-1]
    )

    def books():
        return json.loads(portal.manage("shell", "-c", IN_THE_BOOKS.format(before=before)).splitlines()[-1])

    sign_in(desk, portal, "helen@example.org")
    desk.goto("/families/import/")
    path = filled_in(desk, tmp_path / "september.xlsx", ROWS)
    look_at(desk, path)
    says_what_is_wrong(desk)
    assert books() == {}
    shown_on_both(desk, axe, picture)

    mended = [(child, *MENDED.get(child, rest)) for child, *rest in ROWS]
    desk.goto("/families/import/")
    look_at(desk, filled_in(desk, tmp_path / "september-2.xlsx", mended))
    says(desk, "Good", 5, "Robin Ashdown, the same person as in row 3")
    desk.get_by_label("It is right as it stands: bring in row 7 too").check()
    desk.get_by_role("button", name="Bring in the 6 good rows, and what is ticked").click()
    expect(desk.get_by_text("7 children came in, with 6 adults.")).to_be_visible()
    expect(desk.get_by_text("Left out, because they were refused or not ticked: row 6.")).to_be_visible()
    assert books() == {name: said for name, said in FAMILIES.items() if name != "Dov Elm"}
    picture(desk, "six-wrong-rows-brought-in", full_page=True)

    desk.goto("/families/import/")
    look_at(desk, filled_in(desk, tmp_path / "dov.xlsx", [("Dov Elm", "14/03/2023", "Dina Elm", "dina@example.org")]))
    desk.get_by_role("button", name="Bring in the 1 good row").click()
    expect(desk.get_by_text("1 child came in, with 1 adult.")).to_be_visible()
    assert books() == FAMILIES
    desk.get_by_role("link", name="All families").click()
    for name in FAMILIES:
        expect(desk.get_by_role("heading", name=name)).to_be_visible()
    picture(desk, "six-wrong-rows-families", full_page=True)
