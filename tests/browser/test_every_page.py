"""axe, and a narrow screen, on every page of ours that somebody can reach: each person walks from link to link."""

import hashlib
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.steps import sign_in
from tests.database import PROJECT

IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/)")
NOT_PAGES = re.compile(r"/cms/|/notices/feed/|/photographs/|\.pdf$|/families\.(csv|xlsx)$|/pictures/|/sign-out/")
# What a page is made of, without its words: two pages alike in this are one state.
BONES = """() => [...document.querySelectorAll("main *")].map(e => e.tagName + "." + e.className + (e.type || ""))
    .filter((bone, place, all) => all.indexOf(bone) === place).sort().join(" ")"""

LINKS = """[...document.querySelectorAll('a[href^="/"]')].map(link => link.getAttribute("href"))"""


def kind_of(address):
    """An address without its ids; /procedures/… and /notices/… are one kind each."""
    path = IDS.sub("#", urlsplit(address).path)
    return re.sub(r"^/(procedures|notices)/(?!write/|desk/)[^/]+/", r"/\1/one/", path)


def look(page, axe):
    """axe at 390 pixels; nothing to scroll sideways at 320."""
    axe(page)
    page.set_viewport_size({"width": 320, "height": 640})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 390, "height": 844})
    assert wide <= 320, f"{page.url} is {wide} pixels wide at 320"


# Forms sent with nothing in them, by the kind of their page, and the button that sends them.
EMPTY = {
    "/sign-in/": "Sign in",
    "/invitation/": "Continue",
    "/complaints/start/": "Next",
    "/complaints/#/": "Keep",
    "/journal/#/add/": "Put it in the book",
    "/journal/#/#/": "Say it",
    "/journal/write/": "Next: look at it",
    "/notices/write/": "Next: look at it",
    "/notices/desk/#/": "They were told",
    "/progress/checks/#/": "Say it",
    "/progress/#/begin/term/": "Begin",
    "/progress/checks/#/talked/": "Note it",
    "/papers/#/": "Check your answers",
    "/papers/ask/": "Choose who signs",
    "/families/add/": "Add this child",
    "/families/#/invite/": "Invite",
    "/families/#/restrict/": "Close it",
    "/families/#/name/": "Give the new name",
    "/families/#/sessions/": "Add this day",
    "/families/relationships/#/end/": "End it",
    "/families/relationships/#/household/": "They live together",
    "/rooms/": "Add this room",
    "/rooms/#/": "Works here",
    "/me/shown-to/": "I would like to be shown to them",
    "/families/import/": "Look at every row",
    "/people/#/at-the-door/": "I have recognised them",
    "/staff/": "Invite",
    "/security/authenticator/": "Add it",
    "/demo/components/": "Send it",
}


class Walker:
    """Follows the links of our own pages and looks at every kind of page in every shape, once.

    `looked_at` is a folder: what one test of a run has looked at, the others on the other worker need not look at again.
    """

    def __init__(self, axe, looked_at):
        self.axe, self.looked_at = axe, looked_at

    def walk(self, page, start, *others):
        """From a person's first page, always looked at, to everything that can be reached; the kinds of pages met."""
        page.goto(start)
        look(page, self.axe)
        waiting, met = [start, *others], set()
        while waiting:
            address = waiting.pop(0)
            if kind_of(address) in met:
                continue
            met.add(kind_of(address))
            assert page.goto(address).status == 200, address
            waiting += [href for href in page.evaluate(LINKS) if not NOT_PAGES.search(href)]
            self.meet(page)
            self.send_empty(page)
        return met

    def meet(self, page):
        shape = hashlib.sha256(f"{kind_of(page.url)} {page.evaluate(BONES)}".encode()).hexdigest()
        try:
            (self.looked_at / shape).touch(exist_ok=False)
        except FileExistsError:
            return
        look(page, self.axe)

    def send_empty(self, page):
        if kind_of(page.url) not in EMPTY:
            return
        button = page.get_by_role("main").get_by_role("button", name=EMPTY[kind_of(page.url)], exact=True)
        if button.count():
            button.click()
            expect(page.get_by_role("alert")).to_be_visible()
            self.meet(page)


@pytest.fixture
def walker(axe):
    looked_at = Path(os.environ["BIGBOOK_TEST_RUN"]) / "looked-at"
    looked_at.mkdir(exist_ok=True)
    return Walker(axe, looked_at)


def test_axe_finds_nothing_on_any_page_of_a_visitor_or_a_mother(portal, new_page, axe, walker):
    visitor = new_page("phone")
    met = walker.walk(visitor, "/", "/demo/mail/", "/sign-in/", "/invitation/")
    assert {"/", "/notices/one/", "/procedures/one/", "/privacy/", "/accessibility/", "/demo/mail/"} <= met

    mother = new_page("phone")
    sign_in(mother, portal, "ewa@example.org")
    met = walker.walk(mother, "/today/", "/welcome/", "/complaints/", "/prove/", "/demo/components/")
    expected = {"/journal/#/#/", "/journal/#/add/", "/children/#/", "/papers/#/", "/papers/#/signed/", "/security/"}
    assert expected | {"/papers/permissions/", "/security/authenticator/"} <= met
    pages_that_say_no(visitor, mother, axe)
    the_gallery_on_a_desk(mother, axe)


def the_gallery_on_a_desk(page, axe):
    """Every component side by side (portal/gallery.py); at 390 pixels the walk has seen it."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/demo/components/")
    axe(page)


def test_axe_finds_nothing_on_any_page_of_the_manager(portal, new_page, axe, walker):
    helen = new_page("phone")
    sign_in(helen, portal, "helen@example.org")
    met = walker.walk(helen, "/today/")
    kept = {"/families/", "/families/#/", "/families/#/invite/", "/families/add/", "/staff/", "/setting/"}
    kept |= {"/rooms/", "/rooms/#/", "/families/restrictions/", "/families/relationships/#/change/"}
    kept |= {"/families/import/", "/families/invite/", "/people/#/at-the-door/"}
    assert kept | {"/papers/ask/", "/papers/asked/", "/complaints/#/", "/me/", "/me/contact/", "/me/shown-to/"} <= met
    pages_of_a_child_in_care(helen, axe)


def test_axe_finds_nothing_on_any_page_of_others_who_work_here(portal, new_page, axe, walker):
    sara = new_page("phone")
    sign_in(sara, portal, "sara@example.org")
    met = walker.walk(sara, "/today/")
    assert {"/journal/#/", "/journal/write/", "/journal/drafts/#/", "/journal/drafts/#/check/"} <= met
    sara.get_by_role("link", name="How you sign in").click()
    sara.get_by_role("link", name="Make ten new recovery codes").click()
    sara.get_by_role("button", name="Yes, make them").click()
    expect(sara.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    look(sara, axe)

    sign_in(new_page("phone"), portal, "martin@example.org")  # whoever is signed in elsewhere, too, can end that
    for email in ("martin@example.org", "nina@example.org", "ruth@example.org"):
        other = new_page("phone")
        sign_in(other, portal, email)
        walker.walk(other, "/today/", "/complaints/")


def pages_of_a_child_in_care(helen, axe):
    """The walk meets one family; Noor's has more to it."""
    for name in ("To print", "Change who decides what", "Change authority or social worker"):
        helen.goto("/families/")
        helen.get_by_role("link", name="Noor Hussain").click()
        look(helen, axe)
        helen.get_by_role("link", name=name).click()
        look(helen, axe)


def pages_that_say_no(visitor, mother, axe):
    """Not there, not yours, over, too old, broken; and the page that asks for a code."""
    for page, address, status in (
        (visitor, "/invitation/nothing-like-it/", 404),
        (visitor, "/nowhere/", 404),
        (mother, "/families/", 403),
    ):
        assert page.goto(address).status == status
        look(page, axe)
    visitor.goto("/sign-in/")
    visitor.get_by_label("E-mail address").fill("nobody@example.org")
    visitor.get_by_label("Password", exact=True).fill("wrong, and wrong again")
    visitor.context.clear_cookies()
    visitor.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(visitor.get_by_role("heading", name="Nothing was sent yet")).to_be_visible()
    look(visitor, axe)
    broken = (PROJECT / "templates" / "500.html").read_text()
    visitor.route("**/broken/", lambda route: route.fulfill(body=broken, content_type="text/html"))
    visitor.goto("/broken/")
    look(visitor, axe)
    visitor.goto("/sign-in/")
    visitor.get_by_label("E-mail address").fill("martin@example.org")
    visitor.get_by_label("Password", exact=True).fill("kettle-meadow-lantern")
    visitor.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(visitor.get_by_role("heading", name="Your code")).to_be_visible()
    look(visitor, axe)
