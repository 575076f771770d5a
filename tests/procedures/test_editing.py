"""The editors' side: importing with a look first, the report of links that lead nowhere, and the command."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from procedures.models import ProcedurePage
from records.models import AuditLine
from tests.cast import signed_in
from tests.procedures.documents import ANOTHER_SETTING, FROM_A_PDF

pytestmark = pytest.mark.django_db
IMPORT = "/cms/import-procedures/"
REPORT = "/cms/reports/links-leading-nowhere/"


@pytest.fixture
def editor(cast):
    return signed_in(cast.editor)


def upload(text, name="rain.txt"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode(), "text/plain")


def bring(editor, given):
    """Hand in files or words, and look at the page that follows."""
    return editor.post(IMPORT, given, follow=True)


def keep(editor, answer, *left_out, **changed):
    sections = answer.context["sections"]
    fields = {sections.add_prefix(key): changed.get(key, field.initial) for key, field in sections.fields.items()}
    for file, form in answer.context["rows"]:
        fields |= {form.add_prefix(key): changed.get(key, value) for key, value in form.initial.items()}
        if file.name in left_out:
            del fields[form.add_prefix("keep")]
    return editor.post(f"{IMPORT}{answer.context['batch'].pk}/", {**fields, "keep": "1"})


def test_an_editor_looks_first_and_keeps_a_draft(editor, cast):
    assert "Import procedures" in editor.get("/cms/").content.decode()
    answer = bring(editor, {"files": [upload(FROM_A_PDF + "\n\nSpare key: ____________\n")]})
    look = answer.content.decode()
    assert "5 commitments" in look
    assert "2 sub-headings" in look
    assert "10.02 Complaints procedure for families" in look
    assert "no published page yet" in look
    assert "Spare key: ____________" in look
    assert not ProcedurePage.objects.exists()

    answer = keep(editor, answer)
    page = ProcedurePage.objects.get()
    assert answer.url == f"/cms/pages/{page.pk}/edit/"
    assert (page.code, page.title, page.live) == ("07.03", "Playing in the rain", False)
    assert page.latest_revision.user == cast.editor
    assert AuditLine.objects.get(verb="procedures.draft_imported").by == str(cast.editor.pk)
    assert editor.get(answer.url).status_code == 200

    publish = editor.post(f"/cms/pages/{page.pk}/edit/", edit_form(page))
    assert publish.status_code == 302
    editor.logout()
    assert "Nobody shelters under the oak tree" in editor.get("/procedures/playing-in-the-rain/").content.decode()


def import_words(editor, words):
    return keep(editor, bring(editor, {"words": words}))


def edit_form(page):
    page = page.get_latest_revision_as_object()
    fields = {"body-count": len(page.body)}
    for number, block in enumerate(page.body):
        fields |= {
            f"body-{number}-deleted": "",
            f"body-{number}-order": number,
            f"body-{number}-type": block.block_type,
            f"body-{number}-id": block.id,
            f"body-{number}-value": block.value,
        }
    for name in ("code", "section", "title", "slug", "audience", "looked_after_by", "reviewed_by", "acknowledged_by"):
        fields[name] = getattr(page, name)
    return {**fields, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "action-publish": "1"}


def test_what_cannot_be_read_gets_a_sentence_and_the_rest_goes_on(editor):
    files = [upload(b"%PDF-1.4", "scan.pdf"), upload(b"", "empty.txt"), upload(FROM_A_PDF)]
    look = bring(editor, {"files": files}).content.decode()
    assert "This file is damaged" in look
    assert "5 commitments" in look


def test_nothing_chosen_is_said_kindly(editor):
    assert "Choose a file, or paste the words of a procedure." in editor.post(IMPORT, {}).content.decode()


def test_code_and_title_can_be_put_right_before_keeping(editor):
    answer = bring(editor, {"words": "Snack time\n\nWe sit down together.\n"})
    assert "There is no code" in answer.content.decode()
    assert "A code looks like" in keep(editor, answer, code="four").content.decode()
    assert "Give it a code, such as 10.01, or leave it out." in keep(editor, answer).content.decode()
    assert not ProcedurePage.objects.exists()
    keep(editor, answer, code="04.1", title="Snack")
    assert ProcedurePage.objects.get().get_admin_display_title() == "04.1 Snack"


def test_importing_again_says_what_it_would_change(editor):
    keep(editor, bring(editor, {"words": ANOTHER_SETTING}))
    answer = bring(editor, {"words": ANOTHER_SETTING.replace("10.1 ", "10.01 ")})
    assert "There is already a page for this: 10.1 Talking with families" in answer.content.decode()
    keep(editor, answer)
    assert ProcedurePage.objects.count() == 1


def test_several_files_become_several_drafts(editor):
    answer = bring(editor, {"files": [upload(FROM_A_PDF), upload(ANOTHER_SETTING, "talk.txt")]})
    assert "Keep those that are ticked as drafts" in answer.content.decode()
    assert "The 2 drafts are kept." in editor.get(keep(editor, answer).url).content.decode()
    assert set(ProcedurePage.objects.values_list("code", "live")) == {("07.03", False), ("10.1", False)}


def test_words_of_a_file_are_shown_and_never_run(editor):
    look = bring(editor, {"words": "04.1 Snack <script>alert(1)</script>\n\n\u2022 We <b>sit</b>.\n"}).content.decode()
    assert "<script>alert(1)" not in look
    assert "We &lt;b&gt;sit&lt;/b&gt;." in look


@pytest.mark.parametrize("address", [IMPORT, REPORT])
@pytest.mark.parametrize("who", ["mother", "key_person", "manager", "administrator"])
def test_only_editors_come_here(cast, editor, address, who):
    assert editor.get(address).status_code == 200
    assert signed_in(getattr(cast, who)).get(address).status_code == 404


def test_a_visitor_is_led_to_the_door(client):
    assert client.get(IMPORT).status_code == 302


def test_the_report_says_which_links_lead_nowhere_and_why(editor):
    import_words(editor, "04.1 Snack\n\n\u2022 See 04.02 Tables, see 04.03 Cups and 04.04 Plates.\n")
    import_words(editor, "04.02 Tables\n\n\u2022 We wipe.\n")
    import_words(editor, "04.03 Lost property\n\n\u2022 We look.\n")
    report = editor.get(REPORT).content.decode()
    assert re.search(r"04\.02 Tables</td>\s*<td>The page exists, but it is not published\.", report)
    disagree = r"The number and the title disagree. The page with this code has another title: Lost property"
    assert re.search(rf"04\.03 Cups</td>\s*<td>{disagree}", report)
    assert re.search(r"04\.04 Plates</td>\s*<td>There is no page with this code or title\.", report)
    ProcedurePage.objects.get(code="04.02").get_latest_revision().publish()
    assert "04.02 Tables" not in editor.get(REPORT).content.decode().replace("04.02 Tables</a>", "")


def test_an_editor_s_own_words_are_read_for_mentions_too(editor):
    keep(editor, bring(editor, {"words": "04.1 Snack\n\n\u2022 We sit.\n"}))
    page = ProcedurePage.objects.get()
    fields = edit_form(page) | {"body-0-value": "We sit, see 05.01 Boots."}
    del fields["action-publish"]
    editor.post(f"/cms/pages/{page.pk}/edit/", fields)
    assert "05.01 Boots" in editor.get(REPORT).content.decode()


def test_the_preview_shows_what_is_to_check(editor):
    keep(editor, bring(editor, {"words": "04.1 Snack\n\n\u2022 We sit.\n\nSpare key: ________\n"}))
    page = ProcedurePage.objects.get()
    address = f"/cms/pages/{page.pk}/edit/preview/"
    assert editor.post(address, edit_form(page)).json()["is_valid"]
    shown = editor.get(address)
    assert "Spare key: ________" in shown.content.decode()
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]


# The command.


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b.md").write_text(ANOTHER_SETTING, encoding="utf-8")
    (tmp_path / "a.txt").write_text(FROM_A_PDF, encoding="utf-8")
    (tmp_path / "notes.csv").write_text("not one of them", encoding="utf-8")
    return tmp_path


def run(capsys, *words):
    call_command("import_procedures", *map(str, words))
    return capsys.readouterr().out


def test_a_dry_run_answers_and_keeps_nothing(capsys, folder):
    documents = json.loads(run(capsys, folder, "--dry-run", "--json"))
    assert [(each["code"], len(each["headings"]), len(each["commitments"])) for each in documents] == [
        ("07.03", 2, 5),
        ("10.1", 2, 5),
    ]
    assert documents[1]["review"] == {"months": 12, "month": 11, "by": "Staff and Committee"}
    assert documents[0]["references"][0] == {"code": "07.05", "title": "Lending clothes and boots", "page": None}
    assert set(documents[0]["commitments"][0]) == {"heading", "text", "level"}
    assert documents[0]["not_understood"] == []
    assert not ProcedurePage.objects.exists()


def test_the_command_keeps_drafts_and_tells_the_page_of_a_mention(capsys, folder):
    assert "07.03 Playing in the rain: 2 sub-headings, 5 commitments, 4 references" in run(capsys, folder)
    assert ProcedurePage.objects.filter(live=False).count() == 2
    (folder / "c.txt").write_text("07.05 Lending clothes and boots\n\nWe lend.\n", encoding="utf-8")
    run(capsys, folder / "c.txt")
    ProcedurePage.objects.get(code="07.05").get_latest_revision().publish()
    documents = json.loads(run(capsys, folder / "a.txt", "--json"))
    assert documents[0]["references"][0]["page"] == "/procedures/lending-clothes-and-boots/"
    assert ProcedurePage.objects.count() == 3


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(capsys, folder):
    (folder / "z.txt").write_bytes(b"\x00\x01\x02")
    with pytest.raises(CommandError, match="1 of 3 files"):
        call_command("import_procedures", str(folder), "--json")
    answered = capsys.readouterr()
    assert len(json.loads(answered.out)) == 2
    assert "z.txt: This file does not hold readable words." in answered.err
