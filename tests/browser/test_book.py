"""Journey of July: Ewa makes a book of Maja's year on her phone, and takes it home."""

import io
import zipfile

from playwright.sync_api import expect

from tests.browser.steps import sign_in


def to_the_choice(page, portal):
    sign_in(page, portal, "ewa@example.org")
    page.get_by_role("region", name="Maja").get_by_role("link", name="Big book of me").click()
    page.get_by_role("link", name="Make a book").click()
    expect(page.get_by_role("heading", level=1, name="Make a book")).to_be_visible()


def taken(page, name):
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_she_makes_a_book_of_the_year_in_three_taps_and_takes_it_home(portal, phone, axe, picture):
    to_the_choice(phone, portal)
    expect(phone.get_by_role("radio", name="This year, from September")).to_be_checked()
    axe(phone)
    picture(phone, "book-choose")
    phone.get_by_role("button", name="Make it").click()
    expect(phone.get_by_text("Your book is being made.")).to_be_visible()
    axe(phone)
    picture(phone, "book-being-made")
    ready = phone.get_by_text("Your book is ready.")
    ready.wait_for(timeout=60_000)  # the page asks again by itself
    axe(phone)
    picture(phone, "book-ready", full_page=True)
    wide = phone.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    for name, file_name, mark in (
        ("Download the book (PDF)", "book.pdf", b"%PDF"),
        ("For printing on both sides (PDF)", "book-to-print.pdf", b"%PDF"),
        ("Everything as a ZIP", "book.zip", b"PK"),
    ):
        given, content = taken(phone, name)
        assert given == file_name and content.startswith(mark)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "index.html" in archive.namelist()


def test_without_script_the_page_comes_back_by_itself(portal, new_page):
    page = new_page("phone", java_script_enabled=False)
    to_the_choice(page, portal)
    page.get_by_role("radio", name="Everything").check()
    page.get_by_role("button", name="Make it").click()
    page.get_by_text("Your book is ready.").wait_for(timeout=60_000)
    expect(page.get_by_role("link", name="Everything as a ZIP")).to_be_visible()


def test_the_page_in_the_archive_opens_by_itself(portal, phone, new_page, tmp_path):
    to_the_choice(phone, portal)
    phone.get_by_role("button", name="Make it").click()
    phone.get_by_text("Your book is ready.").wait_for(timeout=60_000)
    _name, content = taken(phone, "Everything as a ZIP")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path / "at-home")
    page = new_page("phone", java_script_enabled=False, offline=True)
    page.goto((tmp_path / "at-home" / "index.html").as_uri())
    expect(page.get_by_role("heading", level=1, name="Maja")).to_be_visible()
    pictures = page.get_by_role("img")
    expect(pictures.nth(2)).to_be_visible()
    for shown in pictures.all():
        shown.scroll_into_view_if_needed()
        expect(shown).to_have_js_property("complete", True)
        assert shown.evaluate("image => image.naturalWidth") > 0
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
