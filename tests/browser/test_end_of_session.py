"""What somebody sends when her session is over: it comes back after one sign-in, and counts once."""

from playwright.sync_api import expect

from tests.browser.steps import sign_in
from tests.browser.test_complaining import REFERENCE, answer_two_questions, own_complaints
from tests.browser.test_kept_words import AWAY, OVER

NOTHING = "Nothing was sent yet: look, and press once more."
BEGUN = "On Monday nobody told us that Maja had cried for an hour."
WORDS = f"{BEGUN}\n“She was fine”, said the list at the door, and she was not.\nI do not want anybody to be in trouble."
LINE = "Not allowed any more for Maja: walks and outings"
WISH = "A word at the door, every time."


def one_more_sign_in(page, person):
    page.get_by_label("E-mail address").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def posts_of(page, part):
    """Every time that this page sends something to an address with `part` in it, from now on."""
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" and part in request.url else 0)
    return sent


def everything_is_there(ewa, text):
    expect(ewa.get_by_text(NOTHING)).to_be_visible()
    expect(text).to_have_value(WORDS)
    expect(ewa.get_by_label("What would put it right?")).to_have_value(WISH)
    expect(ewa.get_by_label("What is it about?").locator("option:checked")).to_have_text("How we are told things")
    expect(ewa.get_by_label("Is it about one of your children?").locator("option:checked")).to_have_text("Maja")


def test_a_complaint_written_in_forty_minutes_comes_back_after_one_sign_in_and_is_sent_once(
    portal, new_page, axe, picture, troubles
):
    troubles.allow("401 for")
    ewa = new_page("phone")
    person = sign_in(ewa, portal, "ewa@example.org")
    answer_two_questions(ewa, "No", "Nobody in particular")
    ewa.clock.install()
    ewa.get_by_label("Is it about one of your children?").select_option("Maja")
    ewa.get_by_label("What is it about?").select_option("How we are told things")
    text = ewa.get_by_label("What happened?")
    for part in WORDS.split("\n"):
        text.press("End")
        text.press_sequentially(f"{part}\n" if not WORDS.endswith(part) else part)
        ewa.clock.fast_forward("10:00")
    ewa.get_by_label("What would put it right?").fill(WISH)
    ewa.clock.fast_forward("10:00")
    expect(text).to_have_value(WORDS)
    portal.manage("shell", "-c", AWAY)
    ewa.clock.fast_forward("40:00")
    expect(ewa.get_by_role("heading", name=OVER)).to_be_visible()
    picture(ewa, "complaint-away")
    ewa.get_by_role("button", name="Back to what I wrote").click()
    sign_ins, complaints = posts_of(ewa, "/sign-in/"), posts_of(ewa, "/complaints/")
    ewa.get_by_role("button", name="Send it").click()
    expect(ewa.get_by_text("What you sent is kept.")).to_be_visible()
    expect(ewa.get_by_text(BEGUN)).to_have_count(0)  # whoever else holds the phone reads nothing of it
    axe(ewa)
    picture(ewa, "complaint-kept", full_page=True)
    one_more_sign_in(ewa, person)

    everything_is_there(ewa, text)
    axe(ewa)
    picture(ewa, "complaint-back", full_page=True)
    ewa.get_by_role("button", name="Send it").dblclick()
    expect(ewa.get_by_role("heading", name="We have your complaint")).to_be_visible()
    reference = ewa.get_by_text(REFERENCE).first.inner_text()
    assert (len(sign_ins), len(complaints)) == (1, 2)
    expect(own_complaints(ewa)).to_have_text([reference])
    ewa.goto("/today/")
    for words in ("You began to write something", "not sent yet"):
        expect(ewa.get_by_text(words)).to_have_count(0)
    the_manager_has_it(new_page("desk"), portal, reference, picture)


def the_manager_has_it(page, portal, reference, picture):
    sign_in(page, portal, "helen@example.org")
    expect(own_complaints(page).filter(has_text=reference)).to_have_count(1)
    own_complaints(page).filter(has_text=reference).click()
    expect(page.get_by_text("I do not want anybody to be in trouble.")).to_be_visible()
    expect(page.get_by_text(WISH)).to_be_visible()
    picture(page, "complaint-of-the-manager", full_page=True)


def sign_in_and_stay(page, portal, email):
    person = next(person for person in portal.people() if person["email"] == email)
    page.goto("/sign-in/")
    page.get_by_label("Stay signed in on this phone for 30 days").check()
    one_more_sign_in(page, person)
    page.wait_for_url("**/today/")
    return person


def outings(page):
    """Maja's row about outings on the page of permissions."""
    rows = page.get_by_role("region", name="Maja").get_by_role("listitem")
    return rows.filter(has=page.get_by_role("heading", name="outings"))


def test_a_permission_taken_back_on_a_kept_phone_asks_who_it_is_and_is_taken_back_once(portal, new_page, axe, picture):
    ewa, sara = new_page("phone"), new_page("desk")
    person = sign_in_and_stay(ewa, portal, "ewa@example.org")
    ewa.goto("/papers/permissions/")
    expect(outings(ewa)).to_contain_text("You said yes on")
    portal.manage("shell", "-c", AWAY)
    decisions = posts_of(ewa, "/papers/")
    outings(ewa).get_by_role("button", name="Do not allow").click()
    expect(ewa.get_by_role("heading", name="Is it you?")).to_be_visible()
    expect(ewa.get_by_text("What you sent is kept.")).to_be_visible()
    axe(ewa)
    picture(ewa, "permission-proof", full_page=True)
    sign_in(sara, portal, "sara@example.org")
    expect(sara.get_by_role("link", name=LINE)).to_have_count(0)
    ewa.get_by_label("Your password").fill(person["password"])
    ewa.get_by_role("button", name="Continue").click()

    expect(ewa.get_by_text(NOTHING)).to_be_visible()
    expect(ewa.get_by_text(NOTHING)).to_be_in_viewport()
    expect(outings(ewa)).to_contain_text("You said yes on")
    axe(ewa)
    picture(ewa, "permission-back")
    outings(ewa).get_by_role("button", name="Do not allow").dblclick()
    kept = "Your decision is kept. Maja, local walks and outings with the group: no. It counts from now on."
    expect(ewa.get_by_text(kept)).to_be_visible()
    expect(outings(ewa)).to_contain_text("You said no on")
    assert len(decisions) == 2
    picture(ewa, "permission-done", full_page=True)
    ewa.goto("/today/")
    expect(ewa.get_by_text("not sent yet")).to_have_count(0)
    the_key_person_is_told_once(sara, picture)


def the_key_person_is_told_once(sara, picture):
    sara.goto("/today/")
    expect(sara.get_by_role("link", name=LINE)).to_have_count(1)
    picture(sara, "permission-on-today", full_page=True)
    sara.get_by_role("link", name=LINE).click()
    expect(sara.get_by_role("region", name="Not allowed any more").get_by_role("listitem")).to_have_count(1)
    picture(sara, "permission-of-the-key-person", full_page=True)
    sara.get_by_role("button", name="I have seen it").click()
    sara.goto("/today/")
    expect(sara.get_by_role("link", name=LINE)).to_have_count(0)
