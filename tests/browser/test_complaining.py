"""Journey 4: a mother complains; and journeys 3 and 4 once more without any script."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.steps import say_yes_to_all, sign_in
from tests.browser.test_signing import sign

REFERENCE = re.compile(r"[A-Z]{4}-[A-Z]{4}")
WORDS = "On Monday nobody told us that Maja had cried for an hour."


def answer_two_questions(page, at_risk, about):
    """The first page of a complaint; from Today's foot, as anybody finds it."""
    page.get_by_role("link", name="Unhappy with something?").click()
    page.get_by_role("group", name="Is a child at risk of harm now?").get_by_label(at_risk, exact=True).check()
    page.get_by_role("group", name="Whom is it about?").get_by_label(about, exact=True).check()
    page.get_by_role("button", name="Next").click()


def write(page):
    page.get_by_label("Is it about one of your children?").select_option("Maja")
    page.get_by_label("What is it about?").select_option("How we are told things")
    page.get_by_label("What happened?").fill(WORDS)
    page.get_by_label("What would put it right?").fill("A word at the door.")


def check_receipt(page):
    """The page with the number, as she keeps it; its reference."""
    expect(page.get_by_role("heading", name="We have your complaint")).to_be_visible()
    reference = page.get_by_text(REFERENCE).first.inner_text()
    due = timezone.localdate() + timedelta(days=28)
    expect(page.get_by_text(f"You will hear the outcome by {due.day} {due:%B %Y} at the latest.")).to_be_visible()
    expect(page.get_by_role("heading", name="You can go to Ofsted at any time")).to_be_visible()
    expect(page.get_by_text("Our registration number (URN): EY000000")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    return reference


def own_complaints(page):
    page.goto("/complaints/")
    return page.get_by_role("main").get_by_role("link").filter(has_text=REFERENCE)


def test_4_she_complains_and_pressing_twice_sends_once(portal, phone, axe, picture):
    sign_in(phone, portal, "ewa@example.org")
    answer_two_questions(phone, "Yes, or I am not sure", "I would rather not say")
    ring = phone.get_by_role("region", name="If a child is in danger, ring first")
    for number in ("999", "01632 960 999", "01632 960 124"):
        expect(ring.get_by_role("link", name=number, exact=True)).to_have_attribute("href", f"tel:{number}")
    expect(phone.get_by_text("The manager and the deputy will not see it, now or later.")).to_be_visible()
    axe(phone)

    answer_two_questions(phone, "No", "Nobody in particular")
    phone.get_by_role("button", name="Send it").click()
    expect(phone.get_by_role("alert")).to_contain_text("Write what happened. A few words are enough to begin.")
    axe(phone)
    write(phone)
    phone.get_by_role("button", name="Send it").dblclick()
    reference = check_receipt(phone)
    expect(phone.get_by_role("button", name="Print this page")).to_be_visible()
    axe(phone)
    phone.get_by_role("heading", level=1).evaluate("heading => heading.scrollIntoView()")
    picture(phone, "complaint")
    expect(own_complaints(phone)).to_have_text([reference])
    axe(phone)


def test_3_and_4_also_without_any_script(portal, new_page):
    page = new_page("phone", java_script_enabled=False)
    sign_in(page, portal, "ewa@example.org")
    page.get_by_role("link", name="Please read and sign: Outings and photographs").click()
    say_yes_to_all(page)
    page.get_by_role("button", name="Save and finish later").click()
    expect(page.get_by_role("status").first).to_contain_text("You can finish it later.")
    page.get_by_role("link").filter(has_text="Outings and photographs").filter(has_text="begun, saved").click()
    expect(page.get_by_label("Yes").first).to_be_checked()
    page.get_by_role("button", name="Check your answers").click()
    sign(page, "kettle-meadow-lantern")
    expect(page.get_by_text("Number of the paper:")).to_be_visible()
    expect(page.get_by_role("link", name="Download the paper (PDF)")).to_be_visible(timeout=40_000)

    answer_two_questions(page, "No", "Martin Voss · Chair of the committee")
    expect(page.get_by_text("Martin Voss will not see it, now or later.")).to_be_visible()
    write(page)
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Send it").dblclick()
    reference = check_receipt(page)
    again = page.context.request.post(
        sent.value.url,
        data=sent.value.post_data,
        headers={"Content-Type": "application/x-www-form-urlencoded", "Referer": page.url},
    )
    assert again.url == page.url  # the same page sent once more leads to the same complaint
    expect(own_complaints(page)).to_have_text([reference])
