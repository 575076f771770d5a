"""Journeys 2 and 5: a mother reads, answers and adds; a key person writes for two children."""

import io

from PIL import Image, ImageDraw
from playwright.sync_api import expect

from portal.demo.drawings import drawn
from tests.browser.steps import sign_in

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
    for address in (small, picture.get_attribute("href")):
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


def write_about(page, child, other, words, *, picture=None):
    """Two photographs, two children, a sentence, an area; up to the page that says who will read it."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Write").click()
    choose(page, drawn("tower", 11).read(), drawn("garden", 12).read())
    hand = Hand(page)
    for name in (child, other):
        hand.tap(page.get_by_role("checkbox", name=name))
    hand.write("What happened?", words)
    hand.tap(page.get_by_role("checkbox", name="Mathematics"))
    hand.tap(page.get_by_role("button", name="Next: look at it"))
    expect(page.get_by_role("heading", name="Look at it before you share it")).to_be_visible()
    page.get_by_role("img", name="Photograph 2 of 2").scroll_into_view_if_needed()
    if picture:
        second = page.get_by_role("img", name="Photograph 2 of 2")
        expect(second).to_have_js_property("complete", True)
        page.get_by_role("heading", name="Who will read it").evaluate("it => it.scrollIntoView({block: 'center'})")
        picture(page, "who-will-read-it")
    return hand


def share(hand):
    hand.tap(hand.page.get_by_role("button", name="Share with families"))
    expect(hand.page.get_by_role("status")).to_contain_text("Shared with the families.")
    assert hand.taps <= 8
    assert hand.fields <= 2


def journal_of(page, portal, email, child):
    """What a family reads in a child's journal."""
    sign_in(page, portal, email)
    page.get_by_role("region", name=child).get_by_role("link", name="Big book of me").click()
    return page.get_by_role("main")


def test_5_the_key_person_writes_for_two_children(portal, new_page, picture):
    sara = new_page("phone")
    sign_in(sara, portal, "sara@example.org")
    readers = sara.get_by_role("listitem")

    hand = write_about(sara, "Maja", "Alfie", "The kite went up for two.", picture=picture)
    expect(readers.filter(has_text="Not Maja's family")).to_contain_text("No consent")
    expect(readers.filter(has_text="Alfie's family").filter(has_text="Will read it")).to_be_visible()
    share(hand)

    hand = write_about(sara, "Maja", "Tobi", "The marble run, round the whole room.")
    for family in ("Maja's family", "Tobi's family"):
        expect(readers.filter(has_text=family)).to_contain_text("Will read it")
    share(hand)

    maja = journal_of(new_page("phone"), portal, "ewa@example.org", "Maja")
    expect(maja).to_contain_text("The marble run")
    expect(maja).not_to_contain_text("The kite went up")
    expect(journal_of(new_page("phone"), portal, "owen@example.org", "Alfie")).to_contain_text("The kite went up")
    tobi = journal_of(new_page("phone"), portal, "folake@example.org", "Tobi")
    expect(tobi).to_contain_text("The marble run")
    expect(tobi).not_to_contain_text("The kite went up")
