"""What an editor may do in Wagtail, and no more."""

import json
import re
from io import BytesIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from home.models import HomePage, NoticePage, NoticesPage
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def test_editors_have_their_rights_and_no_more():
    """The exact set: whoever widens it changes this test on purpose."""
    assert set(Group.objects.values_list("name", flat=True)) == {"Checkers", "Editors"}
    assert not Group.objects.get(name="Checkers").permissions.exists()
    editors = Group.objects.get(name="Editors")
    general = {f"{each.content_type.app_label}.{each.codename}" for each in editors.permissions.all()}
    assert general == {"wagtailadmin.access_admin", "documents.add_form", "documents.change_form"}
    on_pages = GroupPagePermission.objects.values_list("group__name", "page__url_path", "permission__codename")
    assert set(on_pages) == {
        ("Editors", "/home/", f"{verb}_page") for verb in ("add", "change", "publish", "lock", "unlock")
    }
    on_collections = GroupCollectionPermission.objects.values_list("collection__depth", "permission__codename")
    assert set(on_collections) == {(1, "add_image"), (1, "choose_image")}


def test_an_editor_cannot_touch_accounts(cast):
    editor = cast.editor
    about_people = Permission.objects.filter(
        Q(
            content_type__app_label__in=[
                "accounts",
                "families",
                "setting",
                "mail",
                "auth",
                "records",
                "journal",
                "complaints",
            ]
        )
    )
    held = {f"{each.content_type.app_label}.{each.codename}" for each in about_people} & editor.get_all_permissions()
    assert held == set()
    assert not editor.is_superuser


@pytest.mark.parametrize(
    "address",
    ["users/", "users/add/", "groups/", "sites/", "collections/", "redirects/", "workflows/list/", "locales/"],
)
def test_the_rest_of_wagtail_is_shut_for_an_editor(cast, address):
    client = signed_in(cast.editor)
    assert client.get("/cms/").status_code == 200
    assert client.get(f"/cms/{address}").status_code in (302, 403, 404)


def test_no_record_of_a_family_appears_in_wagtail(cast):
    editor = signed_in(cast.editor)
    names = {word for person in cast.people.values() if person != cast.editor for word in person.full_name.split()}
    names |= {child.known_as for child in cast.children.values()}
    for address in (
        "/cms/",
        "/cms/pages/",
        "/cms/snippets/",
        "/cms/reports/site-history/",
    ):
        page = editor.get(address, follow=True).content.decode()
        assert not [name for name in names if re.search(rf"\b{name}\b", page)]


@pytest.mark.parametrize("who", ["mother", "key_person", "manager", "chair", "administrator", "grandmother"])
def test_wagtail_is_not_there_for_anyone_else(cast, who):
    client = signed_in(getattr(cast, who))
    assert client.get("/cms/").status_code == 404
    assert client.get("/").status_code == 200


# Writing a notice, as the form sends it.


def notice_form(**fields):
    block = {"key": "a", "text": "We plant beans.", "type": "unstyled", "depth": 0}
    words = json.dumps({"blocks": [{**block, "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}})
    return {
        "title": "Planting beans",
        "slug": "planting-beans",
        "audience": "public",
        "posted_on": "2026-05-04",
        "words": words,
        "picture": "",
        "picture_description": "",
        "picture_shows": "",
        "telling": "quiet",
        "phrase": "",
        "weekday": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        **fields,
    }


def add_address():
    return f"/cms/pages/add/home/noticepage/{NoticesPage.objects.get().pk}/"


def test_an_editor_writes_previews_and_publishes_a_notice(cast):
    client = signed_in(cast.editor)
    form = client.get(add_address()).content.decode()
    assert "Anyone with the link to a picture can open it, even when the notice is for families only." in form
    assert "On a phone" in form

    preview = f"/cms/pages/add/home/noticepage/{NoticesPage.objects.get().pk}/preview/"
    assert client.post(preview, notice_form()).json()["is_valid"]
    shown = client.get(preview)
    assert "We plant beans." in shown.content.decode()
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]

    client.post(add_address(), notice_form())
    assert client.get("/notices/planting-beans/").status_code == 404
    page = NoticePage.objects.get(slug="planting-beans")
    client.post(f"/cms/pages/{page.pk}/edit/", notice_form(**{"action-publish": "1"}))
    client.logout()
    assert client.get("/notices/planting-beans/").status_code == 200
    assert "Planting beans" in client.get("/").content.decode()


def test_a_notice_for_a_room_is_taken_exactly_when_a_room_is_ticked(cast):
    client, room = signed_in(cast.editor), cast.maja.room
    publish = {"audience": "room", "action-publish": "1"}
    refused = client.post(add_address(), notice_form(**publish))
    assert "Choose at least one room." in refused.content.decode()
    client.post(add_address(), notice_form(**publish, rooms=[room.pk]))
    page = NoticePage.objects.get()
    assert (page.live, list(page.rooms.all())) == (True, [room])
    edit = f"/cms/pages/{page.pk}/edit/"
    assert "Choose at least one room." in client.post(edit, notice_form(**publish)).content.decode()
    assert list(NoticePage.objects.get().get_latest_revision_as_object().rooms.all()) == [room]


def test_the_editors_panel_names_the_true_audience(cast):
    client = signed_in(cast.editor)
    client.post(add_address(), notice_form(audience="room", rooms=[cast.maja.room_id]))
    panel = client.get(f"/cms/pages/{NoticePage.objects.get().pk}/edit/").content.decode()
    assert f"as last saved: <strong>{cast.maja.room.name}</strong>" in panel
    assert "Visible to all" not in panel
    assert "Change privacy" not in panel
    home = client.get(f"/cms/pages/{HomePage.objects.get().pk}/edit/").content.decode()
    assert "as last saved" not in home


def test_a_picture_needs_words_that_say_what_it_shows(cast, umbrella):
    client = signed_in(cast.editor)
    answer = client.post(add_address(), notice_form(picture=umbrella.pk))
    assert "Say in a few words what the picture shows." in answer.content.decode()
    assert not NoticePage.objects.exists()
    client.post(
        add_address(), notice_form(picture=umbrella.pk, picture_description="An umbrella", picture_shows="no_child")
    )
    assert NoticePage.objects.get().picture == umbrella


def test_a_picture_loses_what_the_phone_wrote_into_it(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    written, exif = BytesIO(), PillowImage.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "Mill Lane 4"
    PillowImage.new("RGB", (60, 40), "red").save(written, "JPEG", exif=exif)
    image = get_image_model()(title="Red", file=SimpleUploadedFile("red.jpg", written.getvalue(), "image/jpeg"))
    image.width, image.height = 60, 40
    image.save()
    image.refresh_from_db()
    kept = image.file.open().read()
    assert b"Mill Lane" not in kept
    assert (image.width, image.height) == (40, 60)
    with PillowImage.open(BytesIO(kept)) as picture:
        assert picture.size == (40, 60)
        assert not picture.getexif()


def test_pages_stand_only_where_they_belong():
    assert HomePage.max_count == NoticesPage.max_count == 1
    home = HomePage.objects.get()
    allowed = {model.__name__ for model in HomePage.creatable_subpage_models() if model.can_create_at(home)}
    assert allowed == {"InformationPage", "VisitPage"}
    assert {model.__name__ for model in NoticesPage.creatable_subpage_models()} == {"NoticePage"}
    assert {model.__name__ for model in Page.get_first_root_node().specific.creatable_subpage_models()} >= {"HomePage"}


def test_samples_can_be_added_twice(settings, tmp_path, client):
    from home.samples import SAMPLES, add_sample_pages

    settings.MEDIA_ROOT = tmp_path
    add_sample_pages()
    add_sample_pages()
    assert NoticePage.objects.count() == len(SAMPLES)
    page = client.get("/").content.decode()
    assert "A picnic in the rain" in page
    assert "What to bring on Friday" not in page
