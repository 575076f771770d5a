"""Photographs that strangers send: what is one is taken, clean and upright; what is none is refused, and nothing falls."""

import io
import os
import signal
import socket
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from records import pictures, redrawing
from records.pictures import SIZES, NotAPicture, clean, clean_all
from tests.records.uploads import CANARY, COLOURS, grainy, saved, upright, wide_profile, with_everything
from tests.records.uploads_bad import bad, either
from tests.records.uploads_good import good

MOST_SECONDS, MOST_MEMORY = 5, 400_000_000
LEFT_OVER = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


@pytest.fixture
def spent(monkeypatch):
    """The seconds of the processor and the memory that each picture took in its process."""
    seen, draw = [(0, 0)], pictures.Studio.draw

    def noted(studio, upload):
        said, drawn = draw(studio, upload)
        seen.append((said.get("seconds", 0), said.get("memory", 0)))
        return said, drawn

    monkeypatch.setattr(pictures.Studio, "draw", noted)
    return seen


def assert_bounded(spent):
    assert max(seconds for seconds, _memory in spent) <= MOST_SECONDS
    assert max(memory for _seconds, memory in spent) <= MOST_MEMORY


def judged(name, content):
    """The Picture, or the sentence that refuses it."""
    try:
        picture = clean(SimpleUploadedFile(name, content))
    except NotAPicture as problem:
        picture = str(problem)
        assert picture.endswith(".") and "\n" not in picture and "\0" not in picture and len(picture) < 200, name
    return picture


def assert_clean(name, picture):
    """Three JPEGs of bare pixels, none larger than it should be, with nothing of what came along."""
    assert set(picture.sizes) == set(SIZES), name
    for size, content in picture.sizes.items():
        image = Image.open(io.BytesIO(content))
        image.load()
        assert (image.format, image.mode) == ("JPEG", "RGB"), name
        assert max(image.size) <= SIZES[size], name
        assert not image.getexif() and set(image.info) <= LEFT_OVER, (name, image.info)
        for word in (CANARY.encode(), b"Exif", b"http", b"ICC_PROFILE", b"<?php", b"<script", b"%PDF"):
            assert word not in content, (name, word)


def assert_upright(name, picture):
    """Each field of colour where it belongs, lighter and darker where the picture was grey."""
    image = Image.open(io.BytesIO(picture.sizes["large"]))
    if min(image.size) < 16:
        return
    assert image.size == (picture.width, picture.height)
    places = {"left": 0.2, "right": 0.8, "top": 0.2, "bottom": 0.8}
    for place, colour in COLOURS.items():
        high, wide = place.split()
        seen = image.getpixel((int(image.width * places[wide]), int(image.height * places[high])))
        grey = max(seen) - min(seen) < 12
        wanted = [sum(colour) / 3] * 3 if grey else colour
        if "black and white" not in name:
            assert max(abs(a - b) for a, b in zip(seen, wanted, strict=True)) < 75, (name, place, seen)


def judge_all(record_property, large=False, step=1, mutants=300, part=1):
    """Every upload of the corpus; counts are printed at the end of the run."""
    tried = {name: isinstance(judged(name, content), str) for name, content in bad(step, large)}
    accepted = [name for name, is_refused in tried.items() if not is_refused]
    refused, taken = [], 0
    for name, content in list(good(large))[::part]:
        picture = judged(name, content)
        if isinstance(picture, str):
            refused.append((name, picture))
            continue
        taken += 1
        assert_clean(name, picture)
        assert_upright(name, picture)
    for name, content in either(mutants):
        picture = judged(name, content)
        if not isinstance(picture, str):
            assert_clean(name, picture)
    record_property("uploads", (len(tried), len(accepted), taken + len(refused), len(refused)))
    assert not accepted, f"taken, and should not have been: {accepted}"
    assert len(refused) <= (taken + len(refused)) / 100, f"refused, and should not have been: {refused}"
    return len(tried), taken


def test_what_is_no_photograph_is_refused_and_what_is_one_is_taken(record_property, spent):
    """A slice of the corpus below: every kind, a fifth of the good, cut off at every 32nd kilobyte, 12 mutants, nothing large."""
    judge_all(record_property, step=32, mutants=12, part=5)
    assert_bounded(spent)


ON_SCREENS = ((234, 51, 35), (255, 0, 0))  # sRGB's red as Display P3 writes it, and as bare pixels are read


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_colours_of_a_phone_with_a_wider_range_are_turned_into_those_of_every_screen(kind):
    written, wanted = ON_SCREENS
    how = {"quality": 95} if kind != "PNG" else {}
    wide = saved(Image.new("RGB", (320, 240), written), kind, icc_profile=wide_profile(), **how)
    seen = Image.open(io.BytesIO(judged("red", wide).sizes["large"])).getpixel((160, 120))
    assert max(abs(a - b) for a, b in zip(seen, wanted, strict=True)) <= 8, seen


@pytest.mark.parametrize(
    "profile",
    [
        b"",
        b"no profile",
        wide_profile()[:200],
        wide_profile().replace(b"RGB XYZ", b"CMYKXYZ"),
        wide_profile().replace(b"RGB XYZ", b"\xffGB XYZ"),
    ],
)
def test_a_profile_that_cannot_be_read_is_left_out_and_the_colours_stay(profile):
    written = (90, 140, 60)
    content = saved(Image.new("RGB", (320, 240), written), "PNG", icc_profile=profile)
    seen = Image.open(io.BytesIO(judged("green", content).sizes["large"])).getpixel((160, 120))
    assert max(abs(a - b) for a, b in zip(seen, written, strict=True)) <= 3, seen


MISSING_END = (Path(__file__).parent / "missing-last-bytes.jpg").read_bytes()


@pytest.mark.parametrize(
    "whole",
    [
        MISSING_END + b"\xff\xd9",
        saved(grainy(), "JPEG", quality=90),
        saved(grainy(), "JPEG", quality=90, progressive=True),
        saved(grainy(), "JPEG", quality=90, restart_marker_rows=1),
    ],
    ids=["as it came", "baseline", "progressive", "with restarts"],
)
def test_a_photograph_without_its_last_bytes_is_taken_where_every_row_is_there(whole):
    expected = judged("whole.jpg", whole).sizes["large"]
    for missing in (1, 2):
        assert judged("cut.jpg", whole[:-missing]).sizes["large"] == expected
    for missing in (12, 200, 3000):
        assert "was cut off on its way. Choose it again." in judged("cut.jpg", whole[:-missing])


def test_a_progressive_photograph_cut_between_two_passes_is_cut_off():
    whole = saved(grainy(), "JPEG", quality=90, progressive=True)
    last = whole.rfind(b"\xff\xda")
    assert "was cut off" in judged("cut.jpg", whole[: last + 4])
    assert "was cut off" in judged("cut.jpg", whole[: whole.rfind(b"\xff\xc4") + 6])


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_other_kinds_say_that_they_were_cut_off_too(kind):
    assert "was cut off on its way" in judged("cut", saved(grainy(), kind)[:-300])
    assert "cannot be read as a photograph" in judged("none", b"no picture at all" * 99)


@pytest.mark.prove
def test_the_whole_corpus_of_uploads(record_property, spent):
    """Bad means: is no photograph, or is none any more, or is larger than we can hold; every one must be refused.

    Good means: a photograph in one of our four formats, whatever its name. A picture with something else behind or
    inside it, and a picture with some bytes changed, may be refused or taken: taken, nothing but its pixels remains.
    """
    tried, taken = judge_all(record_property, large=True)
    assert tried >= 250 and taken >= 150
    assert_bounded(spent)
    assert not isinstance(judged("after.jpg", saved(upright(), "JPEG")), str), "the process is alive afterwards"


def photographs_that_tell(sizes):
    for kind in ("JPEG", "PNG", "WEBP", "HEIF"):
        for orientation in range(1, 9):
            for size in sizes:
                yield f"{kind} {orientation} {size}", with_everything(kind, orientation, size)


def assert_nothing_told(sizes):
    count = 0
    for name, content in photographs_that_tell(sizes):
        assert CANARY.encode() in content, name
        picture = clean(SimpleUploadedFile(name, content))
        assert_clean(name, picture)
        assert_upright(name, picture)
        assert picture.width > picture.height, name
        count += 1
    return count


def test_photographs_in_every_position_come_out_upright_and_tell_nothing():
    assert assert_nothing_told([(300, 200)]) == 32


@pytest.mark.prove
def test_sixty_photographs_come_out_upright_and_tell_nothing():
    assert assert_nothing_told([(301, 200), (900, 650)]) == 64


def test_nothing_is_made_larger_and_print_has_its_three_thousand_pixels():
    for size, wanted in {(300, 200): 300, (2500, 90): 2500, (6100, 300): 3000, (11990, 80): 3000}.items():
        picture = clean(SimpleUploadedFile("a.jpg", saved(upright(size), "JPEG")))
        assert Image.open(io.BytesIO(picture.sizes["print"])).width == wanted
        assert picture.width == min(1920, size[0])


def test_one_bad_file_costs_only_itself():
    uploads = [SimpleUploadedFile(f"{n}.jpg", saved(upright(), "JPEG")) for n in range(3)]
    uploads.insert(1, SimpleUploadedFile("notes.jpg", b"no picture"))
    taken, problems = clean_all(uploads)
    assert len(taken) == 3
    [problem] = problems
    assert problem.startswith("“notes.jpg” cannot be read as a photograph.")


def test_a_process_that_was_killed_is_begun_anew_and_one_that_hangs_is_given_up(monkeypatch):
    upload = SimpleUploadedFile("a.jpg", saved(upright(), "JPEG"))
    clean(upload)
    pictures.studio.apart.process.kill()
    pictures.studio.apart.process.wait()
    assert clean(upload)
    with monkeypatch.context() as soon:
        soon.setattr(pictures.studio.apart, "seconds", 1)
        pictures.studio.apart.process.send_signal(19)  # stopped: as if it hung
        with pytest.raises(NotAPicture, match="took too long"):
            clean(upload)
    assert clean(upload)


def tries_to_open(_content):
    for attempt in (lambda: os.open("/etc/hostname", os.O_RDONLY), socket.socket):
        try:
            attempt()
        except OSError:
            continue
        return {"why": "it could open something"}, []
    return {"why": "nothing opened"}, []


def works_for_ever(_content):
    while True:
        pass


def waits_for_ever(_content):
    time.sleep(20)


def takes_all_memory(_content):
    return {"why": str(len(bytearray(2 * redrawing.MOST_MEMORY)))}, []


@pytest.mark.parametrize(
    ("reader", "why"),
    [
        (tries_to_open, "nothing opened"),
        (works_for_ever, "slow"),
        (waits_for_ever, "slow"),
        (takes_all_memory, "damaged"),
        (lambda _content: os.kill(os.getpid(), signal.SIGKILL), "damaged"),
        (lambda _content: os._exit(0), "damaged"),
    ],
)
def test_a_picture_that_takes_over_its_reader_can_do_nothing(monkeypatch, reader, why):
    monkeypatch.setattr(redrawing, "answer_to", reader)
    said, drawn = redrawing.drawn_in_a_child(b"", seconds=1)
    assert (said["why"], drawn) == (why, b"")
