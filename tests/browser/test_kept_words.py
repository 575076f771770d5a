"""Somebody is called away while she writes: nothing that she typed is lost, wherever she comes back."""

from playwright.sync_api import expect

from portal.demo.drawings import drawn
from tests.browser.steps import PIN, enrol, sign_in, sit_down
from tests.browser.test_journal import choose

AWAY = """
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
for one in Session.objects.all():
    session = SessionStore(one.session_key)
    for name in {"seen_at", "fresh_at", "known_at", "proved_at"} & set(session.keys()):
        session[name] -= 40 * 60
    session.save()
"""
WARNING, OVER = "Are you still there?", "You were away, and are signed out"
WORDS = "She poured the tea for both of us without spilling."


def pictures():
    return [drawn("tower", number, (320, 240)).read() for number in (1, 2)]


def test_an_observation_with_two_photographs_when_the_five_minutes_of_the_tablet_are_over(portal, new_page, troubles):
    tablet, _desk = enrol(portal, new_page)
    sit_down(tablet)
    tablet.get_by_role("link", name="Write an observation").click()
    tablet.clock.install()
    tablet.get_by_text("Maja", exact=False).first.click()
    choose(tablet, *pictures())
    tablet.get_by_label("What happened?").fill(WORDS)
    tablet.clock.run_for(3000)
    expect(tablet.get_by_role("status").first).to_contain_text("Kept while you type.")
    portal.manage("shell", "-c", AWAY)
    tablet.clock.fast_forward("05:10")
    expect(tablet.get_by_role("heading", name="Who is it?")).to_be_visible()
    expect(tablet.get_by_text(WORDS)).to_have_count(0)
    tablet.get_by_role("link", name="Sara").click()
    tablet.get_by_label("Your PIN").fill(PIN)
    tablet.get_by_role("button", name="Open").click()
    expect(tablet.get_by_label("What happened?")).to_have_value(WORDS)
    expect(tablet.get_by_label("Maja", exact=False).first).to_be_checked()
    expect(tablet.get_by_text("Choose these again")).to_contain_text("IMG_0.jpg, IMG_1.jpg")
    choose(tablet, *pictures())
    tablet.get_by_role("button", name="Next: look at it").click()
    expect(tablet.get_by_role("heading", name="Look at it before you share it")).to_be_visible()
    expect(tablet.get_by_role("article").get_by_role("img")).to_have_count(2)
    expect(tablet.get_by_text(WORDS)).to_be_visible()


def test_she_types_on_her_phone_it_sleeps_and_one_sign_in_later_everything_is_there(portal, new_page, troubles):
    troubles.allow("401 for")
    ewa = new_page("phone")
    person = sign_in(ewa, portal, "ewa@example.org")
    ewa.goto("/today/")
    ewa.get_by_role("link", name="Add from home").first.click()
    ewa.clock.install()
    text = ewa.get_by_label("What did you see at home?")
    choose(ewa, *pictures()[:1])
    text.fill("She told the moon")
    ewa.clock.fast_forward("20:00")
    text.press_sequentially(" good")
    ewa.clock.fast_forward("20:00")
    expect(ewa.get_by_role("heading", name=WARNING)).to_be_hidden()  # whoever types is there
    ewa.clock.fast_forward("08:30")
    expect(ewa.get_by_role("heading", name=WARNING)).to_be_visible()
    expect(text).to_be_focused()
    text.press_sequentially(" night.")
    expect(ewa.get_by_role("heading", name=WARNING)).to_be_hidden()
    expect(text).to_have_value("She told the moon good night.")
    ewa.wait_for_load_state("networkidle")  # what is still on its way would say that she is there
    portal.manage("shell", "-c", AWAY)
    ewa.clock.fast_forward("45:00")
    expect(ewa.get_by_role("heading", name=OVER)).to_be_visible()
    expect(text).to_have_value("She told the moon good night.")
    ewa.get_by_role("button", name="Back to what I wrote").click()
    ewa.get_by_role("button", name="Put it in the book").click()
    ewa.get_by_label("Password", exact=True).wait_for()
    ewa.get_by_label("E-mail address").fill(person["email"])
    ewa.get_by_label("Password", exact=True).fill(person["password"])
    ewa.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(ewa.get_by_text("Nothing was sent yet")).to_be_visible()
    expect(ewa.get_by_text("Choose these again")).to_contain_text("IMG_0.jpg")
    expect(text).to_have_value("She told the moon good night.")
    choose(ewa, *pictures()[:1])
    ewa.get_by_role("button", name="Put it in the book").click()
    expect(ewa.get_by_role("article").first).to_contain_text("She told the moon good night.")
    a_comment_is_kept(ewa)


def a_comment_is_kept(page):
    """Of a form that has no way of its own to be saved, too: typed, left, found again from Today, sent, forgotten."""
    page.get_by_role("article").first.get_by_role("link").first.click()
    page.get_by_role("link", name="Back to the page").or_(
        page.get_by_label("Say something about this")
    ).first.wait_for()
    if page.get_by_role("link", name="Back to the page").count():
        page.get_by_role("link", name="Back to the page").click()
    page.get_by_label("Say something about this").fill("And the sun, too.")
    page.clock.run_for(3000)
    expect(page.get_by_text("Kept while you type. Nothing is sent yet.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Say something about this")).to_have_value("And the sun, too.")
    page.goto("/today/")
    page.get_by_role("link", name="You began to write something").click()
    page.get_by_role("link", name="Go on with it").click()
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_role("listitem").filter(has_text="And the sun, too.")).to_be_visible()
    page.goto("/today/")
    expect(page.get_by_role("link", name="You began to write something")).to_have_count(0)


def test_answers_to_a_form_are_there_again_when_its_page_was_closed(portal, phone):
    sign_in(phone, portal, "ewa@example.org")
    form, kept = phone.get_by_role("link", name="Please read and sign: Outings"), "Kept while you type."
    form.click()
    phone.get_by_label("Yes").first.check()
    expect(phone.get_by_role("status").last).to_contain_text(kept)
    phone.goto("/today/")
    form.click()
    expect(phone.get_by_label("Yes").first).to_be_checked()
    expect(phone.get_by_text("It was not sent yet.")).to_be_visible()
    phone.get_by_role("button", name="Save and finish later").click()
    expect(phone.get_by_role("status").first).to_contain_text("You can finish it later.")
    phone.get_by_role("link").filter(has_text="Outings and photographs").filter(has_text="begun, saved").click()
    expect(phone.get_by_label("Yes").first).to_be_checked()
    expect(phone.get_by_text("It was not sent yet.")).to_have_count(0)


def test_after_an_error_page_the_form_keeps_and_sends_as_before_and_gives_up_after_five_errors(portal, phone, troubles):
    troubles.allow("500 for")
    sign_in(phone, portal, "ewa@example.org")
    phone.get_by_role("link", name="Add from home").first.click()
    phone.clock.install()
    button = phone.get_by_role("button", name="Put it in the book")
    button.click()
    expect(phone.get_by_text("Write a sentence or choose a photograph.").first).to_be_visible()
    phone.get_by_label("What did you see at home?").fill("A heron.")
    phone.clock.run_for(3000)
    expect(phone.get_by_text("Kept while you type.")).to_be_visible()
    tries = []

    def broken(route):
        if route.request.method != "POST":
            route.fallback()
            return
        tries.append(route.request)
        route.fulfill(status=500, body="Broken")

    phone.route("**/add/**", broken)
    button.click()
    for number in range(1, 5):
        expect(phone.locator("progress.sending")).to_be_visible()
        expect(phone.get_by_text("No connection. What you wrote is still on this page.")).to_be_visible()
        assert len(tries) == number
        phone.clock.run_for(9000)
    expect(phone.get_by_text("Something is broken here, and it could not be sent.")).to_be_visible()
    expect(phone.locator("progress.sending")).to_have_count(0)
    phone.clock.run_for(60_000)
    assert len(tries) == 5
    phone.unroute("**/add/**")
    button.click()
    expect(phone.get_by_role("article").first).to_contain_text("A heron.")
