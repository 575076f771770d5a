"""Journeys 2 and 5: a mother reads, answers and adds; a key person writes for two children."""

import io
import re

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from portal.demo.drawings import drawn
from tests.browser.steps import enrol, read_the_privacy_notice, sign_in, sit_down

TURNED = 6  # the phone lay on its side: show it a quarter turn clockwise
SKY, GRASS = (190, 30, 30), (30, 60, 190)


def from_a_phone():
    """A JPEG as a telephone makes it, lying on its side, with a place and a moment in it. Upright it is red over blue."""
    upright = Image.new("RGB", (600, 800), SKY)
    ImageDraw.Draw(upright).rectangle((0, 400, 600, 800), fill=GRASS)
    marks = Image.Exif()
    marks[0x0112] = TURNED
    marks[0x010F] = "Telephone maker"
    marks[0x0132] = "2026:05:01 08:00:00"
    marks.get_ifd(0x8825).update({1: "N", 2: (53.0, 45.0, 12.0), 3: "W", 4: (0.0, 20.0, 5.0)})
    written = io.BytesIO()
    upright.transpose(Image.Transpose.ROTATE_90).save(written, "JPEG", exif=marks, quality=90)
    assert Image.open(written).getexif().get_ifd(0x8825)[1] == "N"
    return written.getvalue()


def choose(page, *photographs):
    chosen = [{"name": f"IMG_{n}.jpg", "mimeType": "image/jpeg", "buffer": each} for n, each in enumerate(photographs)]
    page.get_by_label("Photographs").set_input_files(chosen)


def check_served(page):
    """The newest page's photograph, in both sizes: upright, and nothing in it but the picture."""
    picture = page.get_by_role("article").first.get_by_role("link", name="Photograph 1 of 1")
    small = picture.get_by_role("img").get_attribute("src")
    for address in (small, small.replace("/small/", "/large/")):
        answer = page.context.request.get(address)
        served = answer.body()
        assert answer.headers["cache-control"].count("no-store"), address
        image = Image.open(io.BytesIO(served))
        assert (image.format, image.width < image.height) == ("JPEG", True)
        assert not image.getexif()
        assert not set(image.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        assert not any(mark in served for mark in (b"Exif", b"Telephone", b"2026:05", b"GPS", b"http://ns.adobe"))
        top, bottom = (image.getpixel((image.width // 2, image.height * share // 8)) for share in (1, 7))
        assert top[0] > 150 > top[2], f"{address} is not upright"
        assert bottom[2] > 150 > bottom[0], f"{address} is not upright"


def test_2_she_reads_answers_and_adds_from_home(portal, phone, picture):
    sign_in(phone, portal, "ewa@example.org")
    phone.get_by_role("heading", level=1).evaluate("heading => heading.scrollIntoView()")
    picture(phone, "today")
    phone.get_by_role("region", name="Maja").get_by_role("link", name="Big book of me").click()
    expect(phone.get_by_role("heading", level=1, name="Maja: Big book of me")).to_be_visible()
    moments = [moment.get_attribute("datetime") for moment in phone.locator("article time").all()]
    assert len(moments) > 3
    assert moments == sorted(moments, reverse=True)
    newest = phone.get_by_role("article").first
    expect(newest).to_contain_text("In the big puddle Maja asked")
    expect(newest.get_by_role("img")).to_be_visible()
    expect(newest.get_by_role("list", name="Areas of learning")).to_contain_text("Understanding the world")
    expect(newest).to_contain_text("Seen here · Sara Lind")
    phone.get_by_role("heading", level=1).evaluate("heading => heading.scrollIntoView()")
    picture(phone, "journal")

    newest.get_by_role("link", name="Say something").click()
    phone.get_by_label("Say something about this").fill("She drew the chalk line again on our terrace.")
    phone.get_by_role("button", name="Say it").click()
    expect(phone.get_by_role("status")).to_contain_text("Your words are on the page.")
    expect(phone.get_by_role("listitem").filter(has_text="on our terrace")).to_contain_text("Ewa Nowicka")

    phone.get_by_role("link", name="All of Maja's pages").click()
    phone.get_by_role("link", name="Add something from home").click()
    choose(phone, from_a_phone())
    expect(phone.get_by_role("listitem").filter(has_text="IMG_0.jpg")).to_be_visible()
    phone.get_by_label("What did you see at home?").fill("A red sky over a blue field, she says.")
    phone.get_by_role("button", name="Put it in the book").dblclick()
    expect(phone.get_by_role("status")).to_contain_text("It is in the journal now")
    expect(phone.get_by_text("A red sky over a blue field")).to_have_count(1)
    check_served(phone)


class Hand:
    """Counts what a member of staff has to do on a page."""

    def __init__(self, page):
        self.page, self.taps, self.fields = page, 0, 0

    def tap(self, what):
        self.taps += 1
        what.tap()

    def write(self, label, words):
        self.fields += 1
        self.page.get_by_label(label).fill(words)


def write_about(page, children, words, *, photographs=2):
    """Photographs, children, a sentence; up to the page that says who will read it."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Write").click()
    choose(page, *(drawn("tower", 11 + n).read() for n in range(photographs)))
    hand = Hand(page)
    for name in children:
        hand.tap(page.get_by_role("checkbox", name=name))
    hand.write("What happened?", words)
    hand.tap(page.get_by_role("button", name="Next: look at it"))
    expect(page.get_by_role("heading", name="Look at it before you share it")).to_be_visible()
    return hand


def share(hand):
    hand.tap(hand.page.get_by_role("button", name="Share with families"))
    expect(hand.page.get_by_role("status")).to_contain_text("Shared")
    assert hand.taps <= 8
    assert hand.fields <= 2


def journal_of(page, portal, email, child):
    """What a family reads in a child's journal."""
    sign_in(page, portal, email)
    page.get_by_role("region", name=child).get_by_role("link", name="Big book of me").click()
    return page.get_by_role("main")


@pytest.mark.parametrize("where", ["phone", "tablet"])
def test_5_two_children_and_three_photographs_one_of_them_without_consent(portal, new_page, picture, where):
    """Alfie's family keeps him out of other journals: what shows him stays with his family, the rest reaches both."""
    if where == "tablet":
        sara, _desk = enrol(portal, new_page)
        sit_down(sara)
    else:
        sara = new_page("phone")
        sign_in(sara, portal, "sara@example.org")
    readers = sara.get_by_role("listitem")
    hand = write_about(sara, ["Maja", "Alfie"], "The kite went up for two.", photographs=3)
    expect(readers.filter(has_text="Maja's family")).to_contain_text("3 photographs stay out: they show Alfie")
    expect(readers.filter(has_text="Alfie's family")).to_contain_text("Will read it")
    seen = sara.get_by_role("group", name="Who can be seen?")
    sara.get_by_role("heading", name="Who will read it").evaluate("it => it.scrollIntoView()")
    picture(sara, "who-will-read-it" if where == "phone" else "who-will-read-it-tablet")
    for number in (0, 1):  # only the third shows him
        hand.tap(seen.nth(number).get_by_role("checkbox", name="Alfie"))
    share(hand)

    maja = journal_of(new_page("phone"), portal, "ewa@example.org", "Maja")
    newest = maja.get_by_role("article").filter(has_text="The kite went up")
    expect(newest.get_by_role("img")).to_have_count(2)
    alfie = journal_of(new_page("phone"), portal, "owen@example.org", "Alfie")
    expect(alfie.get_by_role("article").filter(has_text="The kite went up").get_by_role("img")).to_have_count(3)


def test_words_that_name_a_child_are_asked_about_and_a_correction_reaches_the_family(portal, new_page):
    sara = new_page("phone")
    sign_in(sara, portal, "sara@example.org")
    hand = write_about(sara, ["Maja"], "Maja and Tobi ran the marble run.", photographs=0)
    hand.tap(sara.get_by_role("button", name="Share with families"))
    expect(sara.get_by_role("status")).to_contain_text("The words name another child.")
    hand.tap(sara.get_by_role("checkbox", name="The words name Tobi."))
    share(hand)

    maja = journal_of(new_page("phone"), portal, "ewa@example.org", "Maja")
    expect(maja).to_contain_text("ran the marble run")
    sara.goto(maja.page.url)
    sara.get_by_role("article").filter(has_text="marble run").get_by_role("link", name="Say something").click()
    sara.get_by_role("link", name="Correct this page").click()
    sara.get_by_label("What happened?").fill("Maja and a friend ran the marble run.")
    sara.get_by_label("Why?").fill("No names of others")
    sara.get_by_role("button", name="Correct it").click()
    expect(sara.get_by_text("What it said before", exact=True)).to_be_visible()
    maja.page.reload()
    expect(maja).to_contain_text("Maja and a friend ran")


def test_what_is_typed_survives_a_lost_connection_and_a_closed_page(portal, new_page, troubles):
    troubles.allow("ERR_INTERNET_DISCONNECTED")
    ewa = new_page("phone")
    journal_of(ewa, portal, "ewa@example.org", "Maja")
    ewa.get_by_role("link", name="Add something from home").click()
    ewa.get_by_label("What did you see at home?").fill("She told the moon good night.")
    expect(ewa.get_by_role("status")).to_contain_text("Kept while you type.")
    ewa.context.set_offline(True)
    ewa.get_by_label("Your child's own words").fill("Dobranoc, księżyc!")
    expect(ewa.get_by_role("status")).to_contain_text("No connection. What you wrote is still on this page.")
    ewa.get_by_role("button", name="Put it in the book").click()
    expect(ewa.get_by_label("Your child's own words")).to_have_value("Dobranoc, księżyc!")
    ewa.context.set_offline(False)
    expect(ewa.get_by_role("heading", level=1, name="Maja: Big book of me")).to_be_visible()
    expect(ewa.get_by_text("Dobranoc, księżyc!")).to_have_count(1)

    ewa.get_by_role("link", name="Add something from home").click()
    ewa.get_by_label("What did you see at home?").fill("And the sun good morn")
    expect(ewa.get_by_role("status")).to_contain_text("Kept while you type.")
    ewa.goto(f"{portal.base_url}/today/")
    ewa.go_back()
    ewa.reload()
    expect(ewa.get_by_label("What did you see at home?")).to_have_value("And the sun good morn")
    ewa.goto(f"{portal.base_url}/today/")
    ewa.get_by_role("region", name="Maja").get_by_role("link", name="Add from home").click()
    ewa.get_by_role("link", name="Go on with it").click()
    expect(ewa.get_by_label("What did you see at home?")).to_have_value("And the sun good morn")


def test_she_looks_through_the_photographs_by_key_and_finds_a_page_by_a_word(portal, phone):
    maja = journal_of(phone, portal, "ewa@example.org", "Maja")
    maja.get_by_text("Find a page").click()
    maja.get_by_label("Words").fill("engineers")
    maja.get_by_role("button", name="Find").click()
    expect(maja.get_by_role("article")).to_have_count(1)
    maja.get_by_role("link", name="Photograph 1 of 2").click()
    expect(phone.get_by_text("1 of 2", exact=True)).to_be_visible()
    phone.keyboard.press("ArrowRight")
    expect(phone.get_by_text("2 of 2", exact=True)).to_be_visible()
    phone.get_by_role("link", name="Before").click()
    expect(phone.get_by_text("1 of 2", exact=True)).to_be_visible()
    phone.get_by_role("link", name="Back to the page").click()
    phone.get_by_role("button", name="Thank you").click()
    expect(phone.get_by_role("button", name="You said thank you")).to_be_visible()


def test_a_consent_taken_back_takes_the_pictures_away_at_once(portal, new_page):
    """Tobi's mother, on her phone in the evening, no longer wants him in other children's books."""
    ewa, folake = new_page("phone"), new_page("phone")
    maja = journal_of(ewa, portal, "ewa@example.org", "Maja")
    engineers = maja.get_by_role("article").filter(has_text="Two engineers at work")
    expect(engineers.get_by_role("img")).to_have_count(2)
    for image in engineers.get_by_role("img").all():  # a browser loads them when they come into view
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
    address = engineers.get_by_role("img").first.get_attribute("src")

    sign_in(folake, portal, "folake@example.org")
    folake.goto("/papers/permissions/")
    folake.get_by_role("button", name=re.compile("Do not allow.*in other children")).click()
    expect(folake.get_by_role("status")).to_contain_text("Your decision is kept.")
    ewa.reload()
    expect(engineers).to_contain_text("We need a fatter leg")
    expect(engineers.get_by_role("img")).to_have_count(0)
    assert ewa.request.get(address).status == 404
    tobi = journal_of(new_page("phone"), portal, "folake@example.org", "Tobi")
    expect(tobi.get_by_role("article").filter(has_text="Two engineers").get_by_role("img")).to_have_count(2)


def test_a_father_who_lives_apart_adds_a_page_and_reads_what_he_may(portal, new_page):
    daniel, ewa = new_page("phone"), new_page("phone")
    sign_in(daniel, portal, "daniel@example.org")
    read_the_privacy_notice(daniel)
    daniel.get_by_role("region", name="Maja").get_by_role("link", name="Big book of me").click()
    his = daniel.get_by_role("main")
    expect(his).to_contain_text("In the big puddle Maja asked")
    expect(his).not_to_contain_text("At bedtime she told")
    expect(his).not_to_contain_text("Ewa Nowicka")
    daniel.get_by_role("link", name="Add something from home").click()
    daniel.get_by_label("What did you see at home?").fill("The beans on my balcony have four leaves.")
    daniel.get_by_role("button", name="Put it in the book").click()
    expect(daniel.get_by_role("status")).to_contain_text("It is in the journal now")
    hers = journal_of(ewa, portal, "ewa@example.org", "Maja")
    expect(hers).to_contain_text("At bedtime she told")
    expect(hers).not_to_contain_text("four leaves")
    expect(hers).not_to_contain_text("Daniel Reed")
    sara = new_page("phone")
    sign_in(sara, portal, "sara@example.org")
    sara.goto(ewa.url)
    expect(sara.get_by_role("main")).to_contain_text("four leaves")
