"""Two parents who live apart and one key person: her answer to each is read by that household alone, and she is told so first."""

from playwright.sync_api import expect

from tests.browser.steps import read_the_privacy_notice, sign_in

MOTHERS, FATHERS = "Since we moved to Leeds she sleeps badly.", "She counted herons with me."
TO_MOTHER, TO_FATHER, TO_ALL = "Leeds sounds good.", "Herons are splendid.", "She splashed again today."


def open_the_puddle(page):
    page.get_by_role("article").filter(has_text="big puddle").get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", name="What was said")).to_be_visible()


def at_the_puddle(page, portal, email):
    sign_in(page, portal, email)
    if "/versions/" in page.url:
        read_the_privacy_notice(page)
    page.get_by_role("region", name="Maja").get_by_role("link", name="Big book of me").click()
    open_the_puddle(page)


def says(page, words):
    page.get_by_label("Say something about this").fill(words)
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_text(words)).to_be_visible()


def answers(page, name, who_reads, words):
    """What is under the comment says who will read the answer before a word of it is written."""
    page.get_by_text(f"Answer {name}", exact=True).click()
    box = page.get_by_role("listitem").filter(has_text=f"Answer {name}")
    expect(box.get_by_text(who_reads)).to_be_visible()
    box.get_by_label("Your answer").fill(words)
    return box


def meets(page, seen, hidden):
    page.reload()
    said = page.locator("#say")
    for words in seen:
        expect(said).to_contain_text(words)
    for words in hidden:
        expect(said).not_to_contain_text(words)


def test_an_answer_to_each_parent_stays_with_that_parents_household(portal, new_page, axe, picture):
    mother, father = new_page("phone"), new_page("phone")
    at_the_puddle(mother, portal, "ewa@example.org")
    at_the_puddle(father, portal, "daniel@example.org")
    says(mother, MOTHERS)
    says(father, FATHERS)

    sara = new_page("phone", java_script_enabled=False)
    sign_in(sara, portal, "sara@example.org")
    sara.goto(mother.url.replace(portal.base_url, ""))
    expect(sara.get_by_text("Only Daniel Reed can read this.")).to_be_visible()
    expect(sara.get_by_text("Everybody in Maja's journal reads this.")).to_be_visible()
    box = answers(sara, "Ewa Nowicka", "Ewa's household reads this: Ewa Nowicka and Marek Zielinski.", TO_MOTHER)
    picture(sara, "an-answer")
    box.get_by_role("button", name="Send the answer").click()
    answers(sara, "Daniel Reed", "Only Daniel Reed reads this.", TO_FATHER).get_by_role("button").click()
    says(sara, TO_ALL)
    meets(sara, [MOTHERS, FATHERS, TO_MOTHER, TO_FATHER, TO_ALL], [])

    meets(mother, [MOTHERS, TO_MOTHER, TO_ALL], [FATHERS, TO_FATHER, "reads this"])
    meets(father, [FATHERS, TO_FATHER, TO_ALL], [MOTHERS, TO_MOTHER, "reads this"])
    axe(mother)
    desk = new_page("desk")
    sign_in(desk, portal, "sara@example.org")
    desk.goto(mother.url.replace(portal.base_url, ""))
    answers(desk, "Ewa Nowicka", "Ewa's household reads this", "")
    axe(desk)
