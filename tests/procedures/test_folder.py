"""Procedures on paper: the PDF of one and of the folder, each for its audience, never an old one, made by the worker."""

import io
import os
import re
import resource
import subprocess
import sys
import time

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.typesetting import typesetter
from people.accounts import actions_me
from people.setting.models import Setting
from procedures import actions_folder, folder, tasks
from procedures.audiences import Audience
from procedures.models import Print, ProcedurePage
from tests.cast import signed_in
from tests.database import PROJECT
from tests.documents.both_standards import assert_both_standards
from tests.procedures.made import a_procedure, published
from tests.procedures.test_search import many

pytestmark = pytest.mark.django_db

SNACK = "04.01 Snack\n\n- We wash hands.\n\nAt the table\n\n- We sit, see 04.02 Tables and 04.03 Knives.\n"
TABLES = "04.02 Tables\n\n- We wipe the tables after eating.\n"
KNIVES = "04.03 Knives\n\n- Sharp knives live behind the green cupboard.\n"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    tasks.state.update(name=None, folder=None)


def made_all():
    while tasks.make_procedures():
        pass


def made_folder(audience):
    actions_folder.make(actions_folder.want_folder(audience))
    return folder.path_of(folder.digest_of_folder(audience)).read_bytes()


def text_of(content):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def content_of(answer):
    return b"".join(answer.streaming_content)


def address(page):
    return reverse("folder:procedure", args=[page.pk])


def test_a_procedures_pdf_is_there_once_the_worker_was_there(client):
    page = published(SNACK, in_short="We eat together.", looked_after_by="The cook")
    waits = client.get(address(page))
    assert "The PDF is being made." in waits.content.decode()
    assert waits["Refresh"] == "4"
    made_all()
    answer = client.get(address(page))
    assert answer["Content-Type"] == "application/pdf"
    assert "0401-snack.pdf" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store, private"
    text = text_of(content_of(answer))
    for words in (
        "04.01 Snack",
        "In short",
        "We eat together.",
        "1.",
        "We wash hands.",
        "The cook",
        "version 1",
        "1/1",
    ):
        assert words in text, words


def test_nobody_is_given_an_old_one(client):
    page = published(SNACK)
    made_all()
    page.body = page.body.stream_block.to_python([{"type": "commitment", "value": "We wash everything."}])
    page.save_revision().publish()
    assert "being made" in client.get(address(page)).content.decode()
    made_all()
    assert "We wash everything." in text_of(content_of(client.get(address(page))))
    before = Print.objects.get().made_digest
    Setting.objects.update(name="The Other Hall")
    assert "being made" in client.get(address(page)).content.decode()
    made_all()
    assert Print.objects.get().made_digest != before
    assert "The Other Hall" in text_of(content_of(client.get(address(page))))


def test_a_draft_is_not_on_paper(client):
    page = published(SNACK)
    page.body = page.body.stream_block.to_python([{"type": "commitment", "value": "Only drafted."}])
    page.save_revision()
    made_all()
    assert "Only drafted." not in text_of(content_of(client.get(address(page))))
    ProcedurePage.objects.get().unpublish()
    assert client.get(address(page)).status_code == 404


@pytest.mark.parametrize(
    ("audience", "readers", "others"),
    [
        (Audience.EVERYONE, ["mother", "grandmother"], []),
        (Audience.FAMILIES, ["mother", "key_person"], ["grandmother", "barred_father"]),
        (Audience.STAFF, ["key_person", "chair"], ["mother", "grandmother"]),
    ],
)
def test_a_procedures_pdf_is_for_its_audience(cast, client, audience, readers, others):
    page = published(KNIVES, audience)
    made_all()
    for who in readers:
        assert signed_in(getattr(cast, who)).get(address(page))["Content-Type"] == "application/pdf", who
    for who in others:
        assert signed_in(getattr(cast, who)).get(address(page)).status_code == 404, who
    assert client.get(address(page)).status_code == (200 if audience == Audience.EVERYONE else 302)


def test_each_reader_gets_the_folder_of_their_audience(cast, client):
    published(SNACK)
    published(TABLES, Audience.FAMILIES)
    published(KNIVES, Audience.STAFF)
    texts = {audience: text_of(made_folder(audience)) for audience in Audience}
    assert "Tables" not in texts["everyone"].replace("see 04.02 Tables", "") and "cupboard" not in texts["everyone"]
    assert "wipe the tables" in texts["families"] and "cupboard" not in texts["families"]
    assert "wipe the tables" in texts["staff"] and "cupboard" in texts["staff"]
    readers = {
        "signed_out": "everyone",
        "grandmother": "everyone",
        "mother": "families",
        "key_person": "staff",
        "chair": "staff",
    }
    for who, audience in readers.items():
        reader = client if who == "signed_out" else signed_in(getattr(cast, who))
        assert text_of(content_of(reader.get(reverse("folder:whole_pdf")))) == texts[audience], who


def test_the_folder_is_asked_for_and_made_apart(cast, client, monkeypatch):
    published(SNACK)
    where = reverse("folder:whole")
    assert "Make the PDF" in client.get(where).content.decode()
    assert not Print.objects.filter(procedure=None).exists(), "looking writes nothing"
    assert client.post(where).status_code == 302
    waits = client.get(where)
    assert "It is being made." in waits.content.decode() and waits["Refresh"] == "4"
    actions_folder.say_progress(Print.objects.get(procedure=None), 12)
    assert "12 pages so far" in client.get(where).content.decode()
    begun = []
    monkeypatch.setattr(tasks.subprocess, "Popen", lambda words: begun.append(words) or Busy())
    monkeypatch.setattr(tasks, "after_pages", begun.append)
    assert [tasks.make_folder(), tasks.make_folder()] == [1, 0], "one at a time"
    assert isinstance(begun[1], Busy), "pages come first where the processor is short"
    assert begun[0][-2:] == ["print_folder", "everyone"]
    monkeypatch.undo()
    actions_folder.make(Print.objects.get(procedure=None))
    ready = client.get(where)
    assert "It is ready" in ready.content.decode() and "Refresh" not in ready
    published(TABLES)
    assert "Make the PDF" in client.get(where).content.decode()
    assert client.get(reverse("folder:whole_pdf")).status_code == 302


class Busy:
    killed = False

    def poll(self):
        return None

    def kill(self):
        self.killed = True


def test_a_folder_that_takes_too_long_is_ended_and_counts_as_a_failure(monkeypatch):
    published(SNACK)
    row = actions_folder.want_folder(Audience.EVERYONE)
    slow = Busy()
    monkeypatch.setattr(tasks, "state", {"name": None, "folder": slow, "row": row, "until": time.monotonic() + 60})
    tasks.make_folder()
    assert not slow.killed
    tasks.state["until"] = time.monotonic() - 1
    tasks.make_folder()
    row.refresh_from_db()
    assert slow.killed and row.failures == 1


def test_whoever_asked_for_large_print_gets_it_of_a_procedure_and_of_the_folder(cast):
    published(SNACK)
    page = published(TABLES, Audience.FAMILIES)
    made_all()
    reader = signed_in(cast.mother)
    ordinary = content_of(reader.get(address(page)))
    made_folder(Audience.FAMILIES)
    actions_me.keep_about_me(cast.mother, large_print=True)
    large = content_of(reader.get(address(page)))
    assert large != ordinary and "wipe the tables" in text_of(large)
    assert content_of(signed_in(cast.other_mother).get(address(page))) == ordinary
    where = reverse("folder:whole")
    assert "Make the PDF" in reader.get(where).content.decode(), "there is none in her size"
    assert "It is ready" in signed_in(cast.other_mother).get(where).content.decode()
    assert reader.post(where).status_code == 302
    assert "It is being made." in reader.get(where).content.decode()
    actions_folder.make(Print.objects.waiting().get())
    assert "It is ready" in reader.get(where).content.decode()
    large = content_of(reader.get(reverse("folder:whole_pdf")))
    assert large != folder_in_ordinary_size()
    assert Print.objects.waiting().count() == 0
    actions_folder.clear_away()
    assert content_of(reader.get(reverse("folder:whole_pdf"))) == large


def folder_in_ordinary_size():
    return folder.path_of(folder.digest_of_folder(Audience.FAMILIES)).read_bytes()


def test_what_cannot_be_made_is_tried_three_times_and_said(client, monkeypatch):
    page = published(SNACK)

    def breaks(html, row, large):
        raise ValueError("no ink")

    monkeypatch.setattr(actions_folder, "set_in_type", breaks)
    rounds = [tasks.make_procedures() for _ in range(5)]
    assert rounds == [1, 1, 1, 0, 0]
    answer = client.get(address(page))
    assert "could not be made" in answer.content.decode() and "Refresh" not in answer


def test_old_files_go_and_those_in_use_stay():
    published(SNACK)
    made_all()
    actions_folder.keep("old", b"old")
    assert actions_folder.clear_away() == 0
    for path in folder.path_of("x").parent.iterdir():
        os.utime(path, (0, 0))
    assert actions_folder.clear_away() == 1
    assert folder.path_of(Print.objects.get().made_digest).exists()


def test_the_folder_has_contents_bookmarks_and_footers_and_is_tagged(tmp_path):
    published(SNACK, section="Food", reviewed_on="2026-10-01", next_review_on="2027-10-31")
    published(TABLES, section="Food")
    published("09.14 Progress check\n\n- We talk.\n", section="Learning")
    content = made_folder(Audience.EVERYONE)
    text = text_of(content)
    pages = text.split("\f")
    contents = next(page for page in pages if "Contents" in page and "04.02" in page)
    number = next(line for line in contents.splitlines() if "Tables" in line).split()[-1]
    assert "We wipe the tables" in pages[int(number) - 1]
    snack = " ".join(next(page for page in pages if "We wash hands" in page).split())
    assert "last reviewed 1 Oct 2026 · next review Oct 2027" in snack and "version 1" in snack
    with pikepdf.open(io.BytesIO(content)) as opened:
        with opened.open_outline() as outline:
            marks = [(mark.title, [child.title for child in mark.children]) for mark in outline.root]
        assert marks[1:] == [
            ("04 Food", ["04.01 Snack", "04.02 Tables"]),
            ("09 Learning", ["09.14 Progress check"]),
        ]
        assert opened.Root.MarkInfo.Marked and str(opened.Root.Lang) == "en-GB"
        links = [str(each.Contents) for page in opened.pages for each in page.get("/Annots", ())]
    assert links[:3] == ["04.01 Snack", "04.02 Tables", "09.14 Progress check"], "one for each line, named by its title"
    assert_both_standards(content, tmp_path)


LONG_TABLE = """<!doctype html><html lang="en-GB"><head><title>A table</title></head><body><main class="words"><table>
<tr><th>Who</th><th>What</th><th>Where it is written down</th></tr>{rows}</table></main></body></html>"""
ROW = "<tr><td>Safeguarding{n}</td><td>{words}</td><td>Responsibilities{n} https://example.org/{address}</td></tr>"


def test_a_table_breaks_no_words_and_keeps_its_rows_whole():
    said = "We talk with everybody who looks after the child and write it down. " * 9
    rows = "".join(ROW.format(n=n, words=said + f"End{n}", address="x" * 200) for n in range(10, 30))
    content = typesetter().public(LONG_TABLE.format(rows=rows), made_at=timezone.now())
    pages = [" ".join(page.split()) for page in text_of(content).split("\f")]
    for number in range(10, 30):
        (page,) = [page for page in pages if f"Safeguarding{number}" in page]
        assert f"Responsibilities{number}" in page and f"End{number}" in page
    with pikepdf.open(io.BytesIO(content)) as opened:
        wide = float(opened.pages[0].mediabox[2])
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    assert max(map(float, re.findall(r'xMax="([\d.]+)"', boxes.stdout.decode()))) < wide - 40, "nor beyond the margin"


def test_the_web_process_never_loads_the_typesetter():
    asked = "import procedures.views_folder, procedures.tasks, portal.search, sys; print('weasyprint' in sys.modules)"
    code = f"import django; django.setup(); {asked}"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.prove
def test_a_large_folder_takes_no_more_for_each_than_one_of_ten(record_property):
    """Of 200 procedures; PROCEDURES=1000 makes one of a thousand, which takes minutes and 1.4 GB."""
    large = int(os.environ.get("PROCEDURES", "200"))
    published(a_procedure(0))
    many(10)
    made_folder(Audience.EVERYONE)  # warm: fonts and style sheet
    took = {}
    for number in (10, large):
        many(number, start=ProcedurePage.objects.count())
        began = time.process_time()
        size = len(made_folder(Audience.EVERYONE))
        took[number] = (time.process_time() - began) / number
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{number} procedures: {took[number] * 1000:.0f} ms each, {size // 1024} KiB, peak {peak} MB")
    record_property("folder", [took[10], took[large]])
    assert took[large] <= 2 * took[10]
    assert Client().get(reverse("folder:whole")).status_code == 200
