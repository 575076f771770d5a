"""What people do in many journeys."""

from playwright.sync_api import expect

from tests.browser.server import Portal

PIN = "402917"


def person_of(portal: Portal, email):
    """What the demo tells about this person: name, address, password, and the secret of the authenticator app."""
    return next(person for person in portal.people() if person["email"] == email)


def sign_in(page, portal: Portal, email):
    """Signed in, on the page for today: with a session as the door makes it, but without the walk."""
    session = portal.session(email, page.evaluate("navigator.userAgent"))
    page.context.add_cookies([{"name": "session", "value": session, "url": portal.base_url, "httpOnly": True}])
    page.goto("/today/")
    return person_of(portal, email)


def walk_in(page, portal: Portal, email):
    """Through the door as people come in: address, password and, where they have one, the code of their app."""
    person = person_of(portal, email)
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    if person["authenticator"]:
        page.wait_for_url("**/sign-in/code/**")
        page.get_by_label("Code").fill(portal.code(person["authenticator"]))
        page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/today/")
    return person


def read_the_privacy_notice(page):
    """Whoever comes in for the first time is shown it once, and may say later."""
    page.get_by_role("heading", name="Privacy notice").wait_for()
    page.get_by_role("button", name="I have read this").click()
    page.wait_for_url(lambda address: address.endswith("/today/") and "versions" not in address)


def say_yes_to_all(page):
    """Every question of the form that is being opened: a list of them does not wait for the page, its button does."""
    page.get_by_role("button", name="Check your answers").wait_for()
    questions = page.get_by_role("group").all()
    assert questions
    for question in questions:
        question.get_by_label("Yes").check()


def enrol(portal, new_page):
    """The manager makes a browser the room's tablet; the key person has chosen a PIN on her own computer."""
    sara = new_page("desk")
    sign_in(sara, portal, "sara@example.org")
    sara.goto("/security/pin/")
    sara.get_by_label("Six digits").fill(PIN)
    sara.get_by_role("button", name="That is my PIN").click()
    expect(sara.get_by_text("Your PIN is set.")).to_be_visible()
    tablet = new_page("tablet")
    sign_in(tablet, portal, "helen@example.org")
    tablet.goto("/setting/tablets/")
    tablet.get_by_label("Name of the tablet").fill("Blue tablet")
    tablet.get_by_role("button", name="Enrol this tablet").click()
    expect(tablet.get_by_role("heading", name="Who is it?")).to_be_visible()
    return tablet, sara


def sit_down(tablet):
    """Sara takes the room's tablet."""
    tablet.goto("/tablet/")
    if tablet.get_by_role("button", name="I'm done").count() == 0:
        tablet.get_by_role("link", name="Sara").click()
        tablet.get_by_label("Your PIN").fill(PIN)
        tablet.get_by_role("button", name="Open").click()
    expect(tablet.get_by_role("link", name="Write an observation")).to_be_visible()
