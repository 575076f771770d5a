"""A thousand damaged files: each gives a procedure or a sentence, in good time, and never a fault of ours."""

import io
import json
import random
import time
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from pikepdf import Encryption, Pdf
from PIL import Image

from procedures.apart import Apart
from procedures.folders import sources_of
from procedures.importing import CannotRead, as_plain, read_file, read_text
from procedures.models import BatchFile
from procedures.reading import SENTENCES
from tests.cast import signed_in
from tests.procedures import imitated_pdf, imitated_word, imitations
from tests.procedures.test_editing import IMPORT, bring

# Lines for which a pattern that tries every way to divide them takes minutes, in the web server's own process.
LONG_LINES = {
    "one wide gap": "a" + " " * 60_000 + "b",
    "a pipe and a gap": "|" + " " * 60_000 + "b",
    "pipes": "|" * 60_000 + "x",
    "tabs": "a" + "\t" * 60_000 + "b",
    "dots": "." * 60_000 + "x",
    "rules": "|" + "-" * 60_000 + "x",
    "brackets": "- We sit " + "[a](" * 15_000,
    "addresses": "- We sit " + "http://a." * 7_000,
    "stars": "- We sit " + "**a" * 20_000,
    "codes": "- We sit " + "10.01 " * 10_000,
    "months": "Review date: " + "January " * 8_000,
    "signs": "#" * 60_000 + " We sit",
}
ENDINGS = ("docx", "pdf", "txt", "md", "zip", "doc", "")


@pytest.fixture(scope="module")
def whole():
    """One good file of each kind, to be damaged."""
    files = [imitated_word.from_word(imitations.POND), imitated_word.from_google(imitations.DOOR)]
    files += [imitated_pdf.usual(imitations.POND), imitated_pdf.dashes_and_tight(imitations.WORDS)]
    files += [imitations.text_spaced(imitations.GARDEN), imitations.markdown(imitations.POND)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(files):
            archive.writestr(f"{number}.{ENDINGS[number % 4]}", content)
    return [*files, packed.getvalue()]


def truncated(content, chance):
    return content[: chance.randrange(len(content))]


def flipped(content, chance):
    damaged = bytearray(content)
    for _each in range(chance.choice((1, 5, 50, 500))):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def shuffled(content, chance):
    cut = sorted(chance.randrange(len(content)) for _each in range(3))
    return content[cut[1] : cut[2]] + content[: cut[0]] + content[cut[0] : cut[1]] * 2


def filled(content, chance):
    start = chance.randrange(len(content))
    return (
        content[:start] + bytes([chance.choice((0, 10, 32, 255))]) * chance.randrange(1, 3000) + content[start + 40 :]
    )


def inside(content, chance):
    """Damaged inside a good ZIP: of a Word document one part, of anything else the file."""
    packed, given = io.BytesIO(), io.BytesIO(content)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        if not zipfile.is_zipfile(given):
            archive.writestr("a.pdf", flipped(content, chance))
            return packed.getvalue()
        with zipfile.ZipFile(given) as old:
            names = old.namelist()
            broken = chance.choice(names)
            for name in names:
                part = old.read(name)
                archive.writestr(name, chance.choice((flipped, truncated))(part, chance) if name == broken else part)
    return packed.getvalue()


DAMAGES = (truncated, flipped, shuffled, filled, inside)


def damaged_files(whole, numbers):
    for number in numbers:
        chance = random.Random(number)  # noqa: S311 - the same files in every run
        damage = DAMAGES[number % len(DAMAGES)]
        yield f"{number}.{chance.choice(ENDINGS)}", damage(chance.choice(whole), chance)


def outcome(name, content, apart):
    """The sentences for what cannot be read in a file; a document must be whole enough to be told to a script."""
    sentences = []
    for source in sources_of(name, content):
        try:
            if source.why:
                raise CannotRead(source.why)
            json.dumps(as_plain(read_file(source.content, source.name, apart=apart)))
        except CannotRead as sentence:
            assert str(sentence).endswith("."), name
            sentences.append(str(sentence))
    return sentences


def each_gives_a_document_or_a_sentence(whole, numbers):
    told = set()
    with Apart() as apart:
        for name, content in damaged_files(whole, numbers):
            started = time.monotonic()
            told.update(outcome(name, content, apart))
            assert time.monotonic() - started < 30, name
    return told


def test_sixty_damaged_files_give_a_document_or_a_sentence(whole):
    told = each_gives_a_document_or_a_sentence(whole, range(60))
    assert str(SENTENCES["damaged"]) in told


@pytest.mark.parametrize("line", LONG_LINES.values(), ids=LONG_LINES)
def test_a_very_long_line_is_read_in_good_time(line):
    began = time.process_time()
    read_text(f"04.1 Snack\n\n- We wash our hands.\n{line}\n")
    assert time.process_time() - began < 5


@pytest.mark.prove
@pytest.mark.parametrize("start", range(60, 1000, 94))
def test_a_thousand_damaged_files_give_a_document_or_a_sentence(whole, start):
    assert each_gives_a_document_or_a_sentence(whole, range(start, start + 94))


@pytest.mark.django_db
def test_editors_meet_sentences_and_no_fault(cast, whole):
    editor = signed_in(cast.editor)
    files = [SimpleUploadedFile(name or "x", content) for name, content in damaged_files(whole, range(25))]
    shown = bring(editor, {"files": files})
    for _round in range(30):
        if not BatchFile.objects.filter(state="to_read").exists():
            break
        assert editor.post(shown.wsgi_request.path).status_code == 302
    answer = editor.get(shown.wsgi_request.path)
    assert answer.status_code == 200
    assert "Could not be imported" in answer.content.decode()
    for file in BatchFile.objects.filter(state="read"):
        assert editor.get(f"{IMPORT}{file.batch_id}/{file.pk}/").status_code == 200
    assert not BatchFile.objects.filter(state="unreadable", why="").exists()


# Files that are meant to harm.


def bomb_of_entities():
    body = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return with_document(f"<?xml version='1.0'?>{body}<w:document xmlns:w='{imitated_word.MAIN}'>&b;</w:document>")


def with_document(xml):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return packed.getvalue()


def outside_entity():
    body = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return with_document(f"<?xml version='1.0'?>{body}<w:document xmlns:w='{imitated_word.MAIN}'>&a;</w:document>")


def deep():
    inner = "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000
    return with_document(f"<w:document xmlns:w='{imitated_word.MAIN}'><w:body>{inner}</w:body></w:document>")


def large_pdf(stream):
    """A PDF of one page whose contents unpack to far more than they weigh."""
    packed = zlib.compress(stream, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%sendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (bomb_of_entities, "damaged"),
        (outside_entity, "damaged"),
        (deep, "damaged"),
        (lambda: with_document("<a>" + " " * 60_000_000), "large"),
        (lambda: large_pdf(b" " * 400_000_000), None),
        (lambda: large_pdf(b"BT /F 9 Tf " + b"(ha) Tj " * 3_000_000), None),
    ],
)
def test_files_that_are_meant_to_harm_are_bounded_in_time_and_memory(make, why):
    content, started = make(), time.monotonic()
    with Apart(seconds=4) as apart, pytest.raises(CannotRead) as sentence:
        read_file(content, "bad.docx", apart=apart)
    assert time.monotonic() - started < 10
    if why:
        assert str(sentence.value) == str(SENTENCES[why])
    assert "root:" not in str(sentence.value)


def test_empty_locked_and_scanned_files_get_their_own_sentences():
    blank, locked = io.BytesIO(), io.BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(blank)
        pdf.save(locked, encryption=Encryption(user="secret", owner="secret"))
    with Apart() as apart:
        for content, why in ((blank.getvalue(), "empty"), (locked.getvalue(), "locked"), (b"", "empty")):
            assert outcome("a.pdf", content, apart) == [str(SENTENCES[why])]
        locked_word = b"\xd0\xcf\x11\xe0" + b"\x00" * 99 + "EncryptedPackage".encode("utf-16-le")
        assert outcome("a.docx", locked_word, apart) == [str(SENTENCES["locked"])]
        scan = io.BytesIO()
        Image.new("RGB", (600, 800), "white").save(scan, "PDF")
        assert outcome("scan.pdf", scan.getvalue(), apart) == [str(SENTENCES["scanned"])]


@pytest.mark.django_db
def test_the_command_names_what_is_damaged_and_never_falls(capsys, tmp_path, whole):
    for name, content in damaged_files(whole, range(12)):
        (tmp_path / (name.rstrip(".") or "x")).write_bytes(content)
    with pytest.raises(CommandError, match="could not be imported"):
        call_command("import_procedures", str(tmp_path), "--dry-run", "--json")
    assert isinstance(json.loads(capsys.readouterr().out), list)
