"""The first pages anybody sees, in a real browser on the real portal."""

import pytest

from tests.browser.steps import sign_in


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_visitor_finds_the_public_pages_and_the_door(portal, new_page, axe, picture, size):
    page = new_page(size)
    for address in ("/", "/notices/", "/privacy/", "/accessibility/", "/sign-in/", "/invitation/"):
        page.goto(address)
        assert page.get_by_role("heading", level=1).count() == 1, address
        axe(page)
    page.goto("/")
    picture(page, f"home-{size}")


def test_a_mother_and_a_manager_arrive_at_their_own_first_page(portal, phone, desk, axe, picture):
    sign_in(phone, portal, "ewa@example.org")
    assert phone.get_by_role("heading", level=1).count() == 1
    axe(phone)
    picture(phone, "today-mother-phone", full_page=True)
    sign_in(desk, portal, "helen@example.org")
    axe(desk)
    picture(desk, "today-manager-desk", full_page=True)


def test_a_private_page_sends_a_visitor_to_the_door(portal, phone):
    phone.goto("/today/")
    assert "/sign-in/" in phone.url
