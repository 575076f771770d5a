"""The gallery of components: everybody who signed in sees it in the demo, and nobody anywhere else."""

import pytest
from django.urls import reverse

from tests.cast import signed_in
from tests.database import PROJECT

COMPONENTS = {f"components/{path.name}" for path in (PROJECT / "templates" / "components").glob("*.html")}


@pytest.mark.parametrize("name", ["mother", "key_person", "editor"])
def test_in_the_demo_every_component_is_there_for_staff_and_families(name, cast, settings):
    settings.DEMO = True
    answer = signed_in(getattr(cast, name)).get(reverse("components"))
    assert answer.status_code == 200
    assert {template.name for template in answer.templates} >= COMPONENTS


def test_each_state_is_there_and_the_form_answers(cast, settings):
    settings.DEMO = True
    client = signed_in(cast.mother)
    page = client.get(reverse("components")).content.decode()
    for words in (
        "(if you like)",
        'class="field wrong"',
        "Newer",
        "Older",
        "waits for a second person",
        "lets you in again",
    ):
        assert words in page, words
    assert "error-summary" not in page
    answer = client.post(reverse("components"), {}).content.decode()
    assert "error-summary" in answer and "An error of the whole form" in answer


def test_outside_the_demo_it_is_not_there(cast):
    for name in ("mother", "manager"):
        assert signed_in(getattr(cast, name)).get(reverse("components")).status_code == 404
