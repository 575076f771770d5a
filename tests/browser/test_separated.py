"""A separated father is invited. He and the mother see nothing of each other on any page, until both choose to be shown."""

import re

from playwright.sync_api import expect

from tests.browser.steps import read_the_privacy_notice, sign_in
from tests.browser.test_arriving import answer_the_question, choose_password, invite

FATHER, PASSWORD = "piotr.wrona@example.org", "seven kites over the chalk hill"
OF_THE_FATHER = ["Piotr", "Wrona", "900 888", "Canal Walk", "piotr.wrona", "heron by the canal"]
OF_THE_MOTHER = ["Ewa", "Nowicka", "900 777", "Mill Loft", "ewa@", "lullaby about a kettle"]
NOT_OF_A_FAMILY = re.compile(
    r"^/(cms|pictures|static|demo|sign-out|procedures|help-near-you|what-we-tell-you)/|/photographs/|\.pdf$"
)
OWN_WORDS = re.compile(r'<section class="card" aria-labelledby="typed">.*?</section>', re.DOTALL)  # typed by the reader
# A form token is 64 random letters, which spell a name now and then.
TOKEN = re.compile(r"<input type=\"hidden\" name=\"csrfmiddlewaretoken\"[^>]*>")
HREF = re.compile(r'href="(/[^"#]*)"')


def arrive(page):
    page.goto("/demo/mail/")
    page.get_by_role("article").filter(has_text=FATHER).get_by_role("link").click()
    answer_the_question(page)
    choose_password(page, PASSWORD)
    page.get_by_role("link", name="To your page for today").click()
    read_the_privacy_notice(page)
    expect(page.get_by_role("region", name="Leon")).to_be_visible()


def say_how_to_reach_me(page, phone, address):
    page.get_by_role("link", name="About me").click()
    page.get_by_role("link", name="Change phone or address").click()
    page.get_by_label("Phone").fill(phone)
    page.get_by_label("Address").fill(address)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text(phone)).to_be_visible()


def say_in_leons_journal(page, words):
    page.goto("/today/")
    page.get_by_role("region", name="Leon").get_by_role("link", name="Big book of me").click()
    page.get_by_role("article").filter(has_text="watering can").get_by_role("heading").get_by_role("link").click()
    page.get_by_label("Say something about this").fill(words)
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_text(words)).to_be_visible()


def everything_within_reach(page):
    """{address: text} of every page that this person's links lead to."""
    waiting, found = ["/today/", "/papers/", "/complaints/", "/me/", "/me/shown-to/"], {}
    while waiting:
        address = waiting.pop(0)
        if address in found or NOT_OF_A_FAMILY.search(address):
            continue
        answer = page.context.request.get(address)
        is_page = "text/html" in answer.headers.get("content-type", "")
        found[address] = answer.text() if answer.ok and is_page else ""
        waiting += HREF.findall(found[address])
    return found


def met(page, tokens):
    """What this person meets of somebody else's, and where."""
    pages = everything_within_reach(page)
    assert len(pages) > 15, sorted(pages)
    without_own = {address: TOKEN.sub("", OWN_WORDS.sub("", text)) for address, text in pages.items()}
    return {(address, token) for address, text in without_own.items() for token in tokens if token in text}


def choose(page, email):
    page.goto("/me/shown-to/")
    page.get_by_label("Their e-mail address or short name").first.fill(email)
    page.get_by_role("button", name="I would like to be shown to them").click()
    expect(page.get_by_role("status")).to_contain_text("Noted. If they choose you as well")


def test_a_separated_father_and_the_mother_are_hidden_from_each_other_until_both_choose(
    portal, desk, new_page, axe, picture
):
    sign_in(desk, portal, "helen@example.org")
    invite(desk, "Piotr Wrona", email=FATHER, opens="Everything", responsibility="Yes", evidence="Birth certificate")
    expect(desk.get_by_role("status")).to_contain_text("The invitation to Piotr Wrona is on its way.")
    axe(desk)
    picture(desk, "family-page")
    father, mother = new_page("phone"), new_page("phone")
    arrive(father)
    sign_in(mother, portal, "ewa@example.org")
    say_how_to_reach_me(father, "07700 900 888", "9 Canal Walk")
    say_how_to_reach_me(mother, "07700 900 777", "3 Mill Loft")
    say_in_leons_journal(father, "He told me about the heron by the canal.")
    say_in_leons_journal(mother, "He sang a lullaby about a kettle.")

    assert met(father, OF_THE_MOTHER) == set()
    assert met(mother, OF_THE_FATHER) == set()
    desk.reload()
    card = desk.locator("section.tie").filter(has=desk.get_by_role("heading", name="Piotr Wrona"))
    expect(card).to_contain_text("07700 900 888")  # the manager reaches both

    choose(father, "ewa@example.org")
    assert met(father, OF_THE_MOTHER) == set()
    assert met(mother, OF_THE_FATHER) == set()
    choose(mother, FATHER)
    expect(mother.get_by_role("listitem").filter(has_text="Piotr Wrona")).to_be_visible()
    picture(mother, "shown-to")
    assert {token for _where, token in met(mother, OF_THE_FATHER)} == {"Piotr", "Wrona", "heron by the canal"}
    assert {token for _where, token in met(father, OF_THE_MOTHER)} == {"Ewa", "Nowicka", "lullaby about a kettle"}

    father.goto("/me/shown-to/")
    father.get_by_role("link", name="Take it back").first.click()
    father.get_by_role("button", name="Yes, take it back").click()
    assert met(father, OF_THE_MOTHER) == set()
    assert met(mother, OF_THE_FATHER) == set()
