"""Pictures of the website: what a phone or program wrote beside the pixels stays out, and a broken one gets its sentence."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as PillowImage
from wagtail.images import get_image_model

from home import pictures
from tests.cast import signed_in
from tests.records.uploads import CANARY, saved, upright, with_everything

NOTES = (CANARY.encode(), b"Exif", b"http", b"ICC_PROFILE", b"Photoshop", b"8BIM", b"<?php")
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x1a\x1c\x02\x78\0\x14" + CANARY.encode()


@pytest.fixture
def send(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = signed_in(cast.editor)

    def sent(name, content, address="wagtailimages:add_multiple", field="files[]"):
        file = SimpleUploadedFile(name, content, "image/jpeg")
        return client.post(reverse(address), {field: file, "title": "Hill", "collection": "1"}, headers=AS_SCRIPT)

    return sent


AS_SCRIPT = {"x-requested-with": "XMLHttpRequest"}


def kept():
    image = get_image_model().objects.get()
    with image.file.open() as file:
        return image, file.read()


def with_iptc():
    whole = saved(upright(), "JPEG")
    segment = b"\xff\xed" + (len(IPTC) + 2).to_bytes(2, "big") + IPTC
    return whole[:2] + segment + whole[2:] + b"<?php " + CANARY.encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hill.jpg", with_everything("JPEG", 6)),
        ("iptc.jpg", with_iptc()),
        ("hill.png", with_everything("PNG", 1)),
        ("hill.webp", with_everything("WEBP", 1)),
        ("hill.heic", with_everything("HEIF", 1)),
    ],
)
def test_a_picture_in_any_kind_keeps_its_pixels_and_nothing_else(send, name, content):
    assert send(name, content).json()["success"]
    image, bare = kept()
    assert not [note for note in NOTES if note in bare]
    with PillowImage.open(BytesIO(bare)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (image.width, image.height))
        assert picture.size == (300, 200)
        assert max(abs(a - b) for a, b in zip(picture.getpixel((60, 40)), (220, 30, 30), strict=True)) < 30
    assert image.file.name.endswith(".jpg")
    assert image.file_size == len(bare)


def test_what_is_see_through_becomes_white_paper_and_the_form_says_so(send):
    """Decision 0033."""
    logo = PillowImage.new("RGBA", (300, 200), (0, 0, 0, 0))
    logo.paste((30, 110, 60, 255), (100, 50, 200, 150))
    form = send("logo.png", b"", "wagtailimages:add", "file").content.decode()
    assert "What is see-through becomes white." in form
    assert send("logo.png", saved(logo, "PNG")).json()["success"]
    _image, bare = kept()
    with PillowImage.open(BytesIO(bare)) as picture:
        assert picture.format == "JPEG"
        assert min(picture.getpixel((10, 10))) > 250
        assert max(abs(a - b) for a, b in zip(picture.getpixel((150, 100)), (30, 110, 60), strict=True)) < 10


def test_a_broken_picture_gets_its_sentence(send):
    whole = saved(upright(), "JPEG")
    for content, says in (
        (whole[: len(whole) // 2], "was cut off on its way"),
        (b"GIF89a;", "cannot be read as a photo"),
    ):
        answer = send("hill.jpg", content)
        assert answer.status_code == 200
        assert says in str(answer.json())
        assert says in send("hill.jpg", content, "wagtailimages:add", "file").content.decode()
    assert not get_image_model().objects.exists()


def test_the_form_for_one_picture_and_the_chooser_take_it_too(send):
    assert send("hill.heic", with_everything("HEIF", 1), "wagtailimages:add", "file").status_code == 302
    _image, bare = kept()
    assert CANARY.encode() not in bare


def test_a_picture_that_comes_in_another_way_is_drawn_anew_as_well(cast, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("hill.png", with_everything("PNG", 1))
    get_image_model().objects.create(title="Hill", file=file, width=300, height=200)
    image, bare = kept()
    assert CANARY.encode() not in bare
    monkeypatch.setattr(pictures, "clean", None)  # saved again, nothing is drawn again
    image.title = "Green hill"
    image.save()
