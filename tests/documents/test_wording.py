"""The editors' side: words and only words."""

import pytest

from documents import actions
from documents.models import Form
from tests.cast import signed_in


@pytest.fixture
def listing():
    return "/cms/snippets/documents/form/"


def test_an_editor_finds_the_forms_and_changes_their_words(cast, forms, listing):
    editor = signed_in(cast.editor)
    assert "Outings and photographs" in editor.get(listing).content.decode()
    page = editor.get(f"{listing}edit/{forms[0].pk}/")
    assert page.status_code == 200 and "Wording" in page.content.decode()
    sent = {
        "code": "P1",
        "title": "Outings and pictures",
        "in_use": "on",
        "wording-count": "2",
        "wording-0-deleted": "",
        "wording-0-order": "0",
        "wording-0-type": "paragraph",
        "wording-0-id": "",
        "wording-0-value": "New words.",
        "wording-1-deleted": "",
        "wording-1-order": "1",
        "wording-1-type": "yes_no",
        "wording-1-id": "",
        "wording-1-value-question": "May your child come on walks?",
        "wording-1-value-help": "",
        "wording-1-value-needed": "on",
        "wording-1-value-purpose": "outings",
    }
    answer = editor.post(f"{listing}edit/{forms[0].pk}/", sent)
    assert answer.status_code == 302, answer.context["form"].errors
    form = Form.objects.get(pk=forms[0].pk)
    version = actions.current_version(form)
    assert version.title == "Outings and pictures"
    assert version.wording[1]["value"]["purpose"] == "outings"
    assert version.wording[0]["id"] and version.wording[1]["id"]


def test_a_form_is_never_thrown_away(cast, forms, listing):
    editor = signed_in(cast.editor)
    assert editor.post(f"{listing}delete/{forms[0].pk}/").status_code in (302, 403, 404)
    assert Form.objects.filter(pk=forms[0].pk).exists()


@pytest.mark.parametrize("who", ["mother", "key_person", "manager", "administrator"])
def test_who_does_not_edit_pages_finds_no_forms_in_the_cms(cast, forms, listing, who):
    person = signed_in(getattr(cast, who))
    assert person.get(listing).status_code == 404
    assert person.get(f"{listing}add/").status_code == 404


def test_an_editor_sees_no_papers(cast, forms):
    ask = actions.ask(cast.maja, cast.mother, forms[0], by=cast.manager)
    editor = signed_in(cast.editor)
    assert editor.get("/papers/asked/").status_code == editor.get("/papers/ask/").status_code == 404
    assert editor.get(f"/papers/{ask.pk}/").status_code == 404
    assert "Maja" not in editor.get("/papers/").content.decode()


def test_nothing_about_a_child_is_registered_with_the_cms():
    from wagtail.snippets.models import get_snippet_models

    ours = {model.__name__ for model in get_snippet_models() if model._meta.app_label == "documents"}
    assert ours == {"Form"}
