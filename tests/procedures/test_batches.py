"""A whole policy folder at once: ZIPs as people make them, step by step, killed in between, and again with a difference."""

import io
import json
import time
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from procedures import actions_import, tasks
from procedures.actions import keep_as_draft
from procedures.apart import Apart
from procedures.folders import Allowance, sources_of
from procedures.importing import read_text
from procedures.models import Batch, BatchFile, ProcedurePage
from records.refused import ActionRefused
from records.turns import Turns
from tests.cast import signed_in
from tests.procedures import imitated_word, imitations
from tests.procedures.test_editing import IMPORT, bring, keep

pytestmark = pytest.mark.django_db
State = BatchFile.State


def zipped(files, **options):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content, **options)
    return packed.getvalue()


def folder_of(number):
    """A ZIP of so many procedures, in turn from Word and from plain text."""
    files = {}
    for each in range(number):
        words = imitations.text_wrapped(imitations.SPECS[each % 5]).decode()
        code = f"{each // 20 + 11}.{each % 20 + 1:02}"
        files[f"Policies/Section {each // 20}/{code}.txt"] = (
            f"{code} Procedure number {each}\n" + words.split("\n", 3)[3]
        )
    return zipped(files)


def upload(content, name="policies.zip"):
    return SimpleUploadedFile(name, content, "application/zip")


@pytest.fixture
def editor(cast):
    return signed_in(cast.editor)


def test_a_folder_with_all_that_lies_in_it_is_read_and_junk_is_passed_over():
    files = {
        "Policies/10/door.txt": imitations.text_wrapped(imitations.DOOR),
        "Policies/03/garden.docx": imitated_word.from_word(imitations.GARDEN),
        "__MACOSX/Policies/._door.txt": b"\x00\x05\x16\x07",
        "Policies/.DS_Store": b"\x00",
        "Policies/~$arden.docx": b"\x00",
        "Policies/logo.png": b"\x89PNG",
        "Policies/more.zip": zipped({"quiet.md": imitations.markdown(imitations.QUIET)}),
    }
    names = [source.name for source in sources_of("all.zip", zipped(files))]
    assert names == ["Policies/03/garden.docx", "Policies/10/door.txt", "quiet.md"]


def test_names_in_other_letters_and_locked_files_get_through():
    content = bytearray(zipped({"Cafe/snack.txt": b"04.1 Snack\n\n- We sit.\n"}))
    content = bytes(content).replace(b"Cafe", b"Caf\xe9")
    assert [source.content for source in sources_of("a.zip", content)] == [b"04.1 Snack\n\n- We sit.\n"]
    locked = bytearray(zipped({"snack.txt": b"04.1 Snack\n"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(signature) + offset] |= 1
    assert ["password" in source.why for source in sources_of("a.zip", bytes(locked))] == [True]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (zipped({"a.png": b"x"}), "There is no document in this ZIP"),
        (zipped({"a.txt": b"x"})[:-30], "damaged"),
        (zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": b"x"})})}), "inside a ZIP inside a ZIP"),
        (zipped({"a.txt": b"0" * 40_000_000}), "too large"),
    ],
    ids=["no document", "damaged", "nested", "too large"],  # a ZIP's bytes hold the time
)
def test_zips_that_hold_nothing_for_us_get_a_sentence(content, sentence):
    started = time.monotonic()
    assert [sentence in source.why for source in sources_of("a.zip", content)] == [True]
    assert time.monotonic() - started < 5


def test_an_editor_imports_a_folder_leaves_one_out_and_sees_the_drafts(editor):
    files = {"door.txt": imitations.text_wrapped(imitations.DOOR), "scan.pdf": b"%PDF-1.4 nothing"}
    files["garden.docx"] = imitated_word.from_word(imitations.GARDEN)
    answer = bring(editor, {"files": [upload(zipped(files))]})
    shown = answer.content.decode()
    assert "<strong>scan.pdf</strong>: This file is damaged" in shown
    file = BatchFile.objects.get(name="garden.docx")
    look = editor.get(f"{answer.wsgi_request.path}{file.pk}/").content.decode()
    assert "The page as it will be" in look
    assert "Tools are counted out and counted in" in look
    assert not ProcedurePage.objects.exists()
    kept = keep(editor, answer, "door.txt")
    page = ProcedurePage.objects.get()
    assert (kept.url, page.code, page.live) == (f"/cms/pages/{page.pk}/edit/", "03.05", False)
    assert page.adopted_on.isoformat() == "2025-11-12"
    assert page.section == "Outdoor play"
    assert BatchFile.objects.get(name="door.txt").state == State.LEFT


def test_importing_again_shows_in_words_and_marks_what_is_new_gone_and_changed(editor):
    words = imitations.text_long_lines(imitations.DOOR).decode("cp1252").replace("\r", "")
    keep(editor, bring(editor, {"words": words}))
    other = words.replace("says good morning", "says hello").replace("through a car window", "in a hurry, ever")
    other = other.replace("- Nobody", "- A coat is found before a bag.\n- Nobody").replace(
        "    - whether anything hurts\n", ""
    )
    shown = bring(editor, {"words": other}).content.decode()
    assert "New: 1, gone: 1, changed: 2." in shown
    assert "<ins>hello</ins>" in shown
    assert "<del>good morning</del>" in shown
    assert "Gone:" in shown
    assert "<del>whether anything hurts</del>" in shown
    assert "<ins>A coat is found before a bag.</ins>" in shown
    assert "Nothing: the page has these words already." in bring(editor, {"words": words}).content.decode()


def test_sixty_procedures_are_read_and_kept_within_a_minute(cast):
    started = time.monotonic()
    batch = actions_import.begin_import([("policies.zip", folder_of(60))], by=cast.editor)
    while tasks.go_on_importing():
        pass
    assert batch.files.filter(state=State.READ).count() == 60
    chosen = {file.pk: (file.code, file.title, "") for file in batch.files.all()}
    actions_import.choose(batch, chosen, by=cast.editor)
    while tasks.go_on_importing():
        pass
    assert ProcedurePage.objects.filter(live=False).count() == 60
    assert set(batch.files.values_list("state", flat=True)) == {State.KEPT}
    assert time.monotonic() - started < 60


def test_the_page_counts_along_and_comes_again_by_itself(cast, editor):
    batch = actions_import.begin_import([("policies.zip", folder_of(3))], by=cast.editor)
    waiting = editor.get(f"{IMPORT}{batch.pk}/")
    assert waiting["Refresh"] == "2"
    assert "0 of 3 are done." in waiting.content.decode()
    editor.post(f"{IMPORT}{batch.pk}/")
    ready = editor.get(f"{IMPORT}{batch.pk}/")
    assert "Refresh" not in ready
    assert "Procedure number 2" in ready.content.decode()


def test_a_worker_that_was_killed_loses_nothing_and_a_file_that_kills_it_is_given_up(cast):
    batch = actions_import.begin_import([("policies.zip", folder_of(2))], by=cast.editor)
    assert actions_import.claim(State.TO_READ, batch).tries == 1  # and killed
    assert actions_import.read_waiting(5, batch) == 1  # the other one; the first is still somebody's
    late = timezone.now() - timedelta(minutes=2)
    batch.files.filter(state=State.TO_READ).update(busy_until=late)
    assert actions_import.read_waiting(5, batch) == 1
    batch.files.update(state=State.TO_READ, tries=2, busy_until=late)
    assert actions_import.read_waiting(5, batch) == 0
    assert set(batch.files.values_list("state", flat=True)) == {State.UNREADABLE}


def test_while_others_are_read_the_files_wait_for_the_worker_and_nothing_is_lost(cast, editor, monkeypatch):
    monkeypatch.setattr(actions_import, "reading", Turns(places=1, seconds_a_person=60, wait=0))
    with actions_import.reading.turn():
        answer = bring(editor, {"words": "04.1 Snack\n\n- We sit.\n"})
        assert "0 of 1 are done." in answer.content.decode()
    while tasks.go_on_importing():
        pass
    assert BatchFile.objects.get().state == State.READ


def test_while_others_are_unpacked_the_form_comes_back_with_its_words(cast, editor, monkeypatch):
    monkeypatch.setattr(actions_import, "unpacking", Turns(places=1, seconds_a_person=60, wait=0.01))
    with actions_import.unpacking.turn():
        page = bring(editor, {"words": "04.1 Snack\n\n- We sit.\n"}).content.decode()
    assert "Other files are being unpacked at this moment" in page
    assert "- We sit." in page
    assert not Batch.objects.exists()


def test_zips_inside_of_a_zip_share_what_may_be_unpacked():
    inner = zipped({f"{n}.txt": b"x" * 1_000_000 for n in range(3)})
    content = zipped({f"{n}.zip": inner for n in range(5)})
    found = list(sources_of("all.zip", content, allowance=Allowance(4_100_000)))
    assert sum(len(source.content) for source in found) <= 4_100_000
    assert sum(not source.why for source in found) == 4


def test_no_more_is_unpacked_than_an_import_may_hold(cast, monkeypatch):
    unpacked, real = [], actions_import.sources_of

    def counting(*given, **more):
        for each in real(*given, **more):
            unpacked.append(each.name)
            yield each

    monkeypatch.setattr(actions_import, "sources_of", counting)
    monkeypatch.setattr(actions_import, "MOST_FILES", 4)
    inner = zipped({f"{n}.txt": b"04.1 Snack" for n in range(6)})
    actions_import.begin_import([("all.zip", zipped({f"{n}.zip": inner for n in range(6)}))], by=cast.editor)
    assert len(unpacked) == 5 == BatchFile.objects.count()


def test_one_editors_many_documents_do_not_hold_up_anothers_one(cast):
    many = actions_import.begin_import([("policies.zip", folder_of(6))], by=cast.editor)
    one = actions_import.begin_import([("a.txt", b"04.1 Snack\n\n- We sit.\n")], by=cast.manager)
    read = [actions_import.claim(State.TO_READ, None).batch for _n in range(3)]
    assert read.count(one) == 1 and read.count(many) == 2


def test_two_files_with_one_code_are_not_both_kept(editor):
    files = {"a.txt": b"04.1 Snack\n\n- We sit.\n", "b.txt": b"04.01 Fruit\n\n- We eat.\n"}
    answer = bring(editor, {"files": [upload(zipped(files))]})
    assert "Another of these files has this code." in keep(editor, answer).content.decode()
    keep(editor, answer, "a.txt")
    assert ProcedurePage.objects.get().title == "Fruit"


def test_a_list_of_many_costs_as_many_questions_as_a_list_of_two(cast, editor):
    def counted(number):
        batch = actions_import.begin_import([("policies.zip", folder_of(number))], by=cast.editor)
        while actions_import.read_waiting(5, batch):
            pass
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(f"{IMPORT}{batch.pk}/").status_code == 200
        return len(queries)

    assert counted(2) == counted(12)


def test_imports_are_forgotten_after_a_month(cast):
    batch = actions_import.begin_import([("a.txt", b"04.1 Snack\n")], by=cast.editor)
    tasks.forget_imports()
    assert Batch.objects.exists()
    Batch.objects.filter(pk=batch.pk).update(made_at=timezone.now() - timedelta(days=31))
    tasks.forget_imports()
    assert not Batch.objects.exists()


@pytest.mark.parametrize("who", ["mother", "key_person", "manager"])
def test_only_editors_see_an_import(cast, who):
    batch = actions_import.begin_import([("a.txt", b"04.1 Snack\n\n- We sit.\n")], by=cast.editor)
    actions_import.read_waiting(5)
    for address in (f"{IMPORT}{batch.pk}/", f"{IMPORT}{batch.pk}/{batch.files.get().pk}/"):
        assert signed_in(cast.editor).get(address).status_code == 200
        assert signed_in(getattr(cast, who)).get(address).status_code == 404


def test_the_command_reads_a_zip_and_names_what_it_cannot_read(capsys, tmp_path):
    files = {"door.docx": imitated_word.from_word(imitations.DOOR), "old.doc": b"\xd0\xcf\x11\xe0" + b"\x00" * 600}
    (tmp_path / "policies.zip").write_bytes(zipped(files))
    with pytest.raises(CommandError, match="1 of 2 files"):
        call_command("import_procedures", str(tmp_path), "--dry-run", "--json")
    answered = capsys.readouterr()
    [document] = json.loads(answered.out)
    assert (document["file"], document["code"], document["review"]["month"]) == ("door.docx", "10.3", 11)
    assert "old.doc: This file is an old Word document." in answered.err


def test_a_reader_that_hangs_or_dies_costs_only_its_own_file(monkeypatch):
    from procedures.lines import Trouble

    with Apart(seconds=1) as apart:
        apart.begin()
        apart.process.send_signal(19)  # stopped: as if it hung
        with pytest.raises(Trouble, match="slow"):
            apart.lines("word", imitated_word.from_word(imitations.DOOR))
        assert apart.lines("word", imitated_word.from_word(imitations.DOOR))
        apart.process.kill()
        apart.process.wait()
        assert apart.lines("word", imitated_word.from_word(imitations.DOOR))


def test_another_procedure_with_the_same_number_is_not_ticked_and_never_written_over(editor):
    first = keep_as_draft(read_text("10.02 Lost teeth\n\nWe look for every tooth that was lost in the room.\n"))
    other = "10.02 Complaints\n\nWe answer every complaint within four weeks.\n"
    page = editor.post(IMPORT, {"words": other}, follow=True)
    shown = page.content.decode()
    assert "10.02 is the number of another page already, “Lost teeth”" in shown
    file = BatchFile.objects.get()
    assert file.page is None
    assert not page.context["rows"][0][1]["keep"].value()
    chosen = {"keep-these": "1", "keep": "1", f"file-{file.pk}-keep": "on", f"file-{file.pk}-title": "Complaints"}
    address = page.redirect_chain[-1][0]
    refused = editor.post(address, chosen | {f"file-{file.pk}-code": "10.02"}).content.decode()
    assert "10.02 is the number of “Lost teeth” already" in refused
    editor.post(address, chosen | {f"file-{file.pk}-code": "10.03"})
    assert sorted(ProcedurePage.objects.filter(code__in=["10.02", "10.03"]).values_list("code", "title")) == [
        ("10.02", "Lost teeth"),
        ("10.03", "Complaints"),
    ]
    with pytest.raises(ActionRefused, match="the number of “Lost teeth” already"):
        keep_as_draft(read_text(other))
    same = keep_as_draft(read_text("10.2 Lost teeth and gaps\n\nWe look for every tooth.\n"))
    assert same.pk == first.pk


TEN = "10 {name} procedures\n10.0{number} {title}\n\nWe listen before we answer, every time.\n"


def all_done(editor):
    """The page of the newest import once the worker has done what a busy machine left to it."""
    while tasks.go_on_importing():
        pass
    return editor.get(f"{IMPORT}{Batch.objects.latest('pk').pk}/")


def test_the_name_of_a_section_is_asked_once_for_all_documents_and_not_taken_from_the_first(editor):
    files = {
        "a.txt": TEN.format(name="Wroking with famlies", number=1, title="Talking"),
        "b.txt": TEN.format(name="Working with families", number=2, title="Complaints"),
        "c.txt": "10.03 Meetings\n\nWe meet twice a year, in the evening.\n",
        "d.txt": "04.1 Snack\n\nWe sit down together, every day.\n",
    }
    bring(editor, {"files": [upload(zipped(files))]})
    answer = all_done(editor)
    shown = answer.content.decode()
    assert shown.count("What is section 10 called?") == 1
    assert shown.count("What is section 4 called?") == 1
    assert "These documents say: Wroking with famlies; Working with families" in shown
    assert answer.context["sections"].fields["section-10"].initial == ""  # they disagree: nobody guesses
    keep(editor, answer, **{"section-10": "Working with families", "section-4": "Food"})
    all_done(editor)
    assert dict(ProcedurePage.objects.values_list("code", "section")) == {
        "10.01": "Working with families",
        "10.02": "Working with families",
        "10.03": "Working with families",
        "04.1": "Food",
    }


def test_a_section_that_has_a_name_here_keeps_it_when_a_document_says_another(editor):
    keep_as_draft(read_text(TEN.format(name="Working with families", number=1, title="Talking")))
    answer = bring(editor, {"words": TEN.format(name="Parents as partners", number=2, title="Complaints")})
    assert answer.context["sections"].fields["section-10"].initial == "Working with families"
    assert "These documents say: Parents as partners" in answer.content.decode()
    keep(editor, answer, code="11.02", **{"section-10": "Working with families"})
    assert ProcedurePage.objects.get(code="11.02").section == "", (
        "another number, and nobody was asked about its section"
    )
    answer = bring(editor, {"words": TEN.format(name="Parents as partners", number=3, title="Meetings")})
    keep(editor, answer)
    assert ProcedurePage.objects.get(code="10.03").section == "Working with families"


def test_a_document_that_is_given_another_number_takes_the_name_that_its_section_has_here(editor):
    keep_as_draft(read_text("04 Food procedures\n04.01 Snack\n\nWe sit down together, every day.\n"))
    answer = bring(editor, {"words": "Fruit\n\nWe eat an apple in the morning, every day.\n"})
    assert not answer.context["sections"].fields
    keep(editor, answer, code="04.02", title="Fruit")
    all_done(editor)
    assert ProcedurePage.objects.get(code="04.02").section == "Food"
