"""One person cannot stop the house: limits of work for a file, for a person and in all, and free threads for the others."""

import io
import threading
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from people import spreadsheets
from records import pictures, this_request
from records.turns import SENDER, Busy, Turns


def with_scans_repeated(times):
    """A small progressive JPEG whose last scan is there so many times: each is work for every pixel again."""
    out = io.BytesIO()
    Image.radial_gradient("L").resize((1200, 1200)).convert("RGB").save(out, "JPEG", progressive=True, quality=90)
    content = out.getvalue()
    last = content.rindex(b"\xff\xda")
    scan = content[last:-2]
    return SimpleUploadedFile("tower.jpg", content[:-2] + scan * times + b"\xff\xd9")


def test_a_picture_that_repeats_its_scans_is_refused_before_they_are_worked_on():
    ordinary = with_scans_repeated(0)
    began = time.monotonic()
    pictures.clean(ordinary)
    once = time.monotonic() - began
    began = time.monotonic()
    with pytest.raises(pictures.NotAPicture, match="stored in an unusual way"):
        pictures.clean(with_scans_repeated(400))
    assert time.monotonic() - began < max(once, 0.5)


def test_only_so_many_are_at_work_at_once_one_more_waits_and_the_others_are_told_at_once():
    turns, inside, most, told = Turns(places=2, seconds_a_person=60, wait=0.2), [], [], []
    let_go, began = threading.Event(), threading.Barrier(6)

    def work():
        began.wait()
        try:
            with turns.turn():
                inside.append(1)
                most.append(len(inside))
                let_go.wait(5)
                inside.pop()
        except Busy:
            told.append(time.monotonic())

    threads = [threading.Thread(target=work) for _n in range(6)]
    start = time.monotonic()
    [thread.start() for thread in threads]
    while len(told) < 4 and time.monotonic() - start < 5:
        time.sleep(0.01)
    let_go.set()
    [thread.join() for thread in threads]
    assert max(most) == 2
    assert len(told) == 4
    assert sum(moment - start < 0.15 for moment in told) >= 3, "who finds no place and no bench hears it at once"


def test_one_persons_work_within_the_hour_is_limited_and_nobody_elses():
    turns = Turns(places=2, seconds_a_person=0.05)
    for sender, expected in ((1, Busy), (2, None)):
        shelf = this_request.begin()
        this_request.put(SENDER, sender)
        try:
            with turns.turn():
                time.sleep(0.06 if sender == 1 else 0)
            if expected:
                with pytest.raises(Busy), turns.turn():
                    pass
            else:
                with turns.turn():
                    pass
        finally:
            this_request.end(shelf)


def test_after_a_picture_that_is_too_slow_the_rest_of_the_request_is_not_begun(monkeypatch):
    asked = []

    def draw(self, upload):
        asked.append(upload.name)
        return ({"why": "slow"}, b"") if upload.name == "slow.jpg" else ({"why": "damaged"}, b"")

    monkeypatch.setattr(pictures.Studio, "draw", draw)
    uploads = [SimpleUploadedFile(name, b"x") for name in ("bad.jpg", "slow.jpg", "third.jpg", "fourth.jpg")]
    taken, problems = pictures.clean_all(uploads)
    assert asked == ["bad.jpg", "slow.jpg"]
    assert not taken and len(problems) == 4, "each is named, so that nothing is thought to have arrived"


def hungry_workbook():
    """A workbook of some kilobytes that unpacks to a great many cells."""
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    book.save(out)
    row = (
        '<row r="{0}">'
        + "".join(f'<c r="{chr(65 + n)}{{0}}" t="inlineStr"><is><t>x</t></is></c>' for n in range(20))
        + "</row>"
    )
    rows = "".join(row.format(number) for number in range(1, 19_000))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    packed = io.BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for item in source.namelist():
            target.writestr(item, sheet if item == "xl/worksheets/sheet1.xml" else source.read(item))
    return packed.getvalue()


def test_a_workbook_that_unpacks_to_far_too_much_work_ends_its_own_process_and_not_ours():
    content = hungry_workbook()
    assert len(content) < spreadsheets.MOST_BYTES
    began, ours = time.monotonic(), time.thread_time()
    with pytest.raises(spreadsheets.Unreadable):
        spreadsheets.read(content)
    assert time.thread_time() - ours < 2, "next to no work is done in the web process"
    assert time.monotonic() - began < 20


def test_a_third_with_photographs_never_waits_in_the_web_server():
    assert pictures.turns.wait == 0, "they wait in the queue (tests/portal/test_uploads.py)"
