"""An editor brings the policy folder as a ZIP, looks at it, keeps it, and brings it again with other words."""

import io
import zipfile

from playwright.sync_api import expect

from tests.browser.steps import sign_in
from tests.procedures import imitated_word, imitations


def folder(replaced="", by=""):
    """A ZIP as a computer packs it: a Word document, plain text, junk, and a file that is broken."""
    door = imitations.text_long_lines(imitations.DOOR).decode("cp1252").replace(replaced, by)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Policies/water.docx", imitated_word.from_word(imitations.POND))
        archive.writestr("Policies/door.txt", door)
        archive.writestr("Policies/broken.pdf", b"%PDF-1.7 and no more")
        archive.writestr("__MACOSX/Policies/._door.txt", b"\x00")
    return {"name": "policies.zip", "mimeType": "application/zip", "buffer": packed.getvalue()}


def bring(desk, files):
    desk.goto("/cms/import-procedures/")
    desk.get_by_label("Files").set_input_files(files)
    desk.get_by_role("button", name="Look at it first").click()
    expect(desk.get_by_text("Nothing is kept yet, and nothing is published.")).to_be_visible(timeout=30_000)


def test_an_editor_imports_a_folder_looks_keeps_and_imports_it_again(portal, desk, axe, picture):
    sign_in(desk, portal, "nina@example.org")
    bring(desk, folder())
    expect(desk.get_by_role("listitem").filter(has_text="broken.pdf")).to_contain_text("This file is damaged")
    water = desk.get_by_role("region", name="Policies/water.docx")
    expect(water.get_by_label("Code")).to_have_value("02.09")
    expect(water).to_contain_text("9 commitments")
    axe(desk, ours=False)
    picture(desk, "import-folder")

    water.get_by_role("link", name="Look at Near open water").click()
    expect(desk.get_by_role("heading", name="The page as it will be")).to_be_visible()
    expect(desk.get_by_role("columnheader", name="Who has the key")).to_be_visible()
    expect(desk.get_by_text("a throwing line and a foil blanket")).to_be_visible()
    axe(desk, ours=False)
    picture(desk, "import-look")
    desk.get_by_role("link", name="Back to all documents").click()

    desk.get_by_role("button", name="Keep those that are ticked as drafts").click()
    expect(desk.get_by_role("heading", name="Kept as drafts")).to_be_visible(timeout=30_000)
    assert desk.request.get("/procedures/near-open-water/").status == 404
    desk.get_by_role("link", name="02.09 Near open water").click()
    expect(desk.get_by_role("textbox", name="Title")).to_have_value("Near open water")

    bring(desk, folder("says good morning to", "greets"))
    door = desk.get_by_role("region", name="Policies/door.txt")
    expect(door).to_contain_text("New: 0, gone: 0, changed: 1.")
    expect(desk.get_by_role("region", name="Policies/water.docx")).to_contain_text("New: 0, gone: 0, changed: 0.")
    door.get_by_role("link", name="Look at At the door in the morning").click()
    changed = desk.get_by_role("listitem").filter(has_text="Changed:")
    expect(changed.locator("ins")).to_have_text("greets")
    expect(changed.locator("del")).to_have_text("says good morning to")
    axe(desk, ours=False)
    picture(desk, "import-difference")
