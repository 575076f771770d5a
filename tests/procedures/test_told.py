"""What we must tell families: each item with its page, and what is missing for those who keep the pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from procedures.audiences import Audience
from procedures.models import ProcedurePage, ToldItem
from tests.cast import signed_in
from tests.procedures.made import published

pytestmark = pytest.mark.django_db

LATE = "06.03 Uncollected child\n\n- We ring you.\n"
WANTED = (
    "teach and look after", "all day", "special needs", "Food and drink", "policies and procedures", "not collected",
    "goes missing", "key person", "phone number for emergencies", "away", "complain", "Inspections", "costs",
    "British values", "keep about your family",
)  # fmt: skip


def told(title="If a child is not collected", **facts):
    ToldItem.objects.filter(title=title).update(**facts)


def test_a_setting_begins_with_every_item_and_its_source():
    titles = list(ToldItem.objects.values_list("title", flat=True))
    assert len(titles) == len(WANTED)
    for words in WANTED:
        assert sum(words in title for title in titles) == 1, words
    assert not ToldItem.objects.filter(source="").exists()
    assert ToldItem.objects.filter(source__startswith="LAW").count() == 2


def test_an_item_leads_to_its_page(client):
    page = published(LATE)
    told(page=page)
    shown = client.get("/what-we-tell-you/").content.decode()
    assert f'<a class="way" href="{page.url}">06.03 Uncollected child</a>' in shown
    assert shown.count("The page is still being written.") == len(WANTED) - 1
    assert "is missing" not in shown and "are missing" not in shown  # that is for those who keep the pages


def test_a_page_for_families_is_a_link_for_families_only(cast, client):
    page = published(LATE, Audience.FAMILIES)
    told(page=page)
    assert page.url in signed_in(cast.mother).get("/what-we-tell-you/").content.decode()
    for reader in (client, signed_in(cast.barred_father), signed_in(cast.grandmother)):
        shown = reader.get("/what-we-tell-you/").content.decode()
        assert page.url not in shown and "Uncollected" not in shown
        assert "read it after signing in" in shown


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda page: told(page=None), "No page is chosen."),
        (lambda page: page.unpublish(), "Its page is not published."),
        (lambda page: ProcedurePage.objects.update(audience=Audience.STAFF), "Its page is for those who work here"),
    ],
)
def test_what_is_missing_is_reported_with_its_reason(cast, spoil, why):
    page = published(LATE)
    ToldItem.objects.update(page=page)
    editor, manager = signed_in(cast.editor), signed_in(cast.manager)
    assert "Everything that families must be told" in editor.get(reverse("not_told")).content.decode()
    assert "must tell families" not in manager.get("/today/").content.decode()
    spoil(page)
    report = editor.get(reverse("not_told")).content.decode()
    assert why in report and "If a child is not collected" in report
    assert "must tell families ha" in manager.get("/today/").content.decode()
    assert "must tell families ha" not in signed_in(cast.key_person).get("/today/").content.decode()
    for keeper in (editor, manager):
        assert "missing-title" in keeper.get("/what-we-tell-you/").content.decode()
    assert "missing-title" not in signed_in(cast.mother).get("/what-we-tell-you/").content.decode()


def test_a_staff_page_is_never_shown_as_the_answer(cast):
    page = published(LATE, Audience.STAFF)
    told(page=page)
    assert page.url not in signed_in(cast.mother).get("/what-we-tell-you/").content.decode()


def test_an_item_out_of_use_is_neither_shown_nor_missing(client):
    ToldItem.objects.exclude(title="What it costs").update(in_use=False)
    assert client.get("/what-we-tell-you/").content.decode().count("<li>\n        <h2>") == 1
    assert [item.title for item in ToldItem.objects.missing()] == ["What it costs"]


def test_editors_choose_the_page_in_wagtail(cast):
    page = published(LATE)
    item = ToldItem.objects.get(title="If a child is not collected")
    editor = signed_in(cast.editor)
    edit = reverse("wagtailsnippets_procedures_tolditem:edit", args=[item.pk])
    assert editor.get(edit).status_code == 200
    sent = {
        "title": item.title,
        "words": item.words,
        "source": item.source,
        "page": page.pk,
        "place": 5,
        "in_use": "on",
    }
    assert editor.post(edit, sent).status_code == 302
    item.refresh_from_db()
    assert item.page_id == page.pk
    assert signed_in(cast.mother).get(edit).status_code == 404


def test_the_list_costs_the_same_however_many_pages_answer(client, django_assert_num_queries):
    told(page=published(LATE))
    client.get("/what-we-tell-you/")
    with CaptureQueriesContext(connection) as one:
        client.get("/what-we-tell-you/")
    for number, item in enumerate(ToldItem.objects.filter(page=None), 1):
        item.page = Page.objects.get(pk=published(f"04.{number:02d} Page {number}\n\n- Yes.\n").pk)
        item.save()
    with django_assert_num_queries(len(one)):
        client.get("/what-we-tell-you/")
