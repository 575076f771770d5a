"""Journey 8: people at doors that are not theirs. They meet a page that is not there, a kind no, or the sign-in page."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.steps import sign_in

NOT_THERE, KIND_NO, DOOR = 404, 403, "/sign-in/"
HEADINGS = {NOT_THERE: "This page is not here", KIND_NO: "This cannot be done here"}


def path_of(link):
    return urlsplit(link.get_attribute("href")).path


def doors_of_ewa(page):
    """What a mother opens: Maja's card, journal, a page, a photograph, a form that waits and a signed paper."""
    maja = page.get_by_role("region", name="Maja")
    journal = path_of(maja.get_by_role("link", name="Big book of me"))
    found = {"journal": journal, "add": f"{journal}add/", "card": path_of(maja.get_by_role("link", name="Card"))}
    found["form"] = path_of(maja.get_by_role("link", name="Agreement between you and us"))
    page.goto(journal)
    newest = page.get_by_role("article").first
    found["page"] = path_of(newest.get_by_role("heading").get_by_role("link"))
    found["photograph"] = path_of(newest.get_by_role("link", name="Photograph 1 of 1"))
    page.goto("/papers/")
    found["paper"] = path_of(page.get_by_role("region", name="What you have signed").get_by_role("link").first)
    page.goto(found["paper"])  # the worker makes the paper when the portal starts, and the page says when it is there
    copy = page.get_by_role("link", name="Download the paper (PDF)")
    expect(copy).to_be_visible(timeout=60_000)
    found["pdf"] = path_of(copy)
    return found


def doors_of_folake(page):
    """Another mother's: her son's journal and card, and her complaint."""
    tobi = page.get_by_role("region", name="Tobi")
    found = {"journal of tobi": path_of(tobi.get_by_role("link", name="Big book of me"))}
    found["card of tobi"] = path_of(tobi.get_by_role("link", name="Card"))
    page.goto("/complaints/")
    found["complaint"] = path_of(page.get_by_role("main").get_by_role("listitem").get_by_role("link"))
    return found


def doors_of_sara(page):
    """The key person's: a draft about Maja and Alfie, and what she writes with."""
    link = page.get_by_role("link", name="Your draft about")
    return {"draft": path_of(link), "write": "/journal/write/"}


KEPT_BY_LEADERS = {
    "families": ("/families/", KIND_NO),
    "staff": ("/staff/", KIND_NO),
    "ask": ("/papers/ask/", NOT_THERE),
    "asked": ("/papers/asked/", NOT_THERE),
    "cms": ("/cms/", NOT_THERE),
    "import": ("/cms/import-procedures/", NOT_THERE),
}


def all_doors(portal, new_page):
    """Addresses that open to somebody, as that person finds them: {name: address}."""
    found = {name: address for name, (address, _answer) in KEPT_BY_LEADERS.items()}
    for email, collect in (("ewa", doors_of_ewa), ("folake", doors_of_folake), ("sara", doors_of_sara)):
        page = new_page("desk")
        sign_in(page, portal, f"{email}@example.org")
        theirs = collect(page)
        for address in theirs.values():
            assert page.context.request.get(address).status == 200, address
        found |= theirs
        page.context.close()
    return found


def tries(page, address):
    """What somebody's browser meets at an address: the number of the answer, or where it was led."""
    answer = page.context.request.get(address)
    if urlsplit(answer.url).path != address:
        return urlsplit(answer.url).path
    if answer.status in HEADINGS:
        assert f"<h1>{HEADINGS[answer.status]}</h1>" in answer.text(), address
    return answer.status


def sees_a_kind_page(page, address):
    """The same with the eyes: a heading, a sentence, a way on."""
    answer = page.goto(address)
    expect(page.get_by_role("heading", level=1, name=HEADINGS[answer.status])).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="To your page for today")).to_be_visible()


def meets(page, doors, theirs, **met):
    """Every one of these doors answers as it should; `met` names the exceptions to 404."""
    wrong = {}
    for name in theirs:
        answer = tries(page, doors[name])
        if answer != met.get(name.replace(" ", "_"), NOT_THERE):
            wrong[name] = answer
    assert not wrong, wrong


MAJAS = ["journal", "add", "card", "form", "page", "photograph", "paper", "pdf"]
TOBIS = ["journal of tobi", "card of tobi", "complaint"]
LEADERS = dict.fromkeys(("families", "staff"), KIND_NO)


def test_8_the_wrong_people_meet_a_closed_door(portal, new_page, picture):
    doors = all_doors(portal, new_page)

    def comes(email):
        page = new_page("desk")
        sign_in(page, portal, f"{email}@example.org")
        return page

    family = {"write": KIND_NO, **LEADERS}
    staff_doors = [*KEPT_BY_LEADERS, "write", "draft"]
    meets(comes("folake"), doors, [*MAJAS, *staff_doors], **family)
    barred = comes("kunle")
    expect(barred.get_by_text("Tobi")).to_have_count(0)
    sees_a_kind_page(barred, doors["journal of tobi"])
    sees_a_kind_page(barred, doors["families"])
    barred.set_viewport_size({"width": 390, "height": 844})
    picture(barred, "closed-door")
    meets(barred, doors, [*TOBIS, *MAJAS, *staff_doors], **family)
    grandmother = comes("halina")
    expect(grandmother.get_by_text("Maja")).to_have_count(0)
    meets(grandmother, doors, [*MAJAS, "complaint", "write"], **family)
    nina = comes("nina")
    meets(nina, doors, [*MAJAS, *TOBIS, "draft", "families", "staff", "ask", "asked", "write"], **family)
    own_child_is_here(comes("jo"), doors)
    only_the_door(new_page("desk"), doors, DOOR)
    only_the_door(password_only(new_page("desk")), doors, "/sign-in/code/")


def own_child_is_here(page, doors):
    """Staff are family where their own child is concerned: no draft about Alfie, no complaint, no leaders' pages."""
    expect(page.get_by_role("region", name="Alfie")).to_be_visible()
    meets(page, doors, ["draft", "complaint", "form", "paper", "pdf", *KEPT_BY_LEADERS], **LEADERS)
    page.goto(doors["write"])
    expect(page.get_by_role("checkbox", name="Maja")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Alfie")).to_have_count(0)


def password_only(page):
    """A member of staff who has not passed her second factor."""
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("sara@example.org")
    page.get_by_label("Password", exact=True).fill("kettle-meadow-lantern")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/sign-in/code/**")
    return page


def only_the_door(page, doors, door):
    led = {name: tries(page, address) for name, address in doors.items()}
    assert set(led.values()) == {door}, led
