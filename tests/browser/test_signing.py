"""Journey 3: a mother signs the form that waits for her, and takes her copy home."""

import os
import signal
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.steps import sign_in

PASSWORD = "kettle-meadow-lantern"
AGREEMENT = "Please read and sign: Agreement between you and us"


def scheduler_of(portal):
    """The process id of the portal's scheduler, which is started after the web server."""
    pid = portal.server.pid
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[1])


def fill_in(page):
    """Half of the form, away and back, then the rest: what was typed is still there."""
    page.get_by_role("link", name=AGREEMENT).click()
    wish = page.get_by_label("What would help us to work well with you?")
    wish.fill("Please ring after four.")
    page.get_by_role("link", name="Papers").first.click()
    waiting = page.get_by_role("region", name="Waiting for you")
    begun = waiting.get_by_role("link").filter(has_text="Agreement between you and us").filter(has_text="begun, saved")
    for _look in range(10):  # what is sent on leaving a page may arrive after the next page was asked for
        if begun.count():
            break
        page.reload()
    begun.click()
    expect(wish).to_have_value("Please ring after four.")
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("alert")).to_contain_text("Please answer: Have you read this agreement")
    expect(wish).to_have_value("Please ring after four.")
    page.get_by_label("Yes").check()
    page.get_by_label("From which day does it count?").fill("2026-12-01")
    page.get_by_role("button", name="Check your answers").click()


def sign(page, password):
    expect(page.get_by_role("heading", name="Check your answers and sign")).to_be_visible()
    page.get_by_label("Your full name").fill("Ewa Nowicka")
    page.get_by_role("main").get_by_role("checkbox").check()
    page.get_by_label("Your password").fill(password)
    page.get_by_role("button", name="Sign now").click()


def take_home(page):
    """The downloaded copy's name and bytes."""
    with page.expect_download() as copy:
        page.get_by_role("link", name="Download the paper (PDF)").click()
    return copy.value.suggested_filename, Path(copy.value.path()).read_bytes()


def says_pdfsig(path):
    return subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout


def test_3_she_signs_and_takes_her_copy_home(portal, phone, axe, picture, tmp_path):
    sign_in(phone, portal, "ewa@example.org")
    fill_in(phone)
    axe(phone)
    scheduler = scheduler_of(portal)
    os.kill(scheduler, signal.SIGSTOP)
    sign(phone, "not my password at all")
    expect(phone.get_by_role("alert")).to_contain_text("That is not your password.")
    axe(phone)
    sign(phone, PASSWORD)
    expect(phone.get_by_text("Your copy is being made.")).to_be_visible()
    axe(phone)
    os.kill(scheduler, signal.SIGKILL)  # whatever becomes of the scheduler, the copy comes

    expect(phone.get_by_role("link", name="Download the paper (PDF)")).to_be_visible(timeout=40_000)
    axe(phone)
    phone.get_by_role("heading", level=1).evaluate("heading => heading.scrollIntoView()")
    picture(phone, "signed")
    name, content = take_home(phone)
    assert name.endswith(".pdf")
    assert "Maja" not in name
    assert take_home(phone) == (name, content)

    copy, changed = tmp_path / "copy.pdf", tmp_path / "changed.pdf"
    copy.write_bytes(content)
    middle = len(content) // 3
    changed.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    assert "Signature is Valid" in says_pdfsig(copy)
    assert "Signature is Valid" not in says_pdfsig(changed)
    assert "INTACT" in portal.manage("verify_pdf", copy)
    with pytest.raises(RuntimeError, match="NOT INTACT"):
        portal.manage("verify_pdf", changed)
