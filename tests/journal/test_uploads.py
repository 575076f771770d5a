"""Photographs that find no free place wait outside of the web server, and come to their page by themselves."""

import io
import os
import uuid
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from people.families import actions_family
from portal.journal import actions, actions_uploads, tasks
from portal.journal.models import Observation, Photograph, Upload
from records import pictures, work
from records.turns import Turns
from tests.cast import signed_in
from tests.journal.pages import let_photographs, write

pytestmark = pytest.mark.django_db


def jpeg(colour="green"):
    out = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(out, "JPEG")
    return out.getvalue()


def sent(name="heron.jpg", content=None):
    return SimpleUploadedFile(name, jpeg() if content is None else content)


@pytest.fixture
def no_place(monkeypatch):
    """Every place is taken by somebody else's photographs."""
    monkeypatch.setattr(pictures, "turns", Turns(places=1, seconds_a_person=60, wait=0))

    @contextmanager
    def none_free():
        with pictures.turns.turn():
            yield

    with none_free():
        yield


@pytest.fixture(autouse=True)
def studio(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(tasks, "studio", tasks.Studio())
    return tasks.studio


@pytest.fixture
def cleaned(django_capture_on_commit_callbacks):
    """Let the worker do all that waits."""

    def work_through():
        with django_capture_on_commit_callbacks(execute=True):
            while tasks.uploads_wait():
                tasks.clean_uploads()

    return work_through


def add_from_home(cast, *files, client=None, **more):
    form = {"words": "He found a heron.", "idempotency_key": uuid.uuid4(), "photographs": list(files)} | more
    return (client or signed_in(cast.mother)).post(f"/journal/{cast.maja.pk}/add/", form, follow=True)


def test_a_page_from_home_is_there_at_once_and_its_photographs_come_by_themselves(cast, no_place, cleaned):
    client = signed_in(cast.mother)
    page = add_from_home(cast, sent("one.jpg"), sent("two.jpg", jpeg("red")), client=client).content.decode()
    assert "2 photographs wait for their turn" in page and "He found a heron." in page
    observation = Observation.objects.get(words="He found a heron.")
    address = f"/journal/{cast.maja.pk}/{observation.pk}/"
    assert "2 photographs of yours are still on their way" in client.get(address).content.decode()
    assert not observation.photographs.exists()
    cleaned()
    assert observation.photographs.count() == 2
    for photograph in observation.photographs.all():
        assert Photograph.objects.visible_to(cast.mother).filter(pk=photograph.pk).exists()
        assert list(photograph.children.all()) == [cast.maja]
    assert "on their way" not in client.get(address).content.decode()
    assert not Upload.objects.exists() and not list(actions_uploads.folder().glob("*")), "not as they were sent"


def test_pressed_twice_they_arrive_once(cast, no_place, cleaned):
    press = uuid.uuid4()
    for _twice in range(2):
        add_from_home(cast, sent(), idempotency_key=press)
    assert Upload.objects.count() == 1
    cleaned()
    assert Photograph.objects.count() == 1


def test_a_draft_is_not_shared_before_its_photographs_are_there_and_somebody_has_said_who_is_seen(
    cast, no_place, cleaned
):
    let_photographs(cast.maja)
    client = signed_in(cast.key_person)
    form = {"children": [cast.maja.pk], "words": "A tower.", "idempotency_key": uuid.uuid4(), "photographs": [sent()]}
    page = client.post("/journal/write/", form, follow=True).content.decode()
    assert "1 photograph waits for its turn" in page and "still on their way to this page" in page
    assert "Share with families" not in page
    draft = Observation.objects.get(words="A tower.")
    client.post(reverse("journal:check", args=[draft.pk]), {})
    draft.refresh_from_db()
    assert draft.shared_at is None
    cleaned()
    page = client.get(reverse("journal:check", args=[draft.pk])).content.decode()
    assert "Who can be seen in the photographs" in page and "Share with families" in page
    actions.share(draft, by=cast.key_person)
    assert draft.photographs.count() == 1


def test_what_cannot_be_read_stands_on_todays_page_of_its_sender_until_they_have_read_why(cast, no_place, cleaned):
    client = signed_in(cast.mother)
    add_from_home(cast, sent("heron.jpg"), sent("song.jpg", b"no picture"), client=client)
    cleaned()
    observation = Observation.objects.get(words="He found a heron.")
    address = f"/journal/{cast.maja.pk}/{observation.pk}/"
    assert observation.photographs.count() == 1, "one bad file costs only itself"
    assert "A photograph that you sent could not be taken" in client.get("/today/").content.decode()
    assert "A photograph that you sent" not in signed_in(cast.key_person).get("/today/").content.decode()
    assert address in client.get("/today/").content.decode()
    assert "“song.jpg” cannot be read as a photograph" in client.get(address).content.decode()
    assert "song.jpg" not in signed_in(cast.key_person).get(address).content.decode()
    assert "A photograph that you sent" not in client.get("/today/").content.decode()
    assert not list(actions_uploads.folder().glob("*"))


def test_of_a_draft_it_is_said_where_it_is_looked_at(cast, no_place, cleaned):
    client = signed_in(cast.key_person)
    form = {"children": [cast.maja.pk], "words": "A tower.", "idempotency_key": uuid.uuid4()}
    client.post("/journal/write/", form | {"photographs": [sent("song.jpg", b"no picture")]})
    cleaned()
    draft = Observation.objects.get(words="A tower.")
    assert reverse("journal:check", args=[draft.pk]) in client.get("/today/").content.decode()
    assert "“song.jpg” cannot be read" in client.get(reverse("journal:check", args=[draft.pk])).content.decode()


def test_nobody_else_sees_what_somebody_sent(cast, no_place):
    add_from_home(cast, sent())
    assert Upload.objects.visible_to(cast.mother).exists()
    for key in ("father", "other_mother", "grandmother", "key_person", "manager"):
        assert not Upload.objects.visible_to(getattr(cast, key)).exists(), key


def test_a_sender_who_is_barred_meanwhile_sees_neither_page_nor_file(cast, no_place, cleaned):
    add_from_home(cast, sent("heron.jpg"), sent("song.jpg", b"no picture"))
    actions_family.restrict(cast.maja, cast.mother, by=cast.manager, kind="full", basis="An order")
    cleaned()
    assert Photograph.objects.count() == 1, "what was sent is kept"
    assert not Upload.objects.visible_to(cast.mother).exists()
    assert not Photograph.objects.visible_to(cast.mother).exists()
    assert "A photograph that you sent" not in signed_in(cast.mother).get("/today/").content.decode()


def test_whoever_sends_a_great_many_is_told_and_keeps_the_words(cast, no_place, monkeypatch):
    monkeypatch.setattr("portal.journal.forms.MOST_WAITING", 2)
    page = add_from_home(cast, sent("1.jpg"), sent("2.jpg"), sent("3.jpg")).content.decode()
    assert "Many photographs of yours are still on their way" in page and "He found a heron." in page
    assert not Observation.objects.filter(words="He found a heron.").exists()
    add_from_home(cast, sent("1.jpg"), sent("2.jpg"))
    assert "are still on their way" in add_from_home(cast, sent("3.jpg"), words="And a coot.").content.decode()
    assert Upload.objects.count() == 2


def test_who_has_caused_enough_work_for_an_hour_does_not_wait_either(cast, monkeypatch):
    monkeypatch.setattr(pictures, "turns", Turns(places=1, seconds_a_person=0, wait=0))
    page = add_from_home(cast, sent()).content.decode()
    assert "You have sent a great many photographs" in page and "He found a heron." in page
    assert not Upload.objects.exists()


def test_twenty_of_one_person_hold_up_nobody_elses_one(cast, no_place, studio):
    add_from_home(cast, *(sent(f"{n}.jpg") for n in range(20)))
    draft = write(cast.key_person, cast.maja, words="A tower.")
    Upload.objects.create(observation=draft, number=0, name="tower.jpg")
    actions_uploads.path_of(Upload.objects.get(name="tower.jpg")).write_bytes(jpeg())
    begun = []
    while len(begun) < 3:
        if studio.upload is None:
            studio.begin()
            begun.append(studio.upload.name)
        tasks.clean_uploads()
    assert "tower.jpg" in begun[:2]


def test_after_one_that_takes_too_long_the_others_of_its_page_are_not_begun(cast, no_place, cleaned, monkeypatch):
    def slow(file):
        raise pictures.NotAPicture("slow", file.name)

    monkeypatch.setattr(tasks, "clean", slow)
    add_from_home(cast, sent("a.jpg"), sent("b.jpg"))
    cleaned()
    assert [each.sentence for each in Upload.objects.refused()] == [
        "“a.jpg” took too long to read. Send it in a smaller size, or as a JPEG.",
        "“b.jpg” was not looked at. Send it again.",
    ]
    assert not list(actions_uploads.folder().glob("*"))


def test_a_file_that_a_backup_does_not_hold_is_named(cast, no_place, cleaned):
    add_from_home(cast, sent("heron.jpg"))
    actions_uploads.path_of(Upload.objects.get()).unlink()
    cleaned()
    assert Upload.objects.get().sentence == "“heron.jpg” was lost on its way. Send it again."


def test_a_worker_that_was_killed_begins_again_and_mail_goes_on_leaving_meanwhile(cast, no_place, cleaned, monkeypatch):
    add_from_home(cast, sent())
    tasks.clean_uploads()  # it is begun, and the worker killed
    monkeypatch.setattr(tasks, "studio", tasks.Studio())
    cleaned()
    assert Photograph.objects.count() == 1


def test_the_worker_looks_after_them_until_none_is_left():
    assert tasks.clean_uploads in work.SOON and tasks.uploads_wait in work.APART
    assert tasks.clear_away_uploads in work.DAILY


def test_old_refusals_and_files_without_a_row_are_cleared_away(cast, no_place, cleaned):
    add_from_home(cast, sent("song.jpg", b"no picture"))
    cleaned()
    Upload.objects.update(sent_at=timezone.now() - timedelta(days=15))
    stray = actions_uploads.folder() / str(uuid.uuid4())
    stray.write_bytes(b"x")
    assert actions_uploads.clear_away_uploads() == 1 and stray.exists(), "it may be on its way"
    os.utime(stray, (0, 0))
    assert actions_uploads.clear_away_uploads() == 1 and not stray.exists()


def test_a_page_of_photographs_alone_is_there_for_its_sender_also_where_none_can_be_taken(cast, no_place, cleaned):
    client = signed_in(cast.mother)
    assert (
        "1 photograph waits" in add_from_home(cast, sent("song.jpg", b"no"), words="", client=client).content.decode()
    )
    page = Observation.objects.get(origin="home")
    address = f"/journal/{cast.maja.pk}/{page.pk}/"
    assert "still on its way" in client.get(address).content.decode()
    cleaned()
    assert address in client.get("/today/").content.decode()
    assert "“song.jpg” cannot be read" in client.get(address).content.decode()
