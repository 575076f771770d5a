"""A placement that ends on Friday: the manager enters the day, changes something else, and it still ends on Friday."""

from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.steps import sign_in


def next_friday():
    today = date.today()
    return today + timedelta(days=(4 - today.weekday()) % 7 or 7)


def test_a_placement_that_ends_on_friday(portal, desk, new_page, axe, picture):
    friday = next_friday()
    in_words = f"{friday.day} {friday:%B %Y}"
    sign_in(desk, portal, "helen@example.org")
    desk.get_by_role("navigation", name="Main").get_by_role("link", name="Families").click()
    desk.get_by_role("link", name="Noor Hussain").click()
    carol = desk.locator("section.tie").filter(has=desk.get_by_role("heading", name="Carol Whitby"))
    carol.get_by_role("link", name="End this").click()
    desk.get_by_label("At the end of a day").check()
    desk.get_by_label("Last day").fill(friday.isoformat())
    desk.get_by_label("Why it ends").fill("The placement ends")
    axe(desk)
    desk.get_by_role("button", name="End it").click()
    expect(desk.get_by_role("status")).to_contain_text("It ends with that day.")
    expect(carol).to_contain_text(f"Ends with {in_words}")

    carol.get_by_role("link", name="Change").click()
    expect(desk.get_by_label("Last day")).to_have_value(friday.isoformat())
    axe(desk)
    desk.get_by_label("In the family's own word").fill("Auntie Carol")
    desk.get_by_role("button", name="Change it from now on").click()
    expect(carol).to_contain_text("Auntie Carol")
    expect(carol).to_contain_text(f"Ends with {in_words}")
    picture(desk, "placement-that-ends")

    phone = new_page("phone")
    sign_in(phone, portal, "carol@example.org")
    expect(phone.get_by_role("region", name="Noor")).to_be_visible()  # until Friday it is as before
