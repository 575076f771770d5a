"""Finding one's way: a mother with an old phone and little English searches, reads, takes a paper; another leaves quickly."""

import re

from playwright.sync_api import expect

from tests.browser.steps import sign_in

WEATHER = "https://www.bbc.co.uk/weather"


def test_a_polish_mother_finds_the_nappies_reads_the_promise_and_takes_the_pdf(portal, new_page, axe, picture):
    phone = new_page("phone", java_script_enabled=False)
    phone.goto("/")
    phone.get_by_label("Search our words").fill("nappy")
    phone.get_by_role("button", name="Search").click()
    expect(phone.get_by_role("status")).to_have_text("1 page found")
    expect(phone.get_by_role("link", name="03.04 Changing children")).to_be_visible()
    phone.get_by_label("Search our words").fill("glove")
    phone.get_by_role("button", name="Search").click()
    expect(phone.get_by_role("mark").or_(phone.locator("mark"))).to_have_text("gloves")
    picture(phone, "search")
    phone.get_by_role("link", name="03.04 Changing children").click()
    assert re.search(r"/procedures/changing-children/#c-[0-9a-f]{8}$", phone.url)
    promise = phone.locator(".commitment:target")
    expect(promise).to_contain_text("wears gloves and an apron")
    expect(promise).to_be_in_viewport()
    assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    link = phone.get_by_role("link", name="This procedure as a PDF").get_attribute("href")
    for _try in range(30):  # the worker makes it soon after the demo is loaded
        answer = phone.request.get(link)
        if answer.headers["content-type"] == "application/pdf":
            break
        phone.wait_for_timeout(500)
    assert answer.body().startswith(b"%PDF-")


def test_the_folder_is_made_while_she_waits(portal, new_page):
    phone = new_page("phone", java_script_enabled=False)
    phone.goto("/procedures/")
    phone.get_by_role("link", name="All procedures as one PDF").click()
    phone.get_by_role("button", name="Make the PDF").click()
    get = phone.get_by_role("link", name="Get the PDF")
    expect(get).to_be_visible(timeout=60_000)  # the page looks again by itself
    with phone.expect_download() as download:
        get.click()
    assert download.value.suggested_filename.endswith("procedures.pdf")


def test_leaving_quickly_by_press_and_by_escape(portal, new_page, axe, picture, troubles):
    troubles.allow(WEATHER)
    page = new_page("phone")
    page.context.route(
        f"{WEATHER}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html")
    )
    page.goto("/")
    page.goto("/help-near-you/")
    page.get_by_role("link", name="Hurt or frightened at home").click()
    axe(page)
    picture(page, "help-near-you")
    expect(page.get_by_text("press the Escape key three times")).to_be_visible()
    page.get_by_role("link", name="Leave this page quickly").click()
    page.wait_for_url(WEATHER)
    page.go_back()  # the page that was left is not the one before
    page.wait_for_url("**/help-near-you/")
    page.get_by_role("link", name="Feeling low or worried").click()
    expect(page.get_by_text("press the Escape key three times")).to_be_visible()
    for _press in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(WEATHER)


def test_these_pages_are_clean_and_fit(portal, phone, axe):
    for address in (
        "/search/?q=child", "/search/?q=comlaint", "/what-we-tell-you/", "/visiting-us/", "/help-near-you/",
        "/printed/procedures/", "/procedures/", "/procedures/changing-children/", "/",
    ):  # fmt: skip
        phone.goto(address)
        axe(phone)
        assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address


def test_the_editor_answers_what_was_missing_and_the_manager_sees_it_go(portal, desk, new_page, axe):
    manager = new_page("desk")
    sign_in(manager, portal, "helen@example.org")
    expect(manager.get_by_role("link", name=re.compile("must tell families ha"))).to_be_visible()
    manager.get_by_role("link", name=re.compile("must tell families ha")).click()
    expect(manager.get_by_role("heading", name=re.compile("answers are missing"))).to_be_visible()
    axe(manager)
    before = int(re.match(r"\d+", manager.locator("#missing-title").inner_text())[0])
    sign_in(desk, portal, "nina@example.org")
    desk.goto("/cms/reports/not-told-yet/")
    desk.get_by_role("link", name="Inspections").click()
    desk.get_by_role("button", name="Choose a page").click()
    window = desk.get_by_role("dialog")
    window.get_by_role("textbox").fill("Our day")
    window.get_by_role("link", name="Our day and what we learn").click()
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("status").first).to_contain_text("Inspections")
    manager.reload()
    assert int(re.match(r"\d+", manager.locator("#missing-title").inner_text())[0]) == before - 1
