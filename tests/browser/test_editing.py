"""Journey 7: an editor publishes a notice and imports a procedure, inside Wagtail and out again."""

from playwright.sync_api import expect

from portal.demo.drawings import drawn
from tests.browser.steps import sign_in

OPEN_TO_ALL = "Anyone with the link to a picture can open it, even when the notice is for families only."
# As words come out of a PDF: lines broken in the middle, an empty line after each, a hyphen at a line's end.
FROM_A_PDF = """
03 Out of doors procedures

03.07 Feeding the ducks

We walk to the pond on Tuesdays. Ducks like oats and peas better than bread, and the children know

this by heart, so that nobody has to be re-

minded at the water.

Before we leave

• The oats are weighed out by two children, who write down how many grams

they took, and the bag goes into the red rucksack.

• Whoever would rather not come stays with the other group, see 10.02 Complaints procedure if that

does not go well.

At the pond

• Everybody stands behind the white line, as 03.99 Walking near open water says.
"""


def save_action(page, name):
    """Choose what happens to the page from the foot of Wagtail's form."""
    foot = page.get_by_role("navigation", name="Actions (footer)")
    foot.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name, exact=True).click()


def begin_notice(page, axe, title, words):
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Edit pages").click()
    page.goto("/cms/pages/")
    axe(page, ours=False)
    page.get_by_role("link", name="Explore child pages of 'Notices'").click()
    page.get_by_role("link", name="Add child page").first.click()
    page.get_by_role("textbox", name="Title").fill(title)
    page.get_by_role("combobox", name="Who may read it").select_option("Everyone: the notice is public")
    page.get_by_role("region", name="Words").get_by_role("textbox").click()
    page.keyboard.type(words)


def choose_picture(page, title):
    """A new picture; the words beside the field say who can open it."""
    expect(page.get_by_text(OPEN_TO_ALL)).to_be_visible()
    page.get_by_role("button", name="Choose an image").click()
    window = page.get_by_role("dialog")
    window.get_by_role("tab", name="Upload").click()
    window.get_by_label("Title").fill(title)
    photograph = {"name": "kite.jpg", "mimeType": "image/jpeg", "buffer": drawn("garden", 21).read()}
    window.get_by_label("File", exact=False).set_input_files(photograph)
    window.get_by_role("button", name="Upload").click()
    expect(window).to_be_hidden()
    expect(page.get_by_role("region", name="Picture").get_by_text(title, exact=True)).to_be_visible()
    page.get_by_role("textbox", name="What the picture shows").fill("Drawing of a flower bed")
    page.get_by_role("combobox", name="Who can be seen in it?").select_option("No child")


def preview_on_a_phone(page, title):
    page.get_by_role("button", name="Toggle preview").click()
    shown = page.locator("iframe[title=Preview]").last.content_frame  # while it loads anew there are two
    expect(shown.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.get_by_role("radio", name="On a phone")).to_be_checked()
    assert shown.locator("html").evaluate("html => html.clientWidth") <= 360
    assert shown.locator("html").evaluate("html => html.scrollWidth <= html.clientWidth")


def test_7_an_editor_publishes_a_notice(portal, desk, new_page, axe, picture, troubles):
    troubles.allow("400 for")  # Wagtail saves by itself, and is told when the notice is not complete yet
    sign_in(desk, portal, "nina@example.org")
    axe(desk)
    begin_notice(desk, axe, "Kites on Thursday", "Bring a kite, or build one with us.")
    choose_picture(desk, "Flower bed")
    preview_on_a_phone(desk, "Kites on Thursday")
    picture(desk, "notice-preview")
    axe(desk, ours=False)
    save_action(desk, "Publish")
    expect(desk.get_by_role("status").first).to_contain_text("Kites on Thursday")

    anybody = new_page("phone")
    anybody.goto("/")
    card = anybody.get_by_role("article").filter(has_text="Kites on Thursday")
    expect(card.get_by_role("img", name="Drawing of a flower bed")).to_be_visible()
    picture(anybody, "home")
    card.get_by_role("link", name="Kites on Thursday").click()
    expect(anybody.get_by_text("Bring a kite, or build one with us.")).to_be_visible()
    axe(anybody)

    imports_a_procedure(desk, anybody, axe)


def test_publishing_while_the_page_saves_itself_makes_one_page(portal, desk, troubles):
    """The answer to Wagtail's own save comes late, and Publish is pressed meanwhile, as impatient editors do."""
    troubles.allow("400 for")
    sign_in(desk, portal, "nina@example.org")
    desk.goto("/cms/pages/")
    desk.get_by_role("link", name="Explore child pages of 'Notices'").click()
    desk.get_by_role("link", name="Add child page").first.click()
    held = []

    def hold_back_the_first_answer(route):
        if held or route.request.headers.get("accept") != "application/json":
            route.continue_()
        else:
            held.append((route, route.fetch()))

    desk.route("**/cms/pages/add/**", hold_back_the_first_answer)
    desk.get_by_role("textbox", name="Title").fill("A windy day")
    desk.get_by_role("combobox", name="Who may read it").select_option("Everyone: the notice is public")
    desk.get_by_role("region", name="Words").get_by_role("textbox").click()
    desk.keyboard.type("Bring a kite.")
    title = desk.get_by_role("textbox", name="Title")
    for more in ("!", ""):
        desk.wait_for_timeout(1500)
        title.fill(f"A windy day{more}")
    desk.wait_for_timeout(1500)
    assert held, "the page did not begin to save itself"
    save_action(desk, "Publish")
    desk.wait_for_timeout(300)
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(desk.get_by_role("status").first).to_contain_text("A windy day")
    desk.goto("/")
    expect(desk.get_by_role("link", name="A windy day")).to_have_count(1)


def imports_a_procedure(desk, anybody, axe):
    desk.get_by_role("link", name="Import procedures").click()
    upload = {"name": "ducks.txt", "mimeType": "text/plain", "buffer": FROM_A_PDF.encode()}
    desk.get_by_label("Files").set_input_files(upload)
    desk.get_by_role("button", name="Look at it first").click()
    expect(desk.get_by_text("Nothing is kept yet, and nothing is published.")).to_be_visible()
    expect(desk.get_by_label("Code")).to_have_value("03.07")
    expect(desk.get_by_label("Title")).to_have_value("Feeding the ducks")
    expect(desk.get_by_role("heading", name="At the pond")).to_be_visible()
    expect(desk.get_by_text("so that nobody has to be reminded at the water.")).to_be_visible()
    expect(desk.get_by_role("link", name="10.02 Complaints procedure").first).to_be_visible()
    missing = desk.get_by_role("listitem").filter(has_text="03.99 Walking near open water")
    expect(missing).to_contain_text("no published page yet")
    axe(desk, ours=False)
    desk.get_by_role("button", name="Keep as draft").click()
    expect(desk.get_by_role("status").first).to_contain_text("The draft is kept. Nothing is published yet.")
    assert anybody.request.get("/procedures/0307-feeding-the-ducks/").status == 404
    save_action(desk, "Publish")

    anybody.get_by_role("link", name="Procedures").first.click()
    anybody.get_by_role("link", name="03.07 Feeding the ducks").click()
    expect(anybody.get_by_role("heading", name="At the pond")).to_be_visible()
    expect(anybody.get_by_text("write down how many grams they took, and the bag goes")).to_be_visible()
    expect(anybody.get_by_role("link", name="03.99")).to_have_count(0)
    axe(anybody)
    anybody.get_by_role("link", name="10.02 Complaints procedure").click()
    expect(anybody.get_by_role("heading", level=1, name="10.02 Complaints procedure")).to_be_visible()

    desk.goto("/cms/reports/links-leading-nowhere/")
    nowhere = desk.get_by_role("row").filter(has_text="03.99 Walking near open water")
    expect(nowhere).to_contain_text("Feeding the ducks")
    axe(desk, ours=False)
