"""Forty families from a spreadsheet with three wrong rows, then letters; one of the letters is used."""

import csv
import io

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.steps import read_the_privacy_notice, sign_in

PASSWORD = "seven kites over the chalk hill"
FIRST = "Ada Bram Cleo Dov Esme Finn Greta Hugo Iris Jonah Kezia Lars Mina Nils Opal Pavel Quinn Rosa Sami Thea".split()
LAST = "Ashdown Berrow".split()
LETTERS = "abcdefghijklmnopqrst"  # behind each Robin, because a figure in a name asks
WRONG = {5: "soon", 12: "a little", 30: "EWA@example.org"}


def forty_families():
    """{spreadsheet row: cells by heading}; three of them are wrong."""
    families = {}
    for number in range(40):
        first, last = FIRST[number % 20], LAST[number // 20]
        families[number + 4] = {
            "Child's full name": f"{first} {last}",
            "Date of birth": f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/2023",
            "Adult 1: full name": f"Robin{LETTERS[number % 20]} {last}",
            "Adult 1: relationship": "Mother",
            "Adult 1: parental responsibility": "yes",
            "Adult 1: e-mail address": f"robin{number}@example.org" if number % 2 else "",
            "Adult 1: level": "full",
        }
    families[5]["Date of birth"] = WRONG[5]
    families[12]["Adult 1: level"] = WRONG[12]
    families[30]["Adult 1: e-mail address"] = WRONG[30]
    return families


def filled_in(page, folder):
    """The template as it is downloaded, filled in as a person would."""
    with page.expect_download() as download:
        page.get_by_role("link", name="For Excel (XLSX)").click()
    path = folder / "families.xlsx"
    download.value.save_as(path)
    book = load_workbook(path)
    headings = [cell.value for cell in book.active[1]]
    for row, cells in forty_families().items():
        for heading, words in cells.items():
            book.active.cell(row, headings.index(heading) + 1).value = words
    book.save(path)
    return path


def bring_in(page, path, axe, picture):
    page.get_by_label("The filled-in list").set_input_files(path)
    page.get_by_role("button", name="Look at every row").click()
    expect(page.get_by_role("heading", name="What becomes of every row")).to_be_visible()
    expect(page.get_by_text("37 rows are good.")).to_be_visible()
    refused = page.get_by_role("region", name="Refused")
    for number, words in ((5, "“soon” is not a day"), (12, "Write none, information"), (30, "somebody here signs in")):
        row = refused.locator("li.list-row").filter(has=page.get_by_text(f"Row {number}", exact=True))
        expect(row).to_contain_text(words)
    axe(page)
    picture(page, "what-becomes-of-every-row")
    page.get_by_role("button", name="Bring in the 37 good rows").click()
    expect(page.get_by_text("37 children came in, with 37 adults.")).to_be_visible()
    expect(page.get_by_text("row 5, row 12, row 30")).to_be_visible()


def test_forty_families_come_in_and_are_invited_in_an_afternoon(portal, desk, new_page, axe, picture, tmp_path):
    sign_in(desk, portal, "helen@example.org")
    desk.get_by_role("navigation", name="Main").get_by_role("link", name="Families").click()
    desk.get_by_role("link", name="From a spreadsheet").click()
    axe(desk)
    bring_in(desk, filled_in(desk, tmp_path), axe, picture)

    expect(desk.get_by_role("heading", name="Not arrived yet")).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="Send invitations by e-mail").click()
    expect(desk.get_by_text("19 invitations are on their way.")).to_be_visible()
    expect(desk.get_by_text("18 people have no address for mail.")).to_be_visible()
    expect(desk.locator(".invite-list input:checked")).to_have_count(18)  # those who have had none yet

    desk.get_by_role("button", name="Print letters").click()
    expect(desk.get_by_role("heading", name="18 letters to print")).to_be_visible()
    expect(desk.get_by_role("article")).to_have_count(18)
    axe(desk)
    letter = desk.get_by_role("article").filter(has_text="Dear Robine Ashdown")
    code, word = letter.locator(".mono").nth(1).inner_text(), letter.locator(".mono").first.inner_text()
    use_the_letter(new_page("phone"), code, word, axe)

    desk.get_by_role("link", name="Back to the list").click()
    expect(desk.get_by_text("36 adults have no password yet.")).to_be_visible()
    expect(desk.get_by_text("Robine Ashdown")).to_have_count(0)
    expect(desk.get_by_text("Letter of").first).to_contain_text("works until")
    desk.get_by_role("link", name="All families").click()
    expect(desk.get_by_role("heading", name="Esme Ashdown")).to_be_visible()


def use_the_letter(page, code, word, axe):
    page.goto("/invitation/")
    page.get_by_label("Code from the letter").fill(code)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("One-time word from the letter").fill(word)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Short name to sign in with")).to_have_value("robine.ashdown")
    axe(page)
    page.get_by_label("Short name to sign in with").fill("Robine")
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="That is my password").click()
    page.get_by_role("link", name="To your page for today").click()
    read_the_privacy_notice(page)
    expect(page.get_by_role("region", name="Esme")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    page.get_by_label("E-mail address or short name").fill("ROBINE")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")


def test_a_list_is_looked_at_and_thrown_away_without_script(portal, new_page, tmp_path):
    page = new_page("phone", java_script_enabled=False)
    sign_in(page, portal, "tom@example.org")
    page.goto("/families/import/")
    families = list(forty_families().values())
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, families[0], delimiter=";")
    writer.writeheader()
    writer.writerows(families)
    path = tmp_path / "list.csv"
    path.write_text(out.getvalue(), encoding="cp1252", newline="")
    page.get_by_label("The filled-in list").set_input_files(path)
    page.get_by_role("button", name="Look at every row").click()
    expect(page.get_by_text("3 rows are refused.")).to_be_visible()
    page.get_by_role("link", name="Throw this list away").click()
    page.get_by_role("button", name="Yes, throw it away").click()
    expect(page.get_by_text("Nothing of it was written.")).to_be_visible()
    page.goto("/families/invite/")
    expect(page.get_by_text("Everybody has arrived.")).to_be_visible()
