"""A procedure's year: two sign it off from Today, then it changes in what matters and a mother reads it again."""

from playwright.sync_api import expect

from tests.browser.steps import sign_in

COMPLAINTS = "10.02 Complaints procedure"


def begin_the_review(page):
    page.goto("/procedures/")
    page.get_by_role("main").get_by_role("link", name=COMPLAINTS).first.click()
    page.get_by_role("link", name="Review", exact=True).click()
    page.get_by_role("button", name="Begin a review now").click()
    expect(page.get_by_role("status")).to_contain_text("The review has begun.")


def sign(page, comment=""):
    page.goto("/today/")
    page.get_by_role("link", name="Procedures wait for your review").click()
    page.get_by_role("listitem").filter(has_text="Waits for you").get_by_role("link", name=COMPLAINTS).click()
    expect(page.get_by_role("heading", level=1, name=COMPLAINTS)).to_be_visible()
    page.get_by_role("radio", name="It is right as it stands").check()
    if comment:
        page.get_by_label("Comment").fill(comment)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Your word is kept")


def publish_a_change(desk):
    """The editor says that the change matters, and asks families to read it."""
    desk.goto("/procedures/")
    desk.get_by_role("main").get_by_role("link", name=COMPLAINTS).first.click()
    desk.get_by_role("link", name="Review", exact=True).click()
    desk.get_by_role("link", name="Edit the page").click()
    desk.locator("#id_in_short").fill("Tell anyone. You hear from us within 28 days, and nobody thinks less of you.")
    desk.locator("#id_change_is_material").check()
    desk.locator("#id_what_changed").fill("It now says in short how soon you hear from us.")
    desk.locator("#id_acknowledged_by").select_option("families")
    desk.get_by_role("navigation", name="Actions (footer)").get_by_role("button", name="More actions").click()
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.get_by_text("published").first).to_be_visible()


def test_two_sign_off_and_a_material_change_is_read_again(portal, new_page, desk, phone, axe, picture):
    sign_in(desk, portal, "helen@example.org")
    begin_the_review(desk)
    axe(desk)
    chair, sara = new_page("phone"), new_page("phone")
    sign_in(chair, portal, "leila@example.org")
    sign(chair, "Read at the committee's meeting.")
    axe(chair)
    sign_in(sara, portal, "sara@example.org")
    picture(sara, "review-today")
    sign(sara)
    desk.reload()
    expect(desk.get_by_role("heading", name="No change")).to_be_visible()
    expect(desk.get_by_text("Leila Haddad, Committee member")).to_be_visible()
    picture(desk, "review-log")

    nina = new_page("desk")
    sign_in(nina, portal, "nina@example.org")
    publish_a_change(nina)
    sign_in(phone, portal, "ewa@example.org")
    phone.get_by_role("link", name=f"Please read: {COMPLAINTS}").click()
    expect(phone.get_by_text("It now says in short how soon you hear from us.")).to_be_visible()
    axe(phone)
    picture(phone, "read-again")
    phone.get_by_role("link", name="See it word by word").click()
    expect(phone.locator("ins").first).to_contain_text("Tell anyone.")
    axe(phone)
    picture(phone, "what-changed")
    phone.go_back()
    phone.get_by_role("button", name="I have read this").click()
    expect(phone.get_by_role("status")).to_contain_text("We have noted that you have read it.")

    desk.goto("/versions/readers/")
    desk.get_by_role("link", name=COMPLAINTS).click()
    expect(desk.get_by_role("region", name="Have read it")).to_contain_text("Ewa Nowicka")
    expect(desk.get_by_role("region", name="Not yet")).to_contain_text("Daniel Reed")
    axe(desk)
    picture(desk, "readers")
    desk.get_by_role("checkbox", name="Carol Whitby").check()
    desk.get_by_role("radio", name="through an interpreter").check()
    desk.get_by_role("button", name="Those I ticked were told").click()
    expect(desk.get_by_role("region", name="Have read it")).to_contain_text("noted by Helen Okoro")
