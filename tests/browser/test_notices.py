"""Journeys: a notice written on a phone in six taps; the snow day with its list of phones; a room's notice from outside."""

from playwright.sync_api import expect

from tests.browser.steps import sign_in

WORDS = "Wellingtons on Friday\nWe walk to the pond and back. A towel helps."
SECRET = "Zebrafish in the sink"


class Taps:
    """Counts what a finger does."""

    def __init__(self):
        self.number = 0

    def __call__(self, target):
        self.number += 1
        target.tap()


def test_staff_write_a_notice_on_a_phone_in_six_taps_and_two_fields(portal, new_page, phone, axe, picture):
    sign_in(phone, portal, "sara@example.org")
    tap = Taps()
    tap(phone.get_by_role("navigation", name="Main").get_by_role("link", name="Notices"))
    tap(phone.get_by_role("link", name="Write a notice"))
    expect(phone.get_by_role("heading", level=1, name="Write a notice")).to_be_visible()
    axe(phone)
    tap(phone.get_by_label("What do you want to say?"))
    phone.keyboard.type(WORDS)
    fields = phone.get_by_role("main").locator("form.card").locator("textarea, fieldset")
    expect(fields).to_have_count(2)
    tap(phone.get_by_role("radio", name="All our families"))
    picture(phone, "notice-write")
    tap(phone.get_by_role("button", name="Next: look at it"))
    expect(phone.get_by_role("heading", level=1, name="Wellingtons on Friday")).to_be_visible()
    expect(phone.get_by_text("7 adults of our families")).to_be_visible()
    axe(phone)
    tap(phone.get_by_role("button", name="Hand it in"))
    expect(phone.get_by_role("status").first).to_contain_text("Whoever publishes notices sees it")
    assert tap.number <= 6

    helen = new_page("phone")
    sign_in(helen, portal, "helen@example.org")
    helen.get_by_role("link", name="A notice waits to be looked at: Wellingtons on Friday").click()
    expect(helen.get_by_role("heading", name="Who will read it")).to_be_visible()
    axe(helen)
    helen.get_by_role("button", name="Publish it").click()
    expect(helen.get_by_role("heading", name="Who has read it")).to_be_visible()

    ewa = new_page("phone")
    sign_in(ewa, portal, "ewa@example.org")
    ewa.get_by_role("link", name="Wellingtons on Friday").click()
    expect(ewa.get_by_text("A towel helps.")).to_be_visible()
    axe(ewa)
    helen.reload()
    expect(helen.get_by_role("region", name="Read or told").get_by_text("Ewa Nowicka")).to_be_visible()


def publish_snow_day(helen):
    helen.goto("/notices/write/")
    helen.get_by_label("What do you want to say?").fill("No pre-school today\nThe lane is full of snow.")
    helen.get_by_role("radio", name="All our families").check()
    helen.get_by_role("button", name="Next: look at it").click()
    helen.get_by_role("radio", name="It is urgent").check()
    helen.get_by_label("If it is urgent, in short").select_option("We are closed today")
    helen.get_by_role("button", name="Publish it").click()


def test_a_snow_day_from_the_manager_s_phone(portal, new_page, phone, axe, picture):
    helen = phone
    sign_in(helen, portal, "helen@example.org")
    publish_snow_day(helen)
    expect(helen.get_by_role("heading", name="It is urgent")).to_be_visible()
    axe(helen)
    helen.get_by_role("link", name="Whom to ring").click()
    expect(helen.get_by_text("Hazel Lane: We are closed today.")).to_be_visible()
    folake = helen.get_by_role("listitem").filter(has_text="Folake Adeyemi")
    expect(folake.get_by_role("link", name="07700 900 004")).to_have_attribute("href", "tel:07700 900 004")
    expect(helen.get_by_text("Kunle Adeyemi")).to_have_count(0)
    expect(helen.get_by_text("Halina Nowicka")).to_have_count(0)
    axe(helen)
    picture(helen, "snow-day-ring", full_page=True)

    visitor = new_page("phone")
    visitor.goto("/demo/mail/")
    expect(visitor.get_by_text("Urgent: We are closed today (Hazel Lane)").first).to_be_visible()
    expect(visitor.get_by_text("full of snow")).to_have_count(0)

    ewa = new_page("phone")
    sign_in(ewa, portal, "ewa@example.org")
    ewa.get_by_role("link", name="No pre-school today").click()
    folake.get_by_role("button", name="They know now").click()
    expect(helen.get_by_role("status").first).to_contain_text("Noted, with your name.")
    for name in ("Folake Adeyemi", "Ewa Nowicka", "Marek Zielinski"):  # told; read; of Ewa's home
        expect(helen.get_by_text(name)).to_have_count(0)
    expect(helen.get_by_text("Daniel Reed", exact=True)).to_be_visible()

    helen.go_back()
    helen.goto(helen.url.replace("ring/", "poster/"))
    expect(helen.get_by_role("heading", level=1, name="We are closed today")).to_be_visible()
    axe(helen)


def write_for_oaks(portal, helen):
    """A second room for Leon, and a notice for it; its id."""
    helen.goto("/rooms/")
    helen.get_by_label("Name of the room").fill("Oaks")
    helen.get_by_role("button", name="Add this room").click()
    helen.goto("/families/")
    helen.get_by_role("link", name="Leon").first.click()
    helen.wait_for_url("**/families/*/")
    helen.goto(f"{helen.url}change/")
    helen.get_by_label("Room", exact=False).select_option("Oaks")
    helen.get_by_role("main").get_by_role("button", name="Keep").first.click()
    helen.wait_for_url(lambda url: "change" not in url)
    helen.goto("/notices/write/")
    helen.get_by_label("What do you want to say?").fill(f"{SECRET}\nThey are fed at ten.")
    helen.get_by_role("radio", name="Families of Oaks").check()
    helen.get_by_role("button", name="Next: look at it").click()
    helen.get_by_role("button", name="Publish it").click()
    helen.wait_for_url("**/notices/desk/*/")
    return helen.url.split("/")[-2]


TWELVE_WAYS = [
    "/notices/zebrafish-in-the-sink/",
    "/notices/{id}/",
    "/notices/?search=zebrafish+sink",
    "/cms/pages/{id}/edit/preview/",
    "/notices/zebrafish-in-the-sink",
    "/notices/zebrafish/",
    "/cms/pages/{id}/history/",
    "/notices/feed/",
    "/sitemap.xml",
    "/cms/api/main/pages/{id}/",
    "/cms/pages/{id}/view_draft/",
    "/cms/images/1/",
]


def test_a_room_s_notice_is_not_there_for_others_in_twelve_ways(portal, new_page, desk):
    sign_in(desk, portal, "helen@example.org")
    number = write_for_oaks(portal, desk)
    ewa = new_page("phone")
    sign_in(ewa, portal, "ewa@example.org")
    assert SECRET in ewa.request.get("/notices/zebrafish-in-the-sink/").text()

    folake = new_page("phone")
    sign_in(folake, portal, "folake@example.org")
    for page in (folake, new_page("phone")):
        for way in TWELVE_WAYS:
            answer = page.request.get(way.format(id=number))
            said = answer.text().lower()
            for asked_for in ("zebrafish-in-the-sink", "zebrafish sink", "zebrafish%2bsink", "/notices/zebrafish/"):
                said = said.replace(asked_for, "")  # what was typed comes back; what was looked for does not
            assert "zebrafish" not in said, way
            assert "fed at ten" not in said, way
        for address in ("/", "/notices/"):
            page.goto(address)
            expect(page.get_by_text(SECRET)).to_have_count(0)
    assert folake.goto("/notices/zebrafish-in-the-sink/").status == 404
