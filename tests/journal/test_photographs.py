"""Photographs of the journal: whom they are shown to, and what is left of a file."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from people.families import actions_family
from people.families.access import RestrictionKind
from portal.demo.drawings import drawn
from portal.journal import actions
from portal.journal.models import Observation, Photograph
from records.pictures import SIZES, NotAPicture, clean
from records.refused import ActionRefused
from tests.cast import signed_in
from tests.journal.pages import allow, let_photographs, reads, shared, write

pytestmark = pytest.mark.django_db


def test_a_photograph_is_kept_back_for_whom_it_shows_and_not_for_who_stands_on_the_page(cast):
    let_photographs(cast.maja, cast.tobi)
    pictures = [clean(drawn("tower", seed, (90, 60))) for seed in (1, 2, 3)]
    page = write(cast.key_person, cast.maja, cast.tobi, pictures=pictures)
    of_both, of_tobi, of_nobody = page.photographs.all()
    actions.describe(of_tobi, by=cast.key_person, children=[cast.tobi], words="A bridge of blocks")
    actions.describe(of_nobody, by=cast.key_person, children=[], words="")
    actions.share(page, by=cast.key_person)

    def sees(adult):
        return list(Photograph.objects.visible_to(adult).filter(observation=page))

    assert sees(cast.mother) == [of_nobody]
    assert sees(cast.other_mother) == [of_tobi, of_nobody]
    allow(cast.other_mother, cast.tobi)
    assert sees(cast.mother) == [of_both, of_tobi, of_nobody]
    assert sees(cast.barred_father) == []


def test_photographs_are_closed_to_whom_a_restriction_says_so_and_the_words_stay(cast):
    page = shared(cast.key_person, cast.maja, pictures=[clean(drawn("tower", 1, (90, 60)))])
    assert Photograph.objects.visible_to(cast.father).count() == 1
    actions_family.restrict(
        cast.maja, cast.father, by=cast.manager, kind=RestrictionKind.NO_PHOTOGRAPHS, basis="Court order"
    )
    assert Photograph.objects.visible_to(cast.father).count() == 0
    assert reads(cast.father, page)


def with_place(kind):
    """A sideways photograph with a place, a time and a camera in its metadata."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees
    exif[0x010F] = "CANARY-CAMERA"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 26.0)
    image = Image.new("RGB", (400, 200), "white")
    image.paste("red", (0, 0, 200, 200))
    out = io.BytesIO()
    image.save(out, kind, exif=exif.tobytes())
    return SimpleUploadedFile(f"p.{kind.lower()}", out.getvalue())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_photographs_are_turned_upright_resized_and_lose_every_bit_of_metadata(kind):
    upload = with_place(kind)
    assert b"CANARY-CAMERA" in upload.read()
    upload.seek(0)
    picture = clean(upload)
    for name, content in picture.sizes.items():
        image = Image.open(io.BytesIO(content))
        assert image.height > image.width, "turned upright"
        assert image.getpixel((image.width // 2, 5))[0] > 200, "its left side is on top"
        assert max(image.size) <= SIZES[name]
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        assert b"CANARY" not in content
        assert b"Exif" not in content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.jpg", b"<html><script>alert(1)</script></html>"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("paper.jpg", b"%PDF-1.7 nothing"),
        ("empty.jpg", b""),
        ("moving.gif", b"GIF89a" + b"\0" * 40),
    ],
)
def test_what_is_no_photograph_gets_a_clear_sentence(name, content):
    with pytest.raises(NotAPicture, match="cannot be read as a photograph"):
        clean(SimpleUploadedFile(name, content))


def test_a_wrong_file_among_photographs_keeps_the_words(cast):
    client = signed_in(cast.mother)
    form = {
        "photographs": [SimpleUploadedFile("notes.jpg", b"no picture")],
        "words": "Kept words",
        "idempotency_key": uuid.uuid4(),
    }
    page = client.post(f"/journal/{cast.maja.pk}/add/", form).content.decode()
    assert "cannot be read as a photograph" in page
    assert "Kept words" in page


def test_a_photograph_is_sent_so_that_it_is_never_stored_and_never_run(cast):
    page = shared(cast.key_person, cast.maja, pictures=[clean(drawn("tower", 1, (90, 60)))])
    answer = signed_in(cast.mother).get(f"/journal/photographs/{page.photographs.get().pk}/small/")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "no-store, private"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert signed_in(cast.mother).get(f"/journal/photographs/{page.photographs.get().pk}/huge/").status_code == 404


def test_photographs_are_shared_only_when_the_family_allows_them_in_its_own_journal(cast):
    page = write(cast.key_person, cast.maja, pictures=[clean(drawn("tower", 1, (90, 60)))])
    with pytest.raises(ActionRefused, match="Maja"):
        actions.share(page, by=cast.key_person)
    let_photographs(cast.maja)
    actions.share(page, by=cast.key_person)


def test_the_good_photographs_are_kept_and_a_wrong_file_among_them_gets_its_sentence(cast):
    client = signed_in(cast.mother)
    files = [drawn("tower", 1, (90, 60)), SimpleUploadedFile("notes.jpg", b"no picture"), drawn("puddle", 2, (90, 60))]
    form = {"photographs": files, "words": "Two of three", "idempotency_key": uuid.uuid4()}
    answer = client.post(f"/journal/{cast.maja.pk}/add/", form, follow=True)
    assert Observation.objects.get(words="Two of three").photographs.count() == 2
    assert "“notes.jpg” cannot be read as a photograph" in answer.content.decode()


def test_a_child_in_the_background_is_named_on_the_page_that_is_looked_at(cast):
    """Alfie walks through the picture of Maja: his family decides, too, once somebody has said that he is there."""
    let_photographs(cast.maja, cast.alfie)
    page = write(cast.key_person, cast.maja, pictures=[clean(drawn("tower", 1, (90, 60)))])
    sara, address = signed_in(cast.key_person), f"/journal/drafts/{page.pk}/check/"
    seen = {"photo-0-asked": "True", "photo-0-seen": [cast.maja.pk], "photo-0-words": "Maja runs", "own-0-words": ""}
    offered = f'value="{cast.alfie.pk}"'
    assert offered not in sara.get(address).content.decode()
    everyone = sara.post(address, seen | {"everyone": "yes"}, follow=True)
    assert offered in everyone.content.decode() and "Maja runs" in everyone.content.decode()
    seen["photo-0-seen"] = [cast.maja.pk, cast.alfie.pk]
    sara.post(f"{address}?everyone=yes", seen)
    assert page.photographs.visible_to(cast.key_person).exists()
    assert reads(cast.mother, page) and not page.photographs.visible_to(cast.mother).exists()
    allow(cast.staff_parent, cast.alfie)
    assert page.photographs.visible_to(cast.mother).exists()
