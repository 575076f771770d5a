"""Every published version stays readable, at its own address, for those it was for."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction
from django.test import Client

from records.models import AuditLine
from tests.cast import signed_in
from tests.versions.pages import SNACK, procedure_of, published
from versions.actions import keep_missing
from versions.audiences import Asked, Audience
from versions.compare import changes, has_changed, word_by_word
from versions.models import PageVersion

pytestmark = pytest.mark.django_db
NEW_SNACK = SNACK.replace("wash our hands before", "wash our hands with soap before") + "- We thank the cook.\n"


def test_each_publishing_of_new_words_is_a_version_of_its_own(cast):
    first = published(by=cast.editor)
    assert (first.number, first.title, first.published_by) == (1, "04.01 Snack", cast.editor)
    assert [text for _kind, _anchor, text in first.words] == [
        "We eat together.",
        "We wash our hands before we sit down.",
        "We sit with the children.",
    ]
    assert published(by=cast.editor).pk == first.pk, "the same words are the same version"
    second = published(NEW_SNACK, by=cast.editor, changed="Soap.")
    assert (second.number, second.what_changed) == (2, "Soap.")
    assert AuditLine.objects.filter(verb="versions.kept", digest=second.digest).exists()
    page = procedure_of(second)
    page.save_revision(user=cast.editor)
    assert PageVersion.objects.filter(page=page.pk).count() == 2, "a draft is no version"


def test_an_earlier_version_is_read_at_its_address_and_says_that_it_is_old(cast):
    first, second = published(), published(NEW_SNACK)
    visitor = Client()
    old = visitor.get(first.get_absolute_url()).content.decode()
    assert "We wash our hands before we sit down." in old
    assert "This is an earlier version. Today version 2 holds." in old
    new = visitor.get(second.get_absolute_url()).content.decode()
    assert "with soap" in new
    assert "This is an earlier version." not in new
    history = visitor.get(f"/versions/of/{second.page_id}/").content.decode()
    assert history.index("Version 2") < history.index("Version 1")


def test_what_changed_is_said_in_words_and_in_marks(cast):
    first, second = published(), published(NEW_SNACK, changed="Hands are washed with soap.")
    page = Client().get(f"/versions/{second.pk}/since/{first.number}/").content.decode()
    assert "Hands are washed with soap." in page
    assert "<ins>with soap</ins>" in page
    assert '<p class="fate">Changed</p>' in page
    assert '<p class="fate">New</p><p><ins>We thank the cook.</ins>' in page.replace("\n", "").replace("    ", "")
    back = Client().get(f"/versions/{first.pk}/since/{second.number}/").content.decode()
    assert "<del>We thank the cook.</del>" in back


@pytest.mark.parametrize(
    ("before", "after", "fates"),
    [
        ([["p", "a", "One."]], [["p", "a", "One."]], ["same"]),
        ([["p", "a", "One."]], [["p", "a", "Two."]], ["changed"]),
        ([["p", "a", "One."], ["p", "b", "Two."]], [["p", "b", "Two."]], ["gone", "same"]),
        ([["p", "", "One."]], [["p", "", "One."], ["p", "", "Two."]], ["same", "new"]),
        ([["p", "", "One."]], [["p", "", "One more."]], ["new", "gone"]),
        ([], [], []),
    ],
)
def test_each_part_has_one_fate(before, after, fates):
    found = changes(before, after)
    assert [change.fate for change in found] == fates
    assert has_changed(found) is (set(fates) - {"same"} != set())


def test_words_that_stay_are_not_marked():
    assert word_by_word("we wash all hands", "we wash clean hands") == [
        ("same", "we wash"),
        ("gone", "all"),
        ("new", "clean"),
        ("same", "hands"),
    ]


def test_a_version_is_read_by_whom_it_was_for_and_by_whom_the_page_is_for_today(cast):
    staff_only = published(audience=Audience.STAFF)
    assert signed_in(cast.mother).get(staff_only.get_absolute_url()).status_code == 404
    assert Client().get(staff_only.get_absolute_url()).url.startswith("/sign-in/")
    assert Client().get("/versions/987654/").url.startswith("/sign-in/"), "no other answer for what is not there"
    public = published(NEW_SNACK, audience=Audience.EVERYONE)
    assert Client().get(public.get_absolute_url()).status_code == 200
    assert signed_in(cast.mother).get(staff_only.get_absolute_url()).status_code == 404, "what was for staff stays so"
    assert signed_in(cast.mother).get(f"/versions/{public.pk}/since/1/").status_code == 404
    assert "Version 1" not in signed_in(cast.mother).get(f"/versions/of/{public.page_id}/").content.decode()
    published(audience=Audience.STAFF)
    assert signed_in(cast.mother).get(public.get_absolute_url()).status_code == 404, "and nothing of a page now closed"
    assert signed_in(cast.key_person).get(public.get_absolute_url()).status_code == 200


def test_what_is_not_for_everyone_is_kept_by_no_browser(cast):
    version = published(audience=Audience.FAMILIES)
    answer = signed_in(cast.mother).get(version.get_absolute_url())
    assert "no-store" in answer["Cache-Control"]
    assert signed_in(cast.barred_father).get(version.get_absolute_url()).status_code == 404


def test_a_page_that_is_taken_down_takes_its_versions_with_it(cast):
    version = published()
    procedure_of(version).unpublish()
    assert not PageVersion.objects.visible_to(AnonymousUser()).filter(pk=version.pk).exists()
    assert Client().get(version.get_absolute_url()).status_code == 302


def test_the_database_refuses_to_change_a_version(cast):
    version = published()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PageVersion.objects.filter(pk=version.pk).update(title="Another")
    with pytest.raises(DatabaseError), transaction.atomic():
        PageVersion.objects.filter(pk=version.pk).delete()


def test_what_was_published_is_not_deleted(cast):
    version = published()
    editor = signed_in(cast.editor)
    answer = editor.post(f"/cms/pages/{version.page_id}/delete/", follow=True)
    assert "Unpublish it instead" in answer.content.decode()
    assert procedure_of(version)
    answer = editor.post(f"/cms/bulk/wagtailcore/page/delete/?id={version.page_id}", follow=True)
    assert "Unpublish it instead" in answer.content.decode()
    assert procedure_of(version)


def test_the_next_change_begins_without_the_words_about_the_last(cast):
    version = published(NEW_SNACK, material=True, changed="Soap.")
    form = signed_in(cast.editor).get(f"/cms/pages/{version.page_id}/edit/").context["form"]
    assert (form["what_changed"].value(), form["change_is_material"].value()) == ("", False)
    page = procedure_of(version)
    page.what_changed = "Being written."
    page.save_revision()
    form = signed_in(cast.editor).get(f"/cms/pages/{version.page_id}/edit/").context["form"]
    assert form["what_changed"].value() == "Being written."


def test_pages_published_before_versions_were_kept_get_their_first(cast, django_assert_num_queries):
    from home.models import HomePage, InformationPage

    page = InformationPage(title="Visiting us", body="<p>Ring the bell.</p>", slug="visiting")
    HomePage.objects.get().add_child(instance=page)
    assert keep_missing() == 1
    assert keep_missing() == 0
    assert PageVersion.objects.get(page=page.pk).words == [["paragraph", "", "Ring the bell."]]
    privacy = PageVersion.objects.get(page__slug="privacy")
    assert (privacy.number, privacy.asked) == (1, Asked.FAMILIES)


def test_a_page_that_is_only_scheduled_has_no_version_yet(cast):
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone

    from procedures.actions import keep_as_draft
    from procedures.importing import read_text

    page = keep_as_draft(read_text(SNACK)).get_latest_revision_as_object()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert not PageVersion.objects.filter(page=page.pk).exists()
    revision = page.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert PageVersion.objects.get(page=page.pk).number == 1
