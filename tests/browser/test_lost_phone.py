"""A parent who lost her phone, and with it password and authenticator, is let in again at the door."""

from base64 import b32decode

from django_otp.oath import totp
from playwright.sync_api import expect

from tests.browser.steps import sign_in

PASSWORD = "seven kites over the chalk hill"


def add_an_authenticator(page):
    page.goto("/security/authenticator/")
    secret = page.locator("p.mono").inner_text().replace(" ", "")
    page.get_by_role("textbox", name="Code").fill(f"{totp(b32decode(secret + '=' * (-len(secret) % 8))):06d}")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()


def the_letter(page, second, portal, person, identity, axe, picture):
    """The manager recognises somebody, the deputy agrees, and she prints their letter: (code, word)."""
    expect(page.get_by_role("heading", name="Lost password or phone")).to_be_visible()
    page.get_by_role("button", name="I have recognised them").click()
    expect(page.get_by_role("alert")).to_contain_text("A voice on the phone is not enough.")
    axe(page)
    page.get_by_label("How do you know that it is them?").fill(identity)
    page.get_by_label("Their authenticator is lost as well").check()
    page.get_by_role("button", name="I have recognised them").click()
    expect(page.get_by_text(identity)).to_be_visible()
    expect(page.get_by_role("button", name="Print the letter")).to_have_count(0)
    axe(page)
    sign_in(second, portal, "tom@example.org")
    second.get_by_role("link", name=f"Helen Okoro asks you to agree that {person} is let in again").click()
    second.get_by_role("button", name="I agree").click()
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("button", name="Print the letter").click()
    expect(page.get_by_text(f"Dear {person},")).to_be_visible()
    axe(page)
    picture(page, "letter-at-the-door")
    return page.locator("#letter-code").inner_text(), page.locator("#one-time-word").inner_text()


def test_a_parent_with_a_lost_phone_is_let_in_again_at_the_door(portal, desk, new_page, axe, picture):
    lost = new_page("phone")
    sign_in(lost, portal, "ewa@example.org")
    add_an_authenticator(lost)

    sign_in(desk, portal, "helen@example.org")
    desk.get_by_role("navigation", name="Main").get_by_role("link", name="Families").click()
    desk.get_by_role("link", name="Maja Nowicka-Reed").click()
    card = desk.locator("section").filter(has=desk.get_by_role("heading", name="Ewa Nowicka"))
    card.get_by_role("link", name="Lost password or phone").click()
    code, word = the_letter(
        desk, new_page("phone"), portal, "Ewa Nowicka", "Known since Maja came; passport seen", axe, picture
    )

    desk.goto("/invitation/")  # the letter is for another browser than the one that printed it
    desk.get_by_label("Code from the letter").fill(code)
    desk.get_by_role("button", name="Continue").click()
    expect(desk.get_by_role("heading", name="This letter is for somebody else")).to_be_visible()
    axe(desk)

    new = new_page("phone")
    new.goto("/invitation/")
    new.get_by_label("Code from the letter").fill(code)
    new.get_by_role("button", name="Continue").click()
    new.get_by_label("One-time word from the letter").fill(word)
    new.get_by_role("button", name="Continue").click()
    new.get_by_label("Choose a password").fill(PASSWORD)
    new.get_by_role("button", name="That is my password").click()
    new.get_by_role("link", name="To your page for today").click()
    expect(new.get_by_role("heading", name="Hello, Ewa")).to_be_visible()

    lost.goto("/today/")
    expect(lost.get_by_role("heading", name="Sign in")).to_be_visible()  # whoever found the phone is out
    new.goto("/demo/mail/")
    changed = new.get_by_role("article").filter(has_text="was used to choose a new password for you")
    expect(changed).to_contain_text("ewa@example.org")


def test_for_a_colleague_the_chair_agrees_first(portal, desk, new_page, axe):
    sign_in(desk, portal, "helen@example.org")
    desk.goto("/staff/")
    desk.get_by_role("link", name="Lost password or phone").filter(has_text="Sara Lind").click()
    desk.get_by_label("How do you know that it is them?").fill("My colleague for six years")
    desk.get_by_role("button", name="I have recognised them").click()
    expect(desk.get_by_role("button", name="Print the letter")).to_have_count(0)
    axe(desk)

    chair = new_page("phone")
    sign_in(chair, portal, "martin@example.org")
    chair.get_by_role("link", name="Helen Okoro asks you to agree that Sara Lind is let in again").click()
    expect(chair.get_by_text("My colleague for six years")).to_be_visible()
    axe(chair)
    chair.get_by_role("button", name="I agree").click()
    expect(chair.get_by_text("You have agreed.")).to_be_visible()

    desk.get_by_role("link", name="Look again").click()
    expect(desk.get_by_text("Martin Voss")).to_be_visible()
    desk.get_by_role("button", name="Print the letter").click()
    expect(desk.get_by_text("Dear Sara Lind,")).to_be_visible()


def test_a_forgotten_password_is_mended_by_mail(portal, new_page, axe, picture):
    """Folake at the bus stop: she has forgotten her password, and her letter box is on the same phone."""
    phone = new_page("phone")
    phone.goto("/sign-in/")
    phone.get_by_role("link", name="Forgotten your password?").click()
    axe(phone)
    picture(phone, "forgotten-password")
    phone.get_by_label("Your e-mail address").fill("folake@example.org")
    phone.get_by_role("button", name="Send me the link").click()
    expect(phone.get_by_role("status")).to_contain_text("is on its way")
    axe(phone)
    mail = phone.get_by_role("article").filter(has_text="A new password for Hazel Lane")
    for _try in range(60):  # the worker sends it within a second or two
        phone.goto("/demo/mail/")
        if mail.count():
            break
        phone.wait_for_timeout(500)
    mail.get_by_role("link").click()
    expect(phone.get_by_role("heading", name="Choose a new password")).to_be_visible()
    axe(phone)
    phone.get_by_label("Choose a password").fill(PASSWORD)
    phone.get_by_role("button", name="That is my password").click()
    expect(phone.get_by_role("heading", name="Hello, Folake")).to_be_visible()
    phone.get_by_role("link", name="How you sign in has changed: was it you?").click()
    expect(phone.get_by_role("heading", name="Was this you?")).to_be_visible()
    axe(phone)
    picture(phone, "was-this-you")
    phone.get_by_role("button", name="Yes, that was me").click()
    expect(phone.get_by_role("heading", name="Was this you?")).to_have_count(0)
