"""A check at two, from the invitation to the signed PDF: a key person on the tablet, and two parents who live apart."""

import re
import subprocess
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.steps import enrol, read_the_privacy_notice, say_yes_to_all, sign_in, sit_down

PASSWORD = "kettle-meadow-lantern"
TWO_YEARS_OLD = """
from people.families.models import Child
from django.utils import timezone
from records.months import add_months
from portal.progress.models import Check
Check.objects.filter(child__known_as="Maja", kind="at_two").delete()
Child.objects.filter(known_as="Maja").update(
    born_on=add_months(timezone.localdate(), -27), starts_on=add_months(timezone.localdate(), -8))
"""
MOTHER, FATHER = "a lullaby about a kettle", "the heron by the canal"
OF_THE_CHILD = re.compile(r"Nowicka-\s*Reed")
HIDDEN = {"father": ["Ewa", "Nowicka", MOTHER, "Marek"], "mother": ["Daniel", "Reed", FATHER]}


def ask_the_parents(tablet, axe):
    tablet.get_by_role("link", name="Progress checks").click()
    due = tablet.get_by_role("region", name="Due now")
    expect(due).to_contain_text("Maja")
    axe(tablet)
    due.get_by_role("link", name="Begin for Maja").click()
    axe(tablet)
    tablet.get_by_role("button", name="Begin").click()
    tablet.get_by_role("link", name="Agree on the time, and ask the parents").click()
    expect(tablet.get_by_role("region", name="Each of these is asked")).to_contain_text("Daniel Reed")
    axe(tablet)
    tablet.get_by_role("button", name="Keep, and ask for their parts").click()
    expect(tablet.get_by_role("status")).to_contain_text("was asked for a part")
    return tablet.url


def add_own_part(page, words, axe):
    page.goto("/today/")
    page.get_by_role("link", name="Add your part: Progress check at two").click()
    axe(page)
    page.get_by_label("What does your child enjoy").fill(words)
    page.get_by_role("button", name="Save and go on later").click()
    page.get_by_role("link", name="Progress check at two · begun").click()
    expect(page.get_by_label("What does your child enjoy")).to_have_value(words)
    page.get_by_role("button", name="Give it to the key person").click()
    expect(page.get_by_role("status")).to_contain_text("Your part is with the key person.")


def write(tablet, check, axe, picture):
    """Half of it, away, and the rest; what is still empty is said, and what was typed stays."""
    tablet.goto(check)
    tablet.get_by_role("link", name="Write", exact=True).last.click()
    for area in ("Communication and language", "Personal, social and emotional development"):
        section = tablet.get_by_role("group", name=area)
        section.get_by_label("What I can do").fill("Names what she wants.")
        section.get_by_label("Where I am progressing well").fill("Listens long.")
        section.get_by_label("Where some more support").fill("Nothing at present.")
        section.get_by_label("No", exact=True).check()
    tablet.get_by_role("button", name="Save and go on later").click()
    tablet.get_by_role("link", name="Write", exact=True).last.click()
    tablet.get_by_role("button", name="It is written").click()
    expect(tablet.get_by_role("alert")).to_contain_text("Physical development: what I can do")
    axe(tablet)
    section = tablet.get_by_role("group", name="Physical development")
    section.get_by_label("What I can do").fill("Pours without spilling.")
    section.get_by_label("Where I am progressing well").fill("Climbs.")
    section.get_by_label("Where some more support").fill("Jumping.")
    section.get_by_label("No", exact=True).check()
    tablet.get_by_label("All in all").fill("A happy explorer.")
    tablet.get_by_label("Next steps here").fill("More water.")
    tablet.get_by_label("Ideas for home").fill("Pour the tea together.")
    picture(tablet, "progress-write")
    tablet.get_by_role("button", name="It is written").click()
    tablet.get_by_role("button", name="Share with the parents").click()
    expect(tablet.get_by_role("status")).to_contain_text("each parent finds it on their own page")


def met(page, tokens):
    """What of these stands on the page; the child's own name holds both of her parents'."""
    text = OF_THE_CHILD.sub("", page.content())
    return {token for token in tokens if token in text}


def read_and_say(page, own, others, axe):
    page.goto("/today/")
    page.get_by_role("link", name="Read, and say what you think: Progress check at two").click()
    expect(page.get_by_text("Pours without spilling.")).to_be_visible()
    expect(page.get_by_text(own)).to_be_visible()
    assert met(page, others) == set()
    axe(page)
    page.get_by_label("What would you like to say about it?").fill(f"Yes: {own}!")
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_text(f"Yes: {own}!")).to_be_visible()
    assert met(page, others) == set()


def talk_and_finish(tablet, check):
    tablet.goto(check)
    tablet.get_by_role("link", name="We have talked about it").click()
    tablet.get_by_label("Ewa Nowicka").check()
    tablet.get_by_role("button", name="Note it").click()
    tablet.get_by_role("link", name="We have talked about it").click()
    tablet.get_by_label("Daniel Reed").check()
    tablet.get_by_role("button", name="Note it").click()
    tablet.get_by_role("link", name="Make it final").click()
    tablet.get_by_role("button", name="Yes, make it final").click()
    expect(tablet.get_by_role("status")).to_contain_text("It is final.")


def sign(page, name):
    page.goto("/today/")
    page.get_by_role("link", name=re.compile("Please read and sign: Progress check")).click()
    say_yes_to_all(page)
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_label("Your full name").fill(name)
    page.get_by_role("main").get_by_role("checkbox").check()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign now").click()
    expect(page.get_by_role("link", name="Download the paper (PDF)")).to_be_visible(timeout=60_000)


def download(page, link):
    with page.expect_download() as copy:
        page.get_by_role("link", name=link).click()
    return copy.value.suggested_filename, Path(copy.value.path())


def says(path):
    """The words of a PDF, on one line."""
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def look_at_copies(page, portal, check, others):
    """The signed paper and the own copy: named after nobody, sealed, and with nothing of whoever is hidden."""
    papers = [download(page, "Download the paper (PDF)")]
    page.goto(check)
    link = page.get_by_role("link", name="Your sealed copy (PDF)")
    for _look in range(60):
        if link.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    papers.append(download(page, "Your sealed copy (PDF)"))
    for name, path in papers:
        words = says(path)
        assert re.fullmatch(r"(paper|check)-[a-z]{8}\.pdf", name)
        assert "Pours without spilling." in words
        assert not [token for token in others if token in OF_THE_CHILD.sub("", words)]
        assert "INTACT" in portal.manage("verify_pdf", path)
    return [says(path) for _name, path in papers]


def test_a_check_from_the_invitation_to_the_signed_pdf_with_two_parents_hidden_from_each_other(
    portal, new_page, axe, picture
):
    portal.manage("shell", "-c", TWO_YEARS_OLD)
    tablet, _desk = enrol(portal, new_page)
    sit_down(tablet)
    check = ask_the_parents(tablet, axe)
    mother, father = new_page("phone"), new_page("phone")
    sign_in(mother, portal, "ewa@example.org")
    father.goto("/sign-in/")
    father.get_by_label("E-mail address").fill("daniel@example.org")
    father.get_by_label("Password", exact=True).fill(PASSWORD)
    father.get_by_role("main").get_by_role("button", name="Sign in").click()
    read_the_privacy_notice(father)
    add_own_part(mother, MOTHER, axe)
    picture(mother, "progress-part")
    add_own_part(father, FATHER, axe)
    sit_down(tablet)
    write(tablet, check, axe, picture)
    read_and_say(mother, MOTHER, HIDDEN["mother"], axe)
    picture(mother, "progress-read", full_page=True)
    read_and_say(father, FATHER, HIDDEN["father"], axe)
    sit_down(tablet)
    talk_and_finish(tablet, check)
    axe(tablet)
    for page, name, own, others in (
        (mother, "Ewa Nowicka", MOTHER, HIDDEN["mother"]),
        (father, "Daniel Reed", FATHER, HIDDEN["father"]),
    ):
        sign(page, name)
        assert all(own in words for words in look_at_copies(page, portal, check, others))
        axe(page)
    mother.get_by_role("link", name="Take to your health visitor").click()
    expect(mother.get_by_role("heading", name="For the health visitor")).to_be_visible()
    axe(mother)
