"""Visiting us: each part stands there when it has words, with a picture of our own."""

import pytest
from django.conf import settings

from home.models import HomePage, VisitPage
from home.samples import add_page, add_reading_samples
from home.visit import PARTS

pytestmark = pytest.mark.django_db


def test_only_parts_with_words_are_shown(client):
    add_page(
        HomePage.objects.get(), VisitPage(title="Visiting us", slug="visit", lead="Come.", buggies="Under the roof.")
    )
    page = client.get("/visit/").content.decode()
    assert "Buggies and scooters" in page and "Under the roof." in page
    assert "Parking and buses" not in page
    assert page.count("icons/visit/") == 1
    assert 'href="/accessibility/"' in page
    assert "Visiting us" in client.get("/").content.decode()
    assert "Under the <mark>roof</mark>." in client.get("/search/?q=roof").content.decode()


def test_every_part_has_its_icon_and_the_demo_all_parts(client):
    for name, _heading, question in PARTS:
        assert (settings.BASE_DIR / "static" / "icons" / "visit" / f"{name}.svg").exists(), name
        assert question
    add_reading_samples()
    add_reading_samples()
    assert len(VisitPage.objects.get().parts()) == len(PARTS)
    assert client.get("/visiting-us/").content.decode().count("icons/visit/") == len(PARTS)


def test_nothing_is_shown_before_it_is_published(client):
    home = HomePage.objects.get()
    home.add_child(instance=VisitPage(title="Visiting us", slug="visit", lead="Come.", live=False))
    assert client.get("/visit/").status_code == 404
    assert "Visiting us" not in client.get("/").content.decode()
    assert "Visiting us" not in client.get("/search/?q=come").content.decode()
