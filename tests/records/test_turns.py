"""One person cannot stop the house: limits of work for a file, for a person and in all, and free threads for the others."""

import io
import os
import threading
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from people.families import spreadsheets
from records import pictures, request_cache, work
from records.apart import Apart
from records.turns import SENDER, Busy, Later, Turns, WhoseTurn


def with_scans_repeated(times, side=1200):
    """A small progressive JPEG whose last scan is there so many times: each is work for every pixel again."""
    out = io.BytesIO()
    Image.radial_gradient("L").resize((side, side)).convert("RGB").save(out, "JPEG", progressive=True, quality=90)
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
        shelf = request_cache.begin()
        request_cache.put(SENDER, sender)
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
            request_cache.end(shelf)


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
    """A workbook of 84 kB or less that unpacks to a great many cells."""
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    book.save(out)
    rows = ("<row>" + "<c><v>1</v></c>" * 250 + "</row>") * 9_200
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    packed = io.BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for item in source.namelist():
            target.writestr(item, sheet if item == "xl/worksheets/sheet1.xml" else source.read(item))
    return packed.getvalue()


def test_a_workbook_that_unpacks_to_far_too_much_work_ends_its_own_process_and_not_ours():
    content = hungry_workbook()
    assert len(content) <= 84_000
    began, ours = time.monotonic(), time.thread_time()
    with pytest.raises(spreadsheets.Unreadable):
        spreadsheets.read(content)
    assert time.thread_time() - ours < 2, "next to no work is done in the web process"
    assert time.monotonic() - began < 20


def test_a_third_with_photographs_never_waits_in_the_web_server():
    assert pictures.turns.wait == 0, "they wait in the queue (tests/journal/test_uploads.py)"


def test_it_is_the_turn_of_whoever_was_served_longest_ago():
    whose_turn = WhoseTurn()
    served = [whose_turn.of(waiting) for waiting in ("aaa", "aab", "aabc", "abc", "abc")]
    assert served == ["a", "b", "c", "a", "b"]


def test_work_that_takes_long_goes_on_beside_the_rounds_and_mail_leaves_in_each(monkeypatch):
    let_go, mails = threading.Event(), []
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work, "SOON", [lambda: mails.append(time.monotonic())])
    monkeypatch.setattr(work, "APART", [])
    monkeypatch.setattr(work, "BESIDE", [])
    long = iter([3, 0])
    work.beside(lambda: let_go.wait(20) and next(long))
    began = time.monotonic()
    assert [work.one_round() for _n in range(3)] == [0, 0, 0]
    assert time.monotonic() - began < 5 and len(mails) == 3
    assert work.still_going(), "a worker that is to do all once waits for it"
    let_go.set()
    done = 0
    while work.still_going() and time.monotonic() < began + 20:
        done += work.one_round() or (work.still_going() and work.one_round())
        time.sleep(0.01)
    assert done == 3 and not work.still_going()


def test_what_fails_beside_the_rounds_is_tried_again(monkeypatch):
    tries = []

    def fail():
        tries.append(1)
        raise ValueError("not today")

    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work.log, "exception", lambda *_words: None)
    one = work.Beside(fail)
    began = time.monotonic()
    while len(tries) < 2 and time.monotonic() < began + 20:
        assert one.go_on() == 0
        time.sleep(0.01)
    assert len(tries) == 2


def test_whoever_answers_pages_comes_before_whoever_reads_files():
    with Apart("records.redrawing", 5) as one:
        one.begin()
        assert os.getpriority(os.PRIO_PROCESS, one.process.pid) == os.getpriority(os.PRIO_PROCESS, 0) + 5


def test_what_fails_again_and_again_waits_longer_each_time(monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    later, waited = Later(), []
    for _n in range(13):
        later.failed("a paper")
        began = clock[0]
        while later.waiting():
            clock[0] += 30
        waited.append(clock[0] - began)
    assert waited[:4] == [60, 120, 240, 480] and waited[-1] == 24 * 3600
    later.failed("a paper")
    later.done("a paper")
    assert later.waiting() == []
