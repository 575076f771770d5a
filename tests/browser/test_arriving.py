"""Journeys 1 and 6: the manager's morning, and a parent who arrives by mail or by letter."""

from datetime import date

from playwright.sync_api import expect

from portal.demo.cast import CHILDREN
from records.months import add_months
from tests.browser.steps import read_the_privacy_notice, sign_in, walk_in

LEONS_MONTHS = CHILDREN["leon"][2]
PASSWORD = "seven kites over the chalk hill"


def invite(page, name, *, email="", relationship="Father", opens="Taking part", responsibility="No", evidence=""):
    """The manager invites an adult to Leon; by a printed letter where there is no address."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Families").click()
    page.get_by_role("link", name="Leon Zielinski").click()
    page.get_by_role("link", name="Invite a parent or carer").click()
    page.get_by_label("Full name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Relationship").select_option(relationship)
    page.get_by_label("Parental responsibility").select_option(responsibility)
    page.get_by_label("Evidence seen").fill(evidence)
    opened = page.get_by_label("What the portal opens")
    opened.select_option(opened.locator("option", has_text=opens).get_attribute("value"))
    page.get_by_label("By e-mail" if email else "By a printed letter").check()
    page.get_by_role("button", name="Invite", exact=True).click()


def answer_the_question(page):
    """What a mailed invitation asks: Leon's date of birth."""
    page.get_by_label("The child's date of birth").fill(f"{add_months(date.today(), -LEONS_MONTHS):%Y-%m-%d}")
    page.get_by_role("button", name="Continue").click()


def choose_password(page, password):
    page.get_by_label("Choose a password").fill(password)
    page.get_by_role("button", name="That is my password").click()


def arrive_by_mail(page, axe):
    page.goto("/demo/mail/")
    letter = page.get_by_role("article").filter(has_text="joanna@example.org")
    way_in = letter.get_by_role("link").get_attribute("href")
    letter.get_by_role("link").click()
    axe(page)
    page.get_by_label("The child's date of birth").fill("2021-01-01")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("That is not the date we have.")
    axe(page)
    answer_the_question(page)
    expect(page.get_by_role("heading", name="Welcome, Joanna Zielinska")).to_be_visible()
    axe(page)
    choose_password(page, "password1234")
    expect(page.get_by_role("alert")).to_contain_text("Many people use this password")
    expect(page.get_by_role("alert")).to_be_focused()
    axe(page)
    field = page.get_by_label("Choose a password")
    field.fill(PASSWORD)
    expect(field).to_have_attribute("type", "password")
    page.get_by_role("button", name="Show the password").click()
    expect(field).to_have_attribute("type", "text")
    expect(field).to_have_value(PASSWORD)
    page.get_by_role("button", name="That is my password").click()
    expect(page.get_by_role("heading", name="You are in")).to_be_visible()
    expect(page.get_by_role("link", name="Add an authenticator app")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="To your page for today").click()
    read_the_privacy_notice(page)
    expect(page.get_by_role("heading", name="Hello, Joanna")).to_be_visible()
    expect(page.get_by_role("region", name="Leon")).to_be_visible()
    return way_in


def test_1_a_parent_arrives_by_mail_or_by_letter(portal, desk, new_page, axe):
    sign_in(desk, portal, "helen@example.org")
    invite(desk, "Joanna Zielinska", email="joanna@example.org", relationship="Grandparent")
    expect(desk.get_by_role("status")).to_contain_text("The invitation to Joanna Zielinska is on its way.")
    mother = new_page("phone")
    way_in = arrive_by_mail(mother, axe)
    another = new_page("phone")
    another.goto(way_in)
    expect(another.get_by_role("heading", name="This invitation is over")).to_be_visible()

    invite(desk, "Piotr Zielinski", relationship="Someone else", opens="Information")
    code, word = desk.locator("#letter-code").inner_text(), desk.locator("#one-time-word").inner_text()
    axe(desk)
    another.get_by_role("main").get_by_role("link", name="Sign in").click()
    another.get_by_role("link", name="Type the code from your letter").click()
    another.get_by_label("Code from the letter").fill(code)
    another.get_by_role("button", name="Continue").click()
    another.get_by_label("One-time word from the letter").fill("meadow-0000")
    another.get_by_role("button", name="Continue").click()
    expect(another.get_by_role("alert")).to_contain_text("That is not the word that goes with this invitation.")
    another.get_by_label("One-time word from the letter").fill(word)
    another.get_by_role("button", name="Continue").click()
    another.get_by_label("Your e-mail address").fill("piotr@example.org")  # the letter had none
    choose_password(another, PASSWORD)
    another.get_by_role("link", name="To your page for today").click()
    another.get_by_role("link", name="Later").click()
    expect(another.get_by_role("region", name="Leon")).to_be_visible()
    expect(another.get_by_role("link", name="Add from home")).to_have_count(0)  # told what concerns Leon, and no more


def answer_the_complaint(page, picture):
    """From Today to the complaint; the manager acknowledges it, and the clock goes on."""
    page.get_by_role("link", name="day 9 of 28").click()
    expect(page.get_by_role("heading", name="Complaint by Folake Adeyemi")).to_be_visible()
    expect(page.get_by_text("Day 9 of 28 · outcome by")).to_be_visible()
    picture(page, "complaint-manager")
    page.get_by_label("Acknowledged").check()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status")).to_contain_text("Kept with the complaint.")
    expect(page.get_by_role("listitem").filter(has_text="Acknowledged").filter(has_text="Helen Okoro")).to_be_visible()
    expect(page.get_by_text("Day 9 of 28")).to_be_visible()


def ask_carol_to_sign(page):
    page.get_by_role("link", name="Papers").first.click()
    page.get_by_role("link", name="Ask a family to sign").click()
    page.get_by_label("Which child is it about?").select_option("Noor (Noor Hussain)")
    page.get_by_label("Which form?").select_option(label="P3 If your child needs urgent treatment")
    page.get_by_role("button", name="Choose who signs").click()
    page.get_by_label("Carol Whitby").check()
    page.get_by_role("button", name="Ask them to sign").click()
    expect(page.get_by_role("status")).to_contain_text("1 person was asked.")
    asked = page.get_by_role("region", name="Waiting for families")
    expect(asked).to_contain_text("Noor: If your child needs urgent treatment")


def test_6_the_manager_answers_invites_and_asks(portal, desk, phone, picture):
    walk_in(desk, portal, "helen@example.org")
    answer_the_complaint(desk, picture)

    wants_all = {"email": "adam@example.org", "relationship": "Father", "opens": "Everything"}
    invite(desk, "Adam Zielinski", **wants_all)
    expect(desk.get_by_role("alert")).to_be_focused()  # everything is for those who answer for the child
    desk.get_by_label("Parental responsibility").select_option("Yes")
    desk.get_by_label("Evidence seen").fill("Birth certificate")
    desk.get_by_role("button", name="Invite", exact=True).click()
    expect(desk.get_by_role("status")).to_contain_text("The invitation to Adam Zielinski is on its way.")
    card = desk.locator("section").filter(has=desk.get_by_role("heading", name="Adam Zielinski"))
    for words in ("Father", "Birth certificate", "Everything: also forms, consents and papers", "Not yet"):
        expect(card).to_contain_text(words)

    ask_carol_to_sign(desk)
    sign_in(phone, portal, "carol@example.org")
    phone.get_by_role("link", name="Please read and sign: If your child needs urgent treatment").click()
    expect(phone.get_by_role("heading", name="If your child needs urgent treatment")).to_be_visible()
