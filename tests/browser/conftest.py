"""A real browser on the real portal. Every page is watched: an error in its console or a request elsewhere fails the test."""

import os
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests import database
from tests.browser import shared
from tests.browser.server import AXE

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# From the portal itself the browser takes it once, compiled; to send half a megabyte to every page took as long as the page.
VIOLATIONS = """async ([address, options]) => {
    await new Promise((loaded, failed) => {
        const script = document.createElement("script");
        Object.assign(script, {src: address, onload: () => { script.remove(); loaded(); }, onerror: failed});
        const add = () => document.documentElement ? document.documentElement.append(script) : setTimeout(add, 10);
        add();  // a page that has just been opened has nothing yet
    });
    return (await axe.run(options)).violations;  // what passes need not travel
}"""
expect.set_options(timeout=20_000)  # milliseconds: it waits no longer than it must, and a busy machine is no failure
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1280, 900)}
SCREENSHOTS = database.PROJECT / "docs" / "screenshots"
FAILURES = database.PREPARED / "failures"


@pytest.fixture(scope="session", autouse=True)
def nothing_goes_on():
    yield
    shared.end()


@pytest.fixture
def browser():
    return shared.browser()


class Troubles(list):
    """What went wrong on any page of a test, in words. allow("part of the words") when a test means it to happen."""

    def __init__(self):
        super().__init__()
        self.allowed = []

    def allow(self, words):
        self.allowed.append(words)

    def note(self, said):
        if not any(words in said for words in self.allowed):
            self.append(said)

    def watch(self, page, base_url):
        page.on("pageerror", lambda error: self.note(f"script error on {page.url}: {error}"))
        page.on("console", lambda message: self._console(page, message))
        page.on("response", lambda response: self._response(response))
        page.on("request", lambda request: self._request(request, base_url))
        page.on("requestfailed", lambda request: self._failed(request))

    def _console(self, page, message):
        # An answer of 403 or 404 is written to the console, too; _response judges those.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.note(f"console on {page.url}: {message.text}")

    def _response(self, response):
        is_page = response.request.resource_type == "document"
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.note(f"{response.status} for {response.url}")

    def _request(self, request, base_url):
        there = urlsplit(request.url)
        if there.scheme in {"http", "https"} and there.netloc != urlsplit(base_url).netloc:
            self.note(f"a request to somebody else: {request.url}")

    def _failed(self, request):
        if request.failure != "net::ERR_ABORTED":  # a download, or a page left before everything had come
            self.note(f"failed request: {request.url} ({request.failure})")


@pytest.fixture
def troubles():
    found = Troubles()
    yield found
    assert not found, "\n".join(found)


@pytest.fixture
def new_page(browser, portal, troubles):
    """Opens a page in a browser window of its own: new_page("phone"), new_page("desk", java_script_enabled=False)."""
    opened = []

    def open_page(size="desk", **options):
        width, height = SIZES[size]
        touch = {} if size == "desk" else {"has_touch": True, "is_mobile": True}
        context = browser.new_context(
            base_url=portal.base_url,
            viewport={"width": width, "height": height},
            locale="en-GB",
            timezone_id="Europe/London",
            **touch,
            **options,
        )
        context.set_default_timeout(40_000)  # a writer may wait 20 s for its turn on a busy machine
        page = context.new_page()
        context.on("page", lambda another: troubles.watch(another, portal.base_url))
        troubles.watch(page, portal.base_url)
        opened.append(page)
        return page

    open_page.opened = opened
    yield open_page
    for page in opened:
        page.context.close()


@pytest.fixture
def phone(new_page):
    return new_page("phone")


@pytest.fixture
def desk(new_page):
    return new_page("desk")


@pytest.fixture
def axe(request):
    """Looks at a page as axe does (WCAG 2.0 to 2.2, A and AA); findings on pages of ours fail the test."""

    def look(page, ours=True):
        options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        violations = page.evaluate(VIOLATIONS, [f"/static/{AXE}", options])
        places = [f"{v['id']} at {node['target']}: {v['help']}" for v in violations for node in v["nodes"]]
        request.node.user_properties.append(
            ("axe", ["ours" if ours else "wagtail", urlsplit(page.url).path, len(places)])
        )
        assert not (ours and places), f"axe on {page.url}:\n" + "\n".join(places)

    return look


@pytest.fixture
def picture():
    """Keeps a screenshot in docs/screenshots when SCREENSHOTS=1; otherwise nobody would look at it, and none is taken."""

    def keep(page, name, full_page=False):
        if os.environ.get("SCREENSHOTS") == "1":
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=full_page, animations="disabled")

    return keep


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed browser test shows the portal's log and leaves pictures of its pages in var/test/failures."""
    report = yield
    if report.when == "call" and report.failed:
        if portal := item.funcargs.get("portal"):
            report.sections.append(("the portal's log", portal.log()[-6000:]))
        FAILURES.mkdir(parents=True, exist_ok=True)
        opened = getattr(item.funcargs.get("new_page"), "opened", [])
        for number, page in enumerate(opened):
            if page.is_closed():
                continue
            path = FAILURES / f"{item.name}-{number}.png"
            page.screenshot(path=path, full_page=True)
            report.sections.append((f"page {number}", f"{page.url}\n{path}"))
    return report
