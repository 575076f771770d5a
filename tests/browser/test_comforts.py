"""With a keyboard alone, after a long pause, on a thin line: the same house."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

WARNING = "Are you still there?"


def tab_to(page, role, name, at_most=40):
    """Press Tab until this has the focus."""
    goal = page.get_by_role(role, name=name, exact=True)
    for _press in range(at_most):
        if goal.count() and goal.first.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} was not reached with {at_most} presses of Tab")


def test_she_signs_in_and_reads_the_journal_with_the_keyboard_alone(portal, desk, new_page, axe):
    desk.goto("/")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Skip to the page")).to_be_focused()
    expect(desk.get_by_role("link", name="Skip to the page")).to_be_in_viewport()
    tab_to(desk, "link", "Sign in")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/sign-in/**")
    tab_to(desk, "textbox", "E-mail address or short name")
    desk.keyboard.type("ewa@example.org")
    desk.keyboard.press("Tab")
    desk.keyboard.type("kettle-meadow-lantern")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/today/")
    tab_to(desk, "link", "Skip to the page")
    desk.keyboard.press("Enter")
    tab_to(desk, "link", "Big book of me", at_most=8)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Big book of me")
    expect(desk.get_by_role("article").first).to_be_visible()

    is_light(new_page("phone", storage_state=desk.context.storage_state()))
    warn_and_stay(desk, axe)


def warn_and_stay(page, axe):
    """Two minutes before a family's half hour is over she is asked, and one press of a key keeps her in."""
    page.clock.install()
    page.reload()
    page.clock.fast_forward("27:30")
    expect(page.get_by_role("dialog", name=WARNING)).to_have_count(0)
    page.clock.fast_forward("00:40")
    dialog = page.get_by_role("dialog", name=WARNING)
    expect(dialog).to_contain_text("you will be signed out in about two minutes")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    axe(page)
    with page.expect_response("**/still-here/") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 204
    expect(dialog).to_be_hidden()
    page.clock.fast_forward("03:00")
    expect(page.get_by_role("article").first).to_be_visible()
    page.clock.fast_forward("26:00")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def is_light(page):
    """The first private page, with nothing in the browser's store yet: at most 80 kB without photographs."""
    came = []
    page.on("requestfinished", lambda request: came.append((urlsplit(request.url).path, request)))
    page.goto("/today/", wait_until="networkidle")
    sizes = {path: request.sizes() for path, request in came if not path.startswith("/journal/photographs/")}
    bytes_in = {path: size["responseBodySize"] + size["responseHeadersSize"] for path, size in sizes.items()}
    assert "/today/" in bytes_in
    assert any(path.endswith(".css") for path in bytes_in)
    assert 10_000 < sum(bytes_in.values()) <= 80_000, bytes_in
