"""Two settings are two configurations: the words an editor wrote with places become each setting's own, everywhere."""

from copy import copy

import pytest
from django.test import Client

from documents import actions as papers
from documents.models import Form
from home.models import InformationPage
from people.mail.notifications import notify
from people.setting.models import Setting
from people.setting.words import in_our_words
from records import request_cache
from tests.versions.pages import procedure_of, published

pytestmark = pytest.mark.django_db
TOGETHER = "10.1 Together\n\n{Parents} read {journal} with us.\n\n- {setting} asks {parents} first.\n"
TWO = {
    "Little Willow": {"word_for_parents": "parents/carers", "journal_name": "Our year"},
    "Brook <End>": {"word_for_parents": "families", "journal_name": "Learning & play"},
}


@pytest.mark.parametrize("name", TWO)
def test_the_same_pages_speak_with_each_settings_words(cast, name):
    Setting.objects.update(short_name=name, name=name, **TWO[name])
    words = {"setting": name, **TWO[name]}
    first = in_our_words("{Parents}", Setting.now())
    page = procedure_of(published(TOGETHER)).get_context(Client().get("/").wsgi_request)
    said = "".join(
        text for chapter in page["outline"] for entry in chapter.entries for p in entry.paragraphs for text, _ in p
    )
    assert f"{first} read {words['journal_name']} with us." in said
    assert f"{name} asks {words['word_for_parents']} first." in said

    notice = InformationPage.objects.get(slug="privacy")
    notice.body = "<p>{setting} tells {parents}.</p>"
    notice.save_revision().publish()
    html = Client().get("/privacy/").content.decode()
    safe = name.replace("<", "&lt;").replace(">", "&gt;")
    assert f"<p>{safe} tells {words['word_for_parents']}.</p>" in html.replace(' data-block-key=""', "")

    form = Form.objects.create(code="W1", title="Words", wording=[("paragraph", "What {parents} agree to.")])
    assert f"What {words['word_for_parents']} agree to." in papers.current_version(form).text
    assert name in notify(cast.mother, at_once=True).subject


def test_a_form_that_is_asked_already_keeps_its_words(cast):
    form = Form.objects.create(code="W1", title="Words", wording=[("paragraph", "What {parents} agree to.")])
    asked = papers.ask(cast.maja, cast.mother, form, by=cast.manager)
    Setting.objects.update(word_for_parents="grown-ups")
    asked.refresh_from_db()
    assert "parents and carers" in asked.version.text
    assert "grown-ups" in papers.current_version(form).text


def test_braces_that_are_no_place_stay_as_they_are():
    setting = Setting(word_for_parents="families", short_name="A")
    assert in_our_words("{parents} {what} { parents } {}", setting) == "families {what} { parents } {}"
    assert in_our_words(["{Parents}", {"a": "{PARENTS}", "b": 3}], setting) == ["Families", {"a": "Families", "b": 3}]


def test_new_facts_hold_from_the_moment_they_are_kept(cast):
    shelf = request_cache.begin()
    try:
        facts = Setting.now()
        assert Setting.now() is facts, "asked once in a request"
        changed = copy(facts)
        changed.short_name = "Acorn"
        changed.save()
        assert Setting.now().short_name == "Acorn"
    finally:
        request_cache.end(shelf)
    assert Setting.now() is not Setting.now(), "outside of requests everything is read afresh"
